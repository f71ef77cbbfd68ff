"""What a form may already hold of a line: the sum so far, and what stays true from last time."""

from datetime import date
from typing import Any

from dashboard.ledgers import records as r
from dashboard.rules.asking import DELAY, Ask, Stage
from dashboard.rules.figures import begins_anew
from dashboard.rules.judgement import Judgement


def sum_so_far(judgement: Judgement, ask: Ask) -> float | None:
    """What new work is added to; None where nothing was reported yet, nothing in a new year."""
    if ask.standing is None:
        return None
    return 0.0 if _is_of_another_year(judgement, ask.standing, ask) else ask.standing.value


def _is_of_another_year(judgement: Judgement, before: r.Filing, ask: Ask) -> bool:
    return begins_anew(ask.whole.item, before, judgement.today.year)


def why_not_unchanged(judgement: Judgement, ask: Ask) -> str | None:
    """Why a line may not be filed as 无变化; None where it may."""
    if ask.stage is Stage.RETURNED:
        return "已被退回，请按退回意见修改后提交"
    if ask.standing is None:
        return "尚无填报，请填写进展"
    if _is_of_another_year(judgement, ask.standing, ask):
        return "按年度计数，请填写本年度完成值"
    return None


def delay_of(filing: r.Filing, today: date) -> dict[str, Any]:
    """What a filing said of the delay (`DELAY`) and still holds: no date that has passed."""
    said = {name: getattr(filing, name) for name in DELAY}
    is_past = filing.expected_on is not None and filing.expected_on < today
    return {**said, "expected_on": None} if is_past else said


def is_again(judgement: Judgement, ask: Ask) -> bool:
    """Whether a report now takes the place of the last one: returned, or of this very round."""
    if ask.stage is Stage.RETURNED:
        return True
    now = judgement.round
    return ask.last is not None and now is not None and ask.last.round == now.code


def prefilled(judgement: Judgement, ask: Ask) -> dict[str, Any]:
    """The fields of a new report that need not be typed again, by their names in `Report`.

    A figure that is measured anew starts from the last one; what adds up asks for the new part
    (`new`) alone. A date that has passed is not offered again. Where the last report is put right
    it is there as a whole.
    """
    again = is_again(judgement, ask)
    source = ask.last if again else ask.standing
    if source is None:
        return {}
    held = {**delay_of(source, judgement.today), "is_done": source.is_done, "value": source.value}
    if not again and _is_of_another_year(judgement, source, ask):
        held.pop("value")
    if again:
        names = ("text", "next_step", "no_event", "experience")
        held |= {name: getattr(source, name) for name in names}
        held["corrects"] = ask.stage is not Stage.RETURNED
        held |= _new_part(judgement, ask)
    return {name: value for name, value in held.items() if value is not None and value is not False}


def _new_part(judgement: Judgement, ask: Ask) -> dict[str, Any]:
    so_far, last = sum_so_far(judgement, ask), ask.last
    if ask.stage is not Stage.RETURNED or last is None or last.value is None:
        return {}
    part = last.value - (so_far or 0.0)
    return {"new": part} if part >= 0 else {"corrects": True}
