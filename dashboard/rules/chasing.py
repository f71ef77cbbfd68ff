"""催报: who has not filed for the running round, and the text that tells them and nobody else.

Before the filing cut it is a reminder (提醒), after it a call (催报). A filing that was returned
and not yet filed again is called for in a text of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard import wording
from dashboard.rules.asking import Ask, Stage, UnitAsks, asks_of, by_unit
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.judgement import Judgement
from dashboard.rules.rounds import Round
from dashboard.settings import Settings


@dataclass(frozen=True)
class Chase:
    """How the filing of one round stands.

    `asked` of its own lines were asked for and `filed` of them came in. `debtors` have not filed,
    for it or for an earlier round; `returned` have to file again. Both are in protocol order.
    """

    round: Round
    asked: int
    filed: int
    is_over: bool
    debtors: tuple[UnitAsks, ...]
    returned: tuple[UnitAsks, ...]

    @property
    def missing(self) -> int:
        """How many of the round's own lines have not come in."""
        return self.asked - self.filed

    @cached_property
    def older(self) -> int:
        """How many lines of earlier rounds have not come in to this day."""
        return sum(_is_older(each, self.round) for unit in self.debtors for each in unit.asks)

    @property
    def word(self) -> str:
        return "催报" if self.is_over else "提醒"


def chase(judgement: Judgement, found: Round) -> Chase:
    """How the filing of the running round stands as of the judgement."""
    asks = asks_of(judgement)
    asked = [each for each in asks if each.state.is_asked_in(found)]
    owed = [each for each in asks if each.state.is_open and _round(each) <= found.code]
    called = {each.line.code for each in owed}
    returned = (each for each in asks if each.stage is Stage.RETURNED)
    again = [each for each in returned if each.line.code not in called]
    return Chase(
        round=found,
        asked=len(asked),
        filed=sum(not each.state.is_open for each in asked),
        is_over=judgement.books.as_of > found.filing_cut,
        debtors=by_unit(judgement.books, owed),
        returned=by_unit(judgement.books, again),
    )


def _round(ask: Ask) -> str:
    return ask.state.round.code if ask.state.round else ""


def _is_older(ask: Ask, found: Round) -> bool:
    return _round(ask) < found.code


# The texts


def chasing_text(
    judgement: Judgement, found: Round, settings: Settings, *, is_local: bool = False
) -> str:
    """The text for those who have not filed, and only those; empty where nobody is left.

    In 单机模式 (`is_local`) units have no log-in: they file by sheet or telephone.
    """
    how = chase(judgement, found)
    if not how.debtors:
        return ""
    cut = wording.moment(found.filing_cut, judgement.today.year)
    asks = f"本次填报{cut}截止，以下单位尚有事项未报，请按时填报："
    if how.is_over:
        asks = f"本次填报已于{cut}截止，以下单位尚有事项未报，请尽快补报，补报按迟报登记："
    return _letter(
        f"【{_TITLES[how.word]}】{round_title(found)}",
        asks,
        *_rows(how.debtors, lambda each: _owed(each, how)),
        _WAYS[is_local],
        signed(judgement, settings),
    )


def returned_text(
    judgement: Judgement, found: Round, settings: Settings, *, is_local: bool = False
) -> str:
    """The text for those whose filing was returned and not filed again; empty without any."""
    how = chase(judgement, found)
    if not how.returned:
        return ""
    return _letter(
        f"【退回重报提醒】{round_title(found)}",
        "以下填报已退回，请按退回意见修改后重报：",
        *_rows(how.returned, _why),
        _WAYS[is_local],
        signed(judgement, settings),
    )


_TITLES = {"提醒": "填报提醒", "催报": "催报"}
_WAYS = {
    False: "填报方式：登录系统，在“我的填报”中填写；不便登录的，填好《填报表》发回，"
    "或电话告知专班办公室代录。",
    True: "填报方式：填好《填报表》发回，或电话告知专班办公室代录。",
}


def _letter(*paragraphs: str) -> str:
    return "\n".join(paragraphs)


def round_title(found: Round) -> str:
    """第16次调度（9月18日—9月24日）."""
    first, last = found.weeks[0].monday, found.week.sunday
    return f"{found.name}（{wording.day_range(first, last, last.year)}）"


def signed(judgement: Judgement, settings: Settings) -> str:
    """The office and the day under a text."""
    return f"{settings.office.name}\n{wording.full_day(judgement.today)}"


def _rows(debtors: Sequence[UnitAsks], words: Callable[[Ask], str]) -> list[str]:
    """1.县公安局（2项）：甲；乙."""
    return [
        f"{number}.{each.unit.name}（{len(each.asks)}项）：{'；'.join(map(words, each.asks))}。"
        for number, each in enumerate(debtors, 1)
    ]


def _owed(ask: Ask, how: Chase) -> str:
    """An item's title, with the day on which it was due where that is past."""
    found = ask.state.round
    if found is None or not _is_older(ask, how.round):
        return ask.title
    return f"{ask.title}（应于{_due_day(found, how.round)}报送）"


def _due_day(found: Round, now: Round) -> str:
    return wording.day(shanghai_day(found.filing_cut), shanghai_day(now.filing_cut).year)


def _why(ask: Ask) -> str:
    opinion = ask.reply.opinion if ask.reply else None
    return f"{ask.title}（退回意见：{opinion.rstrip('。')}）" if opinion else ask.title
