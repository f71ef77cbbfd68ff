"""会议纪要 with its list of 议定事项: what was decided on which point, and nothing else.

What nobody recorded (an exhortation, a verdict on the work) does not stand in it.
"""

from collections.abc import Iterator, Sequence

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import PointOutcome
from dashboard.papers.facts import subject_of
from dashboard.papers.model import Annex, Block, Heading, Paper, Shape
from dashboard.papers.week_parts import TITLES, made_grid, sentence
from dashboard.rules.agenda import AgendaPart, Point, agenda, decided_under, shown
from dashboard.rules.weekly import Meeting, decided_at
from dashboard.settings import Settings

_OTHERS = "其他"
"""What was decided on no point; it is no heading where nothing else was decided."""


def minutes_paper(meeting: Meeting, books: Books, settings: Settings) -> Paper:
    """会议纪要: who met when, what became of earlier decisions, what was decided, what waits."""
    plan, made = books.plan, decided_at(books, meeting.round)
    head = books.find(r.Dispatch, meeting.code) or r.Dispatch(code=meeting.code)
    parts: list[tuple[str, list[Block]]] = [
        ("上次议定事项落实情况", [sentence(_earlier(meeting))]),
        ("议定事项", list(_decided(meeting, books, made))),
        ("转下次调度的议题", list(_carried(meeting, books))),
    ]
    blocks: list[Block] = [sentence(_opening(meeting, books, head))]
    for number, (title, told) in enumerate((each for each in parts if each[1]), 1):
        blocks += [Heading(f"{wording.numeral(number)}、{title}"), *told]
    if head.attended:
        blocks.append(sentence(f"出席：{head.attended.rstrip('。')}。"))
    annex = Annex(f"{meeting.round.name}议定事项清单", (made_grid(meeting, books),))
    return Paper(
        Shape.MINUTES,
        f"{plan.place}{subject_of(plan)}周调度会议纪要",
        tuple(blocks),
        issuer=settings.office.name,
        register=f"第{meeting.round.number}次",
        annexes=(annex,) if made else (),
        signed=settings.office.name,
        dated=head.held_on or meeting.round.meeting_on,
        is_practice=books.has_practice,
    )


def _opening(meeting: Meeting, books: Books, head: r.Dispatch) -> str:
    day = wording.full_day(head.held_on or meeting.round.meeting_on)
    place = f"在{head.place}" if head.place else ""
    who = f"{day}，{head.chaired_by}{place}主持" if head.chaired_by else f"{day}{place}"
    told = f"会议审议了{'、'.join(heard)}。" if (heard := _heard(meeting, books)) else ""
    return f"{who}召开{meeting.round.name}会议。{told}现将会议议定事项纪要如下。"


def _heard(meeting: Meeting, books: Books) -> list[str]:
    """The parts of which the meeting dealt with any point, and its own points, in order."""
    done = [each for each in agenda(meeting, books) if _is_dealt_with(meeting, books, each)]
    names = (each.title if each.part is AgendaPart.OWN else TITLES[each.part] for each in done)
    return list(dict.fromkeys(names))


def _is_dealt_with(meeting: Meeting, books: Books, point: Point) -> bool:
    is_done = point.outcome is PointOutcome.DONE and not point.is_hidden
    return is_done or bool(decided_under(books, meeting.code, point.key))


def _earlier(meeting: Meeting) -> str:
    held = meeting.decisions
    if not held:
        return "没有此前议定、尚待落实的事项。"
    closed = sum(each.is_closed for each in held)
    late = [each.directive for each in held if each.is_overdue]
    told = f"此前议定、纳入本次调度的事项共{len(held)}项，已办结{closed}项"
    if not late:
        return f"{told}，没有逾期未反馈的事项。"
    names = "；".join(_late(meeting, each) for each in late)
    return f"{told}，逾期未反馈{len(late)}项：{names}。"


def _late(meeting: Meeting, each: r.Directive) -> str:
    due = wording.day(each.due_on, meeting.round.week.sunday.year)
    return f"{_unit(meeting.papers, each)}承办的“{each.matter.rstrip('。')}”（时限{due}）"


def _decided(meeting: Meeting, books: Books, made: Sequence[r.Directive]) -> Iterator[Block]:
    """The decisions by point, in the order of the agenda; those on no point last."""
    if not made:
        yield sentence("本次调度没有议定事项。")
        return
    titled = [
        (f"关于{_named(each)}", decided_under(books, meeting.code, each.key))
        for each in agenda(meeting, books)
    ]
    told = {each.code for _, given in titled for each in given}
    titled.append((_OTHERS, tuple(each for each in made if each.code not in told)))
    standing = [(title, given) for title, given in titled if given]
    for number, (title, given) in enumerate(standing, 1):
        if len(standing) > 1 or title != _OTHERS:
            yield Heading(f"（{wording.numeral(number)}）{title}", level=2)
        for place, each in enumerate(given, 1):
            mark = f"{place}." if len(given) > 1 else ""
            yield sentence(f"{mark}{_decision(books, each)}")


def _named(point: Point) -> str:
    return f"“{point.title}”" if point.subject else point.title


def _decision(books: Books, each: r.Directive) -> str:
    due = wording.full_day(each.due_on)
    standard = f"办结标准：{each.closing_standard.rstrip('。')}。" if each.closing_standard else ""
    matter = each.matter.rstrip("。")
    return f"{matter}，由{_unit(books, each)}负责，{due}前办结。{standard}"


def _carried(meeting: Meeting, books: Books) -> Iterator[Block]:
    waiting = [
        each.title for each in shown(agenda(meeting, books)) if each.outcome is PointOutcome.CARRIED
    ]
    if waiting:
        yield sentence(f"以下{len(waiting)}项本次未议，转下次调度：{'；'.join(waiting)}。")


def _unit(books: Books, each: r.Directive) -> str:
    return books.get(r.Unit, each.unit).name
