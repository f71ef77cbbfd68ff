"""Each page as each role: what is there, what is not, and that nothing breaks."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from dashboard import settings
from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.database import writing
from dashboard.ledgers.doors import ACCOUNTS, SIGN_INS
from dashboard.ledgers.history import all_filings
from dashboard.ledgers.terms import AccountRole, ReviewVerdict
from dashboard.posting.plans import clear_practice, now_of
from dashboard.posting.reviews import review_filing
from dashboard.rules.calendar import Clock
from dashboard.widgets import filing_card
from dashboard.widgets.desk import library
from dashboard.widgets.menu import PAGES
from tests.access.test_scope import own_texts, secrets_of
from tests.books import CODE
from tests.people import enrol, move, person, refusals
from tests.views.conftest import CHECKOUT
from tests.views.reading import links_of, text_of
from tests.views.rows import rows_of

TOWN, OTHER_TOWN, HEALTH, SCHOOLS, PUBLICITY = (
    *("370829001", "370829102"),
    *("u-wjj", "u-jtj", "u-xcb"),
)
SHARE = f"l-4-8-town-{TOWN}"
ADMINISTRATOR, OFFICE, LIAISON, LEADER, AUDITOR, LOCAL = (
    AccountRole.ADMINISTRATOR,
    AccountRole.OFFICE,
    AccountRole.LIAISON,
    AccountRole.LEADER,
    AccountRole.AUDITOR,
    AccountRole.LOCAL,
)
BUSINESS = {OFFICE, LIAISON, LEADER, LOCAL}
WHOLE = {OFFICE, LEADER, LOCAL}
OPEN_TO = {
    "overview": BUSINESS,
    "station_map": BUSINESS,
    "departments": WHOLE,
    "towns": WHOLE,
    "indicators": BUSINESS,
    "wall": WHOLE,
    "dispatch": WHOLE,
    "meeting": WHOLE,
    "compare": WHOLE,
    "bulletin": WHOLE,
    "directives": BUSINESS,
    "supervision": BUSINESS,
    "tasks": BUSINESS,
    "responsibilities": BUSINESS,
    "problems": BUSINESS,
    "stations": BUSINESS,
    "station_sheets": {OFFICE, LOCAL},
    "station": BUSINESS,
    "task": BUSINESS,
    "record": BUSINESS,
    "source": BUSINESS,
    "filing": {OFFICE, LIAISON, LOCAL},
    "reviews": {OFFICE, LOCAL},
    "sheets": {OFFICE, LIAISON, LOCAL},
    "burden": WHOLE,
    "plan_import": {OFFICE, LOCAL},
    "maintain": {OFFICE, LOCAL},
    "boundaries": {OFFICE, LOCAL},
    "phrases": {OFFICE, LOCAL},
    "exports": BUSINESS,
    "accounts": {ADMINISTRATOR, OFFICE, LOCAL},
    "audit": {AUDITOR, LOCAL},
}
"""Who has which page, as the office would write it down."""

Open = Callable[..., AppTest]


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Engine]:
    """A copy of a database file, on which the app then runs."""

    def use(made: Path) -> Engine:
        copy = tmp_path / "guatu.db"
        shutil.copy(made, copy)
        url = f"sqlite:///{copy.as_posix()}"
        monkeypatch.setenv("GUATU_DATABASE_URL", url)
        settings.current.cache_clear()
        return library(url).engine

    return use


@pytest.fixture
def full(books: Callable[[Path], Engine], full_books: Path) -> Engine:
    return books(full_books)


@pytest.fixture
def empty(books: Callable[[Path], Engine], empty_books: Path) -> Engine:
    return books(empty_books)


@pytest.fixture
def open_as(monkeypatch: pytest.MonkeyPatch) -> Open:
    """A page as whoever holds this token, in a session of its own."""

    def run(token: str | None, page: str = "", **address: str) -> AppTest:
        monkeypatch.setattr("dashboard.widgets.door.token", lambda: token)
        app = AppTest.from_file(str(CHECKOUT / "dashboard" / "app.py"), default_timeout=60)
        if page:
            app.switch_page(f"views/{page}.py")
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return run


def token_for(engine: Engine, role: AccountRole) -> str | None:
    if role is LOCAL:
        return None
    return enrol(engine, role, *([TOWN] if role is LIAISON else []))


def labels(app: AppTest) -> set[str]:
    return {each.label for each in app.button}


def title(app: AppTest) -> str:
    return str(app.title[0].value)


# Every page as every role


def test_the_table_names_every_page() -> None:
    assert set(OPEN_TO) == set(PAGES)


@pytest.mark.parametrize("role", list(AccountRole))
@pytest.mark.parametrize("state", ["full", "empty"])
def test_who_has_a_page_sees_it_and_nobody_else_does(
    role: AccountRole, state: str, open_as: Open, request: pytest.FixtureRequest
) -> None:
    engine: Engine = request.getfixturevalue(state)
    token = token_for(engine, role)
    shut = []
    for name, page in PAGES.items():
        app = open_as(token, name)
        if role in OPEN_TO[name]:
            assert title(app) != "没有权限", name
        else:
            shut.append(page.title)
            assert title(app) == "没有权限", name
            said = f"{role.label}没有查看“{page.title}”的权限。"
            assert said in text_of(app)
        assert ("单机模式" in text_of(app)) is (role is LOCAL), name
    assert [action for _, action, _ in refusals(engine)] == [f"打开“{each}”" for each in shut]


@pytest.mark.parametrize("role", [ADMINISTRATOR, AUDITOR, LOCAL])
def test_pages_without_a_plan_run_before_any_plan_is_loaded(
    role: AccountRole, open_as: Open
) -> None:
    engine = library(settings.current().database.url).engine
    token = token_for(engine, role)
    for name, page in PAGES.items():
        if not page.of_plan and role in OPEN_TO[name]:
            assert title(open_as(token, name)) == page.title
    if role is LOCAL:
        assert "账中还没有方案。" in text_of(open_as(token))


def test_a_refusal_is_put_on_record_once_however_often_the_page_runs(
    full: Engine, open_as: Open
) -> None:
    app = open_as(enrol(full, LIAISON, TOWN), "dispatch")
    app.run()
    app.run()
    assert len(refusals(full)) == 1
    app.switch_page("views/tasks.py").run()
    app.switch_page("views/dispatch.py").run()
    assert [account for account, *_ in refusals(full)] == [f"liaison-{TOWN}"] * 2


def test_the_address_of_the_first_page_is_each_roles_own(full: Engine, open_as: Open) -> None:
    first = {role: title(open_as(token_for(full, role))) for role in (OFFICE, LIAISON, LEADER)}
    assert first == {OFFICE: "总览", LIAISON: "我的填报", LEADER: "总览"}
    assert title(open_as(token_for(full, AUDITOR))) == "审计记录"
    assert title(open_as(token_for(full, ADMINISTRATOR))) == "单位与账号"


# A liaison


@pytest.mark.parametrize("units", [(TOWN,), (HEALTH,), (SCHOOLS, PUBLICITY)])
def test_no_page_of_a_liaison_says_what_another_unit_said(
    full: Engine, open_as: Open, units: tuple[str, ...]
) -> None:
    now = now_of(load_plan(full, CODE))
    held, filed = load(full, CODE, now), all_filings(full, CODE, now)
    own = set(units)
    others = secrets_of(held, filed, own) - own_texts(held, filed, own)
    mine = "".join(own_texts(held, filed, own))
    others = {text for text in others if len(text) > 4 and text not in mine}
    token = enrol(full, LIAISON, *units)
    open_pages = [name for name, roles in OPEN_TO.items() if LIAISON in roles]
    addresses: list[tuple[str, dict[str, str]]] = [(name, {}) for name in open_pages]
    addresses += [("task", {"code": task.code}) for task in held.all(r.Task)[::3]]
    for name, address in addresses:
        said = text_of(open_as(token, name, **address))
        assert not [text for text in others if text in said], (name, address)


def test_a_row_that_is_not_shown_has_no_page_and_no_history(full: Engine, open_as: Open) -> None:
    now = now_of(load_plan(full, CODE))
    foreign = next(each for each in load(full, CODE, now).all(r.Problem) if each.unit != TOWN)
    token = enrol(full, LIAISON, TOWN)
    app = open_as(token, "record", ledger="problem", code=foreign.code)
    assert foreign.description not in text_of(app)
    assert not rows_of(app, "修改留痕")
    office = open_as(enrol(full, OFFICE), "record", ledger="problem", code=foreign.code)
    assert foreign.description in text_of(office)


def test_a_liaisons_overview_speaks_of_the_own_unit_in_numbers_that_are_rows(
    full: Engine, open_as: Open
) -> None:
    app = open_as(enrol(full, LIAISON, HEALTH), "overview")
    said = re.search(
        r"本单位：承担任务(\d+)项，(\d+)项滞后.*?(\d+)项逾期；未报(\d+)项、待报(\d+)项；"
        r"未销号问题(\d+)件；未办结交办事项(\d+)件。",
        text_of(app),
    )
    assert said is not None
    tasks, _, _, missing, due, problems, directives = (int(each) for each in said.groups())
    assert len(rows_of(app, "重点任务")) == tasks > 0
    assert len(rows_of(app, "报送事项")) == missing + due > 0
    assert len(rows_of(app, "交办事项")) == directives > 0
    open_problems = open_as(enrol(full, LIAISON, HEALTH, name="b"), "problems", state="standing")
    assert len(rows_of(open_problems, "问题清单及解决方案")) == problems > 0
    assert "建账检查" not in text_of(app)


def test_several_units_are_named(full: Engine, open_as: Open) -> None:
    text = text_of(open_as(enrol(full, LIAISON, TOWN, SCHOOLS), "overview"))
    assert "本账号所属单位（县教育和体育局、嘉祥街道）：" in text


def test_a_liaison_without_units_is_told_whom_to_ask(full: Engine, open_as: Open) -> None:
    assert "本账号尚未指定所属单位。" in text_of(open_as(enrol(full, LIAISON)))


def test_a_liaison_is_asked_for_own_lines_alone(full: Engine, open_as: Open) -> None:
    app = open_as(enrol(full, LIAISON, TOWN), "task", code="t-4-8")
    asked = rows_of(app, "填报事项")
    assert asked
    assert all("嘉祥街道分报" in row[0] for row in asked)
    form = open_as(enrol(full, LIAISON, TOWN, name="c"), "filing", line=SHARE)
    assert "报送方式" not in [each.label for each in form.selectbox]
    office = open_as(enrol(full, OFFICE), "task", code="t-4-8")
    assert len(rows_of(office, "填报事项")) > len(asked)
    other = open_as(enrol(full, LIAISON, TOWN, name="b"), "filing", line="l-4-8-village")
    assert "提交填报" not in labels(other)


def test_a_liaison_raises_problems_of_own_units_alone(full: Engine, open_as: Open) -> None:
    app = open_as(enrol(full, LIAISON, TOWN, SCHOOLS), "problems")
    assert app.selectbox(key="problem_unit_0").options == ["县教育和体育局", "嘉祥街道"]


def test_a_town_sees_its_own_place_and_no_map_of_others(full: Engine, open_as: Open) -> None:
    app = open_as(enrol(full, LIAISON, TOWN), "station_map", list="h-village")
    text = text_of(app)
    assert "13个镇街村居站点：应设1处（2023年）" in text
    assert "卧龙山街道" not in text
    assert "返回各镇街" not in text
    department = text_of(open_as(enrol(full, LIAISON, HEALTH), "station_map"))
    assert "本单位不在各类站点的应设名录中。" in department


def test_the_ledger_of_stations_counts_what_it_lists(full: Engine, open_as: Open) -> None:
    app = open_as(enrol(full, LIAISON, TOWN), "stations")
    said = re.search(r"登记站点(\d+)处：", text_of(app))
    assert said is not None
    assert len(rows_of(app, "站点台账")) == int(said[1])
    built = {row[0]: row[2] for row in rows_of(app, "各类站点的应设、已建和达标")}
    assert built["13个镇街村居站点"] == "1"
    assert not any(name.startswith("县心理健康中心") for name in built), "no list of the town's"


def test_the_list_of_duties_is_the_own_units(full: Engine, open_as: Open) -> None:
    app = open_as(enrol(full, LIAISON, TOWN), "responsibilities", unit=HEALTH)
    text = text_of(app)
    said = re.search(r"本单位在(\d+)项任务中承担责任(\d+)处，报送事项(\d+)条。", text)
    assert said is not None
    assert len(rows_of(app, "报送事项")) == int(said[3]) > 0
    assert "部门和单位的责任" not in text


def test_what_was_made_for_one_viewer_is_not_handed_to_another(full: Engine, open_as: Open) -> None:
    """Sums and pictures are kept for all sessions of the process: each scope has its own."""
    tokens = [enrol(full, OFFICE), *(enrol(full, LIAISON, unit) for unit in (TOWN, HEALTH))]
    first = [text_of(open_as(token, page)) for page in ("", "tasks") for token in tokens]
    again = [text_of(open_as(token, page)) for page in ("", "tasks") for token in tokens[::-1]]
    assert len(set(first)) == len(first)
    assert sorted(first) == sorted(again)


# Forms by right


FORMS = {
    "保存填报": ("filing", {LOCAL, OFFICE}),
    "提交填报": ("filing", {LIAISON}),
    "登记问题": ("problems", {LOCAL, OFFICE, LIAISON}),
    "登记议定事项": ("dispatch", {LOCAL, OFFICE}),
    "清除演示数据": ("", {LOCAL, OFFICE}),
}
"""Which form stands on which page for whom."""


@pytest.mark.parametrize("role", [LOCAL, OFFICE, LIAISON, LEADER])
def test_forms_stand_where_the_viewer_may_act(
    full: Engine, open_as: Open, role: AccountRole
) -> None:
    token = token_for(full, role)
    for label, (page, roles) in FORMS.items():
        address = {"line": SHARE} if page == "filing" else {}
        assert (label in labels(open_as(token, page, **address))) is (role in roles), label


@pytest.mark.parametrize("role", [LOCAL, OFFICE, LEADER])
def test_an_empty_plan_is_set_up_by_the_office(
    empty: Engine, open_as: Open, role: AccountRole
) -> None:
    token, acts = token_for(empty, role), role is not LEADER
    app = open_as(token)
    assert "建账检查" in text_of(app)
    assert ("载入演示数据，先熟悉操作" in labels(app)) is acts
    assert ("请从“任务清单”进入事项" in text_of(open_as(token, "bulletin"))) is acts


def test_the_texts_say_how_a_report_counts(full: Engine, open_as: Open) -> None:
    said = {
        role: text_of(open_as(token_for(full, role), "task", code="t-4-8"))
        for role in (LOCAL, OFFICE, LIAISON, LEADER)
    }
    assert "单机模式下由办公室填报，保存后即为审核通过；填报只增不改" in said[LOCAL]
    assert "由办公室代各单位填报，保存后即为审核通过；填报只增不改" in said[OFFICE]
    assert "提交后由专班办公室审核；填报只增不改" in said[LIAISON]
    assert "填报进展" not in said[LEADER]


def press(app: AppTest, label: str) -> AppTest:
    app = next(each for each in app.button if each.label == label).click().run()
    assert not app.exception
    return app


def typed(app: AppTest) -> TextArea:
    """进展情况 of the town's share."""
    return app.text_area(key=f"draft_{SHARE}_0_text")


