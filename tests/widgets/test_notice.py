"""What a session has sent: a form is new after each success, and its message is read."""

from threading import Thread

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.widgets import notice
from dashboard.widgets.notice import STAYS_SECONDS, Outbox


def test_a_form_is_new_after_each_success_and_only_that_form() -> None:
    box = Outbox()
    before = box.turn("problem"), box.turn("directive")
    box.sent("problem", "已登记")
    assert box.turn("problem") != before[0]
    assert box.turn("directive") == before[1]


def test_of_two_runs_that_post_the_same_turn_only_the_first_is_let_through() -> None:
    box, let_through = Outbox(), list[bool]()
    turn = box.turn("record")

    def post() -> None:
        with box.alone("record", turn) as is_first:
            let_through.append(is_first)
            if is_first:
                box.sent("record", "已新增")

    both = [Thread(target=post) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert let_through == [True, False]
    with box.alone("record", box.turn("record")) as is_first:
        assert is_first


def test_every_form_is_new_once_the_books_are_others() -> None:
    box = Outbox()
    box.look_at(("jiaxiang-2023", "practice"))
    before = box.turn("filing")
    box.look_at(("jiaxiang-2023", "practice"))
    assert box.turn("filing") == before
    box.look_at(("jiaxiang-2023", None))
    assert box.turn("filing") != before


def test_a_message_outlasts_a_double_clicks_second_run_and_then_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def page() -> None:
        import streamlit as st  # noqa: PLC0415

        from dashboard.widgets.notice import outbox, say_what_was_done  # noqa: PLC0415

        if st.session_state.get("sent") is None:
            st.session_state["sent"] = True
            outbox().sent("problem", "已登记问题")
        say_what_was_done("problems")

    now = [100.0]
    monkeypatch.setattr(notice, "monotonic", lambda: now[0])
    app = AppTest.from_function(page).run()
    assert [each.value for each in app.success] == ["已登记问题"]
    now[0] += STAYS_SECONDS
    assert [each.value for each in app.run().success] == ["已登记问题"]
    now[0] += 0.1
    assert not app.run().success


def test_a_message_belongs_to_the_page_on_which_it_was_said() -> None:
    def script() -> None:
        import streamlit as st  # noqa: PLC0415

        from dashboard.widgets.notice import done, say_what_was_done  # noqa: PLC0415

        say_what_was_done(st.text_input("page", "filing"))
        if st.button("send"):
            done("填报已提交")

    app = AppTest.from_function(script).run()
    app.button[0].click().run()
    assert [each.value for each in app.success] == ["填报已提交"]
    assert not app.text_input[0].set_value("problems").run().success
    assert not app.text_input[0].set_value("filing").run().success


def test_a_refusal_takes_away_what_was_said_before_also_from_within_a_fragment() -> None:
    def script() -> None:
        import streamlit as st  # noqa: PLC0415

        from dashboard.widgets.notice import done, refuse, say_what_was_done  # noqa: PLC0415

        @st.fragment
        def part() -> None:
            if st.button("refuse"):
                refuse("请填写核查意见")

        say_what_was_done("problems")
        if st.button("send"):
            done("核查通过")
        part()

    app = AppTest.from_function(script).run()
    app.button[0].click().run()
    assert [each.value for each in app.success] == ["核查通过"]
    app.button[1].click().run()
    assert not app.success
    assert [each.value for each in app.error] == ["没有保存。请填写核查意见。"]
