"""The units of a plan with their contacts: the office's part of 单位与账号."""

from collections.abc import Sequence

from dashboard.access.rights import Right
from dashboard.access.scope import plans_open_to
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import UnitKind
from dashboard.rules.setting_up import answerable, without_contact
from dashboard.settings import current
from dashboard.widgets.account_table import say
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import PLAN, Desk, plans, sit_down, titles_of
from dashboard.widgets.heading import empty, section
from dashboard.widgets.record_choice import links, new_address
from dashboard.widgets.record_links import to_record
from dashboard.widgets.table import Cell, Column, lines, link, page_of, quiet, table

BARE = "bare"
"""The address's word for units without a contact."""


def unit_ledger(viewer: Viewer) -> None:
    """Every unit of a plan in protocol order, with who is to be asked there."""
    desk = _desk(viewer)
    if desk is None:
        section("单位和联系人")
        empty("账中还没有方案。", "载入方案后，这里将列出单位和联系人。")
        return
    section("单位和联系人", f"{desk.plan.short_title}；按办公室名单顺序")
    say(answer_of(desk))
    links(
        [
            link("新增单位", new_address(desk, "unit")),
            link("新增联系人", new_address(desk, "contact")),
        ]
    )
    _table(desk, _chosen(desk))


def _desk(viewer: Viewer) -> Desk | None:
    """The desk of the plan chosen on the page, at its present."""
    held = plans()
    codes = plans_open_to(viewer, held)
    if not codes:
        return None
    before = current().plan.default
    code = codes[0]
    if len(codes) > 1:
        default = before if before in codes else code
        code = choice("方案", codes, PLAN, titles_of(held).__getitem__, default=default) or code
    return sit_down(viewer, held[code], codes)


def answer_of(desk: Desk) -> str:
    """“共62个单位（含集合名称、专班机构）；应有联系人的48个中，3个尚无联系人。”."""
    units, should = desk.books.all(r.Unit), answerable(desk.books)
    bare = len(without_contact(desk.books))
    told = f"{bare}个尚无联系人" if bare else "均已登记"
    return f"共{len(units)}个单位（含集合名称、专班机构）；应有联系人的{len(should)}个中，{told}。"


def _chosen(desk: Desk) -> tuple[r.Unit, ...]:
    """The units that the filter leaves."""
    kinds = {each.value: each.label for each in UnitKind}
    words = {BARE: "尚无联系人的单位", **kinds}
    held = {each.kind.value for each in desk.books.all(r.Unit)}
    offered = [BARE, *(kind for kind in kinds if kind in held)]
    wanted = choice("筛选", offered, "unit_kind", words.__getitem__, everything="全部单位")
    bare = without_contact(desk.books)
    units = sorted(desk.books.all(r.Unit), key=lambda each: each.seq)
    return tuple(
        each
        for each in units
        if wanted in (None, each.kind.value) or (wanted == BARE and each in bare)
    )


_COLUMNS = (
    Column("单位", "24%", is_title=True),
    Column("类型", "6.5rem"),
    Column("别名", "22%"),
    Column("联系人"),
    Column("操作", "7rem"),
)


def _table(desk: Desk, units: Sequence[r.Unit]) -> None:
    rows = [_row(desk, each) for each in page_of(units, "units_page")]
    table(_COLUMNS, rows, caption="单位和联系人", empty="没有符合条件的单位。")


def _row(desk: Desk, unit: r.Unit) -> list[Cell]:
    contacts = desk.books.by(r.Contact, "unit")[unit.code]
    answers = unit in answerable(desk.books)
    none = quiet("尚无联系人" if answers else "—")
    added = link("新增联系人", new_address(desk, "contact", unit=unit.code))
    return [
        to_record(desk, unit, unit.name),
        unit.kind.label,
        unit.aliases,
        lines(*(_contact(desk, each) for each in contacts)) if contacts else none,
        added if answers else None,
    ]


def _contact(desk: Desk, contact: r.Contact) -> Cell:
    """The post as the way to its record; name and telephone for who may see contacts."""
    said = to_record(desk, contact, contact.post)
    if not desk.may(Right.SEE_CONTACTS, {contact.unit}):
        return said
    return lines(said, quiet("　".join(filter(None, (contact.name, contact.telephone)))))