def test_what_a_liaison_files_waits_for_the_office_which_returns_and_accepts_it(
    full: Engine, open_as: Open
) -> None:
    liaison, office = enrol(full, LIAISON, TOWN), person(full, OFFICE)

    def review(viewer: Viewer, verdict: ReviewVerdict, opinion: str) -> None:
        code = load(full, CODE, now_of(load_plan(full, CODE))).last_filed[SHARE].code
        review_filing(full, viewer, CODE, code, verdict, opinion)

    app = open_as(liaison, "filing", line=SHARE)
    typed(app).input("本街道已办六场讲座")
    app = press(app, "提交填报")
    assert "已提交，待专班办公室审核" in text_of(app)
    app = open_as(liaison, "task", code="t-4-8")
    assert "待审核" in str(rows_of(app, "历次填报")[0])
    assert "提交审核" not in labels(app)

    review(office, ReviewVerdict.RETURNED, "请补充场次")
    assert "请补充场次" in str(rows_of(open_as(liaison, "task", code="t-4-8"), "历次填报")[0])

    app = open_as(liaison, "filing", line=SHARE)
    assert "退回意见：请补充场次" in text_of(app)
    typed(app).input("本街道已办六场讲座，共300人次")
    press(app, "提交填报")
    review(office, ReviewVerdict.ACCEPTED, "")
    held = load(full, CODE, now_of(load_plan(full, CODE)))
    assert held.last_accepted[SHARE].text == "本街道已办六场讲座，共300人次"
    assert refusals(full) == []


