"""What the office may set: one frozen section a table of config.toml.

Each field's description says what is allowed and is what the office reads when a value is wrong.
Defaults stand in the shipped config.toml alone.
"""

import ipaddress
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

WEEKDAYS = "一二三四五"


class Section(BaseModel):
    """Base of all sections: frozen, strict, without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _database(url: object) -> object:
    try:
        known = make_url(str(url)).get_backend_name() in ("sqlite", "postgresql")
    except (ArgumentError, ValueError):
        known = False
    if not known:
        raise ValueError("database")
    return url


def _folder_name(name: object) -> Path:
    if not isinstance(name, str | Path) or not str(name).strip():
        raise ValueError("folder")
    return Path(name)


def _network(text: str) -> str:
    # Not strict: 10.0.0.5/24 means the network in which that address lies.
    found = ipaddress.ip_network(text, strict=False)
    if found.prefixlen == 0:
        raise ValueError("everybody")
    return str(found)


def _day_number(value: object) -> object:
    # From the environment a day of the month arrives as text.
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def _minute_of_week(moment: str) -> int:
    hour, minute = moment[3:].split(":")
    return (WEEKDAYS.index(moment[1]) * 24 + int(hour)) * 60 + int(minute)


Text = Annotated[str, Field(min_length=1, max_length=60, description="1 至 60 个字")]
Moment = Annotated[
    str,
    Field(
        pattern=rf"^周[{WEEKDAYS}] ([01]?\d|2[0-3]):[0-5]\d$",
        description="“周四 12:00”这样的工作日和时间（周一至周五）",
    ),
]
Points = Annotated[float, Field(ge=0, le=100, description="0 至 100 的数")]
Weeks = Annotated[int, Field(ge=0, le=52, description="0 至 52 的整数")]
Days = Annotated[int, Field(ge=0, le=366, description="0 至 366 的整数")]
FileName = Annotated[str, Field(max_length=400, description="PEM 格式文件的路径，或留空")]
Flag = Annotated[bool, Field(description="true 或 false")]


class Office(Section):
    """Who runs the plan, as printed on pages and documents."""

    name: Text
    title: str = Field(min_length=1, max_length=12, description="1 至 12 个字")


class Database(Section):
    """Where the books are; `url` is absolute once loaded."""

    url: Annotated[str, BeforeValidator(_database)] = Field(
        description="sqlite:/// 或 postgresql+psycopg:// 开头的数据库地址"
    )


class Files(Section):
    """Where evidence lies, and how large a file may be; `store` is absolute once loaded."""

    store: Annotated[Path, BeforeValidator(_folder_name)] = Field(description="文件夹的路径")
    max_mb: int = Field(ge=1, le=100, description="1 至 100 的整数")

    @property
    def max_bytes(self) -> int:
        return self.max_mb * 1024 * 1024


class Plan(Section):
    """What an empty database is filled with at first start."""

    default: str = Field(
        pattern=r"^[a-z0-9][a-z0-9-]*$", description="方案文件夹的名称（小写字母、数字和短横线）"
    )
    practice: Flag


class Round(Section):
    """The weekly round and the month's cut; times are Shanghai time."""

    filing: Moment
    review: Moment
    meeting: Moment
    month_cut: Annotated[
        Literal["月末"] | Annotated[int, Field(ge=1, le=28)], BeforeValidator(_day_number)
    ] = Field(description="“月末”或 1 至 28 的整数")
    holiday: Literal["提前", "合并"] = Field(description="“提前”或“合并”")
    merge_after_days: int = Field(ge=1, le=7, description="1 至 7 的整数")
    weekly_within_days: Days

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        times = [_minute_of_week(text) for text in (self.filing, self.review, self.meeting)]
        if not times[0] < times[1] < times[2]:
            raise ValueError("filing、review、meeting 应在同一周内依次排列，先填报、再审核、后调度")
        return self


class Review(Section):
    """When a filing stands out for its review, and the reasons offered for returning one."""

    leap_points: Points
    pace_times: float = Field(ge=1, le=100, description="1 至 100 的数")
    least_gain: float = Field(ge=0, le=1000, description="0 至 1000 的数")
    reasons: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(
        strict=False, description="理由的列表，每条不超过 200 个字"
    )


class Problems(Section):
    """When a closed problem is looked at once more (回头看)."""

    look_back_days: int = Field(ge=1, le=366, description="1 至 366 的整数")


