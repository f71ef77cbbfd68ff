"""Documents of plans on their way in, their draft rows, and where ledger rows came from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "posted", "dropped", name="documentstate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("plan", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("by_account", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_document")),
    )
    op.create_table(
        "draft_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("place_from", sa.Integer(), nullable=True),
        sa.Column("place_to", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("is_edited", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "accepted", "dropped", name="rowstate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_post", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["plan_document.id"], name=op.f("fk_draft_row_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_row")),
        sa.UniqueConstraint(
            "document_id", "ledger", "code", name=op.f("uq_draft_row_document_id_ledger_code")
        ),
    )
    with op.batch_alter_table("draft_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_row_document_id"), ["document_id"], unique=False)

    op.create_table(
        "row_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("place_from", sa.Integer(), nullable=False),
        sa.Column("place_to", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["plan_document.id"], name=op.f("fk_row_source_document_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_row_source_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_source")),
        sa.UniqueConstraint(
            "plan_id", "ledger", "row", name=op.f("uq_row_source_plan_id_ledger_row")
        ),
    )
    with op.batch_alter_table("row_source", schema=None) as batch_op:
        batch_op.create_index("ix_row_source_document", ["document_id"], unique=False)
