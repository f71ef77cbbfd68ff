"""What a browser says of itself: a name for lists, and whether its engine can run the pages."""

import re

OLDEST_CHROME = 94
"""Older engines cannot read the frontend's script (class static blocks)."""
_KINDS = (
    ("Edge", r"Edg(?:e|A)?/(\d+)"),
    ("Firefox", r"Firefox/(\d+)"),
    ("Chrome", r"Chrome/(\d+)"),
    ("Safari", r"Version/(\d+)[\d.]* .*Safari/"),
)
_SYSTEMS = (
    ("安卓手机", "Android"),
    ("苹果手机", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("macOS", "Mac OS X"),
    ("Linux", "Linux"),
)


def name_of(agent: str | None) -> str:
    """Chrome 126（Windows）; many browsers of other makers call themselves Chrome."""
    agent = agent or ""
    found = ((name, re.search(pattern, agent)) for name, pattern in _KINDS)
    kind = next((f"{name} {match[1]}" for name, match in found if match), None)
    if kind is None:
        kind = "IE 浏览器" if is_explorer(agent) else "其他浏览器"
    system = next((name for name, mark in _SYSTEMS if mark in agent), None)
    return f"{kind}（{system}）" if system else kind


def is_explorer(agent: str) -> bool:
    """Whether it is Internet Explorer's engine, 兼容模式 of other makers' browsers included."""
    return "Trident/" in agent or "MSIE " in agent


def complaint(agent: str | None) -> str | None:
    """What is wrong with a browser that cannot show the pages."""
    agent = agent or ""
    if is_explorer(agent):
        return "现在用的是 IE 内核（兼容模式），登录后页面不能显示。"
    found = re.search(r"Chrome/(\d+)", agent)
    if found and int(found[1]) < OLDEST_CHROME:
        return f"现在用的浏览器内核为 Chrome {found[1]}，版本过低，登录后页面不能显示。"
    return None
