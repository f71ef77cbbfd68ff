"""The shipped plan of 嘉祥县: every count that the printed plan gives, and no copied sentence."""

import csv
import os
import re
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from dashboard.ledgers import records
from dashboard.ledgers.terms import Term

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "plans" / "jiaxiang-2023"
TEXT = Path(os.environ.get("GUATU_PLANS") or ROOT.parent / "shared" / "plans", "jiaxiang-2023.txt")
RECORDS: dict[str, type[records.Record]] = {
    "clauses": records.Clause,
    "units": records.Unit,
    "memberships": records.Membership,
    "work_groups": records.WorkGroup,
    "posts": records.Post,
    "tasks": records.Task,
    "measures": records.Measure,
    "host_lists": records.HostList,
    "hosts": records.Host,
    "indicators": records.Indicator,
    "deadlines": records.Deadline,
    "responsibilities": records.Responsibility,
    "reporting_lines": records.ReportingLine,
    "standard_items": records.StandardItem,
}
FILES = {
    "".join(f"_{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("_"): name
    for name, cls in RECORDS.items()
}
"""The file that keeps the rows of the ledger a `Ref` names."""
NO_LEAD = {"四（二）4", "四（二）5", "四（六）", "四（八）", "四（九）"}
TOWNS_SHARED = {"四（二）1", "四（二）2"}
Row = dict[str, str]


@cache
def rows(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def codes(name: str) -> set[str]:
    return {row["编号"] for row in rows(name)}


def having(name: str, **cells: str) -> list[Row]:
    return [row for row in rows(name) if all(row.get(k) == v for k, v in cells.items())]


def bracket() -> list[Row]:
    return having("responsibilities", 出处="括号")


def fields(name: str) -> dict[str, tuple[Any, str | None]]:
    """Label → (type, the ledger it refers to) of the fields that a folder carries."""
    found: dict[str, tuple[Any, str | None]] = {}
    for hint in get_type_hints(RECORDS[name], include_extras=True).values():
        kind, label, *rest = get_args(hint)
        if not any(isinstance(mark, records.Kept) for mark in rest):
            refs = [mark.ledger for mark in rest if isinstance(mark, records.Ref)]
            found[label] = (kind, refs[0] if refs else None)
    return found


def is_readable(text: str, kind: Any) -> bool:
    kinds = [k for k in (get_args(kind) or (kind,)) if k is not type(None)]
    if not text:
        return len(get_args(kind)) > 0
    if kinds[0] is bool:
        return text in ("是", "否")
    if issubclass(kinds[0], Term):
        return text in [member.label for member in kinds[0]]
    if kinds[0] is date:
        return date.fromisoformat(text).isoformat() == text
    return kinds[0](text) is not None


@pytest.mark.parametrize("name", RECORDS)
def test_every_file_opens_in_wps_and_reads_as_its_record(name: str) -> None:
    assert (FOLDER / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    known = fields(name)
    header = list(rows(name)[0])
    assert header == [label for label in known if label in header]
    for row in rows(name):
        wrong = {
            label: text for label, text in row.items() if not is_readable(text, known[label][0])
        }
        assert not wrong, row["编号"]


@pytest.mark.parametrize("name", RECORDS)
def test_codes_are_unique_and_every_reference_resolves(name: str) -> None:
    assert len(codes(name)) == len(rows(name))
    for label, (_, ledger) in fields(name).items():
        if ledger:
            used = {row[label] for row in rows(name) if row.get(label)}
            assert used <= codes(FILES[ledger]), label


def test_the_plan_names_its_document_its_office_and_its_end() -> None:
    plan = tomllib.loads((FOLDER / "plan.toml").read_text(encoding="utf-8"))
    assert plan["code"] == FOLDER.name
    assert plan["number"] == "嘉政办字〔2023〕10号"
    assert (plan["issued_on"], plan["period_end"]) == (date(2023, 6, 6), date(2025, 12, 31))
    assert plan["office_unit"] in codes("units")
    assert "started_on" not in plan


def test_sixteen_clauses_end_in_a_bracket_and_each_is_one_task() -> None:
    ending = {row["编号"] for row in having("clauses", 文末有责任括号="是")}
    assert len(ending) == 16
    assert {row["依据条款"] for row in bracket()} == ending
    assert Counter(
        row["依据条款"] for row in rows("tasks") if row["依据条款"] in ending
    ) == Counter(ending)
    assert all(not row["具体措施"] for row in bracket())


def test_a_lead_stands_only_where_it_is_printed() -> None:
    leads = Counter(row["依据条款"] for row in having("responsibilities", 责任="牵头"))
    assert {row["依据条款"] for row in bracket()} - set(leads) == NO_LEAD
    assert [clause for clause, count in leads.items() if count > 1] == ["五（一）"]
    assert leads["五（一）"] == 2
    for row in having("responsibilities", 责任="牵头"):
        assert row["出处"] == "括号"
        assert "牵头" in row["原文责任表述"]


def test_towns_bear_the_role_that_their_clause_prints() -> None:
    towns = [row for row in bracket() if row["单位"] in ("u-gzj", "370829400")]
    assert len(towns) == 2 * 15
    for row in towns:
        is_shared = row["依据条款"] in TOWNS_SHARED
        assert row["责任"] == ("责任" if is_shared else "具体负责")
        assert row["原文责任表述"] == ("分别负责" if is_shared else "具体负责")
    others = {row["依据条款"]: row["责任"] for row in bracket() if row["单位"] == "u-gbm"}
    local = {"四（七）": "具体负责", "四（十）": "具体负责"}
    assert others == {"四（二）3": "责任", "四（六）": "责任", **local}


def test_brackets_read_as_printed() -> None:
    if not TEXT.exists():
        pytest.skip("the plan's text is not at hand (GUATU_PLANS names its folder)")
    text = re.sub(r"\s", "", TEXT.read_text(encoding="utf-8"))
    for clause in {row["依据条款"] for row in bracket()}:
        groups: dict[str, list[Row]] = {}
        for row in (row for row in bracket() if row["依据条款"] == clause):
            groups.setdefault(row["原文责任表述"], []).append(row)
        printed = "，".join(
            "、".join(row["原文名称"] for row in group)
            + ("等" if group[-1]["原文有“等”"] == "是" else "")
            + words
            for words, group in groups.items()
        )
        assert f"（{printed}）" in text, clause


def test_actors_beside_the_bracket_name_their_basis() -> None:
    beside = [row for row in rows("responsibilities") if row["出处"] != "括号"]
    assert {row["出处"] for row in beside} == {"句中", "职责段", "附件"}
    assert all(row["具体措施"] or row["原文责任表述"] == "工作职责" for row in beside)


def test_thirty_five_units_are_named_and_thirteen_towns_are_the_collective() -> None:
    single = having("units", 集合名称="否")
    named = [row for row in single if row["类型"] != "镇街"]
    assert len(named) == 35
    assert all(row["系统"] for row in single)
    roster = [row for row in named if row["在成员名单"] == "是"]
    assert [int(row["排序"]) for row in roster] == list(range(1, 21))
    towns = {row["编号"] for row in single if row["类型"] == "镇街"}
    assert len(towns) == 13
    assert {row["成员单位"] for row in rows("memberships")} == towns
    assert {row["集合名称"] for row in rows("memberships")} == {"u-gzj"}


def test_eighteen_numbers_oblige_and_seven_targets_mean_all() -> None:
    assert len(having("indicators", 印有数字="是")) == 18
    everyone = having("indicators", 印有数字="否")
    assert len(everyone) == 7
    assert {(row["目标值"], row["计量单位"]) for row in everyone} == {("100", "%")}
    assert all(row["范围"] and row["约束力"] == "必须" for row in rows("indicators"))
    parts = [float(row["目标值"]) for row in rows("indicators") if row["上级指标"]]
    whole = {row["上级指标"] for row in rows("indicators")} - {""}
    assert sum(parts) == sum(float(having("indicators", 编号=code)[0]["目标值"]) for code in whole)
    counted = [
        row for row in rows("indicators") if row["计算方式"] in ("站点数", "达到要求的单位数")
    ]
    assert all(row["应设名录"] for row in counted)


def test_ten_dates_are_printed_and_nine_cadences() -> None:
    once = having("deadlines", 周期="一次性")
    assert len(once) == 10
    assert all(row["完成时限"] for row in once)
    others = [row for row in rows("deadlines") if row["周期"] != "一次性"]
    assert len(others) == 9
    assert not any(row["完成时限"] for row in others)
    assert {row["时限来源"] for row in rows("deadlines")} == {"原文"}


def test_both_dates_of_the_centre_are_held_and_the_stricter_is_in_force() -> None:
    centre = having("deadlines", 指标="i-4-1-centre")
    assert [(row["完成时限"], row["现行"]) for row in centre] == [
        ("2023-12-31", "否"),
        ("2023-07-31", "是"),
    ]
    assert all(row["备注"] for row in centre)
    items = Counter((r["具体措施"], r["指标"]) for r in having("deadlines", 现行="是"))
    assert set(items.values()) == {1}


def test_every_item_has_exactly_one_total_line() -> None:
    measured = {row["具体措施"] for row in rows("indicators")}
    items = Counter([("", row["编号"]) for row in rows("indicators")])
    items.update((code, "") for code in codes("measures") - measured)
    totals = having("reporting_lines", 汇总或分报="汇总")
    assert Counter(("" if r["指标"] else r["具体措施"], r["指标"]) for r in totals) == items


def test_a_total_unit_is_the_printed_lead_or_marked_as_designated() -> None:
    leads = {(row["重点任务"], row["单位"]) for row in having("responsibilities", 责任="牵头")}
    for row in having("reporting_lines", 汇总或分报="汇总"):
        is_lead = (row["重点任务"], row["填报单位"]) in leads
        assert row["办公室指定汇总，非牵头"] == ("否" if is_lead else "是"), row["编号"]
    shares = Counter(row["指标"] for row in having("reporting_lines", 汇总或分报="分报"))
    assert shares == {"i-4-8-town": 14, "i-4-8-village": 14}


def test_what_the_station_ledger_knows_is_not_filed() -> None:
    stations = {row["编号"] for row in having("indicators", 计算方式="站点数")}
    counted = having("reporting_lines", 数据来源="站点台账")
    assert {row["指标"] for row in counted if row["指标"]} == stations
    repeated = {row["具体措施"] for row in counted if not row["指标"]}
    assert repeated == {"m-a1-0-2", "m-a1-1-3"}, "the annex names the county centre twice more"
    assert {row["应设名录"] for row in counted if not row["指标"]} == {"h-centre"}


def test_a_total_of_yearly_shares_is_not_filed() -> None:
    wholes = {row["上级指标"] for row in rows("indicators") if row["上级指标"]}
    assert {row["指标"] for row in having("reporting_lines", 数据来源="分年合计")} == wholes


def test_the_standards_hold_forty_two_and_twelve_items() -> None:
    items = Counter(row["建设标准"] for row in rows("standard_items"))
    assert items == {"附件2": 42, "附件3": 12}
    assert all(row["依据条款"].startswith(row["建设标准"]) for row in rows("standard_items"))
    limits = [row["要求值"] for row in rows("standard_items") if row["要求值"]]
    assert limits == ["400", "10", "2", "2", "2", "6", "20", "1"]


def test_host_lists_sum_to_their_total_or_say_that_they_wait() -> None:
    for listed in rows("host_lists"):
        hosts = having("hosts", 应设名录=listed["编号"])
        numbers = [int(row["应设数"]) for row in hosts if row["应设数"]]
        assert all((row["状态"] == "待核定") == (not row["应设数"]) for row in hosts)
        if numbers:
            assert sum(numbers) == int(listed["应设总数"]), listed["编号"]
        elif not listed["应设总数"]:
            assert "待核定" in listed["备注"], listed["编号"]


def test_titles_of_measures_are_short() -> None:
    assert max(len(row["具体措施"]) for row in rows("measures")) <= 28


def test_no_sentence_of_the_plan_and_no_personal_name_is_copied() -> None:
    if not TEXT.exists():
        pytest.skip("the plan's text is not at hand (GUATU_PLANS names its folder)")
    text = TEXT.read_text(encoding="utf-8")
    name = r"(?:^|：)\s*([\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]\s+[\u4e00-\u9fff])\s{2,}县"
    people = {re.sub(r"\s", "", found) for found in re.findall(name, text, re.MULTILINE)}
    assert len(people) > 20
    known = [row["单位名称"] for row in rows("units")] + [
        alias for row in rows("units") for alias in row["别名"].split("、") if alias
    ]
    known += [row["原文名称"] for row in rows("responsibilities")]
    bodies = re.compile("|".join(sorted(map(re.escape, known), key=len, reverse=True)))
    flat = re.sub(r"\s", "", text)
    cells = {cell for ledger in RECORDS for row in rows(ledger) for cell in row.values()}
    for cell in cells:
        assert not [person for person in people if person in cell], cell
        for run in re.findall(r"[\u4e00-\u9fff]{10,}", bodies.sub("|", cell)):
            assert not any(run[i : i + 10] in flat for i in range(len(run) - 9)), cell
