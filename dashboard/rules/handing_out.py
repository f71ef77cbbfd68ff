"""What a meeting leaves each unit with: one text to paste into the chat group, none without need.

What carries out a written instruction (批示) stands in no such text.
"""

from collections.abc import Iterator, Sequence

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Via
from dashboard.rules.chasing import round_title, signed
from dashboard.rules.comparison import due_between
from dashboard.rules.directives import is_instruction
from dashboard.rules.freshness import Freshness
from dashboard.rules.handling import Matter, is_past_due, waits_for
from dashboard.rules.judgement import Judgement
from dashboard.rules.ladder import register_name
from dashboard.rules.rounds import Round
from dashboard.rules.weekly import line_title
from dashboard.settings import Settings


def unit_text(
    judgement: Judgement, books: Books, round_: Round, unit: r.Unit, settings: Settings
) -> str:
    """What a unit has to do after a meeting; empty where nothing waits for it.

    In order: what this meeting decided, what was handed out before and stands unanswered, open
    督办, what was not filed, and what falls due this week and next.
    """
    waiting = [each for each in waits_for(books, frozenset({unit.code})) if _is_told(each)]
    made = [each for each in waiting if _is_of(each, round_)]
    parts = (
        ("本次议定事项", [_matter(each, judgement) for each in made]),
        (
            "此前交办、督办未反馈事项",
            [_matter(each, judgement) for each in waiting if each not in made],
        ),
        ("未报送事项", list(_missing(judgement, unit))),
        ("本周、下周到期事项", list(_due(judgement, round_, unit))),
    )
    told = [(title, rows) for title, rows in parts if rows]
    if not told:
        return ""
    lines = [f"【周调度事项】{round_title(round_)}", f"{unit.name}："]
    for number, (title, rows) in enumerate(told, 1):
        lines += [f"{wording.numeral(number)}、{title}（{len(rows)}项）", *_numbered(rows)]
    return "\n".join([*lines, "请按时办理并反馈。", signed(judgement, settings)])


def _is_told(matter: Matter) -> bool:
    return isinstance(matter, r.Supervision) or not is_instruction(matter)


def _is_of(matter: Matter, round_: Round) -> bool:
    return isinstance(matter, r.Directive) and matter.round == round_.code


def _numbered(rows: Sequence[str]) -> list[str]:
    return [f"{number}.{row}。" for number, row in enumerate(rows, 1)]


def _matter(matter: Matter, judgement: Judgement) -> str:
    """落实场所，9月28日前办结，办结标准：……."""
    is_directive = isinstance(matter, r.Directive)
    title = matter.matter if isinstance(matter, r.Directive) else register_name(matter)
    wanted = matter.closing_standard if isinstance(matter, r.Directive) else matter.demand
    told = [title.rstrip("。")]
    if matter.due_on:
        late = "，已逾期" if is_past_due(matter, judgement.today) else ""
        told.append(f"{wording.day(matter.due_on, judgement.today.year)}前办结{late}")
    if wanted:
        told.append(f"{'办结标准' if is_directive else '办理要求'}：{wanted.rstrip('。')}")
    return "，".join(told)


def _missing(judgement: Judgement, unit: r.Unit) -> Iterator[str]:
    for state in judgement.lines:
        if state.line.unit == unit.code and state.freshness is Freshness.MISSING:
            yield f"{line_title(judgement.books, state.line)}，请尽快补报，补报按迟报登记"


def _due(judgement: Judgement, round_: Round, unit: r.Unit) -> Iterator[str]:
    """What the unit itself reports on and has not finished, by date."""
    first, last = round_.weeks[0].monday, round_.week.next.sunday
    for item, _ in due_between(judgement, first, last):
        if item.item.line.unit == unit.code and item.item.line.via is Via.FILING and item.due_on:
            late = "，已逾期" if item.due_on < judgement.today else ""
            yield f"{item.item.title}，{wording.day(item.due_on, judgement.today.year)}到期{late}"
