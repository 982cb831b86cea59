"""Questionnaires, evaluations, lists of deficits; the competence area and the control of a pair."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# SQLite counts ids by itself only in a column that is called INTEGER.
big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def own_id() -> sa.Column[int]:
    return sa.Column("id", big_id, primary_key=True)


def ref(name: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, big_id, sa.ForeignKey(f"{target}.id"), nullable=nullable)


def values_of(table: str, sheet: str) -> None:
    """A table of the texts of one sort of sheet."""
    op.create_table(
        table,
        ref(f"{sheet}_id", sheet),
        own_id(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        ref("by_id", "person"),
        sa.UniqueConstraint(f"{sheet}_id", "key"),
        sqlite_autoincrement=True,
    )


def upgrade() -> None:
    with op.batch_alter_table("pair", table_kwargs={"sqlite_autoincrement": True}) as pair:
        pair.add_column(sa.Column("area", sa.String(), nullable=False, server_default=""))
        pair.add_column(sa.Column("control", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("pair", table_kwargs={"sqlite_autoincrement": True}) as pair:
        pair.alter_column("area", server_default=None)
        pair.alter_column("control", server_default=None)
    op.create_table(
        "submission",
        own_id(),
        ref("pair_id", "pair"),
        ref("participant_id", "participant"),
        ref("form_version_id", "form_version"),
        sa.Column("questionnaire_id", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime()),
        sa.Column("first_sent_at", sa.DateTime()),
        sa.Column("from_paper", sa.Boolean(), nullable=False),
        ref("entered_by_id", "person", nullable=True),
        sa.Column("paper_on", sa.Date()),
        sa.UniqueConstraint("participant_id", "phase"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_submission_pair_id", "submission", ["pair_id"])
    values_of("answer", "submission")
    op.create_table(
        "evaluation",
        own_id(),
        ref("pair_id", "pair"),
        ref("form_version_id", "form_version"),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        ref("rater_id", "person"),
        ref("entered_by_id", "person"),
        sa.Column("level_by_hand", sa.String(), nullable=False),
        sa.Column("level_reason", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evaluation_pair_id", "evaluation", ["pair_id"])
    values_of("mark", "evaluation")
    op.create_table(
        "deficit_list",
        own_id(),
        ref("pair_id", "pair"),
        ref("participant_id", "participant"),
        ref("form_version_id", "form_version"),
        sa.Column("agreed_on", sa.Date()),
        ref("agreed_by_id", "person", nullable=True),
        sa.Column("agreed_on_paper", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("participant_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deficit_list_pair_id", "deficit_list", ["pair_id"])
    values_of("deficit_level", "deficit_list")
    op.create_table(
        "deficit_item",
        own_id(),
        ref("deficit_list_id", "deficit_list"),
        sa.Column("competence_id", sa.String(), nullable=False),
        ref("plan_item_id", "plan_item"),
        sa.UniqueConstraint("deficit_list_id", "competence_id", "plan_item_id"),
        sqlite_autoincrement=True,
    )
