"""The table of rights as an official reads it, walked whole; posting refuses what it forbids."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from dashboard import posting, settings
from dashboard.access.rights import ForbiddenError, Reach, Right, demand, may, may_some, reach
from dashboard.access.viewer import CONSOLE, LOCAL, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books, reading
from dashboard.ledgers.tables import POSTINGS
from dashboard.ledgers.terms import AccountRole
from dashboard.posting import drafts, editing, plans, problems, progress, reviews
from dashboard.posting.entry import entry
from dashboard.posting.faults import RefusedError
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import Clock
from tests import (
    boundary_acts,
    bulletin_acts,
    dispatch_acts,
    evidence_acts,
    handling_acts,
    import_acts,
    inspecting_acts,
    problem_acts,
    station_intake_acts,
)
from tests.books import BASE, ISSUED, PLAN, database, line, measure
from tests.people import disable, move, person, refusals

TABLE = """
权限                    系统管理员  办公室  联络员  领导  审计员  本机
查看台账                －          全      本      全    －      全
查看联系人              －          全      本      －    －      全
查看批示办理事项        －          全      本      全    －      全
导出                    －          全      本      全    －      全
填报                    －          全      本      －    －      全
审核填报                －          全      －      －    －      全
核查销号                －          全      －      －    －      全
登记问题                －          全      本      －    －      全
办理问题                －          全      本      －    －      全
确认销号                －          全      －      全    －      全
修改问题                －          全      －      －    －      全
交办事项                －          全      －      －    －      全
反馈办理情况            －          全      本      －    －      全
组织周调度              －          全      －      －    －      全
督办                    －          全      －      －    －      全
编发通报                －          全      －      －    －      全
修改文书用语            －          全      －      －    －      全
登记批示办理要求        －          全      －      全    －      全
增改专班细化任务        －          全      －      －    －      全
登记延期                －          全      －      －    －      全
安排汇总单位、节点和名录  －        全      －      －    －      全
维护单位和联系人        －          全      －      －    －      全
维护站点                －          全      －      －    －      全
检查站点                －          全      －      －    －      全
维护建设标准            －          全      －      －    －      全
维护区域边界            －          全      －      －    －      全
载入、清除演示数据      －          全      －      －    －      全
载入方案                －          全      －      －    －      全
管理账号                全          －      －      －    －      全
修改设置                全          －      －      －    －      全
备份和恢复              全          －      －      －    －      全
查看审计记录            －          －      －      －    全      全
"""
"""全: every unit's matters and the whole plan's; 本: matters of the own units alone; －: none."""

MARKS = {"全": Reach.ALL, "本": Reach.OWN, "－": Reach.NONE}
ROLES = {role.label: role for role in AccountRole}
RIGHTS = {right.label: right for right in Right}


def told() -> Iterator[tuple[Right, AccountRole, Reach]]:
    """The table's cells."""
    head, *rows = (row.split() for row in TABLE.strip().splitlines())
    for name, *cells in rows:
        for role, cell in zip(head[1:], cells, strict=True):
            yield RIGHTS[name], ROLES[role], MARKS[cell]


CELLS = tuple(told())


def someone(role: AccountRole) -> Viewer:
    """A viewer who speaks for unit u of plan p, which counts for a liaison alone."""
    return Viewer(role, "某岗", "某账号", 1, frozenset({("p", "u")}))


# The table


def test_the_table_names_every_right_and_every_role_once() -> None:
    named = [(right, role) for right, role, _ in CELLS]
    assert len(named) == len(set(named))
    assert set(named) == set(product(Right, AccountRole))


@pytest.mark.parametrize(("right", "role", "expected"), CELLS, ids=lambda each: str(each.value))
def test_every_cell_holds_for_own_and_other_units_and_the_whole_plan(
    right: Right, role: AccountRole, expected: Reach
) -> None:
    viewer = someone(role)
    is_all, is_any = expected is Reach.ALL, expected is not Reach.NONE
    assert reach(role, right) is expected
    assert may_some(viewer, right) is is_any
    assert may(viewer, right, "p", {"u"}) is is_any
    assert may(viewer, right, "p", {"v"}) is is_all
    assert may(viewer, right, "p", {"u", "v"}) is is_all
    assert may(viewer, right, "q", {"u"}) is is_all
    assert may(viewer, right, "p") is is_all
    assert may(viewer, right, "p", ()) is is_all


