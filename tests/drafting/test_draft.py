"""A reading becomes a draft: nothing is made up, and what is unsure says so."""

from datetime import date

import pytest

from dashboard.drafting.draft import draft_of, missing_of
from dashboard.drafting.rows import Draft, Row
from dashboard.ledgers.shape import LEDGERS
from dashboard.policy.findings import Reading
from dashboard.policy.reading import read
from tests.made_plan import FOUND, TEXT
from tests.policy.test_reading import plan

MADE = draft_of(FOUND)


def rows(draft: Draft, ledger: str) -> list[Row]:
    return [each for each in draft.rows if each.ledger == ledger]


def drafted(*lines: str, head: str = "") -> Draft:
    """The draft of a plan of these lines."""
    return draft_of(read(head + "\n".join(lines)) if head else plan(*lines))


def told(draft: Draft, ledger: str, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(each.fields.get(name) for name in names) for each in rows(draft, ledger)]


def task(words: str) -> Draft:
    return drafted("一、重点任务", f"（一）清理河道。{words}")


# The whole


def test_every_row_stands_in_the_text_it_was_read_from() -> None:
    for each in MADE.rows:
        if each.span is not None:
            assert 0 <= each.span.start < each.span.end <= len(TEXT)
    duties = rows(MADE, "responsibility")
    assert [d.span and d.span.of(TEXT) for d in duties] == [d.fields["as_printed"] for d in duties]


def test_codes_are_unique_and_speak_of_rows_of_the_same_draft() -> None:
    keys = [(each.ledger, each.code) for each in MADE.rows]
    assert len(keys) == len(set(keys))
    assert {ledger for ledger, _ in keys} <= set(LEDGERS)
    assert {each.fields["task"] for each in rows(MADE, "responsibility")} <= {
        each.code for each in rows(MADE, "task")
    }


def test_the_same_text_makes_the_same_draft() -> None:
    assert draft_of(read(TEXT)) == MADE


def test_a_text_without_a_plan_makes_an_empty_draft() -> None:
    assert draft_of(Reading(text="", head=read("").head)).rows == ()


# The plan's own fields


def test_what_the_document_does_not_say_is_asked_and_not_made_up() -> None:
    assert missing_of(MADE.about) == ("number", "office", "office_unit")
    assert MADE.notes == ("文件中没有写明，请填写：文号、专班办公室、办公室所在单位。",)
    assert (MADE.about["place"], MADE.about["level"]) == ("某县", "县")
    assert (MADE.about["issued_on"], MADE.about["period_end"]) == ("2024-03-05", "2026-12-31")


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("某县河湖整治工作方案", "某县河湖整治工作方案"),
        ("某市健康行动实施方案（2017—2020年）", "某市健康行动实施方案"),
        ("某县关于进一步加强和改进新时代河湖长制工作全面推进幸福河湖建设的实施方案", None),
    ],
)
def test_a_title_too_long_for_a_short_one_is_the_offices_to_shorten(
    title: str, short: str | None
) -> None:
    draft = drafted("一、重点任务", "（一）清理河道。", head=f"{title}\n")
    assert draft.about["title"] == title
    assert draft.about["short_title"] == short


# Clauses and tasks


def test_clauses_are_those_that_hold_a_task_and_those_above_them() -> None:
    assert told(MADE, "clause", "title", "kind", "parent") == [
        ("工作目标", "goal", None),
        ("重点任务", "task", None),
        ("清理河道", "task", "二"),
        ("绿化河岸", "task", "二"),
        ("保障措施", "requirement", None),
        ("加强督导", "requirement", "三"),
    ]


def test_each_task_has_one_measure_of_its_own() -> None:
    assert told(MADE, "measure", "task") == [(each.code,) for each in rows(MADE, "task")]


# Who


def test_duties_keep_role_words_and_printed_name() -> None:
    assert told(MADE, "responsibility", "as_printed", "role", "words", "basis")[:3] == [
        ("县水务局", "lead", "牵头", "bracket"),
        ("县财政局", "support", "配合", "bracket"),
        ("各镇街", "support", "配合", "bracket"),
    ]


def test_a_collective_stays_one_unit_and_says_so() -> None:
    (found,) = [each for each in rows(MADE, "unit") if each.fields["name"] == "各镇街"]
    assert found.fields["is_collective"] == "是"
    assert found.note == "集合名称，所指单位入账后由办公室指定。"


def test_what_was_read_off_a_sentence_says_so() -> None:
    duties = rows(task("县水务局要加强巡查。"), "responsibility")
    assert duties
    assert all(each.note == "责任单位据句中主语读出，请核对。" for each in duties)


def test_a_task_without_anybody_says_so() -> None:
    (found,) = rows(task("河道全面清理。"), "task")
    assert found.note == "没有读到责任单位，请由办公室指定。"


