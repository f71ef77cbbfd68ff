"""What the book of stations says of itself: a line above each sheet, and 填写说明."""

from collections.abc import Iterator

from dashboard.sheets.filing_layout import Kind, SheetColumn
from dashboard.sheets.station_layout import CHECKS, HOSTS, STATIONS, UNITS, WITHHELD, columns_of

_SUMMARIES = {
    STATIONS: "改动直接写在原处；新增站点写在最后一行之后，编号留空。灰底列已锁定，不读入。",
    HOSTS: "一行一个应设单位（学校、卫生院、村居等）；新增单位写在最后一行之后，编号留空。",
    CHECKS: "有新检查的，改写检查结果或实测值，并改写检查日期和检查岗位；没有检查的行不动。",
}
_RULES = (
    "一、在本表上直接填写，存为xlsx格式后原样上传；上传后先核对，确认后才入账，不会只录入一半。",
    "二、没有改动的行、列不必管，也可以删去整行，删去不等于撤销；清空一格即为清空该项内容。",
    "三、编号由系统编排。有编号的行是修改，没有编号的行是新增；不要改动或互换编号。",
    "四、镇街、应设名录、单位写名称即可，可从下拉列表选择；同名的连同括号和编号一起写。",
    "五、日期写作2023-9-30，须写年份；数量只填数字；不要写公式，不要合并单元格。",
    "六、下载之后台账中又有人改过的行，上传时并列显示，由上传人选择以哪个为准。",
    f"七、“少于5”和“{WITHHELD}”是保护个人和特定场所的写法，原样保留即为不变。",
    "八、不填个人姓名、身份证号和手机号码；心理热线只填对外公布的固定电话或短号。",
    "九、达标与否由检查情况得出，不能直接填写；有数值要求的条目填实测值，结果由系统判定。",
    "十、停用的站点填停用日期；误登记的站点请在“记录详情”中撤销，不在表中删除。",
)
_NOTES = {
    STATIONS: {
        "code": "不填；新增行留空",
        "name": "必填，写全称；同一镇街、同一类型的站点不能重名",
        "kind": "必填",
        "town": "写镇街名称；填了应设单位的可不填",
        "host_list": "写名录名称，选定后计入建设进度；填了应设单位的可不填",
        "listed_host": "写“应设单位名单”中的名称，没有名单的留空",
        "unit": "负责建设的单位，写名称",
        "host": "站点设在哪个单位，写名称",
        "lon": "国家2000或WGS-84坐标，如116.342；与纬度同时填写",
        "lat": "国家2000或WGS-84坐标，如35.408",
        "point_source": "如“现场定位”“地图选点”",
        "is_withheld": "填“是”的站点只计数，地图上不标点",
        "services": "几项之间用顿号隔开",
        "hotline": "对外公布的固定电话或短号",
        "served": "当年累计人次，只填汇总数",
        "served_on": "填了服务人次的，写明统计到哪一天",
        "stage": "不读入，由日期推出",
        "standing": "不读入，由检查情况得出",
    },
    HOSTS: {
        "code": "不填；新增行留空",
        "host_list": "必填，写名录名称；登记后不能改",
        "name": "必填，写全称",
        "town": "写镇街名称",
        "state": "新增行不填的为“应设”",
        "official_code": "统一社会信用代码或机构代码，可不填",
        "stations": "不读入",
    },
    CHECKS: {
        "verdict": "无数值要求的条目必填；有数值要求的只在不适用时选",
        "measured": "有数值要求的条目填写，单位见“计量单位”列",
        "inspected_on": "不早于上次检查",
        "by_post": "写岗位或检查组名称，不写姓名",
    },
}


def summary_of(sheet: str) -> str:
    """One line above the head of a sheet."""
    return _SUMMARIES[sheet]


def guide_lines() -> Iterator[tuple[str, ...]]:
    """The rows of 填写说明: rules, then every column to fill with how it is filled."""
    yield ("填写说明",)
    yield from ((each,) for each in _RULES)
    yield ("",)
    yield "页", "列", "填法"
    for sheet in (STATIONS, HOSTS, CHECKS):
        for column in columns_of(sheet):
            if column.is_input or column.name in _NOTES[sheet]:
                yield sheet, column.label, how_to_fill(sheet, column)


def how_to_fill(sheet: str, column: SheetColumn) -> str:
    """How one column is filled, in a few words."""
    parts = [_NOTES[sheet].get(column.name, "")]
    if column.kind is Kind.CHOICE:
        parts.append(f"选：{'、'.join(column.choices)}")
    elif column.kind is Kind.DAY:
        parts.append("日期，写作2023-9-30")
    elif column.kind is Kind.FIGURE and column.name not in ("lon", "lat"):
        unit = UNITS.get(column.name)
        parts.append(f"数字，单位：{unit}" if unit else "数字")
    return "；".join(part for part in parts if part) or "文字"