@pytest.mark.parametrize(("right", "role", "expected"), CELLS, ids=lambda each: str(each.value))
def test_what_is_demanded_in_vain_is_said_in_words(
    right: Right, role: AccountRole, expected: Reach
) -> None:
    if expected is Reach.ALL:
        demand(someone(role), right, "p")
        return
    said = {
        Reach.OWN: f"“{right.label}”只限本单位的事项",
        Reach.NONE: f"{role.label}没有“{right.label}”的权限",
    }
    with pytest.raises(ForbiddenError) as caught:
        demand(someone(role), right, "p", {"v"})
    assert str(caught.value) == said[expected]


def test_administration_business_and_audit_share_no_right() -> None:
    apart = (AccountRole.ADMINISTRATOR, AccountRole.OFFICE, AccountRole.AUDITOR)
    held = [{right for right in Right if reach(role, right) is not Reach.NONE} for role in apart]
    assert all(held)
    assert not held[0] & held[1] | held[0] & held[2] | held[1] & held[2]


# Acts of posting

NEW = r.Problem(
    code="新",
    description="场所未落实",
    source=t.ProblemSource.VISIT,
    category=t.ProblemCategory.PREMISES,
    unit="u",
    found_on=ISSUED,
    closing_standard="场所落实",
)
DIRECTIVE = r.Directive(
    code="新",
    matter="落实场所",
    source=t.DirectiveSource.LEADER,
    unit="u",
    issued_on=ISSUED,
    due_on=ISSUED + timedelta(days=7),
)
STATION = r.Station(code="新", name="驿站", kind=t.StationKind.VILLAGE)
TASK = r.Task(code="新", clause="一", title="新任务", kind=t.TaskKind.KEY, seq=9)
WORK = editing.Work(unit="u", cadence=t.Recurrence.MONTHLY)
EXTRA = (
    measure("m2", title="另一措施", seq=2),
    measure("m3", title="又一措施", seq=3),
    line("l2", unit="v", measure="m2"),
    line("l3", measure="m3"),
)


Act = Callable[[Engine, Viewer], object]


def version(engine: Engine) -> int:
    return load(engine, "p", Clock().now()).version


def waiting(engine: Engine) -> str:
    """The filing that waits for review."""
    return load(engine, "p", Clock().now()).last_filed["l"].code


def edited(engine: Engine, viewer: Viewer) -> None:
    row = load(engine, "p", Clock().now()).get(r.Task, "t")
    editing.change_row(engine, viewer, "p", row, {"note": "备注"}, seen=version(engine))


def ended(engine: Engine, viewer: Viewer) -> None:
    row = load(engine, "p", Clock().now()).by(r.Station, "name")[STATION.name][0]
    editing.end_row(engine, viewer, "p", row, seen=version(engine))


def report(engine: Engine, line: str, value: float = 10) -> progress.Report:
    """A figure of whoever has the line's last filing before the eyes."""
    last = load(engine, "p", Clock().now()).last_filed.get(line)
    return progress.Report(line=line, value=value, seen=last.code if last else None)


def filed(code: str) -> Act:
    return lambda engine, viewer: file(engine, viewer, report(engine, code))


def file(engine: Engine, viewer: Viewer, given: progress.Report) -> str:
    return progress.file_progress(engine, viewer, "p", given, settings.current())


def filed_together(*codes: str) -> Act:
    return lambda engine, viewer: progress.file_reports(
        engine, viewer, "p", [report(engine, code) for code in codes], settings.current()
    )


def drafted(line: str) -> Act:
    return lambda engine, viewer: drafts.save_draft(engine, viewer, "p", line, {}, seen=None)


def loaded(engine: Engine, viewer: Viewer) -> object:
    other = r.Plan(**{name: getattr(PLAN, name) for name in PLAN_FIELDS} | {"code": "q"})
    return plans.post_plan(engine, viewer, other, BASE, today=ISSUED)


PLAN_FIELDS = [name for name in inspect.signature(r.Plan).parameters if name != "known_at"]

