"""What a link to the form of 督办 already knows: whom, over which task, and how the town stands."""

from dataclasses import dataclass

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Role, SupervisionKind
from dashboard.rules.coverage import Coverage, of_area
from dashboard.rules.summary import duties_of_task
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address


@dataclass(frozen=True)
class Given:
    """What the address names of a new step of 督办."""

    kind: SupervisionKind = SupervisionKind.LETTER
    unit: str | None = None
    task: str | None = None
    reason: str = ""


def given(desk: Desk) -> Given:
    """What the address names; what it names wrongly is passed over."""
    named = st.query_params.get("kind")
    kinds = {each.value: each for each in SupervisionKind}
    unit = desk.books.find(r.Unit, st.query_params.get("unit"))
    task = desk.books.find(r.Task, st.query_params.get("task"))
    return Given(
        kind=kinds.get(named or "", SupervisionKind.LETTER),
        unit=unit.code if unit and unit.can_answer else None,
        task=task.code if task else None,
        reason=_reason(desk),
    )


def _reason(desk: Desk) -> str:
    """“截至2023年9月22日，老僧堂镇“13个镇街村居站点”应设1处（2023年），已建成0处……。”."""
    hosts = desk.books.find(r.HostList, st.query_params.get("list"))
    town = desk.books.find(r.Unit, st.query_params.get("town"))
    if hosts is None or town is None:
        return ""
    found = of_area(desk.books, hosts, town, desk.day)
    word = hosts.unit_word
    lacking = f"，尚缺{found.gap}{word}" if found.gap else ""
    return (
        f"截至{wording.full_day(desk.day)}，{town.name}“{hosts.title}”{found.denominator}，"
        f"已建成{found.built}{word}，达标{found.met}{word}{lacking}。"
    )


def order_address(desk: Desk, coverage: Coverage, task: str) -> str:
    """Where a 督办单 over a gap is drafted, with all that is known of it."""
    town = coverage.unit.code if coverage.unit else None
    unit = answers_for(desk, coverage.unit, task)
    known = {"task": task, "unit": unit, "list": coverage.hosts.code, "town": town}
    kind = SupervisionKind.ORDER.value
    return f"{address(desk, 'supervision', draft='other', kind=kind, **known)}#draft"


def answers_for(desk: Desk, town: r.Unit | None, task: str) -> str | None:
    """The town itself where the task binds it, alone or with all towns; else who leads."""
    duties = duties_of_task(desk.books, task)
    binding = [duty for role in (Role.LEAD, Role.LOCAL, Role.SHARED) for duty in duties[role]]
    if town is not None:
        joined = desk.books.by(r.Membership, "member")[town.code]
        mine = {town.code, *(each.collective for each in joined)}
        if any(duty.unit in mine for duty in binding):
            return town.code
    units = [desk.books.get(r.Unit, duty.unit) for duty in binding]
    return next((unit.code for unit in units if unit.can_answer), None)
