"""The command line speaks Chinese and ends with the right code."""

import json
import re
import shutil
import socket
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard import __version__, settings
from dashboard.__main__ import main
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import DirectiveSource
from dashboard.posting.problems import issue_directive
from dashboard.sheets.plan_folder import read_folder
from tests.conftest import free_port


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, prog_name="guatu")


def test_help_is_chinese() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert result.output.startswith("用法：")
    assert "显示本说明。" in result.output
    assert "启动挂图" in result.output


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_help_of_every_command_is_chinese(name: str) -> None:
    said = run(name, "--help").output
    assert said.startswith(f"用法： guatu {name} [选项]")
    assert not re.search(r"OPTIONS|COMMAND|ARGS|required|default|Show", said)


def test_the_version_is_the_packages() -> None:
    assert __version__ in run("--version").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sevre"], "没有“sevre”这个命令。"),
        (["serve", "--prot", "1"], "没有“--prot”这个选项。"),
        (["serve", "--port", "x"], "“x”不是数。"),
        (["serve", "--port", "70000"], "70000 不在允许的范围"),
        (["serve", "--port"], "选项“--port”后面要写值。"),
        (["serve", "now"], "多出了参数（now）"),
        (["load", "nowhere"], "文件夹“nowhere”不存在。"),
        (["export", "x", "--to", "x", "--as-of", "1月"], "“1月”不是 2023-09-22 这样的日期。"),
        (["take", "x", "--received", "昨天"], "“昨天”不是 2023-09-21T11:30 这样的时间。"),
    ],
)
def test_wrong_use_is_explained_in_chinese_with_code_2(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_wrong_settings_end_with_code_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUATU_SERVER_PORT", "high")
    result = run("serve")
    assert result.exit_code == 2
    assert "server.port" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "guatu.local"])
def test_another_address_than_this_computer_is_refused(host: str, tmp_path: Path) -> None:
    result = run("serve", "--host", host)
    assert result.exit_code == 2
    assert f"不能在 {host} 上启动" in result.stderr
    assert not list(tmp_path.iterdir()), "nothing is made before the address is accepted"


def test_a_port_in_use_is_refused_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert result.exit_code == 2
    assert f"端口 {port} 不能用" in result.stderr
    assert "guatu serve --port" in result.stderr


PLAN_FOLDER = Path(__file__).resolve().parent.parent / "data" / "plans" / "jiaxiang-2023"


def test_a_plan_is_loaded_once_and_loading_it_again_changes_nothing(tmp_path: Path) -> None:
    assert run("load", str(PLAN_FOLDER)).exit_code == 0
    assert run("export", "jiaxiang-2023", "--to", str(tmp_path / "a.json")).exit_code == 0
    assert run("load", str(PLAN_FOLDER)).exit_code == 0
    assert run("export", "jiaxiang-2023", "--to", str(tmp_path / "b.json")).exit_code == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_different_plan_of_the_same_code_is_listed_by_row_and_nothing_changes(
    tmp_path: Path,
) -> None:
    run("load", str(PLAN_FOLDER))
    copy = tmp_path / "plan"
    shutil.copytree(PLAN_FOLDER, copy)
    tasks = copy / "tasks.csv"
    text = tasks.read_text(encoding="utf-8-sig")
    tasks.write_text(text.replace("建成县级心理健康中心", "改过的任务"), encoding="utf-8-sig")
    result = run("load", str(copy))
    assert result.exit_code == 1
    assert re.search(r"tasks\.csv第\d+行“重点任务”列：账中为“建成县级心理健康中心”", result.stdout)
    run("export", "jiaxiang-2023", "--to", str(tmp_path / "out.json"))
    assert "改过的任务" not in (tmp_path / "out.json").read_text(encoding="utf-8")


