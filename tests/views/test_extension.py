"""延期 and 预计完成时间 on a task's page: the form, the dates that stay, the words told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.terms import AccountRole, FilingWay
from dashboard.posting.evidence import keep_file
from dashboard.posting.extending import extend_deadline
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report, file_progress
from dashboard.widgets.desk import library
from tests.books import CODE
from tests.sample_files import pdf
from tests.views.reading import text_of
from tests.views.rows import opened

PARTNERS, TASK = "d-4-5-partners", "t-4-5"
BASIS = "县政府第18次常务会议纪要"


def panel(app: AppTest, code: str = TASK) -> AppTest:
    app.query_params["code"] = code
    app.switch_page("views/task.py")
    return app.run()


@dataclass
class Form:
    """The form as the office fills it in."""

    app: AppTest
    key: str = f"extension_{TASK}_0"

    def fill(self, due_on: date | None, by: str = "县政府常务会议", basis: str = BASIS) -> str:
        """Fill it in, send it, and read the page."""
        if due_on:
            self.app.date_input(key=f"{self.key}_due").set_value(due_on)
        self.app.text_input(key=f"{self.key}_by").input(by)
        self.app.text_input(key=f"{self.key}_basis").input(basis)
        return press(self.app, "登记延期")


def press(app: AppTest, label: str) -> str:
    next(each for each in app.button if each.label == label).click().run()
    assert not app.exception
    return text_of(app)


def extend(due_on: date = date(2023, 11, 30)) -> str:
    engine = library(settings.current().database.url).engine
    given = {"due_on": due_on, "approved_by": "县政府常务会议", "approval": BASIS}
    return extend_deadline(engine, CONSOLE, CODE, PARTNERS, **given)  # type: ignore[arg-type]


def test_the_office_moves_a_date_and_both_are_shown_with_post_and_basis(full_app: AppTest) -> None:
    text = Form(panel(full_app)).fill(date(2023, 11, 30))
    assert "“签约合作单位”由2023年10月31日延至2023年11月30日" in text
    for told in ("批准延期", "县政府常务会议", BASIS, "已延期", "原时限10月31日"):
        assert told in text
    html = " ".join(each.proto.body for each in full_app.get("html"))
    assert '<s class="g-quiet">2023年10月31日</s>' in html
    assert "批准延期，原时限10月31日" in text


@pytest.mark.parametrize(
    ("due_on", "by", "basis", "said"),
    [
        (None, "县政府常务会议", BASIS, "没有保存。请填写延至哪一天。"),
        (date(2023, 10, 31), "县政府常务会议", BASIS, "“延至”应晚于原时限2023年10月31日"),
        (date(2003, 11, 30), "县政府常务会议", BASIS, "“延至”应晚于原时限2023年10月31日"),
        (date(2026, 1, 1), "县政府常务会议", BASIS, "“延至”不能晚于方案止期2025年12月31日"),
        (date(2023, 11, 30), "", BASIS, "没有保存。请填写批准延期的岗位或会议"),
        (date(2023, 11, 30), "王县长", BASIS, "不填写姓名"),
        (date(2023, 11, 30), "县政府常务会议", "", "没有保存。请填写批准依据"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(
    full_app: AppTest, due_on: date | None, by: str, basis: str, said: str
) -> None:
    app = panel(full_app)
    text = Form(app).fill(due_on, by, basis)
    assert "没有保存。" in text
    assert said in text
    assert app.text_input(key=f"extension_{TASK}_0_by").value == by
    assert "已延期" not in text


def test_an_extension_is_taken_back_on_the_page(full_app: AppTest) -> None:
    panel(full_app)
    extend()
    text = press(panel(full_app), "撤回延期")
    assert "已撤回延期，“签约合作单位”的时限恢复为2023年10月31日" in text
    assert "已延期" not in text


def test_another_one_who_was_faster_is_told(full_app: AppTest) -> None:
    app = panel(full_app)
    key = f"extension_{TASK}_0"
    app.date_input(key=f"{key}_due").set_value(date(2023, 12, 15))
    extend()
    assert "县政府常务会议批准延期至2023年11月30日" in Form(app).fill(None)
    assert "由2023年11月30日延至2023年12月15日" in press(app, "登记延期")


def test_a_date_at_the_end_of_the_plan_is_not_offered_and_breaks_nothing(
    full_app: AppTest,
) -> None:
    for code in ("t-4-6", "t-4-2-4", "t-4-8"):
        app = panel(full_app, code)
        assert not app.exception
        for each in app.selectbox:
            if each.label == "哪个时限（必填）":
                assert not any("2025年12月31日" in option for option in each.options)


def test_the_past_is_not_extended(full_app: AppTest) -> None:
    full_app.date_input(key="date").set_value(date(2023, 7, 14)).run()
    app = panel(full_app)
    assert all(each.label != "登记延期" for each in app.button)


@pytest.mark.parametrize("role", [AccountRole.LIAISON, AccountRole.LEADER])
def test_who_may_not_extend_sees_the_dates_and_no_form(
    full_app: AppTest, seen_by: Callable[..., object], role: AccountRole
) -> None:
    extend()
    seen_by(role, *(["u-xlzx"] if role is AccountRole.LIAISON else []))
    app = panel(full_app.run())
    assert all(each.label not in ("登记延期", "撤回延期") for each in app.button)
    assert "原时限10月31日" in text_of(app)


# Beside the light


def file_expecting(*days: date) -> None:
    """File on the partners' line, each time with another day."""
    engine = library(settings.current().database.url).engine
    now = settings.current()
    for day in days:
        books = load(engine, CODE, now_of(load_plan(engine, CODE)))
        last = books.last_filed.get("l-4-5-partners")
        files = (keep_file(engine, CONSOLE, CODE, "u-xlzx", "签约协议.pdf", pdf(), now),)
        report = Report(
            line="l-4-5-partners",
            seen=last.code if last else None,
            corrects=last.code if last else None,
            value=3,
            reason="合同审签未完成",
            remedy="每周对接",
            expected_on=day,
            way=FilingWay.TELEPHONE,
            evidence=files,
        )
        file_progress(engine, CONSOLE, CODE, report, now)


def test_slips_are_told_beside_the_light_on_the_task_and_in_the_list(full_app: AppTest) -> None:
    panel(full_app)
    file_expecting(date(2023, 12, 10))
    text = text_of(panel(full_app))
    assert "预计12月10日完成，已推迟" in text
    assert "滞后原因：合同审签未完成" in text
    assert "预计12月10日完成，已推迟" in text_of(opened(full_app, "/tasks"))
    assert "预计12月10日完成，已推迟" in text_of(opened(full_app, "/overview"))


def test_a_filing_s_files_are_linked_in_the_history(full_app: AppTest, tmp_path: Path) -> None:
    panel(full_app)
    file_expecting(date(2023, 12, 10))
    html = " ".join(each.proto.body for each in panel(full_app).get("html"))
    assert f"/files/evidence?plan={CODE}&amp;code=E" in html
    assert "签约协议.pdf" in html