ACTS: dict[str, tuple[str, Right, set[str], Act]] = {
    "载入方案": ("post_plan", Right.LOAD_PLAN, set(), loaded),
    "载入演示数据": (
        "start_practice",
        Right.PRACTISE,
        set(),
        lambda e, v: plans.start_practice(e, v, "p", now=Clock().now(), started_on=ISSUED),
    ),
    "清除演示数据": (
        "clear_practice",
        Right.PRACTISE,
        set(),
        lambda e, v: plans.clear_practice(e, v, "p"),
    ),
    "登记本单位问题": (
        "raise_problem",
        Right.RAISE_PROBLEM,
        {"u"},
        lambda e, v: problems.raise_problem(e, v, "p", NEW),
    ),
    "登记他单位问题": (
        "raise_problem",
        Right.RAISE_PROBLEM,
        {"v"},
        lambda e, v: problems.raise_problem(e, v, "p", with_unit(NEW, "v")),
    ),
    "交办事项": (
        "issue_directive",
        Right.DIRECT,
        set(),
        lambda e, v: problems.issue_directive(e, v, "p", DIRECTIVE),
    ),
    "登记批示办理要求": (
        "issue_directive",
        Right.REGISTER_INSTRUCTION,
        set(),
        lambda e, v: problems.issue_directive(e, v, "p", registered()),
    ),
    "填报本单位": ("file_progress", Right.FILE, {"u"}, filed("l")),
    "填报他单位": ("file_progress", Right.FILE, {"v"}, filed("l2")),
    "一并填报本单位": ("file_reports", Right.FILE, {"u"}, filed_together("l", "l3")),
    "一并填报两个单位": ("file_reports", Right.FILE, {"u", "v"}, filed_together("l", "l2")),
    "保存本单位草稿": ("save_draft", Right.FILE, {"u"}, drafted("l")),
    "保存他单位草稿": ("save_draft", Right.FILE, {"v"}, drafted("l2")),
    "删除本单位草稿": (
        "drop_draft",
        Right.FILE,
        {"u"},
        lambda e, v: drafts.drop_draft(e, v, "p", "l"),
    ),
    "审核通过": (
        "review_filing",
        Right.REVIEW,
        set(),
        lambda e, v: reviews.review_filing(e, v, "p", waiting(e), t.ReviewVerdict.ACCEPTED),
    ),
    "一并审核通过": (
        "accept_filings",
        Right.REVIEW,
        set(),
        lambda e, v: reviews.accept_filings(e, v, "p", [waiting(e)]),
    ),
    "退回": (
        "review_filing",
        Right.REVIEW,
        set(),
        lambda e, v: reviews.review_filing(
            e, v, "p", waiting(e), t.ReviewVerdict.RETURNED, "请补充"
        ),
    ),
    "核查销号": (
        "close_line",
        Right.CLOSE,
        set(),
        lambda e, v: reviews.close_line(e, v, "p", "l3", by_post="督查组", opinion="属实"),
    ),
    "新增问题行": (
        "add_row",
        Right.EDIT_PROBLEMS,
        set(),
        lambda e, v: editing.add_row(e, v, "p", NEW),
    ),
    "新增站点": (
        "add_row",
        Right.EDIT_STATIONS,
        set(),
        lambda e, v: editing.add_row(e, v, "p", STATION),
    ),
    "新增任务": (
        "add_task",
        Right.EDIT_TASKS,
        set(),
        lambda e, v: editing.add_task(
            e,
            v,
            "p",
            r.Task(code="新", clause="一", title="新任务", kind=t.TaskKind.KEY, seq=9),
            WORK,
        ),
    ),
    "新增措施": (
        "add_measure",
        Right.EDIT_TASKS,
        set(),
        lambda e, v: editing.add_measure(e, v, "p", measure("新", title="新措施", seq=9), WORK),
    ),
    "修改任务": ("change_row", Right.EDIT_TASKS, set(), edited),
    "撤销站点": ("end_row", Right.EDIT_STATIONS, set(), ended),
    **problem_acts.ACTS,
    **evidence_acts.ACTS,
    **bulletin_acts.ACTS,
    **dispatch_acts.ACTS,
    **handling_acts.ACTS,
    **inspecting_acts.ACTS,
    **boundary_acts.ACTS,
    **station_intake_acts.ACTS,
    **import_acts.ACTS,
}
"""Each act: the function it calls, the right it takes, whose matter it is."""
READING = frozenset({"drafts_of"})
"""What only reads, and the viewer's own alone."""
UNPOSTED = frozenset({"save_draft", "drop_draft", "keep_file"}) | import_acts.UNPOSTED
"""What is nobody's record, and so no posting."""


def with_unit(problem: r.Problem, unit: str) -> r.Problem:
    return r.Problem(
        **{name: getattr(problem, name) for name in inspect.signature(r.Problem).parameters}
        | {"unit": unit}
    )


