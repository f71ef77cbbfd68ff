"""Log-ins: who is let in and locked out, how long it lasts, how it ends, what the audit tells."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.access import sign_ins
from dashboard.access.audit import breaks
from dashboard.access.lasting import RESTS, Ended, Look, end_over, ended, look
from dashboard.access.rights import ForbiddenError
from dashboard.access.sign_ins import (
    DeniedError,
    Ending,
    Origin,
    Rules,
    change_password,
    end_one,
    log_in,
    log_out,
    others,
)
from dashboard.access.viewer import CONSOLE, Viewer, hash_of
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import ACCOUNTS, ATTEMPTS, AUDIT_EVENTS, SIGN_INS
from dashboard.ledgers.terms import AccountRole
from tests.people import NOW, PASSWORD, account, signed_in, told

RULES = Rules()
HERE = Origin("10.0.0.7", "Chrome 120")
MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)
WRONG = "账号或口令不正确。"
NEW = "Muxiang-28gezi"


@pytest.fixture
def office(engine: Engine) -> Engine:
    """A database with the account `office`."""
    account(engine, "office")
    return engine


def tried(
    engine: Engine,
    name: str = "office",
    password: str = "wrong",
    at: timedelta = timedelta(),
    **of: str,
) -> str:
    """What is said to a failed log-in."""
    origin = Origin(of.get("address", HERE.address), None)
    with pytest.raises(DeniedError) as caught:
        log_in(engine, name, password, origin, RULES, NOW + at)
    return str(caught.value)


def entered(engine: Engine, name: str = "office", at: timedelta = timedelta(), **of: str) -> str:
    """A new log-in's token."""
    return log_in(engine, name, PASSWORD, HERE, RULES, NOW + at, former=of.get("former"))


def looked(
    engine: Engine, token: str, at: timedelta, *, active: bool = False, on_wall: bool = False
) -> Look:
    """What the gate sees."""
    return look(engine, token, RULES, NOW + at, active=active, on_wall=on_wall)


def viewer(engine: Engine, token: str) -> Viewer:
    """Who is logged in by a token."""
    found = look(engine, token, RULES, NOW, active=False).viewer
    assert found is not None
    return found


# Letting in


def test_the_right_password_opens_with_a_new_token_each_time(office: Engine) -> None:
    first, second = entered(office), entered(office)
    assert first != second
    assert looked(office, first, MINUTE).viewer is not None
    assert looked(office, second, MINUTE).viewer is not None


def test_the_name_may_be_typed_in_capitals_full_width_and_with_spaces(office: Engine) -> None:
    assert viewer(office, entered(office, " ＯFFICE ")).account == "office"


def test_the_browsers_old_log_in_ends_with_the_new_one(office: Engine) -> None:
    former = entered(office)
    entered(office, former=former)
    assert looked(office, former, MINUTE) == Look(None, Ending.AGAIN)


def test_a_failed_log_in_leaves_the_browsers_old_one_alone(office: Engine) -> None:
    former = entered(office)
    with pytest.raises(DeniedError):
        log_in(office, "office", "wrong", HERE, RULES, NOW, former=former)
    assert looked(office, former, MINUTE).viewer is not None


def test_the_database_holds_no_token_and_no_password(office: Engine) -> None:
    token = entered(office)
    with reading(office) as connection:
        row = connection.execute(select(SIGN_INS)).mappings().one()
        held = connection.scalar(select(ACCOUNTS.c.password_hash))
    assert token not in str(dict(row))
    assert row["token_hash"] == hash_of(token)
    assert held is not None
    assert PASSWORD not in held


def test_no_message_tells_whether_an_account_exists(office: Engine) -> None:
    account(office, "former")
    with writing(office) as connection:
        gone = update(ACCOUNTS).where(ACCOUNTS.c.name == "former").values(disabled_at=NOW)
        connection.execute(gone)
    said = {
        name: [tried(office, name, password, address=name) for _ in range(7)]
        for name, password in (("office", "wrong"), ("nobody", "wrong"), ("former", PASSWORD))
    }
    assert said["office"] == said["nobody"] == said["former"]
    assert said["office"][0] == WRONG


