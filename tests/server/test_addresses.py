"""Where the server refuses to start, with exit code 2, the reason and the cure."""

import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole
from dashboard.server import AddressError, check_accounts, check_address
from dashboard.settings import current, load
from tests.conftest import free_port
from tests.people import account, cheap_hashing

PROXY = {"GUATU_SERVER_TRUSTED_PROXIES": "10.0.0.5"}


def serve(monkeypatch: pytest.MonkeyPatch, *words: str, **environ: str) -> Result:
    """Try to start on a free port; a start that is not refused would hang."""
    for name, value in {"GUATU_SERVER_PORT": str(free_port()), **environ}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("dashboard.server.serve", _started)
    return CliRunner().invoke(main, ["serve", *words])


def _started(*_: object) -> None:
    raise AssertionError("it has started")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "2001:db8::1", "guatu.local"])
def test_no_password_goes_over_a_network_in_the_clear(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    result = serve(monkeypatch, "--host", host)
    assert result.exit_code == 2
    assert f"不能在 {host} 上启动：口令会在网络上明文传送。" in result.stderr
    assert "certificate" in result.stderr
    assert "trusted_proxies" in result.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_server_on_all_addresses_needs_a_name(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    result = serve(monkeypatch, "--host", host, **PROXY)
    assert result.exit_code == 2
    assert "server.allowed_hosts" in result.stderr


def test_nobody_else_reaches_a_server_without_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    result = serve(monkeypatch, "--host", "0.0.0.0", GUATU_SERVER_ALLOWED_HOSTS="gt.cn", **PROXY)
    assert result.exit_code == 2
    assert "还没有账号，谁都能查看和修改" in result.stderr
    assert "guatu account add" in result.stderr


def test_no_proxy_stands_before_a_server_without_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    result = serve(monkeypatch, **PROXY)
    assert result.exit_code == 2
    assert "已设置 server.trusted_proxies，不能启动" in result.stderr


def test_a_refused_start_fills_no_books(monkeypatch: pytest.MonkeyPatch) -> None:
    result = serve(monkeypatch, **PROXY)
    assert result.exit_code == 2
    assert "正在载入方案" not in result.stderr


def test_with_an_account_and_a_trusted_proxy_others_may_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cheap_hashing(monkeypatch)
    account(open_books(current().database.url), "guanli", AccountRole.ADMINISTRATOR)
    result = serve(monkeypatch, "--host", "0.0.0.0", GUATU_SERVER_ALLOWED_HOSTS="gt.cn", **PROXY)
    assert isinstance(result.exception, AssertionError)
    assert "it has started" in str(result.exception)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1.2.3"])
def test_this_computer_alone_needs_nothing(host: str) -> None:
    settings = load({"GUATU_SERVER_HOST": host})
    check_accounts(settings, has_accounts=False)


@pytest.mark.parametrize("host", ["203.0.113.9", "a..b"])
def test_an_address_that_is_not_this_computers_is_refused(host: str) -> None:
    port = str(free_port())
    settings = load({"GUATU_SERVER_HOST": host, "GUATU_SERVER_PORT": port, **PROXY})
    with pytest.raises(AddressError, match="不是本机的网络地址"):
        check_address(settings)
