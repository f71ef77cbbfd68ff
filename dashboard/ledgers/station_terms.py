"""Terms of the ground: stations, who must have them, what inspections find, boundaries."""

from dashboard.ledgers.term import Term


class StationKind(Term):
    CENTRE = "centre", "县中心"
    SCHOOL = "school", "学校心理辅导室"
    MEDICAL = "medical", "医疗机构"
    WORKPLACE = "workplace", "机关企事业"
    COMMUNITY = "community", "综治中心和社区"
    VILLAGE = "village", "村居"
    SPECIAL = "special", "特殊人群场所"
    SOCIAL = "social", "社会机构"


class StationState(Term):
    PLANNED = "planned", "计划"
    BUILDING = "building", "在建"
    BUILT = "built", "建成"
    ENDED = "ended", "停用"


class HostState(Term):
    OBLIGED = "obliged", "应设"
    UNKNOWN = "unknown", "待核定"
    EXEMPT = "exempt", "不适用"


class Datum(Term):
    """In which system the coordinates of a file of boundaries are given."""

    WGS84 = "wgs84", "WGS-84"
    CGCS2000 = "cgcs2000", "国家2000（CGCS2000）"
    GCJ02 = "gcj02", "GCJ-02（高德、腾讯地图）"
    BD09 = "bd09", "BD-09（百度地图）"

    @property
    def is_shifted(self) -> bool:
        """Whether its places lie elsewhere than in WGS-84; CGCS2000 differs by centimetres."""
        return self in (Datum.GCJ02, Datum.BD09)


class MatchedBy(Term):
    """How a shape of a file of boundaries was joined to its unit."""

    CODE = "code", "按统计代码"
    NAME = "name", "按名称"


class CheckVerdict(Term):
    MET = "met", "达到"
    NOT_MET = "not_met", "未达到"
    EXEMPT = "exempt", "不适用"
