"""What the filing page says: its one sentence, and an item in a line."""

from collections.abc import Iterable, Sequence
from html import escape

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import ProblemState
from dashboard.posting.plans import now_of
from dashboard.rules.asking import Ask, Stage, next_due, to_file
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.problems import is_with_unit, was_sent_back
from dashboard.rules.rounds import Round
from dashboard.widgets.desk import Desk
from dashboard.widgets.table import Markup, light_mark

_ALL_OF_A_KIND = {Stage.RETURNED: "均为退回修改", Stage.MISSING: "均已过截止时间"}


def sentence(desk: Desk, asks: Sequence[Ask]) -> str:
    """“第38周（9月18日—9月24日），填报截止9月21日12:00：待填报4项，其中退回1项、未报1项。”."""
    return f"{_round_words(desk)}{_to_file_words(asks)}。"


def whose(desk: Desk, asks: Sequence[Ask]) -> str:
    """“县委宣传部：”, of whom the sentence speaks, or “各单位：”; "" where nobody files."""
    if len({each.line.unit for each in asks}) > 1:
        return "各单位："
    return f"{desk.books.get(r.Unit, asks[0].line.unit).name}：" if asks else ""


def problem_words(desk: Desk) -> str:
    """“另有2件问题待本单位办理（整改中1件、退回整改1件）”; "" where no problem does."""
    own = {each.code for each in desk.own_units}
    found = [each for each in desk.books.all(r.Problem) if each.unit in own and is_with_unit(each)]
    if not found:
        return ""
    kinds = [_kind_of(desk, each) for each in found]
    told = (f"{kind}{kinds.count(kind)}件" for kind in _KINDS if kind in kinds)
    return f"另有{len(found)}件问题待本单位办理（{'、'.join(told)}）"


_KINDS = (_SOLVING, _BACK, _AGAIN) = ("整改中", "退回整改", "重新挂账")


def _kind_of(desk: Desk, problem: r.Problem) -> str:
    if problem.state is ProblemState.REOPENED:
        return _AGAIN
    return _BACK if was_sent_back(desk.books, problem) else _SOLVING


def _round_words(desk: Desk) -> str:
    now = desk.judgement.round
    if now is None:
        return ""
    first, last = now.weeks[0].monday, now.week.sunday
    number = now.week.monday.isocalendar().week
    span = wording.day_range(first, last, desk.day.year)
    cut = wording.moment(now.filing_cut, desk.day.year)
    note = f"（{now.note}）" if now.note else ""
    is_past = desk.day == desk.today and now_of(desk.plan) > now.filing_cut
    by = f"填报已于{cut}截止" if is_past else f"填报截止{cut}"
    return f"第{number}周（{span}），{by}{note}："


def _to_file_words(asks: Sequence[Ask]) -> str:
    wanted = to_file(asks)
    if not wanted:
        return "没有待填报的事项"
    if len(wanted) == 1 and wanted[0].stage is Stage.MISSING:
        return "待填报1项，已过截止时间"
    if len({each.stage for each in wanted}) == 1 and wanted[0].stage in _ALL_OF_A_KIND:
        return f"待填报{len(wanted)}项，{_ALL_OF_A_KIND[wanted[0].stage]}"
    stages = [each.stage for each in wanted]
    late = (Stage.RETURNED, Stage.MISSING)
    parts = [f"{each.label}{stages.count(each)}项" for each in late if each in stages]
    among = f"，其中{'、'.join(parts)}" if parts else ""
    return f"待填报{len(wanted)}项{among}"


def coming(desk: Desk, asks: Iterable[Ask]) -> list[tuple[Round, Ask]]:
    """What is asked for next, in the order of its rounds; what is not foreseen is left out."""
    like = {each.cadence: each for each in asks}  # lines of one cadence are due together
    due = {cadence: next_due(desk.judgement, each, desk.times) for cadence, each in like.items()}
    found = ((due[each.cadence], each) for each in asks)
    dated = [(when, each) for when, each in found if when and each.stage is not Stage.RESTING]
    return sorted(dated, key=lambda pair: pair[0].begins_at)


def value_words(ask: Ask, filing: r.Filing | None) -> str:
    """The figure of a filing with its unit, or that it gave none."""
    if filing is None:
        return "尚无填报"
    if filing.value is None:
        return "本期无事件" if filing.no_event else "未报数值"
    return wording.number(filing.value, ask.unit_word)


def due_words(desk: Desk, ask: Ask) -> str:
    """“9月21日12:00前”, "" where nothing is due."""
    due = ask.due
    return f"{wording.moment(due.filing_cut, desk.day.year)}前" if due else ""


def head(desk: Desk, ask: Ask, *, marks: Sequence[str] = ()) -> Markup:
    """An item in a line: title, light, last value, expected and target, when it is due."""
    light = ""
    if ask.is_total:
        verdict = ask.whole.verdict
        light = light_mark(desk.settings, verdict.light, verdict.word).html
    return Markup(
        f'<div class="g-ask"><h3>{escape(ask.title)}</h3>{light}'
        f"<p>{''.join(f'<span>{each}</span>' for each in _facts(desk, ask, marks))}</p></div>"
    )


def _facts(desk: Desk, ask: Ask, marks: Sequence[str]) -> list[str]:
    last = value_words(ask, ask.standing)
    on = wording.day(shanghai_day(ask.standing.received_at), desk.day.year) if ask.standing else ""
    expected = wording.number(ask.expected, ask.unit_word) if ask.expected is not None else ""
    # The date of the running round stands above all the items.
    target, due = ask.target_words, "" if ask.due == desk.judgement.round else due_words(desk, ask)
    facts = [
        "" if ask.stage in (Stage.DONE, Stage.RESTING) else f"<b>{ask.stage.label}</b>",
        *(f"<b>{escape(each)}</b>" for each in marks),
        escape(f"上次{last}（{on}）" if on else last),
        escape(f"目前应达{expected}") if expected else "",
        escape(f"目标{target}") if target else "",
        escape(f"应于{due}报送") if due else "",
        *_which_unit(desk, ask),
    ]
    return [each for each in facts if each]


def _which_unit(desk: Desk, ask: Ask) -> list[str]:
    """The unit, for who files for several."""
    several = len(desk.own_units) > 1
    return [escape(desk.books.get(r.Unit, ask.line.unit).name)] if several else []
