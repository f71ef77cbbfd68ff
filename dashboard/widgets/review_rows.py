"""One waiting filing as its reviewer reads it: what it says, what changed, what the light does."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import FilingWay
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.freshness import Freshness
from dashboard.rules.pending import Look
from dashboard.widgets.desk import Desk
from dashboard.widgets.evidence_parts import file_links
from dashboard.widgets.lists import unit_words
from dashboard.widgets.record_choice import record_address
from dashboard.widgets.table import (
    Cell,
    Column,
    Markup,
    freshness_mark,
    light_mark,
    lines,
    link,
    markup,
    quiet,
    table,
)

Files = Mapping[str, Sequence[r.Evidence]]
_COLUMNS = (
    Column("本次填报", "34%"),
    Column("与上次相比", "29%"),
    Column("亮灯", "20%"),
    Column("收到", "17%"),
)


def review_row(desk: Desk, look: Look, files: Files) -> None:
    """The row's table; what names it stands beside it."""
    row = [_filed(desk, look, files), _compared(desk, look), _lights(desk, look), _came(desk, look)]
    table(_COLUMNS, [row], caption=f"{look.unit.name}　{look.title}　{look.code}")


def words_of(look: Look, value: float | None) -> str:
    """A figure in the line's unit."""
    return wording.number(value, look.ask.unit_word if look.ask else "")


def _filed(desk: Desk, look: Look, files: Files) -> Cell:
    filing = look.filing
    value = "" if filing.value is None else words_of(look, filing.value)
    marks = "、".join(_marks(filing))
    told = [Markup(f"<b>{markup(each)}</b>") for each in (value, marks) if each]
    plan = f"下步计划：{filing.next_step}" if filing.next_step else None
    experience = f"好经验好做法：{filing.experience}" if filing.experience else None
    return lines(
        Markup("　".join(each.html for each in told)),
        filing.text,
        quiet(plan),
        quiet(experience),
        *unit_words(filing, desk.day.year),
        *(_problem(desk, each) for each in look.problems),
        file_links(desk, files.get(look.code, ())),
        _files_before(desk, files.get(filing.corrects or "", ())),
    )


def _files_before(desk: Desk, files: Sequence[r.Evidence]) -> Cell:
    """The files of the filing that this one takes the place of: they are not sent twice."""
    return lines(quiet("上次所附材料："), file_links(desk, files)) if files else None


def _marks(filing: r.Filing) -> Iterator[str]:
    if filing.no_event:
        yield "本期无事件"
    if filing.no_change:
        yield "较上次无变化"
    if filing.is_done:
        yield "申请销号"
    if filing.corrects:
        yield f"更正{filing.corrects}"


def _problem(desk: Desk, problem: r.Problem) -> Cell:
    named = link(problem.description, record_address(desk, problem))
    return Markup(f'<span class="g-quiet">同时提出问题：</span>{named.html}')


def _compared(desk: Desk, look: Look) -> Cell:
    """The last accepted value, the difference, what is expected by now, and what stands out."""
    expected = look.ask.expected if look.ask else None
    wanted = f"目前应完成{words_of(look, expected)}" if expected else None
    return lines(*_before(desk, look), quiet(wanted), *(_odd(each) for each in look.oddities))


def _before(desk: Desk, look: Look) -> Iterator[Cell]:
    if look.before is None:
        yield quiet("此前没有通过的填报")
        return
    day = wording.day(shanghai_day(look.before.received_at), desk.day.year)
    if look.before.value is None:
        yield quiet(f"上次（{day}）未报完成值")
        return
    yield f"上次{words_of(look, look.before.value)}（{day}）"
    if look.difference is not None:
        yield _change(look, look.difference)


def _change(look: Look, difference: float) -> str:
    if difference == 0:
        return "与上次相同"
    is_share = look.ask is not None and look.ask.is_percent
    size = wording.points(difference / 100) if is_share else words_of(look, abs(difference))
    return f"{'增加' if difference > 0 else '减少'}{size}"


def _odd(sentence: str) -> Markup:
    return Markup(f'<span class="g-odd"><b>请核对</b>　{markup(sentence)}</span>')


def _lights(desk: Desk, look: Look) -> Cell:
    """The light now and, where it moves, the light once this is accepted, with its reason."""
    if look.now is None or look.then is None:
        return quiet("分报，由汇总单位的填报亮灯")
    now = light_mark(desk.settings, look.now.light, look.now.word)
    then = light_mark(desk.settings, look.then.light, look.then.word)
    if now == then:
        return lines(now, quiet("通过后不变"))
    arrow = Markup(f'<span class="g-quiet">通过后　</span>{then.html}')
    return lines(now, arrow, quiet(look.then.reason))


def _came(desk: Desk, look: Look) -> Cell:
    filing = look.filing
    late = freshness_mark(desk.settings, Freshness.LATE) if look.is_late else None
    way = None if filing.way is FilingWay.SELF else f"{filing.filed_by or ''}{filing.way.label}"
    return lines(
        wording.moment(filing.received_at, desk.day.year),
        late,
        quiet(look.round.name if look.round else filing.round),
        quiet(way),
    )
