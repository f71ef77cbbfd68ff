"""Where the server may listen, and what must be in place before others can reach it."""

import errno
import ipaddress
import socket
import ssl
import sys
from pathlib import Path

from dashboard.settings import Settings

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


class AddressError(Exception):
    """The server cannot listen there; the text is Chinese and meant for the office."""


def check_address(settings: Settings) -> None:
    """Raise AddressError unless the way there is safe, the certificate good and the port free."""
    server = settings.server
    if not is_loopback(server.host):
        _check_way(settings)
    if server.certificate:
        _check_certificate(settings)
    _check_port(settings)


def _check_way(settings: Settings) -> None:
    server = settings.server
    if not server.certificate and not server.trusted_proxies:
        raise AddressError(
            f"不能在 {server.host} 上启动：口令会在网络上明文传送。\n"
            "请在 config.toml 的 server 一节设置 certificate 和 key（HTTPS 证书和私钥），"
            "或设置 trusted_proxies（由反向代理提供 HTTPS）。\n"
            "只在本机使用的，把 server.host 改为 127.0.0.1，或去掉 --host。"
        )
    if _is_everywhere(server.host) and not server.allowed_hosts:
        raise AddressError(
            f"不能在 {server.host} 上启动：没有写明在浏览器中用什么主机名访问。\n"
            "请把主机名或本机的网络地址写进 server.allowed_hosts。"
        )


def check_accounts(settings: Settings, *, has_accounts: bool) -> None:
    """Raise AddressError where others could reach a server that asks nobody to log in."""
    if has_accounts:
        return
    cure = "请先建立系统管理员的账号：guatu account add 账号名 --role 系统管理员 --post 系统管理岗"
    if not is_loopback(settings.server.host):
        raise AddressError(
            f"不能在 {settings.server.host} 上启动：还没有账号，谁都能查看和修改。\n{cure}"
        )
    if settings.server.trusted_proxies:
        raise AddressError(
            "已设置 server.trusted_proxies，不能启动：还没有账号，经过代理谁都能查看和修改。\n"
            f"{cure}"
        )


def _check_certificate(settings: Settings) -> None:
    files = certificate_files(settings)
    named = "、".join(str(each) for each in files if not each.is_file())
    if named:
        raise AddressError(
            f"找不到 HTTPS 证书或私钥：{named}\n"
            "请核对 server.certificate 和 server.key；相对路径从配置文件所在文件夹算起。"
        )
    try:
        # An encrypted key would make the server wait for somebody to type.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*files, password=lambda: "")
    except (OSError, ssl.SSLError):
        named = "、".join(str(each) for each in files)
        raise AddressError(
            f"HTTPS 证书或私钥不能用：{named}\n"
            "请核对 server.certificate 和 server.key：应为 PEM 格式，私钥与证书成对、不设密码。"
        ) from None


def certificate_files(settings: Settings) -> tuple[Path, Path]:
    """Certificate and key as absolute paths."""
    home, server = settings.home, settings.server
    return home / server.certificate, home / server.key


def _check_port(settings: Settings) -> None:
    host, port = settings.server.host, settings.server.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there the option would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, UnicodeError) as error:  # a name that is none cannot even be encoded
            raise AddressError(_why_not(settings, error)) from None


def _why_not(settings: Settings, error: Exception) -> str:
    host, port = settings.server.host, settings.server.port
    other_port = f"换一个端口：guatu serve --port {port % 65535 + 1}"
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return (
            f"端口 {port} 不能用，可能挂图已经启动，或被其他程序占用。\n"
            f"请先打开 {address(settings)} 看一看，或{other_port}"
        )
    if number == errno.EACCES:
        return (
            f"端口 {port} 不能用：系统不允许，1024 以下的端口一般只有系统管理员能用。\n"
            f"请{other_port}"
        )
    return (
        f"不能在 {host} 上启动：{host} 不是本机的网络地址。\n"
        "请核对 server.host 或 --host；要监听本机的全部地址，写 0.0.0.0。"
    )


def address(settings: Settings) -> str:
    """What a person types into the browser."""
    server = settings.server
    scheme = "https" if server.certificate else "http"
    name = server.allowed_hosts[0] if _is_everywhere(server.host) else bracketed(server.host)
    return f"{scheme}://{name}:{server.port}"


def names_of(settings: Settings) -> frozenset[str]:
    """The host names by which the server may be called."""
    own = frozenset() if _is_everywhere(settings.server.host) else {bracketed(settings.server.host)}
    return LOOPBACK_NAMES | set(settings.server.allowed_hosts) | own


def bracketed(host: str) -> str:
    """A host as addresses write it."""
    return f"[{host}]" if ":" in host else host


def is_loopback(host: str) -> bool:
    """Whether a host or peer is this computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_everywhere(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
