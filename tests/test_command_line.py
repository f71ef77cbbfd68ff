"""The command line speaks Chinese and ends with the right code."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard import __version__
from dashboard.__main__ import main


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, prog_name="guatu")


def test_help_is_chinese() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert result.output.startswith("用法：")
    assert "显示本说明。" in result.output
    assert "启动挂图" in result.output


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
    assert "目前没有账号和口令，只能在本机使用" in result.stderr
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
