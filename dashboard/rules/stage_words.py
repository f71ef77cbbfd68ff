"""The stages of a town's work, each as sign and word; the signs are not those of the lights."""

from dashboard.rules.coverage import Stage

STAGES = {
    Stage.MET: "◆ 达标",
    Stage.BUILT: "◇ 建成未达标",
    Stage.BUILDING: "◎ 在建",
    Stage.IDLE: "× 未动工",
    Stage.UNRECORDED: "— 未登记",
    Stage.UNKNOWN: "？待核定",
    Stage.EXEMPT: "— 不适用",
}
"""How far the stations of a host list are."""

SHARE_STAGES = {
    Stage.MET: "◆ 达到",
    Stage.BUILDING: "◎ 进行中",
    Stage.IDLE: "× 未开展",
    Stage.UNRECORDED: "— 无数据",
    Stage.UNKNOWN: "？待核定",
    Stage.EXEMPT: "— 不适用",
}
"""How far what a town reports is."""
