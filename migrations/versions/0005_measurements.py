"""What is measured of a mentee before and after: a sheet for each mentee, and its values."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# SQLite counts ids by itself only in a column that is called INTEGER.
big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def own_id() -> sa.Column[int]:
    return sa.Column("id", big_id, primary_key=True)


def ref(name: str, target: str) -> sa.Column[int]:
    return sa.Column(name, big_id, sa.ForeignKey(f"{target}.id"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "measurement_sheet",
        own_id(),
        ref("pair_id", "pair"),
        ref("participant_id", "participant"),
        ref("form_version_id", "form_version"),
        sa.UniqueConstraint("participant_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_measurement_sheet_pair_id", "measurement_sheet", ["pair_id"])
    op.create_table(
        "measurement",
        ref("measurement_sheet_id", "measurement_sheet"),
        own_id(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        ref("by_id", "person"),
        sa.UniqueConstraint("measurement_sheet_id", "key"),
        sqlite_autoincrement=True,
    )
