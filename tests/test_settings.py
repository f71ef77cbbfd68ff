"""Settings: found, overridden, and refused loudly."""

from pathlib import Path

import platformdirs
import pytest
from pydantic import ValidationError

from dashboard.settings import SettingsError, known_settings, load, loading, variable


def config(folder: Path, text: str | bytes) -> dict[str, str]:
    path = folder / "own.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return {"GUATU_CONFIG": str(path)}


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        load(environ)
    return str(caught.value)


def test_the_shipped_file_holds_every_setting() -> None:
    settings = load({})
    assert settings.office.name.endswith("专班办公室")
    assert settings.round.meeting == "周五 9:00"
    assert settings.lights.yellow_points < settings.lights.red_points
    assert settings.server.host == "127.0.0.1"


def test_every_setting_has_a_comment_in_the_shipped_file() -> None:
    """Directly above it, above its neighbours, or above the table as with the lights' names."""
    blocks = loading.default_file().read_text(encoding="utf-8").split("\n\n")
    tables = [block for block in blocks if "\n[" in "\n" + block]
    assert len(tables) > 10
    for table in tables:
        first = next(line for line in table.splitlines() if not line.startswith("["))
        named = "[lights.scheme." in table or "[lights.freshness]" in table
        assert first.startswith("#") or named, table


def test_settings_cannot_be_changed_once_loaded() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load({}).server.port = 9000  # type: ignore[misc]


def test_a_file_of_ones_own_needs_to_say_only_what_differs(tmp_path: Path) -> None:
    settings = load(config(tmp_path, '[lights.scheme.blue]\nlabel = "已销号"\n'))
    assert settings.lights.scheme.blue.label == "已销号"
    assert settings.lights.scheme.blue.colour == load({}).lights.scheme.blue.colour


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    own = config(tmp_path, "[server]\nport = 8600\n")
    assert load(own).server.port == 8600
    assert load(own | {"GUATU_SERVER_PORT": "8700"}).server.port == 8700


def test_the_environment_is_read_as_the_kind_of_value_the_file_holds() -> None:
    settings = load(
        {
            "GUATU_PLAN_PRACTICE": "false",
            "GUATU_LIGHTS_LAST_SHARE": "0.5",
            "GUATU_ROUND_MONTH_CUT": "25",
            "GUATU_SERVER_ALLOWED_HOSTS": "guatu.local, gt",
            "GUATU_OFFICE_TITLE": "2025",
        }
    )
    assert settings.plan.practice is False
    assert settings.lights.last_share == 0.5
    assert settings.round.month_cut == 25
    assert settings.server.allowed_hosts == ("guatu.local", "gt")
    assert settings.office.title == "2025"


