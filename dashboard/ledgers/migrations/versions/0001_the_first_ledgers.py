"""The first ledgers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("short_title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("office_unit", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "preparing", "running", "closed", name="planstate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("practice_started_on", sa.Date(), nullable=True),
        sa.Column("practice_now", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("code", name=op.f("uq_plan_code")),
    )
    op.create_table(
        "clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "goal",
                "organisation",
                "task",
                "requirement",
                "annex",
                name="clausekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("has_bracket", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["clause.id"], name=op.f("fk_clause_parent_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_clause_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_clause_plan_id_code")),
    )
    with op.batch_alter_table("clause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clause_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_posting_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index("ix_posting_plan_known", ["plan_id", "known_at"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "party",
                "government",
                "mass",
                "institution",
                "task_force",
                "zone",
                "town",
                "upper",
                "collective",
                name="unitkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=True),
        sa.Column(
            "system",
            sa.Enum("party", "government", "mass", name="system", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("official_code", sa.String(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("is_collective", sa.Boolean(), nullable=False),
        sa.Column("in_roster", sa.Boolean(), nullable=False),
        sa.Column("villages", sa.Integer(), nullable=True),
        sa.Column("communities", sa.Integer(), nullable=True),
        sa.Column("counted_in", sa.Integer(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("point_source", sa.String(), nullable=True),
        sa.Column("point_quality", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_unit_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_unit_plan_id_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "host_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("unit_word", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column(
            "station_kind",
            sa.Enum(
                "centre",
                "school",
                "medical",
                "workplace",
                "community",
                "village",
                "special",
                "social",
                name="stationkind",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("standard", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column(
            "force",
            sa.Enum("must", "encouraged", name="force", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_host_list_clause_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_host_list_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_list")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_host_list_plan_id_code")),
    )
    with op.batch_alter_table("host_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_host_list_clause_id"), ["clause_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("collective_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_membership_clause_id")),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["unit.id"], name=op.f("fk_membership_collective_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["unit.id"], name=op.f("fk_membership_member_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_membership_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_membership_plan_id_code")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_membership_collective_id"), ["collective_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_membership_member_id"), ["member_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column(
            "action",
            sa.Enum("create", "change", "end", name="action", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_revision_plan_id")),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk_revision_posting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index("ix_revision_plan_known", ["plan_id", "known_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_posting_id"), ["posting_id"], unique=False)
        batch_op.create_index("ix_revision_row", ["plan_id", "ledger", "row"], unique=False)

    op.create_table(
        "standard_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("requirement", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "comparator",
            sa.Enum(">=", "<=", "=", "between", name="comparator", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("value_high", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column(
            "force",
            sa.Enum("must", "encouraged", name="force", native_enum=False, length=20),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clause.id"], name=op.f("fk_standard_item_clause_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_standard_item_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_item")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_standard_item_plan_id_code")),
    )
    with op.batch_alter_table("standard_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standard_item_clause_id"), ["clause_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "key",
                "goal",
                "organisation",
                "requirement",
                "annex",
                name="taskkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum("plan", "office", name="origin", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_task_clause_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_task_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_task_plan_id_code")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_clause_id"), ["clause_id"], unique=False)

    op.create_table(
        "work_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("duties", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_work_group_clause_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_work_group_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_work_group_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_group")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_work_group_plan_id_code")),
    )
    with op.batch_alter_table("work_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_group_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_group_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("host_list_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("obliged", "unknown", "exempt", name="hoststate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["host_list_id"], ["host_list.id"], name=op.f("fk_host_host_list_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_host_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_host_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_host_plan_id_code")),
    )
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_host_host_list_id"), ["host_list_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_host_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "force",
            sa.Enum("must", "encouraged", name="force", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("on_event", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_measure_clause_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_measure_plan_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_measure_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_measure_plan_id_code")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_task_id"), ["task_id"], unique=False)

    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("work_group_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_post_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_post_unit_id")),
        sa.ForeignKeyConstraint(
            ["work_group_id"], ["work_group.id"], name=op.f("fk_post_work_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_post_plan_id_code")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_work_group_id"), ["work_group_id"], unique=False)

    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "dispatch",
                "visit",
                "town",
                "department",
                "upper",
                "public",
                name="problemsource",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "staff",
                "funds",
                "premises",
                "coordination",
                "data",
                name="problemcategory",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("closing_standard", sa.String(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("solution", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "solving",
                "to_check",
                "closed",
                "reopened",
                name="problemstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("request", sa.String(), nullable=True),
        sa.Column("request_due_on", sa.Date(), nullable=True),
        sa.Column("progress", sa.String(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=True),
        sa.Column("check_opinion", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("reopenings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_problem_plan_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_problem_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_problem_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_problem_plan_id_code")),
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_task_id"), ["task_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_problem_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "station",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "centre",
                "school",
                "medical",
                "workplace",
                "community",
                "village",
                "special",
                "social",
                name="stationkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("town_id", sa.Integer(), nullable=True),
        sa.Column("host_list_id", sa.Integer(), nullable=True),
        sa.Column("host", sa.String(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("built_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("area_m2", sa.Float(), nullable=True),
        sa.Column("full_time", sa.Integer(), nullable=True),
        sa.Column("part_time", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["host_list_id"], ["host_list.id"], name=op.f("fk_station_host_list_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_station_plan_id")),
        sa.ForeignKeyConstraint(["town_id"], ["unit.id"], name=op.f("fk_station_town_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_station_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_station_plan_id_code")),
    )
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_station_host_list_id"), ["host_list_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_station_town_id"), ["town_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_station_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "directive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("dispatch", "leader", name="directivesource", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("round", sa.String(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.Column("closing_standard", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open", "answered", "closed", name="directivestate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_directive_plan_id")),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_directive_problem_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_directive_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_directive_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_directive_plan_id_code")),
    )
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directive_problem_id"), ["problem_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_directive_task_id"), ["task_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_directive_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "comparator",
            sa.Enum(">=", "<=", "=", "between", name="comparator", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "sum",
                "ratio",
                "latest",
                "stations",
                "hosts_met",
                "kept",
                name="method",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("value_high", sa.Float(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("per", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("host_list_id", sa.Integer(), nullable=True),
        sa.Column("population", sa.String(), nullable=True),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column(
            "force",
            sa.Enum("must", "encouraged", name="force", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("is_explicit", sa.Boolean(), nullable=False),
        sa.Column("upper_indicator", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_indicator_clause_id")),
        sa.ForeignKeyConstraint(
            ["host_list_id"], ["host_list.id"], name=op.f("fk_indicator_host_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_indicator_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_of_id"], ["indicator.id"], name=op.f("fk_indicator_part_of_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_indicator_plan_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_indicator_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_indicator_plan_id_code")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_indicator_host_list_id"), ["host_list_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_indicator_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicator_part_of_id"), ["part_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicator_task_id"), ["task_id"], unique=False)

    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("met", "not_met", "exempt", name="checkverdict", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("measured", sa.Float(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["standard_item.id"], name=op.f("fk_inspection_item_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_inspection_plan_id")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_inspection_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_inspection_plan_id_code")),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_item_id"), ["item_id"], unique=False)
        batch_op.create_index("ix_inspection_known", ["plan_id", "known_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_inspection_station_id"), ["station_id"], unique=False)

    op.create_table(
        "responsibility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("as_printed", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead", "shared", "local", "support", name="role", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "bracket",
                "sentence",
                "duty",
                "annex",
                "office",
                name="basis",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("is_open_ended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clause.id"], name=op.f("fk_responsibility_clause_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_responsibility_measure_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_responsibility_plan_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_responsibility_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_responsibility_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_responsibility_plan_id_code")),
    )
    with op.batch_alter_table("responsibility", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_responsibility_clause_id"), ["clause_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_responsibility_measure_id"), ["measure_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_responsibility_task_id"), ["task_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_responsibility_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "deadline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "printed",
                "inherited",
                "office",
                name="deadlinesource",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "recurrence",
            sa.Enum(
                "once",
                "weekly",
                "monthly",
                "quarterly",
                "half-yearly",
                "yearly",
                "ongoing",
                name="recurrence",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_in_force", sa.Boolean(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["after_id"], ["measure.id"], name=op.f("fk_deadline_after_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_deadline_clause_id")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_deadline_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_deadline_measure_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_deadline_plan_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_deadline_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_deadline_plan_id_code")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_after_id"), ["after_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_deadline_indicator_id"), ["indicator_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_deadline_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_task_id"), ["task_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_milestone_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_milestone_measure_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_milestone_plan_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_milestone_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_milestone_plan_id_code")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_milestone_indicator_id"), ["indicator_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_milestone_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_task_id"), ["task_id"], unique=False)

    op.create_table(
        "reporting_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("total", "share", name="part", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column(
            "cadence",
            sa.Enum(
                "once",
                "weekly",
                "monthly",
                "quarterly",
                "half-yearly",
                "yearly",
                "ongoing",
                name="recurrence",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "via",
            sa.Enum("filing", "stations", "parts", name="via", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("host_list_id", sa.Integer(), nullable=True),
        sa.Column("is_designated", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["host_list_id"], ["host_list.id"], name=op.f("fk_reporting_line_host_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_reporting_line_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_reporting_line_measure_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reporting_line_plan_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_reporting_line_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reporting_line_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_line")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_reporting_line_plan_id_code")),
    )
    with op.batch_alter_table("reporting_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reporting_line_host_list_id"), ["host_list_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reporting_line_indicator_id"), ["indicator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reporting_line_measure_id"), ["measure_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reporting_line_task_id"), ["task_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reporting_line_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "filing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("remedy", sa.String(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("no_event", sa.Boolean(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "self",
                "telephone",
                "message",
                "paper",
                name="filingway",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("filed_by", sa.String(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["corrects_id"], ["filing.id"], name=op.f("fk_filing_corrects_id")),
        sa.ForeignKeyConstraint(["line_id"], ["reporting_line.id"], name=op.f("fk_filing_line_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_filing_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_filing_plan_id_code")),
    )
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filing_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index("ix_filing_known", ["plan_id", "known_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_filing_line_id"), ["line_id"], unique=False)

    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("filing_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filing.id"], name=op.f("fk_observation_filing_id")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_observation_indicator_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_observation_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_observation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_observation_plan_id_code")),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observation_filing_id"), ["filing_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_observation_indicator_id"), ["indicator_id"], unique=False
        )
        batch_op.create_index("ix_observation_known", ["plan_id", "known_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_observation_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("filing_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "accepted", "returned", "closed", name="reviewverdict", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_review_filing_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_review_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_review_plan_id_code")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_filing_id"), ["filing_id"], unique=False)
        batch_op.create_index("ix_review_known", ["plan_id", "known_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index("ix_review_known")
        batch_op.drop_index(batch_op.f("ix_review_filing_id"))

    op.drop_table("review")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observation_unit_id"))
        batch_op.drop_index("ix_observation_known")
        batch_op.drop_index(batch_op.f("ix_observation_indicator_id"))
        batch_op.drop_index(batch_op.f("ix_observation_filing_id"))

    op.drop_table("observation")
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing_line_id"))
        batch_op.drop_index("ix_filing_known")
        batch_op.drop_index(batch_op.f("ix_filing_corrects_id"))

    op.drop_table("filing")
    with op.batch_alter_table("reporting_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reporting_line_unit_id"))
        batch_op.drop_index(batch_op.f("ix_reporting_line_task_id"))
        batch_op.drop_index(batch_op.f("ix_reporting_line_measure_id"))
        batch_op.drop_index(batch_op.f("ix_reporting_line_indicator_id"))
        batch_op.drop_index(batch_op.f("ix_reporting_line_host_list_id"))

    op.drop_table("reporting_line")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_task_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_measure_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_indicator_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_task_id"))
        batch_op.drop_index(batch_op.f("ix_deadline_measure_id"))
        batch_op.drop_index(batch_op.f("ix_deadline_indicator_id"))
        batch_op.drop_index(batch_op.f("ix_deadline_clause_id"))
        batch_op.drop_index(batch_op.f("ix_deadline_after_id"))

    op.drop_table("deadline")
    with op.batch_alter_table("responsibility", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_responsibility_unit_id"))
        batch_op.drop_index(batch_op.f("ix_responsibility_task_id"))
        batch_op.drop_index(batch_op.f("ix_responsibility_measure_id"))
        batch_op.drop_index(batch_op.f("ix_responsibility_clause_id"))

    op.drop_table("responsibility")
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_station_id"))
        batch_op.drop_index("ix_inspection_known")
        batch_op.drop_index(batch_op.f("ix_inspection_item_id"))

    op.drop_table("inspection")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_task_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_part_of_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_measure_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_host_list_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_clause_id"))

    op.drop_table("indicator")
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directive_unit_id"))
        batch_op.drop_index(batch_op.f("ix_directive_task_id"))
        batch_op.drop_index(batch_op.f("ix_directive_problem_id"))

    op.drop_table("directive")
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_station_unit_id"))
        batch_op.drop_index(batch_op.f("ix_station_town_id"))
        batch_op.drop_index(batch_op.f("ix_station_host_list_id"))

    op.drop_table("station")
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_unit_id"))
        batch_op.drop_index(batch_op.f("ix_problem_task_id"))

    op.drop_table("problem")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_work_group_id"))
        batch_op.drop_index(batch_op.f("ix_post_unit_id"))

    op.drop_table("post")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_task_id"))
        batch_op.drop_index(batch_op.f("ix_measure_clause_id"))

    op.drop_table("measure")
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_host_unit_id"))
        batch_op.drop_index(batch_op.f("ix_host_host_list_id"))

    op.drop_table("host")
    with op.batch_alter_table("work_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_group_unit_id"))
        batch_op.drop_index(batch_op.f("ix_work_group_clause_id"))

    op.drop_table("work_group")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_clause_id"))

    op.drop_table("task")
    with op.batch_alter_table("standard_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standard_item_clause_id"))

    op.drop_table("standard_item")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("ix_revision_row")
        batch_op.drop_index(batch_op.f("ix_revision_posting_id"))
        batch_op.drop_index("ix_revision_plan_known")

    op.drop_table("revision")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_member_id"))
        batch_op.drop_index(batch_op.f("ix_membership_collective_id"))
        batch_op.drop_index(batch_op.f("ix_membership_clause_id"))

    op.drop_table("membership")
    with op.batch_alter_table("host_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_host_list_clause_id"))

    op.drop_table("host_list")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))

    op.drop_table("unit")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index("ix_posting_plan_known")

    op.drop_table("posting")
    with op.batch_alter_table("clause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_parent_id"))

    op.drop_table("clause")
    op.drop_table("plan")