class Supervision(Section):
    """When the ladder of 督办 proposes its next step; 0 proposes none. A person always decides."""

    remind_within_days: Days
    letter_after_yellow_weeks: Weeks
    letter_on_red: Flag
    order_after_weeks: Weeks
    naming_after_weeks: Weeks
    talk_after_red_months: int = Field(ge=0, le=12, description="0 至 12 的整数")
    answer_working_days: int = Field(ge=1, le=60, description="1 至 60 的整数")


class Papers(Section):
    """Whose name official papers bear and whom they address; the office may write others."""

    issuers: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(
        strict=False, min_length=1, description="制发名义的列表，至少一个，每个不超过 60 个字"
    )
    addressee: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        description="1 至 300 个字"
    )
    copied_to: Annotated[str, Field(max_length=300)] = Field(
        description="不超过 300 个字，可以留空"
    )
    printed_by: Text


class Light(Section):
    """One light: word, colour and symbol, always shown together."""

    label: str = Field(min_length=1, max_length=12, description="1 至 12 个字")
    colour: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$", description="“#C53030”这样的颜色")
    symbol: str = Field(min_length=1, max_length=1, description="一个符号")


class Scheme(Section):
    """The six lights in the order in which work passes through them."""

    blue: Light
    green: Light
    yellow: Light
    red: Light
    white: Light
    grey: Light


class Freshness(Section):
    """Words of the second light: is the record old?"""

    on_time: Text
    due: Text
    late: Text
    missing: Text


class Lights(Section):
    """Thresholds of the lights, in percentage points, days and shares of time."""

    yellow_points: Points
    red_points: Points
    near_due_days: Days
    linear_over_days: int = Field(ge=1, le=3660, description="1 至 3660 的整数")
    last_share: float = Field(ge=0, le=1, description="0 至 1 的数")
    scheme: Scheme
    freshness: Freshness

    @model_validator(mode="after")
    def _yellow_before_red(self) -> Self:
        if self.yellow_points >= self.red_points:
            raise ValueError("yellow_points 应小于 red_points")
        return self


class Map(Section):
    """How the map of stations is drawn."""

    engine: Literal["自动", "图形加速", "矢量图"] = Field(description="“自动”“图形加速”或“矢量图”")
    note: Text


class Server(Section):
    """Where the server listens, by which names it may be called, and what secures the way there.

    `certificate` and `key` are files against `Settings.home`, or both empty.
    """

    host: Text
    port: int = Field(ge=1, le=65535, description="1 至 65535 的整数")
    allowed_hosts: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+$")], ...] = Field(
        strict=False, description='主机名的列表，不带端口，如 ["guatu.local"]'
    )
    certificate: FileName
    key: FileName
    trusted_proxies: tuple[Annotated[str, AfterValidator(_network)], ...] = Field(
        strict=False, description='地址或网段的列表，如 ["10.0.0.5", "10.1.0.0/24"]'
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.certificate) != bool(self.key):
            raise ValueError("certificate 和 key 应同时填写，或都留空")
        return self


class Access(Section):
    """How long a log-in lasts, and what locks it."""

    idle_minutes: int = Field(ge=5, le=720, description="5 至 720 的整数")
    life_hours: int = Field(ge=1, le=24, description="1 至 24 的整数")
    lock_minutes: int = Field(ge=5, le=1440, description="5 至 1440 的整数")
    account_failures: int = Field(ge=3, le=20, description="3 至 20 的整数")
    address_failures: int = Field(ge=3, le=1000, description="3 至 1000 的整数")

    @model_validator(mode="after")
    def _address_after_account(self) -> Self:
        if self.address_failures < self.account_failures:
            raise ValueError("address_failures 不应小于 account_failures")
        return self


class Settings(Section):
    """Everything the office may set, and where the product found its files."""

    office: Office
    database: Database
    files: Files
    plan: Plan
    round: Round
    review: Review
    problems: Problems
    supervision: Supervision
    papers: Papers
    lights: Lights
    map: Map
    server: Server
    access: Access
    source: Path
    """The config.toml in force."""
    home: Path
    """The folder against which relative addresses (database, file store) resolve."""
    plans_folder: Path
    """The folder that holds one folder for each plan."""

    @property
    def phrases_folder(self) -> Path:
        """The folder that holds the shipped wording of documents."""
        return self.plans_folder.parent / "phrases"