def test_a_spoilt_folder_loads_nothing_and_says_where(tmp_path: Path) -> None:
    copy = tmp_path / "plan"
    shutil.copytree(PLAN_FOLDER, copy)
    deadlines = copy / "deadlines.csv"
    text = deadlines.read_text(encoding="utf-8-sig")
    deadlines.write_text(text.replace("2023-07-31", "7月底"), encoding="utf-8-sig")
    result = run("load", str(copy))
    assert result.exit_code == 1
    assert "deadlines.csv第3行“完成时限”列：“7月底”不是日期" in result.stdout
    assert run("export", "jiaxiang-2023", "--to", str(tmp_path / "x.json")).exit_code == 2


def test_practice_data_go_in_once_and_out_again(tmp_path: Path) -> None:
    run("load", str(PLAN_FOLDER))
    run("export", "jiaxiang-2023", "--to", str(tmp_path / "bare.json"))
    assert run("sample", "jiaxiang-2023").exit_code == 0
    again = run("sample", "jiaxiang-2023")
    assert again.exit_code == 1
    assert "演示数据" in again.stdout
    run("export", "jiaxiang-2023", "--to", str(tmp_path / "full.json"))
    assert '"is_practice": true' in (tmp_path / "full.json").read_text(encoding="utf-8")
    cleared = run("sample", "jiaxiang-2023", "--clear")
    assert cleared.exit_code == 0
    assert re.search(r"已清除演示数据\d+行，账中只有方案内容。", cleared.stderr)
    run("export", "jiaxiang-2023", "--to", str(tmp_path / "clear.json"))
    assert (tmp_path / "clear.json").read_bytes() == (tmp_path / "bare.json").read_bytes()


def test_clearing_practice_data_says_that_real_records_stay() -> None:
    run("load", str(PLAN_FOLDER))
    engine = open_books(settings.current().database.url)
    directive = r.Directive(
        code="new",
        matter="报送工作情况",
        source=DirectiveSource.DISPATCH,
        unit="u-wjj",
        issued_on=date(2023, 9, 20),
        due_on=date(2023, 9, 28),
    )
    issue_directive(engine, CONSOLE, "jiaxiang-2023", directive)
    engine.dispose()
    cleared = run("sample", "jiaxiang-2023", "--clear")
    assert "账中没有演示数据，正式记录1条保留。" in cleared.stderr


def test_an_exported_folder_is_the_plan_again(tmp_path: Path) -> None:
    run("load", str(PLAN_FOLDER))
    run("export", "jiaxiang-2023", "--to", str(tmp_path / "out"))
    given, held = read_folder(PLAN_FOLDER)[0], read_folder(tmp_path / "out")[0]
    assert given is not None
    assert held is not None
    by_code = {(type(row), row.code): row for row in held.rows}
    assert [by_code[type(row), row.code] for row in given.rows] == list(given.rows)


def test_an_unknown_plan_is_named_with_those_that_are_known(tmp_path: Path) -> None:
    run("load", str(PLAN_FOLDER))
    result = run("export", "jiaxiang-2032", "--to", str(tmp_path / "a.json"))
    assert result.exit_code == 2
    assert "没有编号为“jiaxiang-2032”的方案" in result.stderr
    assert "jiaxiang-2023" in result.stderr


def test_an_export_of_a_kind_that_is_not_made_is_refused(tmp_path: Path) -> None:
    run("load", str(PLAN_FOLDER))
    result = run("export", "jiaxiang-2023", "--to", str(tmp_path / "a.pdf"))
    assert result.exit_code == 2
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("name", ["no/such/a.json", "no/such/a.xlsx", "taken/out"])
def test_an_export_that_cannot_be_written_says_what_to_look_at(name: str, tmp_path: Path) -> None:
    run("load", str(PLAN_FOLDER))
    (tmp_path / "taken").touch()
    result = run("export", "jiaxiang-2023", "--to", str(tmp_path / name))
    assert result.exit_code == 2
    assert "请看文件夹是否存在" in result.stderr


