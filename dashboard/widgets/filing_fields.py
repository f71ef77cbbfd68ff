"""The fields of one item's report. They stand outside of forms: each saves the draft as it goes."""

from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.ledgers.terms import Comparator
from dashboard.rules.asking import AddedUp
from dashboard.rules.calendar import shanghai_day
from dashboard.widgets.filing_paper import Paper, save
from dashboard.widgets.table import lines, markup, quiet


def text(
    paper: Paper, name: str, label: str, placeholder: str = "", *, rows: int = 3
) -> str | None:
    """A longer text, None where nothing stands in it."""
    entered: str | None = st.text_area(
        label,
        placeholder=placeholder,
        key=paper.begin(name),
        height=40 + 24 * rows,
        on_change=save,
        args=(paper,),
    )
    return (entered or "").strip() or None


def short_text(paper: Paper, name: str, label: str, placeholder: str = "") -> str | None:
    """A text of one line."""
    entered: str | None = st.text_input(
        label, placeholder=placeholder, key=paper.begin(name), on_change=save, args=(paper,)
    )
    return (entered or "").strip() or None


def day(paper: Paper, name: str, label: str) -> date | None:
    """A date; posting judges whether it can be."""
    chosen = st.date_input(label, value=None, key=paper.begin(name), on_change=save, args=(paper,))
    assert chosen is None or isinstance(chosen, date)
    return chosen


def tick(paper: Paper, name: str, label: str, told: str | None = None) -> bool:
    """Yes or no."""
    return st.checkbox(label, key=paper.begin(name), on_change=save, args=(paper,), help=told)


def _number(paper: Paper, name: str, label: str, placeholder: str) -> float | None:
    return st.number_input(
        label,
        value=None,
        step=1.0,
        format="%.10g",
        placeholder=placeholder,
        key=paper.begin(name),
        on_change=save,
        args=(paper,),
    )


def experience(paper: Paper) -> str | None:
    """好经验好做法: asked of nobody, and out of the way of whoever has none to tell."""
    begun = bool(paper.start.get("experience"))
    # It stays what it was at first, so that the part neither opens nor shuts while one types.
    is_open = bool(st.session_state.setdefault(paper.key("experience_begun"), begun))
    with st.expander("好经验好做法（选填）", expanded=is_open):
        told = "做法已见成效、其他单位可以借鉴的写在这里；是否写入月通报由办公室选用。"
        return text(paper, "experience", "好经验好做法", told, rows=2)


def figure(paper: Paper, *, corrects: bool) -> float | None:
    """What was reached: the new part where work adds up, else the figure as it stands now."""
    ask, label = paper.ask, figure_label(paper, corrects=corrects)
    if ask.is_percent:
        return _number(paper, "value", label, "0至100")
    if not ask.adds_up:
        now = _number(paper, "value", label, "")
        _fallen(paper, now)
        return now
    if corrects:
        return _number(paper, "value", label, "")
    return _sum(paper, _number(paper, "new", label, "没有新增填0"))


def figure_label(paper: Paper, *, corrects: bool) -> str:
    """What the form calls the figure."""
    ask = paper.ask
    if ask.is_percent:
        return "完成进度（%）"
    if not ask.adds_up:
        return f"目前完成（{ask.unit_word}）"
    return f"{'更正后的累计完成' if corrects else '本期新增'}（{ask.unit_word}）"


def _fallen(paper: Paper, now: float | None) -> None:
    """Who types the new part where the whole is asked for is told before it is sent."""
    ask, last = paper.ask, paper.ask.standing
    indicator = ask.whole.item.indicator
    is_to_fall = indicator is not None and indicator.comparator is Comparator.AT_MOST
    if now is None or last is None or last.value is None or is_to_fall:
        return
    if now < last.value:
        was = wording.number(last.value, ask.unit_word)
        st.html(_told(f"比上次的{was}少。这里填目前共完成多少，不是本期新增；确实减少的可以照填。"))


def _sum(paper: Paper, new: float | None) -> float | None:
    """The running sum, shown before it is sent; without a new part it stays what it was."""
    base, unit = paper.base, paper.ask.unit_word
    if base is None and new is None:
        st.html(_told("尚无填报，本期新增即为累计。"))
        return None
    total = (base or 0.0) + (new or 0.0)
    so_far = "此前无累计" if base is None else f"上次累计{wording.number(base, unit)}"
    st.html(_told(f"{so_far}，提交后累计{wording.number(total, unit)}"))
    return total


def shares(paper: Paper, found: AddedUp | None, *, corrects: bool) -> None:
    """What the units' own reports come to, offered to whom sums them up."""
    if found is None or not found.filed:
        return
    ask, base = paper.ask, paper.base or 0.0
    total = wording.number(found.value, ask.unit_word)
    says, take = st.columns([3, 1], vertical_alignment="center")
    says.html(_told(f"各单位分报合计{total}（{found.asked}条分报已报{found.filed}条）"))
    cumulative = corrects or not ask.adds_up
    name, value = ("value", found.value) if cumulative else ("new", found.value - base)
    take.button(
        "采用合计数",
        key=f"take_{paper.key(name)}",
        on_click=_take,
        args=(paper, name, value),
        width="stretch",
    )


def _take(paper: Paper, name: str, value: float) -> None:
    st.session_state[paper.key(name)] = value
    save(paper)


def said_before(paper: Paper) -> None:
    """What the unit said last, to go on from."""
    standing = paper.ask.standing
    if standing is None or not (standing.text or standing.next_step):
        return
    on = wording.day(shanghai_day(standing.received_at), paper.desk.day.year)
    told = [f"上次（{on}）：{standing.text}" if standing.text else ""]
    told += [f"上次的下步计划：{standing.next_step}" if standing.next_step else ""]
    st.html(f'<p class="g-said">{lines(*(quiet(each) for each in told if each)).html}</p>')


def _told(words: str) -> str:
    return f'<p class="g-told">{markup(words)}</p>'
