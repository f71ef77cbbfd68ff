"""Records of who must have what: host lists, the bodies they name, construction standards."""

from dataclasses import dataclass
from typing import Annotated

from dashboard.ledgers import terms as t
from dashboard.ledgers.marks import Record, Ref


@dataclass(frozen=True, kw_only=True, slots=True)
class HostList(Record):
    """应设名录: who must have a station or an activity; `total` None is 待核定."""

    title: Annotated[str, "名录"]
    clause: Annotated[str, "依据条款", Ref("clause")]
    seq: Annotated[int, "序号"]
    unit_word: Annotated[str, "计数单位"]
    total: Annotated[int | None, "应设总数"] = None
    year: Annotated[int | None, "年份"] = None
    station_kind: Annotated[t.StationKind | None, "站点类型"] = None
    standard: Annotated[str | None, "建设标准"] = None
    source: Annotated[str | None, "来源"] = None
    force: Annotated[t.Force, "约束力"] = t.Force.MUST
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Host(Record):
    """One town's or body's share in a host list; `number` None is 待核定."""

    host_list: Annotated[str, "应设名录", Ref("host_list")]
    unit: Annotated[str, "单位", Ref("unit")]
    state: Annotated[t.HostState, "状态"]
    number: Annotated[int | None, "应设数"] = None
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedHost(Record):
    """One obliged body by name (a school, a hospital, a village): where a list names its bodies,
    the towns' numbers are counted from them.
    """

    host_list: Annotated[str, "应设名录", Ref("host_list")]
    name: Annotated[str, "名称"]
    town: Annotated[str | None, "所在镇街", Ref("unit")] = None
    state: Annotated[t.HostState, "状态"] = t.HostState.OBLIGED
    official_code: Annotated[str | None, "机构代码"] = None
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardItem(Record):
    """One checkable requirement of a construction standard (附件2, 附件3, or the office's own).

    `basis` is the document that an own requirement rests on.
    """

    standard: Annotated[str, "建设标准"]
    area: Annotated[str, "方面"]
    clause: Annotated[str, "依据条款", Ref("clause")]
    requirement: Annotated[str, "要求"]
    seq: Annotated[int, "序号"]
    comparator: Annotated[t.Comparator | None, "比较"] = None
    value: Annotated[float | None, "要求值"] = None
    value_high: Annotated[float | None, "要求值上限"] = None
    unit: Annotated[str | None, "计量单位"] = None
    force: Annotated[t.Force, "约束力"] = t.Force.MUST
    basis: Annotated[str | None, "依据文件"] = None