def registered() -> r.Directive:
    return r.Directive(
        **{name: getattr(DIRECTIVE, name) for name in inspect.signature(r.Directive).parameters}
        | {"register_no": "〔2023〕7号"}
    )


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """The smallest plan with something to review, something to close and a station."""
    (tmp_path / "books.db").write_bytes(_prepared())
    return open_books(database(tmp_path))


@cache
def _prepared() -> bytes:
    with TemporaryDirectory() as folder:
        made = open_books(database(Path(folder)))
        rows = (*BASE, measure(), line(), *EXTRA, *evidence_acts.ROWS, boundary_acts.TOWN)
        assert plans.post_plan(made, CONSOLE, PLAN, rows, today=ISSUED) == ()
        editing.add_row(made, CONSOLE, "p", STATION)
        with entry(made, "p", Signature(CONSOLE, Right.ARRANGE, "登记问题")) as opened:
            opened.add(*problem_acts.ROWS, *bulletin_acts.ROWS, *handling_acts.ROWS)
            opened.add(*dispatch_acts.ROWS, *inspecting_acts.ROWS, boundary_acts.HELD)
        done = progress.Report(line="l3", value=100, is_done=True, filed_by="某科")
        file(made, CONSOLE, done)
        own = person(made, AccountRole.LIAISON, "u", name="another", plan="p")
        file(made, own, report(made, "l", 5))
        import_acts.prepare(made)
        made.dispose()
        return (Path(folder) / "books.db").read_bytes()


def postings(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(POSTINGS)) or 0


def who(engine: Engine, role: AccountRole) -> Viewer:
    """Whoever has this role; CONSOLE stands for who needs no account."""
    if role is AccountRole.LOCAL:
        return CONSOLE
    return person(engine, role, *(["u"] if role is AccountRole.LIAISON else []), plan="p")


def writers() -> set[str]:
    """Every function of posting that takes an engine and a viewer."""
    names = [found.name for found in pkgutil.iter_modules(posting.__path__)]
    modules = [import_module(f"{posting.__name__}.{name}") for name in names]
    return {
        name
        for module in modules
        for name, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__
        and not name.startswith("_")
        and list(inspect.signature(made).parameters)[:2] == ["engine", "viewer"]
    }


def test_every_way_to_write_is_walked() -> None:
    assert writers() - READING == {called for called, *_ in ACTS.values()}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", list(AccountRole))
def test_posting_does_what_the_table_allows_and_refuses_all_else(
    engine: Engine, role: AccountRole, act: str
) -> None:
    _, right, units, do = ACTS[act]
    viewer, before = who(engine, role), postings(engine)
    if may(viewer, right, "p", units):
        do(engine, viewer)
        assert postings(engine) == before + (ACTS[act][0] not in UNPOSTED)
        assert refusals(engine) == []
        return
    with pytest.raises(ForbiddenError):
        do(engine, viewer)
    assert postings(engine) == before
    ((account, action, reason),) = refusals(engine)
    assert account == viewer.account
    assert action
    assert right.label in (reason or "")


