"""Steps and evidence, drafts, moved deadlines, and what a filing says of itself."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "problem_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "taken_up",
                "reported",
                "asked",
                "checked",
                "sent_back",
                "confirmed",
                "refused",
                "looked_back",
                "reopened",
                name="problemact",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("by_account", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_problem_step_plan_id")),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_problem_step_problem_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_step")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_problem_step_plan_id_code")),
    )
    with op.batch_alter_table("problem_step", schema=None) as batch_op:
        batch_op.create_index("ix_problem_step_known", ["plan_id", "known_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_problem_step_problem_id"), ["problem_id"], unique=False
        )

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["reporting_line.id"], name=op.f("fk_draft_line_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_draft_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint(
            "plan_id", "line_id", "author", name=op.f("uq_draft_plan_id_line_id_author")
        ),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "docx",
                "xlsx",
                "pdf",
                "jpg",
                "png",
                name="evidencekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("filing_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_evidence_filing_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_evidence_plan_id")),
        sa.ForeignKeyConstraint(["step_id"], ["problem_step.id"], name=op.f("fk_evidence_step_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_evidence_plan_id_code")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_filing_id"), ["filing_id"], unique=False)
        batch_op.create_index("ix_evidence_known", ["plan_id", "known_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_step_id"), ["step_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_unit_id"), ["unit_id"], unique=False)

    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moved_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("approved_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("approval", sa.String(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_deadline_moved_from_id"), ["moved_from_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_deadline_moved_from_id"), "deadline", ["moved_from_id"], ["id"]
        )

    # Not in a batch: that would make the table anew, and reviews already refer to it.
    no_change: sa.Column[bool] = sa.Column(
        "no_change", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("filing", no_change)
    op.add_column(
        "filing", sa.Column("first_received_at", sa.DateTime(timezone=True), nullable=True)
    )

    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("asked_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("checked_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("looked_back_on", sa.Date(), nullable=True))
