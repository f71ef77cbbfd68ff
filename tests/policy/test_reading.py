"""The grammar of plans, form by form, on sentences made for it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard.policy.findings import Reading, Role
from dashboard.policy.reading import read

HEAD = """关于印发《某县河湖整治工作方案》的通知
某县人民政府办公室
2024年3月5日
某县河湖整治工作方案
"""


def plan(*lines: str, head: str = HEAD) -> Reading:
    """A plan of these lines behind a head of March 2024."""
    return read(head + "\n".join(lines))


def task(words: str) -> Reading:
    """A plan of one clause with these words."""
    return plan("一、重点任务", f"（一）清理河道。{words}")


def duties(words: str) -> list[tuple[str, str]]:
    return [(each.role.value, each.unit) for each in task(words).duties]


def targets(words: str) -> list[tuple[str, float, str]]:
    found = task(words).targets
    return [(each.comparator, each.value, each.unit) for each in found if each.kind == "target"]


def due(words: str) -> list[date | str | None]:
    found = task(words).deadlines
    return [each.due_on if each.recurrence == "once" else each.recurrence.value for each in found]


# Who is responsible


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("（县水务局牵头，县财政局配合）", [("lead", "县水务局"), ("support", "县财政局")]),
        ("(县水务局负责)", [("shared", "县水务局")]),
        (
            "〔省水利厅牵头，省财政厅等按职责分工负责〕",
            [("lead", "省水利厅"), ("shared", "省财政厅")],
        ),
        (
            "（责任单位：县水务局、县住建局，各镇（街道））",
            [("shared", "县水务局"), ("shared", "县住建局"), ("shared", "各镇（街道）")],
        ),
        (
            "（牵头单位：县水务局；配合单位：县财政局；完成时限：2024年6月底前）",
            [("lead", "县水务局"), ("support", "县财政局")],
        ),
        (
            "（省市场监管局（省知识产权局）牵头，各县（市、区）政府落实）",
            [("lead", "省市场监管局（省知识产权局）"), ("shared", "各县（市、区）政府")],
        ),
        ("责任单位：县水务局和县财政局。", [("shared", "县水务局"), ("shared", "县财政局")]),
        ("（县发展和改革局负责）", [("shared", "县发展和改革局")]),
        (
            "（县水务局牵头，县财政局、各镇街）",
            [("lead", "县水务局"), ("shared", "县财政局"), ("shared", "各镇街")],
        ),
        (
            "（县发改局（县能源局）、县住建局；某县供电公司配合）",
            [
                ("shared", "县发改局（县能源局）"),
                ("shared", "县住建局"),
                ("support", "某县供电公司"),
            ],
        ),
        (
            "（2024年6月底前完成，县水务局、县财政局等河长制成员单位和各镇按职责分工负责）",
            [("shared", "县水务局"), ("shared", "县财政局"), ("shared", "各镇")],
        ),
        (
            "（县水务局牵头，县财政局参与。以下任务均需各镇落实，不再列出）",
            [("lead", "县水务局"), ("support", "县财政局")],
        ),
        (
            "（完成时限：2024年6月底；责任单位：县水务局（牵头）、县财政局（综合科））",
            [("lead", "县水务局"), ("shared", "县财政局")],
        ),
        (
            "（县金融中心、某行某县支行，县财政局）",
            [("shared", "县金融中心"), ("shared", "某行某县支行"), ("shared", "县财政局")],
        ),
        (
            "\n责任单位：县水务局牵头，县财政局配合\n完成时限：2024年6月",
            [("lead", "县水务局"), ("support", "县财政局")],
        ),
        ("\n责任单位∶\n县水务局、\n县财政局", [("shared", "县水务局"), ("shared", "县财政局")]),
        (
            "（各市（州）、县（市、区）党委和政府负责）",
            [("shared", "各市（州）、县（市、区）党委和政府")],
        ),
        ("（县水务局负责", [("shared", "县水务局")]),
        (
            "【牵头单位】县水务局【责任单位】县财政局【完成时限】2024年6月底",
            [("lead", "县水务局"), ("shared", "县财政局")],
        ),
    ],
)
def test_who_is_responsible_is_read_as_printed(words: str, expected: list[tuple[str, str]]) -> None:
    assert duties(f"全面清理。{words}") == expected


@pytest.mark.parametrize(
    "words",
    [
        "（具体标准详见附件2）",
        "（≥500人）",
        "（GB/T 33200—2016）",
        "（含中医院）",
        "（此件公开发布）",
        "（试行）",
        "（由家长自行负责）",
        "（2023—2025年）",
        "（人均收入低于8000元）",
        "（办公室设在县水务局）",
        "（责任单位：详见附件2）",
    ],
)
def test_other_brackets_name_nobody(words: str) -> None:
    assert not any(each.is_stated for each in task(f"全面清理河道{words}。").duties)


def test_a_bracket_on_a_line_of_its_own_belongs_to_the_clause_before() -> None:
    found = plan(
        "一、重点任务", "（一）清理河道。全面清理。", "（县水务局负责）", "（二）绿化。种树。"
    )
    assert [(each.task, each.unit) for each in found.duties] == [("一（一）", "县水务局")]


def test_two_brackets_in_one_clause_are_two_tasks() -> None:
    found = task("清淤。（县水务局负责）\n绿化河岸。（县林业局负责）")
    assert [(each.task, each.unit) for each in found.duties] == [
        ("一（一）-1", "县水务局"),
        ("一（一）-2", "县林业局"),
    ]


def test_who_stands_first_leads_once_the_document_says_so() -> None:
    found = plan(
        "一、重点任务",
        "（一）清淤。（责任单位：县水务局、县财政局，排在第一位的为牵头单位，下同）",
        "（二）绿化。（责任单位：县林业局、县财政局）",
    )
    leads = [each.unit for each in found.duties if each.role is Role.LEAD]
    assert leads == ["县水务局", "县林业局"]


def test_sentences_name_who_acts_only_where_no_bracket_does() -> None:
    read_off = task("水务、住建等部门要加强协作。")
    assert [(each.unit, each.is_stated) for each in read_off.duties] == [
        ("水务", False),
        ("住建", False),
    ]
    assert duties("水务、住建等部门要加强协作。（县水务局负责）") == [("shared", "县水务局")]


def test_a_name_cut_short_in_a_list_is_offered_with_its_level() -> None:
    found = task("清淤。（市水务局、公安局按职责分工负责）")
    assert [(each.name, each.aliases) for each in found.units][1] == ("公安局", ("市公安局",))


def test_a_convention_within_words_of_a_role_makes_the_first_lead() -> None:
    found = plan(
        "一、重点任务",
        "（一）清淤。（县水务局、县财政局和各镇按职责分工负责，排在第一位的部门为牵头部门，下同）",
        "（二）绿化。（县林业局、县财政局按职责分工负责）",
        "（三）管护。（县财政局牵头，县水务局、县林业局按职责分工负责）",
    )
    leads = [each.unit for each in found.duties if each.role is Role.LEAD]
    assert leads == ["县水务局", "县林业局", "县财政局"]


def test_a_sentence_that_only_says_who_acts_is_read_beside_brackets_too() -> None:
    found = plan(
        "一、重点任务",
        "（一）清淤。清理河道。由县水务局牵头，县财政局等部门配合。",
        "（二）绿化。种树。（县林业局负责）",
        "（三）管护。县水务局加强管护，落实责任。",
    )
    assert [(e.role.value, e.unit, e.is_stated, e.is_open_ended) for e in found.duties] == [
        ("lead", "县水务局", False, False),
        ("support", "县财政局", False, True),
        ("shared", "县林业局", True, False),
    ]


def test_duty_paragraphs_may_be_headed_by_several_units_or_a_collective() -> None:
    found = plan(
        "一、职责分工",
        "（一）县水务局、县林业局：负责河道和河岸。",
        "（二）各镇街。负责日常巡查。",
    )
    assert [(each.unit, each.is_generic) for each in found.duties] == [
        ("县水务局", False),
        ("县林业局", False),
        ("各镇街", True),
    ]


# Dates


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("于2024年7月底前完成。", [date(2024, 7, 31)]),
        ("2024年2月底前完成。", [date(2024, 2, 29)]),
        ("2025年6月30日前验收。", [date(2025, 6, 30)]),
        ("到2025年底建成。", [date(2025, 12, 31)]),
        ("到2030年全面建成。", [date(2030, 12, 31)]),
        ("年底前完成。", [date(2024, 12, 31)]),
        ("10月底前完成。", [date(2024, 10, 31)]),
        ("利用3年时间完成。", [date(2026, 12, 31)]),
        ("2024年上半年完成。", [date(2024, 6, 30)]),
        ("“十四五”期间完成。", [date(2025, 12, 31)]),
        ("每季度调度一次。", ["quarterly"]),
        ("每半年召开会议，长期坚持。", ["half-yearly", "ongoing"]),
        ("自2024年起实施。", []),
        ("落实《健康中国行动（2019—2030年）》。", []),
        ("根据某发〔2023〕7号文件。", []),
        ("2017至2020年数据显示。", []),
        ("开展整治（2024年4月—10月）。", [date(2024, 10, 31)]),
        ("2024年4月中旬至2025年6月底整治。", [date(2025, 6, 30)]),
        ("2024年3月1日启动。", []),
        ("每年12月10日前完成考核。", ["yearly"]),
        ("每年年底前报告，每月25日前报送。", ["yearly", "monthly"][::-1]),
        ("到2025年、2026年，分别完成。", [date(2025, 12, 31), date(2026, 12, 31)]),
        ("到2025年基本建成，到2035年全面建成。", [date(2025, 12, 31), date(2035, 12, 31)]),
        ("三季度末前完成。", [date(2024, 9, 30)]),
        ("完成时限：2024—2026年", [date(2026, 12, 31)]),
        ("完成时限：长期", ["ongoing"]),
        ("在已建成5处的基础上，到2025年再建3处。", [date(2025, 12, 31)]),
        ("截至2023年底，已建成5处。", []),
        ("近3年内未发生事故。", []),
    ],
)
def test_dates_and_cadences(words: str, expected: list[date | str]) -> None:
    assert due(words) == expected


def test_a_date_without_a_year_in_an_undated_plan_is_left_to_a_person() -> None:
    found = read("某县方案\n一、重点任务\n（一）清淤。10月底前完成。\n（二）绿化。种树。")
    assert [each.due_on for each in found.deadlines] == [None]
    assert "date-unclear" in [each.code for each in found.problems]


# Targets


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("建成示范河段5处。", [("=", 5.0, "处")]),
        ("至少要与16家企业签订协议。", [(">=", 16.0, "家")]),
        ("覆盖率达到80%以上。", [(">=", 80.0, "%")]),
        ("水质达标率85%。", [(">=", 85.0, "%")]),
        ("排放量不超过300吨。", [("<=", 300.0, "吨")]),
        ("甲率、乙率均达到90%。", [(">=", 90.0, "%"), (">=", 90.0, "%")]),
        ("城市、农村居民知晓率分别达到85%、70%。", [(">=", 85.0, "%"), (">=", 70.0, "%")]),
        ("专业人员达到总人口的万分之零点五。", [(">=", 0.5, "万分之")]),
        ("每10万人拥有医师达到15人。", [(">=", 15.0, "人")]),
        ("每年开展培训不少于2场。", [(">=", 2.0, "场")]),
        ("面积10—20平方米。", [(">=", 10.0, "平方米")]),
        ("新增造林1.5万亩。", [("=", 15000.0, "亩")]),
        ("下设4个职能小组。", []),
        ("开通24小时热线12355。", []),
        ("规模较大（≥500人）的企业设立站点。", []),
        ("按照GB/T 33200—2016建设。", []),
        ("协调15个部门参与。", []),
        ("目前共有河长12名。", []),
        ("用水总量控制在1.5亿立方米以内。", [("<=", 150000000.0, "立方米")]),
        ("审批时间压缩至0.5个工作日以内。", [("<=", 0.5, "个工作日")]),
        ("情况在5个工作日内上报。", []),
        ("事故起数、死亡人数较2023年分别下降10%、12%。", [(">=", 10.0, "%"), (">=", 12.0, "%")]),
        ("达标率由2020年的60%提高到80%。", [(">=", 80.0, "%")]),
        ("人均预期寿命达到80岁，为65岁以上老人体检。", [(">=", 80.0, "岁")]),
        ("100人以上的企业设立站点。", []),
        ("排名进入全省前10名。", []),
        ("完成率低于70%的，扣减绩效10%。", []),
        ("完成90%以上得满分，每少1个扣2分。", []),
        ("对考核优秀的镇奖励10万元。", []),
        ("每10户配备垃圾桶1个。", [("=", 1.0, "个")]),
        ("建成充电桩40个（快充占比不低于60%）。", [("=", 40.0, "个"), (">=", 60.0, "%")]),
        ("新增城镇就业同比增长5%以上。", [(">=", 5.0, "%")]),
    ],
)
def test_what_is_a_target_and_what_is_none(
    words: str, expected: list[tuple[str, float, str]]
) -> None:
    assert targets(words) == expected


def test_a_row_of_values_told_of_years_has_a_year_each() -> None:
    found = task("到2024年、2025年、2026年，达标率分别达到20%、35%、50%。").targets
    assert [(each.what, each.value, each.per) for each in found] == [
        ("达标率", 20.0, "2024年"),
        ("达标率", 35.0, "2025年"),
        ("达标率", 50.0, "2026年"),
    ]


def test_each_item_of_a_list_has_the_host_and_the_period_of_its_sentence() -> None:
    found = task("每个镇每年举办演练不少于2次、宣传不少于4场。").targets
    assert [(each.value, each.scope, each.per) for each in found] == [
        (2.0, "每个镇", "每年"),
        (4.0, "每个镇", "每年"),
    ]


def test_shares_by_year_right_behind_their_number_are_of_their_whole() -> None:
    found = task("全县建设塘坝50座，其中2024年20座、2025年30座。").targets
    assert [(each.value, each.per) for each in found] == [
        (50.0, None),
        (20.0, "2024年"),
        (30.0, "2025年"),
    ]


def test_what_is_counted_already_is_a_baseline() -> None:
    found = task("目前全县共有河长12名，到2025年达到20名。").targets
    assert [(each.value, each.kind) for each in found] == [(12.0, "baseline"), (20.0, "target")]


def test_shares_by_year_must_add_up_to_their_whole() -> None:
    words = "培训至少{}人次，其中2024年至少培训300人次，2025年至少培训200人次。"
    assert "sum-mismatch" not in [each.code for each in task(words.format(500)).problems]
    wrong = next(each for each in task(words.format(800)).problems if each.code == "sum-mismatch")
    assert "合计500人次" in wrong.message
    assert "800人次" in wrong.message


def test_totals_and_what_each_host_has_must_tell_of_as_many_hosts() -> None:
    words = "建成示范站{}个（每个县、区2个），建成分中心5个（每个县、区1个）。"
    right, wrong = task(words.format(10)), task(words.format(12))
    assert "product-mismatch" not in [each.code for each in right.problems]
    (told,) = (each for each in wrong.problems if each.code == "product-mismatch")
    assert "5个按“每个县、区1个”推得5个，别处推得6个" in told.message
    assert told.span.of(wrong.text).endswith("5个")


def test_values_told_one_by_one_must_be_as_many_as_the_things() -> None:
    found = task("机关、学校、企业知晓率分别达到85%、70%。")
    assert "values-unequal" in [each.code for each in found.problems]


def test_a_table_is_read_row_by_row_with_its_groups() -> None:
    found = plan(
        "一、重点任务",
        "（一）清淤。清理。",
        "附件1",
        "指标\t\t2025年",
        "水质\t断面达标率\t95%",
        "\t劣五类断面\t0%",
        "工程\t建成水库\t3座",
    )
    assert [(e.scope, e.what, e.value, e.unit, e.per) for e in found.targets] == [
        ("水质", "断面达标率", 95.0, "%", "2025年"),
        ("水质", "劣五类断面", 0.0, "%", "2025年"),
        ("工程", "建成水库", 3.0, "座", "2025年"),
    ]


def test_a_table_that_shares_work_out_is_a_task_each_row() -> None:
    found = plan(
        "一、重点任务",
        "（一）清淤。清理。",
        "附件1",
        "任务分工表",
        "序号\t重点任务\t牵头单位\t责任单位\t完成时限",
        "1\t清理河道12条\t县水务局\t县财政局、各镇街\t2024年6月底前",
        "2\t绿化河岸\t县林业局\t各镇街\t年底前",
    )
    assert [(each.task, each.role.value, each.unit) for each in found.duties] == [
        ("附件1-1", "lead", "县水务局"),
        ("附件1-1", "shared", "县财政局"),
        ("附件1-1", "shared", "各镇街"),
        ("附件1-2", "lead", "县林业局"),
        ("附件1-2", "shared", "各镇街"),
    ]
    assert [each.due_on for each in found.deadlines] == [date(2024, 6, 30), date(2024, 12, 31)]
    assert [(each.value, each.unit) for each in found.targets] == [(12.0, "条")]


def test_a_table_of_indicators_has_its_units_by_column_and_its_first_year_as_baseline() -> None:
    found = plan(
        "一、目标",
        "指标\t单位\t2020年\t2025年",
        "预期寿命\t岁\t79.1\t80",
        "死亡率\t1/10万\t7.9\t<10",
    )
    assert [(e.what, e.comparator, e.value, e.unit, e.kind) for e in found.targets] == [
        ("预期寿命", "=", 79.1, "岁", "baseline"),
        ("预期寿命", "=", 80.0, "岁", "target"),
        ("死亡率", "=", 7.9, "1/10万", "baseline"),
        ("死亡率", "<=", 10.0, "1/10万", "target"),
    ]


def test_cells_of_a_table_tell_dates_goals_and_roles_without_further_words() -> None:
    found = read(
        "附件\n某县2024年实事责任分解表\n"
        "序号\t实事项目\t目标要求\t责任单位\t完成时限\n"
        "1\t农村公路\t新建公路50公里\t县交通局（牵头）、各镇\t2024年10月\n"
        "\t危桥\t改造危桥6座\t县交通局牵头，县财政局配合\t全年\n"
        "3\t河道管护\t日常管护\t县水务局\t长期\n"
        "注：列第一位的责任单位为牵头单位。"
    )
    assert found.head.title == "某县2024年实事责任分解表"
    assert [(each.role.value, each.unit) for each in found.duties] == [
        ("lead", "县交通局"),
        ("shared", "各镇"),
        ("lead", "县交通局"),
        ("support", "县财政局"),
        ("lead", "县水务局"),
    ]
    assert [each.due_on for each in found.deadlines] == [
        date(2024, 10, 31),
        date(2024, 12, 31),
        None,
    ]
    assert [(each.value, each.unit) for each in found.targets] == [(50.0, "公里"), (6.0, "座")]


def test_a_table_cut_into_groups_by_titles_keeps_its_head() -> None:
    found = plan(
        "附件1",
        "序号\t重点任务\t责任单位\t完成时限",
        "一、治水",
        "1\t清理河道12条\t县水务局\t2024年6月",
        "二、绿化",
        "2\t绿化河岸\t县林业局\t2024年9月",
    )
    assert [(each.clause, each.unit) for each in found.duties] == [
        ("附件1·一", "县水务局"),
        ("附件1·二", "县林业局"),
    ]
    assert [each.due_on for each in found.deadlines] == [date(2024, 6, 30), date(2024, 9, 30)]


def test_what_a_paragraph_tells_of_a_year_before_the_plan_is_no_target() -> None:
    found = task("2022年，全县断面达标率71%。").targets
    assert [(each.value, each.kind) for each in found] == [(71.0, "baseline")]
    assert due("到2020年，水质有所改善。有效期至2026年12月31日。") == []


# The text as it is


def test_who_signs_under_the_text_is_no_part_of_the_last_clause() -> None:
    found = read(
        "某省人民政府关于河湖整治的实施意见\n一、任务\n（一）清淤。清理。（省水利厅负责）\n"
        "某省人民政府\n二〇二四年三月五日"
    )
    assert (found.head.issuer, found.head.issued_on) == ("某省人民政府", date(2024, 3, 5))
    assert found.tasks[-1].span.of(found.text).endswith("负责）")


def test_a_web_page_tells_number_and_day_over_the_document() -> None:
    found = read(
        "索引号：\t0001/2024-1\t成文日期：\t2024-03-05\n发文字号：某政办〔2024〕31号\n"
        "某县河湖整治工作方案\n一、任务\n（一）清淤。清理。"
    )
    assert (found.head.number, found.head.issued_on) == ("某政办〔2024〕31号", date(2024, 3, 5))


def test_blanks_before_numbers_part_a_text_that_lost_its_breaks() -> None:
    filler = "全面清理全县所有河道和沟渠，落实好各项整治责任，建立长效管护机制。" * 6
    found = read(
        f"某县方案 一、目标 {filler} 二、重点任务 （一）清淤。清理河道。（县水务局负责） "
        "（二）绿化。种树。（县林业局负责）"
    )
    assert [each.id for each in found.clauses] == ["一", "二", "二（一）", "二（二）"]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_places_count_in_the_text_as_it_is_on_disk(ends: str) -> None:
    found = read("\ufeff" + ends.join(["某县方案", "一、任务", "（一）清淤。（县水务局负责）"]))
    assert [each.span.of(found.text) for each in found.duties] == ["县水务局"]


def test_blanks_bookmarks_contents_and_page_breaks_are_read_over() -> None:
    found = plan(
        "一、重点任务.....3",
        "- 2 -",
        "一、重点任务",
        "(一)[bookmark: b1]清理河 道。全面清理全县所有河道和沟渠，落实好各项整治",
        "",
        "责任，到 2025 年清理 12 条。(县水务局牵头负责)",
    )
    assert [each.id for each in found.clauses] == ["一", "一（一）"]
    assert [(each.due_on, each.span.of(found.text)) for each in found.deadlines] == [
        (date(2025, 12, 31), "到 2025 年")
    ]
    assert [(each.unit, each.role) for each in found.duties] == [("县水务局", Role.LEAD)]


def test_a_text_without_line_breaks_is_parted_at_its_numbers() -> None:
    found = read(
        "某县方案。一、重点任务。（一）清淤。清理河道。（县水务局负责）（二）绿化。种树。（县林业局负责）"
        "二、保障措施。（一）加强领导。定期研究。"
    )
    assert [each.id for each in found.clauses] == ["一", "一（一）", "一（二）", "二", "二（一）"]
    assert [each.unit for each in found.duties] == ["县水务局", "县林业局"]


def test_traditional_signs_are_read_and_quoted_as_printed() -> None:
    found = plan("一、重點任務", "（一）清淤。清理河道。（縣水務局負責）")
    assert [(each.unit, each.span.of(found.text)) for each in found.duties] == [
        ("县水务局", "縣水務局")
    ]


def test_a_missing_number_is_told_with_its_neighbours() -> None:
    found = plan("一、目标", "清。", "二、任务", "做。", "四、保障", "保。")
    told = [each.message for each in found.problems if each.code == "number-gap"]
    assert told == ["“二”之后是“四”，中间的编号没有找到，请核对原文。"]


def test_addressees_issuers_and_rosters_are_no_tasks() -> None:
    found = plan(
        "一、重点任务",
        "（一）清淤。清理。（县水务局负责）",
        "附件1",
        "领导小组名单",
        "组  长：某 某    县水务局局长",
        "抄送：县委各部门。",
        "某县人民政府办公室  2024年3月5日印发",
    )
    assert [each.id for each in found.tasks] == ["一（一）"]


# Whatever comes


PIECES = some.sampled_from(
    [
        *(
            "一、",
            "（一）",
            "(二)",
            "1.",
            "附件",
            "专栏 3",
            "第五章",
            "（",
            "）",
            "〔",
            "县水务局",
            "牵头负责",
        ),
        *(
            "、",
            "，",
            "。",
            "；",
            "\n",
            "\t",
            " ",
            "达到",
            "80%",
            "分别",
            "每年",
            "至少",
            "2024年",
            "底前",
            "万分之",
        ),
        *(
            "[bookmark: b]",
            "…",
            "《",
            "》",
            "“",
            "十四五",
            "”",
            "均",
            "5",
            "名",
            "责任单位：",
            "\u3000",
            "\x00",
            "😀",
        ),
    ]
)


HOSTILE = (
    "（",
    "）",
    "、",
    "80%、",
    "各镇、",
    "1",
    "县水务局、",
    "（县局牵头，",
    "每1",
    "《",
    "由12%",
    "县局和",
)


@pytest.mark.parametrize("piece", [*HOSTILE, "2024年、", "\t", "\x00", "责任单位：", "[bookmark: "])
def test_a_long_row_of_anything_is_read_to_its_end(piece: str) -> None:
    found = plan("一、任务", f"（一）清淤。{piece * 3000}。")
    assert found.clauses[0].span.end == len(found.text)


@settings(max_examples=60, deadline=None)
@given(some.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    found = read(text)
    spans = [
        *(each.span for each in found.clauses),
        *(each.span for each in found.duties),
        *(each.span for each in found.deadlines),
        *(each.span for each in found.targets),
        *(each.span for each in found.problems),
    ]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
