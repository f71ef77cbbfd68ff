"""The papers of 督办: what stood in the register, in the layout of its kind, no 文号 made up."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.terms import SupervisionKind as K
from dashboard.papers.model import TO_BE_NUMBERED, Grid, Paper, Paragraph, Shape, frozen, thawed
from dashboard.papers.phrases import names_in, typed_numbers
from dashboard.papers.shipped import shipped_phrases
from dashboard.papers.supervision import KIND, demand_of, supervision_paper
from tests.books import UNIT, deadline, judged, line, measure

DAY = date(2023, 9, 22)
ROWS = (measure(), deadline(date(2023, 9, 15)), line())
SLIP = r.Supervision(
    code="SV000003",
    kind=K.LETTER,
    year=2023,
    number=3,
    unit="u",
    reason="截至2023年9月22日，由县卫生健康局牵头的一“重点任务”完成40%，低于序时进度22个百分点。",
    demand="请于2023年10月7日前将推进计划报专班办公室。",
    issued_on=DAY,
    issued_by="专班办公室主任",
    due_on=date(2023, 10, 7),
    task="t",
    line="l",
)
SHIPPED = shipped_phrases(settings.load({}).phrases_folder)
PHRASES = {key: each.text for key, each in SHIPPED.items()}


def step(code: str, act: t.HandlingAct, **given: Any) -> r.HandlingStep:
    fields = {"done_on": DAY, "by_post": "县卫生健康局联络员", "supervision": SLIP.code, **given}
    return r.HandlingStep(code=code, act=act, **fields)


def paper_of(*rows: r.Record, **given: Any) -> Paper:
    slip = replace(SLIP, **given)
    return supervision_paper(slip, judged((*ROWS, slip, *rows), DAY), settings.current(), PHRASES)


def lines_of(paper: Paper) -> dict[str, str]:
    """What a form says, line by line."""
    (grid,) = (each for each in paper.blocks if isinstance(each, Grid))
    return {name: said for name, said in grid.rows}  # noqa: C416


def words_of(paper: Paper) -> str:
    told = [each.text for each in paper.blocks if isinstance(each, Paragraph)]
    grids = [each for each in paper.blocks if isinstance(each, Grid)]
    told += [cell for each in grids for row in each.rows for cell in row]
    return "\n".join([paper.title, paper.register or "", *told])


# 提醒函


def test_a_letter_is_a_letter_to_its_unit_without_a_made_up_number() -> None:
    paper = paper_of()
    assert (paper.shape, paper.to, paper.dated) == (Shape.LETTER, UNIT.name, DAY)
    assert (paper.number, paper.register) == (TO_BE_NUMBERED, "登记序号：2023年第3号")
    assert paper.title == "关于加快推进“重点任务”的提醒函"
    assert paper.signed == paper.issuer == "专班办公室"


def test_a_letter_speaks_to_its_unit_and_says_what_was_issued() -> None:
    reason, demand, end = (each.text for each in paper_of().blocks if isinstance(each, Paragraph))
    assert reason.startswith("截至2023年9月22日，你单位牵头的一“重点任务”完成40%")
    assert (demand, end) == (SLIP.demand, "特此函告。")


def test_a_letter_about_no_task_has_a_title_of_its_own() -> None:
    assert paper_of(task=None).title == "关于做好有关工作的提醒函"


# Forms


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (K.REMINDER, "工作提醒单"),
        (K.ORDER, "督办单"),
        (K.NAMING, "通报点名登记表"),
        (K.TALK, "约谈建议表"),
        (K.VETO, "一票否决登记表"),
    ],
)
def test_all_others_are_forms_of_the_offices_own(kind: K, title: str) -> None:
    paper = paper_of(kind=kind)
    assert (paper.shape, paper.title, paper.number) == (Shape.FORM, title, None)


def test_an_order_says_to_whom_why_what_and_by_when() -> None:
    said = lines_of(paper_of(kind=K.ORDER))
    assert said["承办单位"] == UNIT.name
    assert (said["事由"], said["办理要求"]) == (SLIP.reason, SLIP.demand)
    assert (said["办结时限"], said["签发"]) == (
        "2023年10月7日",
        "专班办公室主任　2023年9月22日",
    )
    assert (said["办理情况反馈"], said["办结意见"]) == ("", "")


def test_an_order_holds_every_answer_and_how_it_ended() -> None:
    said = lines_of(
        paper_of(
            step("H1", t.HandlingAct.ANSWERED, text="已签3家。", expected_on=date(2023, 10, 20)),
            step("H2", t.HandlingAct.SENT_BACK, text="请补充", by_post="督查岗"),
            step("H3", t.HandlingAct.ANSWERED, text="已全部签约。"),
            step("H4", t.HandlingAct.CLOSED, by_post="督查岗"),
            kind=K.ORDER,
        )
    )
    assert said["办理情况反馈"] == (
        "已签3家。预计2023年10月20日完成。（县卫生健康局联络员，2023年9月22日）\n"
        "已全部签约。（县卫生健康局联络员，2023年9月22日）"
    )
    assert said["办结意见"] == "同意办结（督查岗，2023年9月22日）"


def test_a_veto_shows_its_basis_and_asks_for_no_answer() -> None:
    said = lines_of(paper_of(kind=K.VETO, basis="县委〔2023〕5号", due_on=None))
    assert (said["依据"], said["涉及单位"]) == ("县委〔2023〕5号", UNIT.name)
    assert not {"办理情况反馈", "办结意见", "办结时限"} & set(said)


def test_a_naming_says_in_which_months_bulletin() -> None:
    assert lines_of(paper_of(kind=K.NAMING, month="2023-09"))["通报月份"] == "2023年9月"


# All of them


@pytest.mark.parametrize("kind", list(K))
def test_a_paper_says_the_same_when_it_is_made_again_later(kind: K) -> None:
    then = frozen(paper_of(kind=kind, month="2023-09"))
    slip = replace(SLIP, kind=kind, month="2023-09")
    later = judged((*ROWS, slip), date(2024, 3, 1))
    again = supervision_paper(slip, later, settings.current(), PHRASES)
    assert (frozen(again), thawed(then)) == (then, again)


@pytest.mark.parametrize("kind", list(K))
def test_dates_are_written_out_and_nothing_is_english(kind: K) -> None:
    said = words_of(paper_of(kind=kind, month="2023-09"))
    assert not re.search(r"\d{4}-\d|月0|年0|[A-Za-z]", said)


def test_practice_data_are_marked() -> None:
    assert [paper_of().is_practice, paper_of(is_practice=True).is_practice] == [False, True]


# Wording


@pytest.mark.parametrize("key", [key for key in SHIPPED if key.startswith(f"{KIND}.")])
def test_shipped_wording_uses_only_names_it_may_and_types_no_number(key: str) -> None:
    phrase = SHIPPED[key]
    assert set(names_in(phrase.text)) <= set(phrase.names)
    assert typed_numbers(phrase.text) == ()


@pytest.mark.parametrize("kind", [each for each in K if each.is_proposed])
def test_each_rung_has_its_usual_demand_with_the_date(kind: K) -> None:
    said = demand_of(kind, date(2023, 10, 7), "县专班办公室", PHRASES)
    assert "2023年10月7日前" in said
    assert "{" not in said


def test_a_veto_has_no_usual_demand_and_broken_wording_gives_none() -> None:
    assert demand_of(K.VETO, DAY, "办公室", PHRASES) == ""
    assert demand_of(K.LETTER, DAY, "办公室", {f"{KIND}.letter_demand": "{没有}"}) == ""