def test_many_log_ins_at_once_all_succeed(office: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: entered(office), range(8)))
    assert len({viewer(office, token).sign_in for token in tokens}) == 8
    assert list(breaks(office)) == []


def test_of_many_guesses_at_once_only_five_are_counted_and_none_after_them(
    office: Engine,
) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: tried(office, address=str(n)), range(12)))
    with reading(office) as connection:
        failures = connection.scalars(select(ATTEMPTS.c.failures)).all()
    assert max(failures) == 5
    assert sum(failures) == 5 + 5  # for the account, and for each address
    assert "登录失败次数过多" in tried(office, password=PASSWORD)


# Locking out


def test_four_failures_leave_the_account_open(office: Engine) -> None:
    assert [tried(office) for _ in range(4)] == [
        WRONG,
        WRONG,
        f"{WRONG}再错2次将暂停登录。",
        f"{WRONG}再错1次将暂停登录。",
    ]
    assert looked(office, entered(office), MINUTE).viewer is not None


def test_the_fifth_failure_locks_even_the_right_password_out(office: Engine) -> None:
    said = [tried(office) for _ in range(5)][-1]
    assert said == "登录失败次数过多，请在9:30以后再试，或请系统管理员重置口令。"
    assert tried(office, password=PASSWORD, address="10.0.0.8") == said


def test_the_lock_holds_to_its_last_instant_and_opens_at_its_end(office: Engine) -> None:
    for _ in range(5):
        tried(office)
    assert "以后再试" in tried(office, password=PASSWORD, at=29 * MINUTE)
    assert "以后再试" in tried(office, password=PASSWORD, at=30 * MINUTE - INSTANT)
    entered(office, at=30 * MINUTE)


def test_the_time_told_is_never_before_the_locks_end(office: Engine) -> None:
    assert "请在9:31以后" in [tried(office, at=timedelta(seconds=1)) for _ in range(5)][-1]


def test_after_a_lock_the_count_begins_anew(office: Engine) -> None:
    for _ in range(5):
        tried(office)
    assert tried(office, at=30 * MINUTE) == WRONG


def test_trying_on_does_not_lengthen_the_lock(office: Engine) -> None:
    for _ in range(5):
        tried(office)
    tried(office, at=29 * MINUTE)
    entered(office, at=30 * MINUTE)


def test_half_an_hour_without_a_failure_is_forgotten_and_a_moment_less_is_not(
    office: Engine,
) -> None:
    for _ in range(4):
        tried(office)
    assert tried(office, at=30 * MINUTE) == WRONG
    for _ in range(3):
        tried(office, at=30 * MINUTE)
    assert "以后再试" in tried(office, at=60 * MINUTE - INSTANT)


def test_a_success_begins_the_accounts_count_anew(office: Engine) -> None:
    for _ in range(3):
        for _ in range(4):
            tried(office)
        entered(office)


def test_the_thirtieth_failure_locks_an_address_for_every_account(office: Engine) -> None:
    said = [tried(office, f"nobody{n}") for n in range(30)]
    assert said[:29] == [WRONG] * 29
    assert "以后再试" in said[29]
    assert "以后再试" in tried(office, password=PASSWORD)
    log_in(office, "office", PASSWORD, Origin("10.0.0.8", None), RULES, NOW)


def test_people_who_mistype_and_then_succeed_do_not_lock_their_building(office: Engine) -> None:
    for _ in range(12):
        for _ in range(3):
            tried(office)
        entered(office)


def test_ones_own_log_in_does_not_wipe_out_tries_at_other_accounts(office: Engine) -> None:
    for n in range(29):
        tried(office, f"nobody{n}")
    entered(office)
    assert "以后再试" in tried(office, "nobody")


def test_capitals_do_not_give_more_tries(office: Engine) -> None:
    for name in ("office", "Office", "OFFICE", "ｏffice"):
        tried(office, name)
    assert "以后再试" in tried(office, " office ")


