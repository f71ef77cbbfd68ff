"""单位与账号, the office's part: every unit with its contacts, and who has none."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.editing import add_row
from dashboard.settings import current
from tests.books import CODE
from tests.views.reading import links_of, text_of
from tests.views.rows import links_in, opened, rows_of

TABLE = "单位和联系人"
SENTENCE = re.compile(
    r"共(\d+)个单位（含集合名称、专班机构）；应有联系人的(\d+)个中，(\d+)个尚无联系人。"
)
CONTACT = r.Contact(
    code="new", unit="u-wjj", post="县卫生健康局联络员", name="联络人甲", telephone="0537-1234567"
)


def with_contact() -> None:
    add_row(open_books(current().database.url), CONSOLE, CODE, CONTACT)


def numbers(page: AppTest) -> tuple[int, ...]:
    found = SENTENCE.search(text_of(page))
    assert found is not None
    return tuple(int(each) for each in found.groups())


def test_units_stand_in_protocol_order_and_none_has_a_contact_yet(empty_app: AppTest) -> None:
    page = opened(empty_app, "/accounts")
    total, should, bare = numbers(page)
    names = [row[0] for row in rows_of(page, TABLE)]
    assert names.index("县委宣传部") < names.index("县教育和体育局") < names.index("县妇联")
    assert 0 < bare == should < total
    rows = rows_of(opened(empty_app, "/accounts?unit_kind=bare"), TABLE)
    assert len(rows) == min(bare, 50)


def test_a_contact_is_shown_with_its_unit_and_counted(full_app: AppTest) -> None:
    before = numbers(opened(full_app, "/accounts"))
    with_contact()
    page = opened(full_app, "/accounts")
    assert numbers(page) == (*before[:2], before[2] - 1)
    (row,) = [row for row in rows_of(page, TABLE) if row[0] == "县卫生健康局"]
    assert row[3] == "县卫生健康局联络员 联络人甲 0537-1234567"
    ways = dict(links_in(page, TABLE))
    assert ways["县卫生健康局"] == "/record?ledger=unit&code=u-wjj"
    record = opened(full_app, ways["县卫生健康局联络员"])
    assert "0537-1234567" in text_of(record)


def test_a_new_contact_is_entered_for_the_unit_of_its_row(full_app: AppTest) -> None:
    page = opened(full_app, "/accounts")
    to = next(to for _, to in links_in(page, TABLE) if to.endswith("ledger=contact&unit=u-wjj"))
    form = opened(full_app, to)
    chosen = next(each for each in form.selectbox if each.label.startswith("单位"))
    assert chosen.value == "u-wjj"
    assert {"/record?ledger=unit", "/record?ledger=contact"} <= set(links_of(page))


def test_the_office_has_the_units_and_not_the_accounts(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.OFFICE)
    page = opened(full_app, "/accounts")
    assert rows_of(page, TABLE)
    assert "新增账号" not in text_of(page)


def test_the_administrator_has_the_accounts_and_not_the_units(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.ADMINISTRATOR)
    page = opened(full_app, "/accounts")
    assert rows_of(page, TABLE) == []
    assert "联络人甲" not in text_of(page)


@pytest.mark.parametrize(
    "page",
    ["overview", "departments?unit=u-wjj", "responsibilities?unit=u-wjj", "task?code=t-4-1"],
)
def test_names_and_telephones_stand_on_no_other_page(full_app: AppTest, page: str) -> None:
    with_contact()
    text = text_of(opened(full_app, f"/{page}"))
    assert "联络人甲" not in text
    assert "0537-1234567" not in text


def test_a_leader_reads_no_contact_by_its_address(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    with_contact()
    seen_by(AccountRole.LEADER)
    page = opened(full_app, "/record?ledger=contact&code=C000001")
    assert "没有找到这条记录。" in text_of(page)
    assert "0537-1234567" not in text_of(page)


def test_setting_up_leads_to_contacts_and_to_the_ledgers(
    empty_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.OFFICE)
    page = opened(empty_app, "/overview")
    ways = dict(links_in(page, "建账检查"))
    assert ways["登记联系人"] == "/accounts"
    assert ways["核定应设名录"] == "/maintain?ledger=host_list"
    (row,) = [row for row in rows_of(page, "建账检查") if row[1] == "登记联系人"]
    bare = numbers(opened(empty_app, "/accounts"))[2]
    assert row[2].endswith(f"{bare}个尚无联系人")


def test_a_leader_is_not_asked_to_set_up(
    empty_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.LEADER)
    page = opened(empty_app, "/overview")
    assert "登记联系人" not in text_of(page)
    assert {to for _, to in links_in(page, "建账检查")} <= {"/tasks"}
