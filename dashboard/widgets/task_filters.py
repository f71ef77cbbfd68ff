"""Which tasks of the ledger are shown: by light, kind, unit and role, state, clause and date."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Role, TaskKind
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.summary import BOUND, OWN, Standing, unit_standing
from dashboard.rules.verdicts import Light
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.strips import DISPLAY

ROLES: dict[str, tuple[Role, ...]] = {
    "own": OWN,
    "bound": BOUND,
    **{role.value: (role,) for role in Role},
}
"""The address's words for roles → the roles; `own` is what pages count as a department's tasks."""
_ROLE_WORDS = {
    "own": "牵头和责任",
    "bound": "牵头、责任和具体负责",
    **{role.value: role.label for role in Role},
}
_STATES = {"behind": "滞后或逾期", "lagging": "滞后", "overdue": "逾期", "near": "临近时限"}


def filtered(desk: Desk, tasks: Sequence[TaskVerdict]) -> tuple[TaskVerdict, ...]:
    """Draw the filters and return the tasks that pass them, in the order of the plan."""
    lights = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        found = _of_kind(tasks)
        found = _of_unit(desk, found)
        found = _in_state(found)
        found = _named(desk, found)
        if st.checkbox("有时限的", key="dated", bind="query-params", width=110):
            found = tuple(each for each in found if each.due_on)
    with lights:
        light = light_choice(desk, Standing(found).lights)
    return tuple(each for each in found if light in (None, each.light))


def light_choice(desk: Desk, found: Mapping[Light, int]) -> Light | None:
    """The lights with their numbers; a tap shows the rows behind one and says so in the address."""
    wanted = st.query_params.get("light")
    chosen = st.pills(
        "亮灯",
        [light.value for light in DISPLAY],
        default=wanted if wanted in set(Light) else None,
        format_func=lambda code: _pill(desk, Light(code), found),
        key="choice_light",
        on_change=_write_light,
        label_visibility="collapsed",
    )
    return Light(chosen) if chosen else None


def _pill(desk: Desk, light: Light, found: Mapping[Light, int]) -> str:
    look = getattr(desk.settings.lights.scheme, light.value)
    # Streamlit takes a leading ✔ for an icon and sets it apart; a word joiner keeps it in the text.
    return f"\u2060{look.symbol} {look.label} {found.get(light, 0)}"


def _write_light() -> None:
    chosen = st.session_state.get("choice_light")
    if chosen:
        st.query_params["light"] = chosen
    else:
        st.query_params.pop("light", None)


def _of_kind(tasks: Sequence[TaskVerdict]) -> tuple[TaskVerdict, ...]:
    kinds = {kind.value: kind.label for kind in TaskKind}
    kind = choice("任务类别", list(kinds), "kind", kinds.__getitem__, everything="全部类别")
    return tuple(each for each in tasks if kind in (None, each.task.kind))


def _of_unit(desk: Desk, tasks: Sequence[TaskVerdict]) -> tuple[TaskVerdict, ...]:
    bound = desk.books.by(r.Responsibility, "unit")
    joined = desk.books.by(r.Membership, "member")
    units = [each for each in desk.books.all(r.Unit) if bound[each.code] or joined[each.code]]
    names = {each.code: each.name for each in sorted(units, key=lambda unit: unit.seq)}
    unit = choice("单位", list(names), "unit", names.__getitem__, everything="全部单位")
    role = choice(
        "该单位的责任", list(_ROLE_WORDS), "role", _ROLE_WORDS.__getitem__, everything="不限"
    )
    if unit is None:
        return tuple(tasks)
    standing = unit_standing(desk.judgement, desk.books.get(r.Unit, unit))
    mine = standing.having(*(ROLES[role] if role else tuple(Role))).tasks
    codes = {each.task.code for each in mine}
    return tuple(each for each in tasks if each.task.code in codes)


def _in_state(tasks: Sequence[TaskVerdict]) -> tuple[TaskVerdict, ...]:
    state = choice("情形", list(_STATES), "state", _STATES.__getitem__, everything="不限")
    standing = Standing(tuple(tasks))
    return standing.tasks if state is None else tuple(getattr(standing, state))


def _named(desk: Desk, tasks: Sequence[TaskVerdict]) -> tuple[TaskVerdict, ...]:
    wanted = st.text_input(
        "条款、任务或措施",
        key="text",
        bind="query-params",
        placeholder="四（二）、热线",
    )
    wanted = wanted.strip().replace("(", "（").replace(")", "）")
    if not wanted:
        return tuple(tasks)
    measures = desk.books.by(r.Measure, "task")
    return tuple(
        each
        for each in tasks
        if wanted in each.task.clause
        or wanted in each.task.title
        or any(wanted in measure.title for measure in measures[each.task.code])
    )
