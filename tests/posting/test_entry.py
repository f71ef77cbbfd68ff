"""The one door: whole or nothing, each change a revision, every refusal with its reason."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load, version_at
from dashboard.ledgers.database import reading
from dashboard.ledgers.history import revisions_of
from dashboard.ledgers.shape import APPEND_ONLY, LEDGERS
from dashboard.ledgers.tables import POSTINGS, REVISIONS, TABLES
from dashboard.ledgers.terms import (
    Action,
    CheckVerdict,
    EvidenceKind,
    HandlingAct,
    MatchedBy,
    ProblemAct,
    ReviewVerdict,
    Role,
    UnitKind,
)
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import post_plan
from dashboard.posting.signature import Signature
from tests.books import BASE, CODE, ISSUED, PLAN, TASK, UNIT, instant, jiaxiang, line, measure

AT = instant("2023-07-03T02:00")
BY = Signature(CONSOLE, Right.ARRANGE, "登记", post="综合组")


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    tables = {**TABLES, "posting": POSTINGS, "revision": REVISIONS}
    with reading(engine) as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in tables.items()
        }


def refused(engine: Engine, act: Callable[[Entry], None], plan: str = "p") -> list[str]:
    """The words of a refusal; that nothing was written is checked."""
    before = counts(engine)

    def write() -> None:
        with entry(engine, plan, BY, known_at=AT) as opened:
            act(opened)

    with pytest.raises(RefusedError) as caught:
        write()
    assert counts(engine) == before
    return [str(fault) for fault in caught.value.faults]


def unit(code: str, **fields: Any) -> r.Unit:
    return r.Unit(**{"code": code, "name": code, "kind": UnitKind.TOWN, "seq": 9, **fields})


def adding(rows: Sequence[r.Record]) -> Callable[[Entry], None]:
    return lambda opened: opened.add(*rows)


# Whole or nothing


def test_a_fault_in_the_last_row_leaves_nothing(engine: Engine) -> None:
    rows = [unit(f"n{number}") for number in range(20)]
    spoilt = r.Task(code="t9", clause="九", title="任务", kind=TASK.kind, seq=9)
    assert refused(engine, lambda opened: opened.add(*rows, spoilt)) == [
        "任务清单 t9“依据条款”：“九”在“条款”中不存在，请核对编号"
    ]


def test_a_plan_with_a_fault_in_its_last_row_is_not_entered(engine: Engine) -> None:
    shipped = jiaxiang()
    before = counts(engine)
    last = shipped.rows[-1]
    assert isinstance(last, r.StandardItem)
    spoilt = replace(last, requirement=" ")
    faults = post_plan(engine, CONSOLE, shipped.plan, (*shipped.rows[:-1], spoilt), today=ISSUED)
    assert [(fault.ledger, fault.field) for fault in faults] == [("standard_item", "requirement")]
    assert counts(engine) == before


def test_every_fault_is_listed_at_once(engine: Engine) -> None:
    rows = [unit("a", name=" "), unit("b", name="好"), unit("c", note="一" * 2001)]
    assert refused(engine, lambda opened: opened.add(*rows)) == [
        "单位 a“单位名称”：不能只有空格，请填写或留空",
        "单位 c“备注”：文字过长（2001字），请控制在2000字以内",
    ]


# Refusals name what is wrong


def test_a_duplicate_is_named_whether_held_or_given_twice(engine: Engine) -> None:
    for rows in ([unit("u")], [unit("n"), unit("n")]):
        (said,) = refused(engine, adding(rows))
        assert said == f"单位 {rows[0].code}“编号”：编号重复，请改用未使用的编号"


def test_an_ended_rows_code_is_not_used_again(engine: Engine) -> None:
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.end(BASE[2])
    (said,) = refused(engine, lambda opened: opened.add(BASE[2]))
    assert "编号重复" in said


def test_rows_of_one_ledger_may_refer_to_each_other_in_any_order(engine: Engine) -> None:
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.add(unit("n1", parent="n2"), unit("n2", parent="n3"), unit("n3"))
    books = load(engine, "p", AT)
    assert [books.get(r.Unit, code).parent for code in ("n1", "n2", "n3")] == ["n2", "n3", None]


@pytest.mark.parametrize("parents", [{"n1": "n1"}, {"n1": "n2", "n2": "n1"}])
def test_rows_that_are_each_others_parent_are_refused(
    engine: Engine, parents: dict[str, str]
) -> None:
    rows = [unit(code, parent=parent) for code, parent in parents.items()]
    said = refused(engine, lambda opened: opened.add(*rows))
    assert said == [f"单位 {code}：各行互为上下级，成了循环，请核对编号" for code in parents]


def test_a_row_of_another_plan_is_not_known(engine: Engine) -> None:
    assert post_plan(engine, CONSOLE, jiaxiang().plan, jiaxiang().rows, today=ISSUED) == ()
    (said,) = refused(engine, lambda opened: opened.add(unit("n", parent="u-wjj")))
    assert "“u-wjj”在“单位”中不存在" in said


def test_a_change_of_what_is_gone_is_refused(engine: Engine) -> None:
    gone = "单位 v：该行已不存在，请刷新后再试"
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.end(BASE[2])
    assert refused(engine, lambda opened: opened.change(BASE[2], name="新名")) == [gone]
    assert refused(engine, lambda opened: opened.end(BASE[2])) == [gone]
    assert "不存在" in refused(engine, lambda opened: opened.end(unit("never")))[0]


def test_a_wrong_change_is_refused_like_a_wrong_row(engine: Engine) -> None:
    assert refused(engine, lambda opened: opened.change(TASK, title=None)) == [
        "任务清单 t“重点任务”：不能为空，请填写"
    ]
    assert (
        "“九”在“条款”中不存在"
        in refused(engine, lambda opened: opened.change(TASK, clause="九"))[0]
    )


def test_numbers_must_be_finite_and_moments_need_a_zone(engine: Engine) -> None:
    said = refused(engine, lambda opened: opened.add(unit("n", lon=float("nan"))))
    assert said == ["单位 n“经度”：应为有限的数字"]
    naive = r.Filing(code="F1", line="l", round="2023-W27", received_at=datetime(2023, 7, 3))
    (said_of_moment,) = refused(engine, lambda opened: opened.add(naive))
    assert said_of_moment == "填报 F1“收到时间”：时间缺少时区"


# Revisions


def test_each_changed_field_is_one_revision_and_an_unchanged_one_none(engine: Engine) -> None:
    started = datetime.now(UTC)
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.change(TASK, title="新任务", note="说明", seq=TASK.seq, clause=TASK.clause)
    *changes, created = revisions_of(engine, "p", "task", "t")
    assert {(one.field, one.old, one.new) for one in changes} == {
        ("title", "重点任务", "新任务"),
        ("note", None, "说明"),
    }
    for one in changes:
        assert (one.by_post, one.known_at, one.action) == ("综合组", AT, Action.CHANGE)
        assert started <= one.recorded_at <= datetime.now(UTC)
    assert (created.action, created.field) == (Action.CREATE, None)


def test_a_change_of_nothing_leaves_no_revision(engine: Engine) -> None:
    before = counts(engine)["revision"]
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.change(TASK, title=TASK.title)
    assert counts(engine)["revision"] == before


def test_creating_and_ending_are_revisions_too(engine: Engine) -> None:
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.add(unit("n"))
        opened.end(unit("n"))
    ended, created = revisions_of(engine, "p", "unit", "n")
    assert [created.action, ended.action] == [Action.CREATE, Action.END]


def test_a_stale_record_changes_only_the_fields_it_names(engine: Engine) -> None:
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.change(TASK, title="先改的")
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.change(TASK, note="后改的")
    now = load(engine, "p", AT).get(r.Task, "t")
    assert (now.title, now.note) == ("先改的", "后改的")


def test_terms_and_references_are_written_by_value_and_code(engine: Engine) -> None:
    duty = r.Responsibility(
        code="r1",
        task="t",
        clause="一",
        unit="u",
        as_printed="县卫健局",
        role=Role.LEAD,
        basis=jiaxiang_basis(),
        seq=1,
    )
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.add(duty)
        opened.change(duty, role=Role.SHARED, unit="v", is_open_ended=True)
    changes = revisions_of(engine, "p", "responsibility", "r1")
    assert {(one.field, one.old, one.new) for one in changes if one.field} == {
        ("role", "lead", "shared"),
        ("unit", "u", "v"),
        ("is_open_ended", "否", "是"),
    }


def jiaxiang_basis() -> Any:
    return next(row.basis for row in jiaxiang().rows if isinstance(row, r.Responsibility))


# Ledgers that only grow

GROWING: dict[str, r.Record] = {
    "filing": r.Filing(code="x", line="l", round="2023-W27", received_at=AT),
    "review": r.Review(code="x", filing="x", verdict=ReviewVerdict.ACCEPTED, by_post="岗"),
    "observation": r.Observation(
        code="x", indicator="i", unit="u", observed_on=date(2023, 7, 3), year=2023, value=1
    ),
    "inspection": r.Inspection(
        code="x",
        station="s",
        item="i",
        verdict=CheckVerdict.MET,
        inspected_on=date(2023, 7, 3),
        by_post="岗",
    ),
    "problem_step": r.ProblemStep(
        code="x", problem="p", act=ProblemAct.REPORTED, done_on=date(2023, 7, 3), by_post="岗"
    ),
    "handling_step": r.HandlingStep(
        code="x", act=HandlingAct.ANSWERED, done_on=date(2023, 7, 3), by_post="岗", directive="d"
    ),
    "frozen_week": r.FrozenWeek(
        code="x",
        dispatch="2023-W27",
        number=1,
        figures_to=AT,
        known_to=AT,
        by_post="岗",
        content="{}",
        sha256="0" * 64,
    ),
    "bulletin": r.Bulletin(
        code="x",
        month="2023-07",
        year=2023,
        number=1,
        title="通报",
        issuer="县政府办公室",
        issued_on=date(2023, 8, 1),
        issued_by="岗",
        figures_to=AT,
        known_to=AT,
        content="{}",
        sha256="0" * 64,
    ),
    "evidence": r.Evidence(
        code="x", unit="u", name="照片.png", kind=EvidenceKind.PNG, size=1, sha256="0" * 64
    ),
    "boundary": r.Boundary(
        code="x", boundary_set="s", unit="u", geometry="{}", matched_by=MatchedBy.CODE
    ),
}


@pytest.mark.parametrize("ledger", APPEND_ONLY)
def test_what_only_grows_is_neither_changed_nor_ended(engine: Engine, ledger: str) -> None:
    row = GROWING[ledger]
    assert type(row) is LEDGERS[ledger]
    with pytest.raises(TypeError, match="only ever added"), entry(engine, "p", BY) as opened:
        opened.change(row)
    with pytest.raises(TypeError, match="only ever added"), entry(engine, "p", BY) as opened:
        opened.end(row)


# Codes and clocks


def test_codes_go_on_from_the_last_one(engine: Engine) -> None:
    with entry(engine, "p", BY, known_at=AT) as opened:
        assert opened.next_code("unit", "N") == "N000001"
        opened.add(unit("N000009"), unit("NN00010"), unit("N12"))
        assert opened.next_code("unit", "N") == "N000010"


def test_an_entry_is_known_when_it_is_made_unless_said_otherwise(engine: Engine) -> None:
    started = datetime.now(UTC)
    with entry(engine, "p", BY) as opened:
        opened.add(unit("n"))
    (held,) = [row for row in load(engine, "p", datetime.now(UTC)).all(r.Unit) if row.code == "n"]
    assert held.known_at is not None
    assert started <= held.known_at <= datetime.now(UTC)


# Loading a plan again


def test_the_same_plan_again_changes_nothing(engine: Engine) -> None:
    before, version = counts(engine), version_at(engine, "p", AT)
    rows = (*BASE, measure(), line())
    assert post_plan(engine, CONSOLE, PLAN, rows, today=date(2024, 1, 1)) == ()
    assert (counts(engine), version_at(engine, "p", AT)) == (before, version)


def test_a_different_plan_is_refused_with_every_difference(engine: Engine) -> None:
    before = counts(engine)
    rows = (BASE[0], replace(UNIT, name="县卫健局"), BASE[3], measure(), line(), unit("new"))
    faults = post_plan(engine, CONSOLE, replace(PLAN, title="另一方案"), rows, today=ISSUED)
    assert {str(fault) for fault in faults} == {
        "方案 p“方案名称”：账中为“工作方案”，文件为“另一方案”；已载入的方案不能覆盖",
        "单位 u“单位名称”：账中为“县卫生健康局”，文件为“县卫健局”；已载入的方案不能覆盖",
        "单位 new：账中没有这一行；已载入的方案不能覆盖",
        "单位 v：账中有这一行，文件中没有",
    }
    assert counts(engine) == before


@pytest.mark.parametrize("day", [date(2023, 5, 1), date(2024, 5, 1)])
def test_a_different_date_of_issue_is_one_difference(engine: Engine, day: date) -> None:
    rows = (*BASE, measure(), line())
    (fault,) = post_plan(engine, CONSOLE, replace(PLAN, issued_on=day), rows, today=ISSUED)
    assert (fault.ledger, fault.field) == ("plan", "issued_on")


def test_what_the_office_did_since_is_no_difference(engine: Engine) -> None:
    with entry(engine, "p", BY) as opened:
        opened.change(TASK, title="细化后的任务")
        opened.add(GROWING["filing"], unit("n"))
    assert post_plan(engine, CONSOLE, PLAN, (*BASE, measure(), line()), today=ISSUED) == ()


def test_facts_of_a_plan_are_known_from_its_date_of_issue_and_in_use_from_the_load(
    tmp_path: Path, engine: Engine
) -> None:
    plan = replace(jiaxiang().plan, started_on=None)
    assert post_plan(engine, CONSOLE, plan, jiaxiang().rows, today=date(2023, 9, 1)) == ()
    assert load(engine, CODE, instant("2023-06-06T15:00")).all(r.Unit) == ()
    books = load(engine, CODE, instant("2023-06-06T16:00"))
    assert len(books.all(r.Unit)) > 40
    assert books.plan.in_use_from == date(2023, 9, 1)


def test_a_database_locked_by_another_program_is_told_in_words(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def at_once(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=0")

    engine.dispose()
    unit = r.Unit(code="w", name="县公安局", kind=UnitKind.GOVERNMENT, seq=9)
    with closing(sqlite3.connect(engine.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(RefusedError, match="台账正由另一个程序写入，请稍后再试"),
            entry(engine, PLAN.code, BY) as opened,
        ):
            opened.add(unit)
        other.execute("ROLLBACK")
    with entry(engine, PLAN.code, BY) as opened:
        opened.add(unit)
    assert load(engine, PLAN.code, datetime.now(UTC)).get(r.Unit, "w").name == unit.name