def test_a_refused_right_is_said_beside_the_form(
    full: Engine, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> str:
        raise ForbiddenError("“填报”只限本单位的事项")

    app = open_as(enrol(full, LIAISON, TOWN), "filing", line=SHARE)
    monkeypatch.setattr(filing_card, "file_progress", refuse)
    typed(app).input("本街道已办六场讲座")
    app = press(app, "提交填报")
    assert "没有提交。“填报”只限本单位的事项。" in text_of(app)
    assert typed(app).value == "本街道已办六场讲座"


def test_a_role_that_changed_meanwhile_changes_the_page_at_the_next_click(
    full: Engine, open_as: Open
) -> None:
    app = open_as(enrol(full, OFFICE), "problems")
    assert "登记问题" in labels(app)
    move(full, "office-one", AUDITOR)
    assert title(app.run()) == "没有权限"
    assert "登记问题" not in labels(app)


# The sidebar


@pytest.mark.parametrize("role", [OFFICE, LIAISON, LEADER, ADMINISTRATOR, AUDITOR])
def test_the_sidebar_says_who_is_here_and_the_way_out(
    full: Engine, open_as: Open, role: AccountRole
) -> None:
    token = enrol(full, role, TOWN, name="某账号", post="<某岗>")
    app = open_as(token)
    text = text_of(app)
    assert "<某岗>" in text
    assert f"{role.label} 某账号" in text
    assert {"/account", "/logout"} <= set(links_of(app))
    assert "处登录" not in text


def test_log_ins_elsewhere_are_counted_and_lead_to_the_account(full: Engine, open_as: Open) -> None:
    token, now = enrol(full, OFFICE), Clock().now()
    with writing(full) as connection:
        account = connection.execute(ACCOUNTS.select()).one()
        for number, ended in enumerate((None, None, now)):
            connection.execute(
                SIGN_INS.insert().values(
                    token_hash=f"another-{number}",
                    account_id=account.id,
                    created_at=now,
                    seen_at=now,
                    expires_at=account.created_at.replace(year=now.year + 1),
                    ended_at=ended,
                )
            )
    assert "另有2处登录" in text_of(open_as(token))


def test_an_ended_log_in_and_a_start_password_lead_to_the_door(full: Engine, open_as: Open) -> None:
    token = enrol(full, OFFICE)
    with writing(full) as connection:
        connection.execute(update(ACCOUNTS).values(must_change=True))
    app = open_as(token)
    assert "请先修改初始口令。" in text_of(app)
    assert "/password" in links_of(app)
    with writing(full) as connection:
        connection.execute(update(SIGN_INS).values(ended_at=Clock().now()))
    for nobody in (token, None, "token-unknown"):
        app = open_as(nobody)
        assert "登录已失效。" in text_of(app)
        assert "/login" in links_of(app)
        assert not app.title


def test_plans_that_are_not_the_liaisons_are_not_offered(full: Engine, open_as: Open) -> None:
    elsewhere = enrol(full, LIAISON, TOWN, plan="another")
    assert "本账号尚未指定所属单位。" in text_of(open_as(elsewhere))
    app = open_as(enrol(full, LIAISON, TOWN, name="here"))
    assert app.session_state["desk"].among == (CODE,)


def test_clearing_the_practice_data_under_an_open_page_breaks_nothing(
    full: Engine, open_as: Open
) -> None:
    app = open_as(enrol(full, LIAISON, TOWN), "task", code="t-4-8")
    assert "演示数据" in text_of(app)
    clear_practice(full, CONSOLE, CODE)
    app.run()
    assert not app.exception
    assert "演示数据" not in text_of(app)
