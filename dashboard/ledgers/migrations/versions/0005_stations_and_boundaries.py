"""Obliged bodies by name, more about stations, evidence of inspections, boundaries."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "boundary_set",
        *_head(),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "datum",
            sa.Enum(
                "wgs84", "cgcs2000", "gcj02", "bd09", name="datum", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("loaded_on", sa.Date(), nullable=False),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("review_no", sa.String(), nullable=True),
        sa.Column("tolerance_m", sa.Float(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        *_keys("boundary_set"),
    )
    op.create_table(
        "boundary",
        *_head(),
        sa.Column("boundary_set_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("geometry", sa.String(), nullable=False),
        sa.Column(
            "matched_by",
            sa.Enum("code", "name", name="matchedby", native_enum=False, length=20),
            nullable=False,
        ),
        *_keys("boundary", boundary_set_id="boundary_set", unit_id="unit"),
    )
    with op.batch_alter_table("boundary", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_boundary_boundary_set_id"), ["boundary_set_id"], unique=False
        )
        batch_op.create_index("ix_boundary_known", ["plan_id", "known_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_boundary_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "listed_host",
        *_head(),
        sa.Column("host_list_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("town_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("obliged", "unknown", "exempt", name="hoststate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("official_code", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        *_keys("listed_host", host_list_id="host_list", town_id="unit"),
    )
    with op.batch_alter_table("listed_host", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_listed_host_host_list_id"), ["host_list_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_listed_host_town_id"), ["town_id"], unique=False)

    _refer("evidence", "inspection_id", "inspection")
    _refer("station", "listed_host_id", "listed_host")
    op.add_column("standard_item", sa.Column("basis", sa.String(), nullable=True))
    withheld: sa.Column[Any] = sa.Column(
        "is_withheld", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("station", withheld)
    for name, kind in _OF_A_STATION.items():
        op.add_column("station", sa.Column(name, kind, nullable=True))
    shown: sa.Column[Any] = sa.Column("wall_seen_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("sign_in", shown)


_OF_A_STATION: dict[str, Any] = {
    "point_source": sa.String(),
    "moved_on": sa.Date(),
    "counsellors": sa.Integer(),
    "volunteers": sa.Integer(),
    "services": sa.String(),
    "hotline": sa.String(),
    "hotline_shown": sa.Boolean(),
    "served": sa.Integer(),
    "served_on": sa.Date(),
}


def _head() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
    ]


def _keys(table: str, **refers: str) -> list[sa.Constraint]:
    foreign = {"plan_id": "plan", **refers}
    return [
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, to in foreign.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("plan_id", "code", name=op.f(f"uq_{table}_plan_id_code")),
    ]


def _refer(table: str, column: str, to: str) -> None:
    """A column that refers to another ledger, put in without making the table anew."""
    key = sa.ForeignKey(f"{to}.id", name=op.f(f"fk_{table}_{column}"))
    op.add_column(
        table, sa.Column(column, sa.Integer(), key, nullable=True), inline_references=True
    )
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
