"""The rows of the cycle that the office lives by: meetings, 督办, bulletins and their wording."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from dashboard.ledgers import terms as t
from dashboard.ledgers.marks import Kept, Record, Ref


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispatch(Record):
    """One weekly meeting (周调度) from its preparation on; its code is the round's, 2023-W38."""

    state: Annotated[t.DispatchState, "会议状态"] = t.DispatchState.PREPARING
    held_on: Annotated[date | None, "会议日期"] = None
    place: Annotated[str | None, "会议地点"] = None
    chaired_by: Annotated[str | None, "主持岗位"] = None
    attended: Annotated[str | None, "参会单位"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaPoint(Record):
    """What the office settled about one point of a meeting: its place, whether it is shown, what
    became of it.

    Points come from the books and have no row until somebody touches them. `key` tells which one
    it is: part and subject, such as “worse:l-4-9-1”; a point of the office's own has its own code
    as subject, and a title. `seq` None leaves the point where the books put it.
    """

    dispatch: Annotated[str, "周调度", Ref("dispatch")]
    key: Annotated[str, "议题标识"]
    seq: Annotated[int | None, "顺序"] = None
    title: Annotated[str | None, "议题"] = None
    text: Annotated[str | None, "说明"] = None
    is_hidden: Annotated[bool, "不上会"] = False
    outcome: Annotated[t.PointOutcome, "审议情况"] = t.PointOutcome.OPEN
    carried_from: Annotated[str | None, "转自哪次调度"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FrozenWeek(Record):
    """A closed meeting's figures and points as they stood: `number` 1 is the first version.

    `figures_to` is the cut, `known_to` the instant as of which the books were read: a correction
    is a further version that reads them later and says why. `content` is JSON of the papers room.
    """

    dispatch: Annotated[str, "周调度", Ref("dispatch")]
    number: Annotated[int, "版次"]
    figures_to: Annotated[datetime, "数据截止时间"]
    known_to: Annotated[datetime, "采用截至何时的记录"]
    by_post: Annotated[str, "存档岗位"]
    content: Annotated[str, "存档内容", Kept()]
    sha256: Annotated[str, "校验值", Kept()]
    reason: Annotated[str | None, "更正原因"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Supervision(Record):
    """One step of the 督办 ladder that a person took toward one unit, mostly over one task.

    `number` is the 登记序号, running per year and kind; a 文号 is never made up. `demand` is what
    the unit shall do, `basis` what allows a talk or a 一票否决.
    """

    kind: Annotated[t.SupervisionKind, "督办方式"]
    year: Annotated[int, "年度"]
    number: Annotated[int, "登记序号"]
    unit: Annotated[str, "承办单位", Ref("unit")]
    reason: Annotated[str, "发出事由"]
    demand: Annotated[str, "办理要求"]
    issued_on: Annotated[date, "发出日期"]
    issued_by: Annotated[str, "签发岗位"]
    due_on: Annotated[date | None, "办结时限"] = None
    task: Annotated[str | None, "关联任务", Ref("task")] = None
    line: Annotated[str | None, "报送事项", Ref("reporting_line")] = None
    round: Annotated[str | None, "调度周"] = None
    month: Annotated[str | None, "通报月份"] = None
    basis: Annotated[str | None, "依据"] = None
    state: Annotated[t.SupervisionState, "状态"] = t.SupervisionState.OPEN
    answer: Annotated[str | None, "反馈情况"] = None
    answered_on: Annotated[date | None, "反馈日期"] = None
    closed_on: Annotated[date | None, "办结日期"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HandlingStep(Record):
    """One act on a directive or on a 督办. Only ever added; `text` is what was said with it."""

    act: Annotated[t.HandlingAct, "办理环节"]
    done_on: Annotated[date, "日期"]
    by_post: Annotated[str, "岗位"]
    directive: Annotated[str | None, "交办事项", Ref("directive")] = None
    supervision: Annotated[str | None, "督办", Ref("supervision")] = None
    by_account: Annotated[str | None, "账号", Kept()] = None
    text: Annotated[str | None, "说明"] = None
    expected_on: Annotated[date | None, "预计完成时间"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage(Record):
    """What the office settled about one place of a month's draft bulletin.

    `text` takes the place of the phrase there; its {names} are filled from the figures, so that
    it stays true when they change. `seen` is how it read when it was written. A place that is
    left out stands neither in the draft nor in the issue.
    """

    month: Annotated[str, "月份"]
    place: Annotated[str, "位置"]
    text: Annotated[str | None, "文字"] = None
    seen: Annotated[str | None, "成文时的文字"] = None
    is_left_out: Annotated[bool, "不写入"] = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Bulletin(Record):
    """One issue of the 月通报, frozen at issue: never changed, corrected by an issue that names it.

    `number` is the 登记序号 of the year; `content` is the whole paper as JSON of the papers room.
    """

    month: Annotated[str, "月份"]
    year: Annotated[int, "年度"]
    number: Annotated[int, "登记序号"]
    title: Annotated[str, "标题"]
    issuer: Annotated[str, "制发名义"]
    issued_on: Annotated[date, "印发日期"]
    issued_by: Annotated[str, "签发岗位"]
    figures_to: Annotated[datetime, "数据截止时间"]
    known_to: Annotated[datetime, "采用截至何时的记录"]
    content: Annotated[str, "通报内容", Kept()]
    sha256: Annotated[str, "校验值", Kept()]
    corrects: Annotated[str | None, "更正哪一期", Ref("bulletin")] = None
    reason: Annotated[str | None, "更正原因"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase(Record):
    """A wording template (文书用语) as the office changed it; `key` is that of the shipped one."""

    key: Annotated[str, "用语标识"]
    text: Annotated[str, "文字"]
