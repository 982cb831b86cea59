"""Drafts of forms with their steps, misprints mended in all versions, forms in the archive, ids of a form's rows."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# SQLite counts ids by itself only in a column that is called INTEGER.
big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def own_id() -> sa.Column[int]:
    return sa.Column("id", big_id, primary_key=True)


def ref(name: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, big_id, sa.ForeignKey(f"{target}.id"), nullable=nullable)


def add_texts(table: str, *names: str) -> None:
    """Text columns, empty in the rows that are there."""
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
        for name in names:
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
        for name in names:
            batch.alter_column(name, server_default=None)


def upgrade() -> None:
    add_texts("form_version", "note", "readme")
    add_texts("plan_item", "template_id")
    with op.batch_alter_table("mentoring_form") as form:
        form.add_column(sa.Column("archived_at", sa.DateTime()))
    op.create_table(
        "form_draft",
        own_id(),
        sa.Column("form_id", sa.String(), nullable=False),
        ref("base_version_id", "form_version", nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("readme", sa.String(), nullable=False),
        sa.Column("trial", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        ref("by_id", "person"),
        sa.UniqueConstraint("form_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "draft_step",
        own_id(),
        ref("draft_id", "form_draft"),
        sa.Column("at", sa.DateTime(), nullable=False),
        ref("by_id", "person"),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("back", sa.JSON(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_draft_step_draft_id", "draft_step", ["draft_id"])
    op.create_table(
        "form_correction",
        own_id(),
        sa.Column("form_id", sa.String(), sa.ForeignKey("mentoring_form.id"), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        ref("by_id", "person"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_form_correction_form_id", "form_correction", ["form_id"])