# Lasting


def test_a_log_in_ends_after_thirty_idle_minutes_and_not_an_instant_before(
    office: Engine,
) -> None:
    token = entered(office)
    assert looked(office, token, 30 * MINUTE - INSTANT).viewer is not None
    assert looked(office, token, 30 * MINUTE) == Look(None, Ending.IDLE)
    assert looked(office, token, MINUTE) == Look(None, Ending.IDLE)


def test_doing_something_keeps_a_log_in_and_merely_looking_does_not(office: Engine) -> None:
    token = entered(office)
    looked(office, token, 20 * MINUTE, active=True)
    looked(office, token, 40 * MINUTE, active=False)
    assert looked(office, token, 50 * MINUTE - INSTANT).viewer is not None
    assert looked(office, token, 50 * MINUTE).ended_by == Ending.IDLE


def test_activity_is_written_at_most_every_thirty_seconds(office: Engine) -> None:
    token = entered(office)
    for seconds, seen in ((29, 0), (30, 30), (59, 30), (60, 60)):
        looked(office, token, timedelta(seconds=seconds), active=True)
        with reading(office) as connection:
            assert connection.scalar(select(SIGN_INS.c.seen_at)) == NOW + timedelta(seconds=seen)


def test_a_log_in_ends_after_twelve_hours_however_busy(office: Engine) -> None:
    token = entered(office)
    for minutes in range(20, 12 * 60, 20):
        assert looked(office, token, minutes * MINUTE, active=True).viewer is not None
    assert looked(office, token, timedelta(hours=12) - INSTANT).viewer is not None
    assert looked(office, token, timedelta(hours=12)) == Look(None, Ending.OLD)


def test_a_life_made_shorter_holds_for_older_log_ins_too(office: Engine) -> None:
    token = entered(office)
    short = Rules(life=10 * MINUTE)
    assert look(office, token, short, NOW + 10 * MINUTE, active=False) == Look(None, Ending.OLD)


def test_a_log_in_whose_browser_was_closed_ends_on_record_and_only_once(office: Engine) -> None:
    account(office, "busy")
    entered(office)
    busy = entered(office, "busy")
    looked(office, busy, 20 * MINUTE, active=True)
    assert end_over(office, RULES, NOW + 30 * MINUTE - INSTANT) == 0
    assert end_over(office, RULES, NOW + 30 * MINUTE) == 1
    assert end_over(office, RULES, NOW + 30 * MINUTE) == 0
    with reading(office) as connection:
        events = connection.execute(select(AUDIT_EVENTS).order_by(AUDIT_EVENTS.c.id.desc())).all()
    assert (events[0].account, events[0].detail) == ("office", Ending.IDLE.value)
    assert looked(office, busy, 30 * MINUTE).viewer is not None


def test_an_unknown_token_is_nobody(office: Engine) -> None:
    for token in ("", "forged", hash_of(entered(office))):
        assert look(office, token, RULES, NOW, active=True) == Look(None, None)
    assert look(office, None, RULES, NOW, active=True) == Look(None, None)


def test_the_watcher_learns_in_one_query_which_log_ins_are_over(office: Engine) -> None:
    idle, out, live = entered(office), entered(office), entered(office, at=10 * MINUTE)
    log_out(office, out, NOW + MINUTE)
    asked = {hash_of(each) for each in (idle, out, live, "unknown")}
    gone = frozenset({hash_of(out), hash_of("unknown")})
    assert ended(office, asked, RULES, NOW + 29 * MINUTE) == Ended(gone, frozenset())
    assert ended(office, asked, RULES, NOW + 30 * MINUTE).over == asked - {hash_of(live)}
    with writing(office) as connection:
        connection.execute(update(ACCOUNTS).values(disabled_at=NOW))
    assert ended(office, asked, RULES, NOW).over == asked
    assert ended(office, (), RULES, NOW) == Ended(frozenset(), frozenset())