def test_variable_names_are_unambiguous() -> None:
    names = [variable(dotted) for dotted in known_settings()]
    assert len(names) == len(set(names)) > 30
    assert not set(names) & set(loading.NOT_SETTINGS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[server]\nport = 0\n", "server.port = 0：允许的值为 1 至 65535 的整数"),
        ('[server]\nport = "8501"\n', 'server.port = "8501"：允许的值为 1 至 65535 的整数'),
        ("[server]\nport = true\n", "server.port = true：允许的值为 1 至 65535 的整数"),
        ("[server]\nprot = 8501\n", "server.prot：没有这个设置项，是否应为 server.port"),
        ("[sever]\nport = 8501\n", "sever.port：没有这个设置项，是否应为 server.port"),
        ("server = 8501\n", "server：没有这个设置项"),
        ('source = "x"\n', "source：没有这个设置项"),
        ('[server]\nallowed_hosts = ["a b"]\n', "server.allowed_hosts"),
        ('[server]\ntrusted_proxies = ["nginx"]\n', "server.trusted_proxies"),
        ('[server]\ntrusted_proxies = ["0.0.0.0/0"]\n', "server.trusted_proxies"),
        ('[server]\ncertificate = "c.pem"\n', "certificate 和 key 应同时填写，或都留空"),
        ("[access]\nidle_minutes = 0\n", "access.idle_minutes = 0：允许的值为 5 至 720 的整数"),
        ("[access]\naddress_failures = 4\n", "address_failures 不应小于 account_failures"),
        ("[round]\nmonth_cut = 29\n", "round.month_cut = 29：允许的值为 “月末”或 1 至 28 的整数"),
        ('[round]\nfiling = "周四"\n', 'round.filing = "周四"：允许的值为 “周四 12:00”'),
        ('[round]\nfiling = "周五 12:00"\n', "先填报、再审核、后调度"),
        ('[round]\nmeeting = "周六 9:00"\n', "工作日和时间（周一至周五）"),
        ('[round]\nholiday = "顺延"\n', "允许的值为 “提前”或“合并”"),
        ("[lights]\nyellow_points = 30\n", "lights：yellow_points 应小于 red_points"),
        ('[lights.scheme.red]\ncolour = "red"\n', "lights.scheme.red.colour"),
        ('[map]\nengine = "WebGL"\n', "允许的值为 “自动”“图形加速”或“矢量图”"),
        ('[database]\nurl = "mysql://u:secret@h/d"\n', "sqlite:///"),
        ("[server\n", "第1行写法有误"),
        ("[office]\nname = 嘉祥\n", "第2行写法有误"),
        ("[office]\nname = '办公室'\n".encode("gbk"), "不是 UTF-8 编码"),
    ],
)
def test_a_wrong_file_is_refused_with_the_key_and_what_is_allowed(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    assert said in refusal(config(tmp_path, text))


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    said = refusal(config(tmp_path, '[server]\nport = 0\n[plan]\npractice = "是"\n'))
    assert "server.port" in said
    assert "plan.practice" in said


def test_a_password_is_never_shown() -> None:
    assert "secret" not in refusal({"GUATU_DATABASE_URL": "mysql://user:secret@host/name"})


def test_an_unknown_variable_is_refused_with_the_nearest_name() -> None:
    said = refusal({"GUATU_SERVER_PROT": "8501"})
    assert "GUATU_SERVER_PROT：没有这个设置项，是否应为 GUATU_SERVER_PORT" in said


def test_a_missing_file_is_named() -> None:
    assert "nowhere.toml" in refusal({"GUATU_CONFIG": "nowhere.toml"})


def test_windows_line_ends_and_byte_order_mark_are_accepted(tmp_path: Path) -> None:
    own = config(tmp_path, b"\xef\xbb\xbf[server]\r\nport = 8600\r\n")
    assert load(own).server.port == 8600


def test_a_relative_database_lies_beside_the_file_in_force(tmp_path: Path) -> None:
    settings = load(config(tmp_path, '[database]\nurl = "sqlite:///books/g.db"\n'))
    assert settings.database.url == f"sqlite:///{tmp_path.as_posix()}/books/g.db"
    assert settings.home == tmp_path


@pytest.mark.parametrize(
    "url",
    ["sqlite:////srv/g.db", "sqlite:///:memory:", "sqlite://", "postgresql+psycopg://u:p@h/d"],
)
def test_an_absolute_address_is_left_alone(url: str) -> None:
    assert load({"GUATU_DATABASE_URL": url}).database.url == url


def test_installed_without_a_file_the_database_is_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "site" / "_shipped"
    shipped.mkdir(parents=True)
    (shipped / "config.toml").write_bytes(loading.default_file().read_bytes())
    monkeypatch.setattr(loading, "SHIPPED", shipped)
    monkeypatch.setattr(loading, "CHECKOUT", tmp_path)
    for name, folder in (("user_data_dir", "data"), ("user_config_dir", "conf")):
        chosen = str(tmp_path / folder)
        monkeypatch.setattr(platformdirs, name, lambda *_, to=chosen, **__: to)
    settings = load({})
    assert settings.database.url == f"sqlite:///{tmp_path.as_posix()}/data/var/guatu.db"
    assert settings.plans_folder == shipped / "data" / "plans"
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "config.toml").write_text("[server]\nport = 8600\n")
    assert load({}).server.port == 8600
    assert load({}).database == settings.database, "a line of one's own does not move the books"
    assert load(config(tmp_path, "")).home == tmp_path


def test_plans_lie_in_the_checkout_wherever_the_printed_texts_are() -> None:
    assert load({}).plans_folder == loading.CHECKOUT / "data" / "plans"
    assert load({"GUATU_PLANS": "/srv/texts"}).plans_folder == load({}).plans_folder