@pytest.mark.parametrize(
    ("words", "unit", "designated"),
    [
        ("（县财政局配合，县水务局牵头）", "县水务局", "否"),
        ("（县财政局、县水务局负责）", "县财政局", "是"),
        ("（各镇街负责）", None, "是"),
    ],
)
def test_who_sums_up_is_the_lead_else_the_first_single_body_else_nobody(
    words: str, unit: str | None, designated: str
) -> None:
    found = task(f"全面清理。{words}")
    names = {each.code: each.fields["name"] for each in rows(found, "unit")}
    (line,) = rows(found, "reporting_line")
    assert names.get(line.fields["unit"] or "") == unit
    assert line.fields["is_designated"] == designated
    assert (line.note is None) is (designated == "否")


# When and how much


def test_printed_dates_and_cadences_are_deadlines_with_their_words() -> None:
    assert told(MADE, "deadline", "due_on", "recurrence", "source")[1:] == [
        ("2024-06-30", "once", "printed"),
        ("2025-12-31", "once", "printed"),
        (None, "monthly", "printed"),
    ]


def test_undated_work_inherits_the_plans_end() -> None:
    found = drafted(
        *("一、工作目标", "到2026年年底，建成示范河段12条。"),
        *("二、重点任务", "（一）清理河道。全面清理。（县水务局负责）"),
    )
    (inherited,) = [d for d in rows(found, "deadline") if d.fields["source"] == "inherited"]
    assert inherited.fields["due_on"] == "2026-12-31"


def test_of_several_dates_the_earliest_is_in_force_and_all_say_so() -> None:
    found = rows(task("2024年6月底前清淤，2024年9月底前绿化。（县水务局负责）"), "deadline")
    assert [(d.fields["due_on"], d.fields["is_in_force"]) for d in found] == [
        ("2024-06-30", "是"),
        ("2024-09-30", "否"),
    ]
    assert all("读到几个时限" in (d.note or "") for d in found)


def test_a_date_before_the_plan_was_issued_is_to_be_checked() -> None:
    found = rows(task("2023年6月底前清淤。（县水务局负责）"), "deadline")
    assert found[0].fields["due_on"] == date(2023, 6, 30).isoformat()
    assert "日期不在方案期内" in (found[0].note or "")


def test_indicators_have_one_line_each_and_shares_are_ratios() -> None:
    figures = told(MADE, "indicator", "value", "unit", "comparator", "method")
    assert figures == [
        ("12.0", "条", "=", "sum"),
        ("20.0", "公里", "=", "sum"),
        ("80.0", "%", ">=", "ratio"),
    ]
    lines = [each.fields["indicator"] for each in rows(MADE, "reporting_line")]
    assert sorted(filter(None, lines)) == [each.code for each in rows(MADE, "indicator")]


@pytest.mark.parametrize(
    ("words", "told_as"),
    [
        ("每年培训骨干300名。", ("年", None)),
        ("2025年培训骨干300名。", (None, "2025")),
    ],
)
def test_what_is_asked_for_again_and_again_is_told_apart_from_one_year(
    words: str, told_as: tuple[str | None, ...]
) -> None:
    (only,) = rows(task(f"{words}（县水务局负责）"), "indicator")[:1]
    assert tuple(only.fields.get(name) for name in ("per", "year")) == told_as


@pytest.mark.parametrize(
    ("words", "is_task"),
    [
        ("张伟同志兼任办公室主任。", False),
        ("办公室主任由张伟担任。", False),
        ("县政府主要负责同志任组长。", True),
        ("由县水务局负责同志担任河长。", True),
    ],
)
def test_who_is_given_an_office_by_name_is_no_task(words: str, *, is_task: bool) -> None:
    assert bool(rows(drafted("一、组织领导", f"（一）{words}"), "task")) == is_task


def test_a_share_of_one_year_is_no_share_of_each_year() -> None:
    table = "\n附件\n重点指标\n工作指标\t\t2025年\n培训\t骨干培训率\t80%\n\t知晓率\t70%\n"
    figures = told(task(f"每月巡查。（县水务局负责）{table}"), "indicator", "value", "per", "note")
    assert figures == [("80.0", None, "原文“2025年”"), ("70.0", None, "原文“2025年”")]


@pytest.mark.parametrize(
    ("words", "is_whole"),
    [
        ("培训骨干800名，2024年培训300名，2025年培训300名，2026年培训200名。", True),
        ("培训骨干800名，2024年培训300名，2025年培训300名，2026年培训100名。", False),
    ],
)
def test_yearly_shares_belong_to_their_total_only_where_they_add_up(
    words: str, *, is_whole: bool
) -> None:
    found = task(f"{words}（县水务局负责）")
    figures = rows(found, "indicator")
    assert [each.fields["value"] for each in figures][:3] == ["800.0", "300.0", "300.0"]
    of = {each.fields["part_of"] for each in figures[1:]}
    assert of == ({figures[0].code} if is_whole else {None})
    via = {each.fields["indicator"]: each.fields["via"] for each in rows(found, "reporting_line")}
    assert via[figures[0].code] == ("parts" if is_whole else "filing")