def on_the_wall(engine: Engine, token: str, until: int) -> None:
    """The wall shows, refreshing itself each five minutes and once at the end."""
    for minutes in (*range(0, until, 5), until):
        shown = looked(engine, token, minutes * MINUTE, active=True, on_wall=True)
        assert shown.viewer is not None, minutes


def test_the_wall_keeps_its_log_in_for_itself_alone(office: Engine) -> None:
    token = entered(office)
    on_the_wall(office, token, 29)
    assert looked(office, token, 30 * MINUTE - INSTANT).viewer is not None
    on_the_wall(office, token, 31)
    assert looked(office, token, 31 * MINUTE, active=True) == Look(None, RESTS)
    on_the_wall(office, token, 12 * 60 - 1)
    assert looked(office, token, 12 * 60 * MINUTE - INSTANT) == Look(None, RESTS)
    assert ended(office, [hash_of(token)], RULES, NOW + 700 * MINUTE).resting == {hash_of(token)}
    over = looked(office, token, 12 * 60 * MINUTE, active=True, on_wall=True)
    assert over == Look(None, Ending.OLD)


def test_a_wall_that_was_switched_off_ends_like_anything_else(office: Engine) -> None:
    token = entered(office)
    on_the_wall(office, token, 60)
    assert end_over(office, RULES, NOW + 90 * MINUTE - INSTANT) == 0
    assert looked(office, token, 90 * MINUTE - INSTANT, on_wall=True).viewer is not None
    assert end_over(office, RULES, NOW + 90 * MINUTE) == 1
    assert looked(office, token, 90 * MINUTE, on_wall=True) == Look(None, Ending.IDLE)


def test_a_log_in_without_use_does_not_come_back_by_the_wall(office: Engine) -> None:
    token = entered(office)
    looked(office, token, 20 * MINUTE, on_wall=True)
    late = looked(office, token, 30 * MINUTE, active=True, on_wall=True)
    assert late == Look(None, Ending.IDLE)


def test_logging_in_anew_where_the_wall_rests_ends_the_old_log_in(office: Engine) -> None:
    token = entered(office)
    on_the_wall(office, token, 60)
    assert looked(office, entered(office, at=61 * MINUTE, former=token), 61 * MINUTE).viewer
    assert looked(office, token, 61 * MINUTE, on_wall=True) == Look(None, Ending.AGAIN)


# Ending


def test_logging_out_ends_this_log_in_alone(office: Engine) -> None:
    here, there = entered(office), entered(office)
    log_out(office, here, NOW)
    assert looked(office, here, MINUTE) == Look(None, Ending.LOGGED_OUT)
    assert looked(office, there, MINUTE).viewer is not None
    log_out(office, None, NOW)
    log_out(office, here, NOW)
    assert [each[0] for each in told(office)] == ["登录", "登录", "退出"]


def test_ones_other_log_ins_are_shown_and_those_that_are_over_are_not(office: Engine) -> None:
    account(office, "other")
    idle, out, here, there = entered(office), entered(office), entered(office), entered(office)
    entered(office, "other")
    log_out(office, out, NOW)
    for token in (here, there):
        looked(office, token, 20 * MINUTE, active=True)
    me = viewer(office, here)
    rows = others(office, me, RULES, NOW + 30 * MINUTE)
    assert [(row.is_own, row.address, row.browser) for row in rows] == [
        (False, "10.0.0.7", "Chrome 120"),
        (True, "10.0.0.7", "Chrome 120"),
    ]
    assert {row.seen_at for row in rows} == {NOW + 20 * MINUTE}
    assert looked(office, idle, 30 * MINUTE).viewer is None


def test_one_ends_ones_own_log_in_elsewhere(office: Engine) -> None:
    here, there = viewer(office, entered(office)), entered(office)
    elsewhere = viewer(office, there).sign_in
    assert elsewhere is not None
    end_one(office, here, elsewhere, NOW)
    assert looked(office, there, MINUTE) == Look(None, Ending.BY_ONESELF)
    assert told(office)[-1] == ("退出", True, "office", "退出", f"office：{Ending.BY_ONESELF}")