STALE: dict[str, tuple[AccountRole, Callable[[Engine, str], None], str]] = {
    "改任审计员": (
        AccountRole.OFFICE,
        lambda e, name: move(e, name, AccountRole.AUDITOR),
        "审计员没有",
    ),
    "改属他单位": (
        AccountRole.LIAISON,
        lambda e, name: move(e, name, AccountRole.LIAISON, ["w"]),
        "只限本单位的事项|联络员没有",
    ),
    "停用": (AccountRole.OFFICE, disable, "登录已失效，请重新登录"),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("change", STALE)
def test_an_old_page_does_nothing_for_who_has_changed(
    engine: Engine, change: str, act: str
) -> None:
    role, alter, said = STALE[change]
    viewer = who(engine, role)
    alter(engine, viewer.account or "")
    before = postings(engine)
    with pytest.raises(ForbiddenError, match=said):
        ACTS[act][3](engine, viewer)
    assert postings(engine) == before
    assert [account for account, *_ in refusals(engine)] == [viewer.account]


@pytest.mark.parametrize(
    "forged", [{"account": "office-one"}, {"post": "专班办公室"}, {"address": "10.9.9.9"}]
)
def test_nobody_signs_by_another_name_than_that_of_the_log_in(
    engine: Engine, forged: dict[str, Any]
) -> None:
    who(engine, AccountRole.OFFICE)
    viewer = replace(person(engine, AccountRole.LIAISON, "u", plan="p"), **forged)
    before = postings(engine)
    with pytest.raises(ForbiddenError, match="登录已失效，请重新登录"):
        file(engine, viewer, report(engine, "l", 6))
    assert postings(engine) == before


@pytest.mark.parametrize("act", ACTS)
def test_the_office_computer_does_nothing_once_there_are_accounts(engine: Engine, act: str) -> None:
    before = postings(engine)
    with pytest.raises(ForbiddenError, match="已启用账号，请登录后再操作"):
        ACTS[act][3](engine, LOCAL)
    assert postings(engine) == before
    assert [account for account, *_ in refusals(engine)] == [None]


# Reviewing


def test_nobody_reviews_or_closes_what_the_own_account_filed(engine: Engine) -> None:
    viewer = person(engine, AccountRole.LIAISON, "u", name="both", plan="p")
    code = file(engine, viewer, report(engine, "l", 6))
    move(engine, "both", AccountRole.OFFICE)
    again = replace(viewer, role=AccountRole.OFFICE, units=frozenset())
    with pytest.raises(RefusedError, match="不能审核本人填报的事项"):
        reviews.review_filing(engine, again, "p", code, t.ReviewVerdict.ACCEPTED)
    done = replace(report(engine, "l3", 100), is_done=True, filed_by="某科")
    file(engine, again, done)
    with pytest.raises(RefusedError, match="核查人应与填报人不同"):
        reviews.close_line(engine, again, "p", "l3", by_post="督查组", opinion="属实")


def test_what_is_accepted_counts_and_what_is_returned_does_not(engine: Engine) -> None:
    office = who(engine, AccountRole.OFFICE)
    with pytest.raises(RefusedError, match="退回时请写明原因"):
        reviews.review_filing(engine, office, "p", waiting(engine), t.ReviewVerdict.RETURNED, " ")
    returned = waiting(engine)
    reviews.review_filing(engine, office, "p", returned, t.ReviewVerdict.RETURNED, "请补充")
    assert "l" not in load(engine, "p", Clock().now()).last_accepted
    with pytest.raises(RefusedError, match="该填报已经审核"):
        reviews.review_filing(engine, office, "p", returned, t.ReviewVerdict.ACCEPTED)
    own = person(engine, AccountRole.LIAISON, "u", plan="p")
    code = file(engine, own, report(engine, "l", 7))
    reviews.review_filing(engine, office, "p", code, t.ReviewVerdict.ACCEPTED, "属实")
    books = load(engine, "p", Clock().now())
    assert books.last_accepted["l"].code == code
    assert (books.last_said["l"].opinion, books.last_said["l"].by_post) == ("属实", office.post)


def test_an_older_figure_does_not_take_the_place_of_a_newer_one(engine: Engine) -> None:
    office, older = who(engine, AccountRole.OFFICE), waiting(engine)
    file(engine, office, report(engine, "l", 9))
    with pytest.raises(RefusedError, match="已有更晚的填报通过审核，只能退回"):
        reviews.review_filing(engine, office, "p", older, t.ReviewVerdict.ACCEPTED)
    reviews.review_filing(engine, office, "p", older, t.ReviewVerdict.RETURNED, "以后报的为准")
    assert load(engine, "p", Clock().now()).last_accepted["l"].value == 9


def test_an_unknown_filing_is_said(engine: Engine) -> None:
    with pytest.raises(RefusedError, match="没有这次填报"):
        reviews.review_filing(engine, CONSOLE, "p", "F999999", t.ReviewVerdict.ACCEPTED)


def test_a_liaison_signs_and_dates_nothing_for_another(engine: Engine) -> None:
    own, began = person(engine, AccountRole.LIAISON, "u", plan="p"), Clock().now()
    forged = progress.Report(
        line="l",
        seen=waiting(engine),
        value=8,
        filed_by="专班办公室",
        way=t.FilingWay.PAPER,
        received_at=began - timedelta(days=30),
    )
    file(engine, own, forged)
    kept = load(engine, "p", Clock().now()).last_filed["l"]
    assert (kept.filed_by, kept.way) == (own.post, t.FilingWay.SELF)
    assert kept.received_at >= began


def test_an_office_account_that_became_a_liaisons_is_reviewed_like_one(engine: Engine) -> None:
    viewer = who(engine, AccountRole.OFFICE)
    move(engine, viewer.account or "", AccountRole.LIAISON, ["u"], plan="p")
    code = file(engine, viewer, report(engine, "l", 8))
    books = load(engine, "p", Clock().now())
    assert books.last_filed["l"].code == code
    assert "l" not in books.last_accepted
