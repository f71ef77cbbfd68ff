"""The menu: group → (name of the page's script and address, its title)."""

MENU = {
    "看": (
        ("overview", "总览"),
        ("station_map", "站点地图"),
        ("departments", "部门进度"),
        ("towns", "镇街进度"),
        ("indicators", "指标"),
    ),
    "调": (("dispatch", "周调度"), ("bulletin", "月通报")),
    "账": (
        ("tasks", "任务清单"),
        ("responsibilities", "责任清单"),
        ("problems", "问题清单"),
        ("stations", "站点台账"),
        ("task", "事项详情"),
    ),
}
HOME = "overview"
UNLISTED = frozenset({"task"})
"""Pages that are reached by links alone."""