def test_nobody_ends_anothers_log_in_and_trying_is_put_on_record(office: Engine) -> None:
    account(office, "liaison", AccountRole.LIAISON)
    token = entered(office)
    liaison = signed_in(office, "liaison")
    theirs = viewer(office, token).sign_in
    assert theirs is not None
    for key in (theirs, 999):
        with pytest.raises(ForbiddenError, match="只能结束本人账号的登录"):
            end_one(office, liaison, key, NOW)
    assert looked(office, token, MINUTE).viewer is not None
    refusal = ("拒绝", False, "liaison", "结束登录", "只能结束本人账号的登录")
    assert told(office)[-2:] == [refusal, refusal]


def test_an_administrator_ends_any_log_in(office: Engine) -> None:
    account(office, "admin", AccountRole.ADMINISTRATOR)
    token = entered(office)
    theirs = viewer(office, token).sign_in
    assert theirs is not None
    end_one(office, signed_in(office, "admin"), theirs, NOW)
    assert looked(office, token, MINUTE) == Look(None, Ending.BY_ADMINISTRATOR)
    end_one(office, CONSOLE, theirs, NOW)
    assert told(office)[-1][:3] == ("退出", True, "admin")


def test_an_ended_log_in_ends_no_other(office: Engine) -> None:
    here, there = entered(office), entered(office)
    me, elsewhere = viewer(office, here), viewer(office, there).sign_in
    assert elsewhere is not None
    log_out(office, here, NOW)
    with pytest.raises(ForbiddenError, match="登录已失效"):
        end_one(office, me, elsewhere, NOW)


def test_a_tab_that_goes_on_asking_is_put_on_record_once(office: Engine) -> None:
    token = entered(office)
    sign_ins.refused(office, token, NOW, "/tasks")
    log_out(office, token, NOW)
    for _ in range(3):
        sign_ins.refused(office, token, NOW + MINUTE, "/tasks")
    sign_ins.refused(office, "unknown", NOW, "/tasks")
    again = ("拒绝", False, "office", "登录失效后继续访问", f"{Ending.LOGGED_OUT}；/tasks")
    assert [each for each in told(office) if each[0] == "拒绝"] == [again]


# The audit


def test_a_log_in_and_its_failures_are_told_with_the_act(office: Engine) -> None:
    tried(office)
    token = entered(office)
    looked(office, token, 30 * MINUTE)
    assert told(office) == [
        ("登录", False, "office", "登录", "口令不正确"),
        ("登录", True, "office", "登录", None),
        ("退出", True, "office", "退出", Ending.IDLE),
    ]
    with reading(office) as connection:
        addresses = connection.scalars(select(AUDIT_EVENTS.c.address).distinct()).all()
        moments = connection.scalars(select(AUDIT_EVENTS.c.at).order_by(AUDIT_EVENTS.c.id)).all()
    assert addresses == ["10.0.0.7"]
    assert moments == [NOW, NOW, NOW + 30 * MINUTE]
    assert list(breaks(office)) == []


def test_an_unknown_name_is_not_told_since_it_may_be_a_mistyped_password(office: Engine) -> None:
    tried(office, PASSWORD, "office")
    assert told(office) == [("登录", False, None, "登录", "账号不存在")]


def test_no_event_holds_a_password_or_a_token(office: Engine) -> None:
    token = entered(office)
    tried(office, password="Secret-guess-9")
    me = viewer(office, token)
    change_password(office, me, PASSWORD, NEW, RULES, NOW)
    log_out(office, token, NOW)
    sign_ins.refused(office, token, NOW, "/")
    with reading(office) as connection:
        everything = str(connection.execute(select(AUDIT_EVENTS)).all())
    for secret in (token, hash_of(token), PASSWORD, NEW, "Secret-guess-9", "argon2"):
        assert secret not in everything


def test_no_error_of_the_database_tells_the_log_what_was_written(office: Engine) -> None:
    with reading(office) as connection:
        (held,) = connection.execute(select(ACCOUNTS)).mappings().all()
    with pytest.raises(IntegrityError) as caught, writing(office) as connection:
        connection.execute(insert(ACCOUNTS).values(dict(held)))
    assert held["password_hash"] not in str(caught.value)
    assert "parameters hidden" in str(caught.value)