def test_the_kind_of_an_export_may_be_written_in_capitals(tmp_path: Path) -> None:
    run("load", str(PLAN_FOLDER))
    assert run("export", "jiaxiang-2023", "--to", str(tmp_path / "A.JSON")).exit_code == 0
    assert (tmp_path / "A.JSON").read_bytes().startswith(b"{")


@pytest.mark.parametrize(("day", "code"), [("05", 2), ("06", 0), ("07", 0), ("08", 2)])
def test_an_export_is_of_a_day_between_the_plans_issue_and_today(
    day: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2023, 6, 7, tzinfo=UTC)
    monkeypatch.setattr("dashboard.commands.exports.now_of", lambda _: at)
    monkeypatch.setattr("dashboard.commands.exports.now", lambda: at)
    run("load", str(PLAN_FOLDER))
    target = tmp_path / "a.json"
    result = run("export", "jiaxiang-2023", "--to", str(target), "--as-of", f"2023-06-{day}")
    assert (result.exit_code, target.exists()) == (code, code == 0)
    assert ("应在 2023-06-06 至 2023-06-07 之间" in result.stderr) == (code == 2)


@pytest.mark.parametrize("words", [["check"], ["migrate"], ["serve"]])
def test_a_file_that_is_no_database_is_named(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.db").write_text("not a database at all " * 50)
    monkeypatch.setenv("GUATU_DATABASE_URL", f"sqlite:///{(tmp_path / 'letter.db').as_posix()}")
    monkeypatch.setenv("GUATU_SERVER_PORT", str(free_port()))
    result = run(*words)
    assert result.exit_code == 2
    assert "letter.db）：不是挂图的数据库，或已损坏。" in result.stderr


def test_the_plans_books_are_consistent_and_migrating_twice_does_nothing() -> None:
    run("load", str(PLAN_FOLDER))
    assert run("check").exit_code == 0
    assert "已是最新" in run("migrate").stderr


def test_practice_data_stay_out_of_a_folder_that_could_be_loaded(tmp_path: Path) -> None:
    run("load", str(PLAN_FOLDER))
    run("export", "jiaxiang-2023", "--to", str(tmp_path / "bare"))
    run("sample", "jiaxiang-2023")
    result = run("export", "jiaxiang-2023", "--to", str(tmp_path / "full"))
    assert "不写入方案文件夹" in result.stderr
    names = sorted(path.name for path in (tmp_path / "full").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "bare").iterdir())
    bare, full = read_folder(tmp_path / "bare")[0], read_folder(tmp_path / "full")[0]
    assert bare is not None
    assert full is not None
    assert full.rows == bare.rows


def test_the_practice_clock_does_not_keep_a_later_day_from_being_looked_at(tmp_path: Path) -> None:
    run("load", str(PLAN_FOLDER))
    run("sample", "jiaxiang-2023")
    target = tmp_path / "a.json"
    words = ("export", "jiaxiang-2023", "--to", str(target), "--as-of", "2023-11-01")
    assert run(*words).exit_code == 0
    tasks = json.loads(target.read_text(encoding="utf-8"))["tasks"]
    partners = next(task for task in tasks if task["clause"] == "四（五）")
    assert (partners["light"], partners["due_on"]) == ("red", "2023-10-31")
    assert "已过时限1天" in partners["reason"]


def test_an_empty_name_does_not_fill_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("load", str(PLAN_FOLDER))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run("export", "jiaxiang-2023", "--to", "").exit_code == 2
    assert not list((tmp_path / "here").iterdir())


def test_a_plan_that_ends_before_it_is_issued_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "plan"
    shutil.copytree(PLAN_FOLDER, copy)
    text = (copy / "plan.toml").read_text(encoding="utf-8")
    (copy / "plan.toml").write_text(text.replace("2025-12-31", "2023-01-31"), encoding="utf-8")
    result = run("load", str(copy))
    assert result.exit_code == 1
    assert "方案止期早于成文日期" in result.stdout
