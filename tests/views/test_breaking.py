"""What people do to a program: go back, stay past midnight, type too much, save into a lock."""

import shutil
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE
from dashboard.charts.timeline import shown, timeline
from dashboard.posting.plans import clear_practice, post_plan, start_practice
from dashboard.rules.calendar import at_time, end_of
from dashboard.sheets.plan_folder import PLAN_FILE, read_folder
from dashboard.widgets.desk import engine, library
from tests.books import ISSUED, JIAXIANG
from tests.views.reading import text_of
from tests.views.rows import opened, rows_of

MEASURE = "l-4-9-1"


def form(app: AppTest, line: str) -> AppTest:
    """The form of one item, opened by its address."""
    return opened(app, f"/filing?line={line}")


def save(app: AppTest) -> AppTest:
    """Press the form's button."""
    return next(each for each in app.button if each.label == "保存填报").click().run()


def test_a_box_follows_the_address_that_the_back_button_brings(full_app: AppTest) -> None:
    app = full_app.switch_page("views/departments.py").run()
    app.selectbox(key="choice_unit").set_value("u-gaj").run()
    assert "u-gaj" in app.query_params["unit"]
    app.query_params["unit"] = "u-wjj"
    assert app.run().selectbox(key="choice_unit").value == "u-wjj"
    del app.query_params["unit"]
    assert app.run().selectbox(key="choice_unit").value is None


def test_who_looks_at_today_still_does_when_today_is_another_day(
    full_app: AppTest, tmp_path: Path
) -> None:
    assert "统计截止日：2023年9月22日" in text_of(full_app)
    clear_practice(
        library(f"sqlite:///{(tmp_path / 'guatu.db').as_posix()}").engine, CONSOLE, JIAXIANG.name
    )
    app = form(full_app, MEASURE)
    assert "统计截止日：2023年9月22日" not in text_of(app)
    assert app.text_area, "the form of the present is there"


def test_who_looks_at_a_past_day_stays_there(full_app: AppTest) -> None:
    full_app.date_input(key="date").set_value(date(2023, 7, 14)).run()
    app = full_app.switch_page("views/tasks.py").run()
    assert "统计截止日：2023年7月14日" in text_of(app)


def test_the_plan_chosen_stays_through_the_menu_and_is_named_in_the_address(
    open_app: Callable[[Path], AppTest], empty_books: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "second"
    shutil.copytree(JIAXIANG, copy)
    told = (copy / PLAN_FILE).read_text(encoding="utf-8")
    changed = told.replace(JIAXIANG.name, "second").replace("〔2023〕10号", "〔2023〕11号")
    (copy / PLAN_FILE).write_text(changed, encoding="utf-8")
    app = open_app(empty_books)
    held = library(f"sqlite:///{(tmp_path / 'guatu.db').as_posix()}").engine
    folder, problems = read_folder(copy)
    assert folder is not None, problems
    assert post_plan(held, CONSOLE, folder.plan, folder.rows, today=date(2023, 6, 6)) == ()
    app.run()
    ends = [each[-5:] for each in app.selectbox(key="choice_plan").options]
    assert ends == ["〕10号）", "〕11号）"]
    app.selectbox(key="choice_plan").set_value("second").run()
    del app.query_params["plan"]
    app.switch_page("views/tasks.py").run()
    assert app.selectbox(key="choice_plan").value == "second"
    assert "second" in app.query_params["plan"]


def test_a_text_that_is_too_long_is_refused_in_words_and_kept(full_app: AppTest) -> None:
    app = form(full_app, MEASURE)
    app.text_area[0].input("长" * 5000).run()
    save(app)
    assert "文字过长（5000字），请控制在2000字以内" in text_of(app)
    assert len(app.text_area[0].value or "") == 5000


def test_a_number_below_nothing_is_refused_in_words(full_app: AppTest) -> None:
    app = form(full_app, MEASURE)
    app.number_input[0].set_value(-5.0)
    assert "不能为负数" in text_of(save(app))


def test_after_saving_the_form_is_gone_so_that_nothing_is_sent_twice(full_app: AppTest) -> None:
    app = form(full_app, MEASURE)
    app.text_area[0].input("已逐项修订").run()
    save(app)
    assert "填报已保存" in text_of(app)
    assert not app.text_area
    assert not [each for each in app.button if each.label == "保存填报"]


def test_charts_of_nothing_are_left_out(empty_app: AppTest) -> None:
    """A layer whose every value is missing has no extent, and the browser complains."""
    desk = empty_app.session_state["desk"]
    judged = desk.judgement_at(end_of(desk.plan.issued_on))
    layers = timeline(shown(judged), judged, desk.settings).to_dict()["layer"]
    assert not any("expected" in str(layer["encoding"]) for layer in layers)
    assert len(layers) == 4


def test_a_database_that_takes_no_writing_is_said_and_the_report_kept(
    full_app: AppTest, tmp_path: Path
) -> None:
    app = form(full_app, MEASURE)
    held = library(f"sqlite:///{(tmp_path / 'guatu.db').as_posix()}").engine

    @event.listens_for(held, "begin", insert=True)
    def forbid(connection: object) -> None:
        connection.exec_driver_sql("PRAGMA query_only=ON")  # type: ignore[attr-defined]

    app.text_area[0].input("已逐项修订")
    save(app)
    assert "没有保存。数据库文件为只读" in text_of(app)
    assert app.text_area[0].value == "已逐项修订"
    assert "错误编号" not in text_of(app)


def test_on_the_morning_of_the_cut_nothing_is_called_missing_yet(empty_app: AppTest) -> None:
    for hour, word, other in ((10, "待报", "未报"), (13, "未报", "待报")):
        now = at_time(date(2023, 6, 29), time(hour))
        start_practice(engine(), CONSOLE, JIAXIANG.name, now=now, started_on=ISSUED)
        rows = rows_of(opened(empty_app, "/tasks"), "任务清单")
        told = " ".join(cell for row in rows for cell in row).replace("尚未报告", "")
        assert (word in told, other in told) == (True, False), hour