def test_tries_during_a_lock_are_told_once_a_minute(office: Engine) -> None:
    for _ in range(5):
        tried(office)
    for seconds in (0, 30, 59, 60, 61, 119, 120):
        tried(office, at=timedelta(seconds=seconds))
    reasons = [each[-1] for each in told(office)]
    assert reasons == [
        *["口令不正确"] * 4,
        "口令不正确，暂停登录",
        *["暂停登录期间继续尝试"] * 2,
    ]


# A new password


def changed(engine: Engine, me: Viewer, old: str, new: str) -> str:
    """What is said to a refused change."""
    with pytest.raises(DeniedError) as caught:
        change_password(engine, me, old, new, RULES, NOW)
    return str(caught.value)


def test_a_new_password_replaces_the_old_and_ends_every_other_log_in(engine: Engine) -> None:
    account(engine, "office", must_change=True)
    here, there = entered(engine), entered(engine)
    me = viewer(engine, here)
    assert me.must_change
    change_password(engine, me, PASSWORD, NEW, RULES, NOW)
    assert not viewer(engine, here).must_change
    assert looked(engine, there, MINUTE) == Look(None, Ending.NEW_PASSWORD)
    assert tried(engine, password=PASSWORD) == WRONG
    assert log_in(engine, "office", NEW, HERE, RULES, NOW)
    assert ("账号", True, "office", "修改口令", "结束其他登录1处") in told(engine)


def test_a_weak_password_is_refused_with_every_reason(office: Engine) -> None:
    me = viewer(office, entered(office))
    said = changed(office, me, PASSWORD, "office1")
    assert said.startswith("口令至少8位；口令应包含")
    assert "账号名" in said
    assert log_in(office, "office", PASSWORD, HERE, RULES, NOW)


def test_the_last_five_passwords_are_refused_and_the_sixth_may_be_used_again(
    office: Engine,
) -> None:
    me = viewer(office, entered(office))
    used = [PASSWORD, *(f"Muxiang-{n}8gezi" for n in range(1, 6))]
    for old, new in pairwise(used):
        change_password(office, me, old, new, RULES, NOW)
    for each in used[1:]:
        assert changed(office, me, used[-1], each) == "不能使用最近5次用过的口令"
    change_password(office, me, used[-1], used[0], RULES, NOW)


def test_guessing_the_old_password_locks_like_a_failed_log_in(office: Engine) -> None:
    me = viewer(office, entered(office))
    for _ in range(4):
        assert changed(office, me, "wrong", NEW) == "原口令不正确"
    assert "以后再试" in changed(office, me, "wrong", NEW)
    assert "以后再试" in changed(office, me, PASSWORD, NEW)
    assert "以后再试" in tried(office, password=PASSWORD)
    assert told(office)[-1] == ("账号", False, "office", "修改口令", "原口令不正确")


def test_an_ended_log_in_changes_no_password(office: Engine) -> None:
    token = entered(office)
    me = viewer(office, token)
    log_out(office, token, NOW)
    for old in (PASSWORD, "wrong"):
        assert changed(office, me, old, NEW) == "登录已失效，请重新登录。"
    assert changed(office, CONSOLE, PASSWORD, NEW) == "登录已失效，请重新登录。"


def test_of_two_changes_at_once_one_holds(office: Engine) -> None:
    me = viewer(office, entered(office))

    def change(new: str) -> str | None:
        try:
            change_password(office, me, PASSWORD, new, RULES, NOW)
        except DeniedError as error:
            return str(error)
        return None

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(change, (NEW, "Zhuquan-64shui")))
    assert said.count(None) == 1
    with reading(office) as connection:
        count = select(func.count()).select_from(AUDIT_EVENTS)
        changes = connection.scalar(count.where(AUDIT_EVENTS.c.action == "修改口令"))
    assert changes in (1, 2)  # the loser either lost the race or typed what was no longer right
