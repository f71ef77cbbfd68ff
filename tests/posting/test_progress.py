"""Filing and closing: what is refused, what counts at once, what another post must check."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.history import all_filings
from dashboard.ledgers.terms import FilingWay, ReviewVerdict
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report, file_progress
from dashboard.posting.reviews import close_line
from dashboard.rules.calendar import at_time, end_of
from dashboard.rules.verdicts import Light
from tests.books import CODE, Desk

MEASURE, COUNT, STATIONS = "l-4-9-1", "l-4-5-partners", "l-4-1-centre"
ON_EVENT = "l-4-9-3"
DAY = date(2023, 9, 20)


def refused(desk: Desk, line: str, value: float | None, on: date = DAY, **more: Any) -> list[str]:
    """The words of a refusal; that nothing was filed is checked."""
    before = len(all_filings(desk.engine, CODE, datetime.now(UTC)))
    with pytest.raises(RefusedError) as caught:
        desk.file(line, value, on, **more)
    assert len(all_filings(desk.engine, CODE, datetime.now(UTC))) == before
    return [fault.message for fault in caught.value.faults]


def last(desk: Desk, line: str, on: date = DAY) -> r.Filing:
    return load(desk.engine, CODE, end_of(on)).last_filed[line]


# What is refused


def test_a_number_below_nothing_is_refused(desk: Desk) -> None:
    assert refused(desk, COUNT, -1) == ["不能为负数"]
    assert refused(desk, MEASURE, -0.1) == ["不能为负数"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e308, 13812345678.0, 1e10])
def test_a_number_beyond_all_counting_is_refused(desk: Desk, value: float) -> None:
    for line in (MEASURE, COUNT, "l-4-4-hotline"):
        assert refused(desk, line, value) == ["数字过大或无效，请核对"]


def test_a_share_above_a_hundred_is_refused(desk: Desk) -> None:
    for line in (MEASURE, "l-4-6-network"):
        assert refused(desk, line, 100.1) == ["百分比应在0至100之间"]
        desk.file(line, 100, DAY)


def test_a_count_is_whole(desk: Desk) -> None:
    assert refused(desk, COUNT, 3.5) == ["应为整数"]
    assert refused(desk, "l-4-8-teaching", 3.5) == ["应为整数"]
    desk.file("l-4-4-hotline", 23.5, DAY)
    assert last(desk, "l-4-4-hotline").value == 23.5


def test_no_more_hosts_are_met_than_there_are(desk: Desk) -> None:
    assert refused(desk, "l-4-8-town", 14) == ["不应超过应设的13个"]
    desk.file("l-4-8-town", 13, DAY)
    desk.file("l-4-8-town-370829001", 20, DAY)
    assert last(desk, "l-4-8-town").value == 13


def test_what_adds_up_does_not_fall_unless_it_is_corrected(desk: Desk) -> None:
    code = desk.file(COUNT, 9, date(2023, 9, 13))
    message = "累计值不应小于上次填报的9；如属更正，请勾选“更正上次填报”"
    assert refused(desk, COUNT, 8) == [message]
    desk.file(COUNT, 8, DAY, corrects=code)
    assert last(desk, COUNT).corrects == code


def test_only_the_last_filing_of_the_same_line_is_corrected(desk: Desk) -> None:
    other, first = desk.file(MEASURE, 5, date(2023, 9, 13)), desk.file(COUNT, 9, date(2023, 9, 13))
    desk.file(COUNT, 10, date(2023, 9, 15))
    message = "只能更正本事项最近一次填报，请刷新后再试"
    for wrong in (other, first, "F999999"):
        assert refused(desk, COUNT, 8, corrects=wrong) == [message]


def test_a_yearly_count_falls_at_the_years_end_and_not_before(desk: Desk) -> None:
    line = "l-4-8-events"
    desk.file(line, 9, date(2023, 12, 27))
    assert "累计值不应小于" in refused(desk, line, 8, date(2023, 12, 31))[0]
    desk.file(line, 1, date(2024, 1, 1))
    desk.file(line, 10, date(2024, 12, 31))
    desk.file(line, 0, date(2025, 1, 1))
    assert last(desk, line, date(2025, 1, 1)).value == 0


def test_nothing_is_received_later_than_now(desk: Desk) -> None:
    late = at_time(DAY, time(10, 1))
    assert refused(desk, MEASURE, 10, received_at=late) == ["收到时间不能晚于现在"]


def test_a_correction_is_not_received_before_the_plan_was_in_use(desk: Desk) -> None:
    code = desk.file(COUNT, 9, date(2023, 9, 13))
    for early in (datetime(1, 1, 1, tzinfo=UTC), datetime(2023, 6, 5, 15, 59, tzinfo=UTC)):
        said = refused(desk, COUNT, 8, corrects=code, received_at=early)
        assert said == ["启用日2023年6月6日之前不收填报"]


def test_what_the_station_ledger_knows_is_not_filed(desk: Desk) -> None:
    assert refused(desk, STATIONS, 1) == ["该事项的数据取自站点台账，不需填报"]
    assert refused(desk, "l-4-6-trained", 300) == ["该事项的数据取自分年合计，不需填报"]


def test_no_event_is_for_what_starts_on_an_event(desk: Desk) -> None:
    only = ["只有遇事启动的事项可以报“本期无事件”"]
    assert refused(desk, MEASURE, None, no_event=True) == only
    desk.file(ON_EVENT, None, DAY, no_event=True)
    assert desk.item("m-4-9-3", DAY).verdict.reason == "本期无事件"


def test_an_empty_filing_and_an_unknown_line_are_refused(desk: Desk) -> None:
    assert refused(desk, MEASURE, None) == ["数值和进展情况不能都为空，请至少填写一项"]
    assert refused(desk, "l-nowhere", 1) == ["报送事项不存在，请刷新后重选"]


def test_personal_data_are_refused(desk: Desk) -> None:
    (said,) = refused(desk, MEASURE, 10, text="联系人电话" + "138" + "12345678")
    assert said == "疑似含有手机号码，本系统只存汇总数，请删去后再保存"


def test_nothing_is_filed_before_the_plan_is_in_use(desk: Desk) -> None:
    early = at_time(date(2023, 6, 4), time(10))
    assert refused(desk, MEASURE, 10, received_at=early) == ["启用日2023年6月6日之前不收填报"]


def test_every_fault_is_told_at_once(desk: Desk) -> None:
    assert refused(desk, STATIONS, -1, no_event=True) == [
        "该事项的数据取自站点台账，不需填报",
        "只有遇事启动的事项可以报“本期无事件”",
        "不能为负数",
    ]


# What is kept


def test_a_filing_keeps_what_was_said_and_belongs_to_its_week(desk: Desk) -> None:
    more: dict[str, Any] = {
        "text": "已签约9家",
        "next_step": "再签7家",
        "expected_on": date(2023, 10, 20),
        "way": FilingWay.TELEPHONE,
        "filed_by": "县卫生健康局联络员",
        "received_at": at_time(date(2023, 9, 19), time(16)),
    }
    code = desk.file(COUNT, 9, DAY, **more)
    held = last(desk, COUNT)
    assert (held.code, held.value, held.round) == (code, 9, "2023-W38")
    assert {name: getattr(held, name) for name in more} == more
    assert held.known_at == at_time(DAY, time(10))


def test_an_accepted_count_is_an_observation_of_its_year(desk: Desk) -> None:
    code = desk.file(COUNT, 9, DAY)
    (observed,) = desk.judged(DAY).books.all(r.Observation)
    assert (observed.value, observed.year, observed.filing) == (9, 2023, code)
    assert (observed.unit, observed.observed_on) == ("u-xlzx", DAY)


def test_the_years_last_day_is_observed_in_its_own_year(desk: Desk) -> None:
    desk.file("l-4-8-events", 10, date(2024, 12, 31))
    (observed,) = desk.judged(date(2024, 12, 31)).books.all(r.Observation)
    assert observed.year == 2024


def test_what_is_not_yet_accepted_leaves_the_light_unmoved(desk: Desk) -> None:
    desk.file(COUNT, 2, date(2023, 9, 13))
    before = desk.item("i-4-5-partners", DAY)
    desk.file(COUNT, 16, DAY, accept=False)
    after = desk.item("i-4-5-partners", DAY)
    assert (after.verdict, after.figure) == (before.verdict, before.figure)
    assert last(desk, COUNT).value == 16
    assert len(desk.judged(DAY).books.all(r.Observation)) == 1


# 销号


def closed(desk: Desk, line: str, by_post: str, opinion: str = "已核查") -> None:
    close_line(desk.engine, CONSOLE, CODE, line, by_post=by_post, opinion=opinion)


def test_only_what_was_reported_done_is_closed(desk: Desk) -> None:
    message = "尚无“申请销号”的填报，不能销号"
    with pytest.raises(RefusedError, match=message):
        closed(desk, MEASURE, "督查组")
    desk.file(MEASURE, 100, DAY)
    with pytest.raises(RefusedError, match=message):
        closed(desk, MEASURE, "督查组")
    desk.file(MEASURE, 100, DAY, is_done=True, accept=False)
    with pytest.raises(RefusedError, match=message):
        closed(desk, MEASURE, "督查组")


def test_another_post_closes_and_the_light_turns_blue(desk: Desk) -> None:
    code = desk.file(MEASURE, 100, DAY, is_done=True, filed_by="联络员")
    with pytest.raises(RefusedError, match="核查岗位应与填报岗位不同"):
        closed(desk, MEASURE, "联络员")
    with pytest.raises(RefusedError, match="不能只有空格"):
        closed(desk, MEASURE, "督查组", " ")
    assert desk.item("m-4-9-1", DAY).verdict.word == "完成待核"
    closed(desk, MEASURE, "督查组")
    assert desk.item("m-4-9-1", DAY).verdict.light is Light.BLUE
    said = desk.judged(DAY).books.last_said[MEASURE]
    assert (said.filing, said.verdict, said.by_post) == (code, ReviewVerdict.CLOSED, "督查组")


def test_what_is_filed_after_closing_opens_it_again(desk: Desk) -> None:
    desk.file(MEASURE, 100, DAY, is_done=True)
    closed(desk, MEASURE, "督查组")
    desk.file(MEASURE, 80, date(2023, 9, 27))
    assert desk.item("m-4-9-1", date(2023, 9, 27)).figure.is_closed is False


# Without practice


def test_without_a_practice_clock_now_is_now(desk: Desk) -> None:
    started = datetime.now(UTC)
    assert started <= now_of(desk.plan()) <= datetime.now(UTC)
    code = file_progress(
        desk.engine, CONSOLE, CODE, Report(line=MEASURE, value=10), settings.current()
    )
    (held,) = [one.filing for one in all_filings(desk.engine, CODE, datetime.now(UTC))]
    assert (held.code, held.is_practice) == (code, False)
    assert started <= held.received_at <= datetime.now(UTC)


def test_blanks_around_a_post_do_not_make_it_another(desk: Desk) -> None:
    desk.file(MEASURE, 100, DAY, is_done=True, filed_by="联络员")
    with pytest.raises(RefusedError, match="核查岗位应与填报岗位不同"):
        closed(desk, MEASURE, " 联络员 ")
