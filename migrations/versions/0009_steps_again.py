"""A step of a draft that was taken back can be done again; no step has been taken back yet that is still there."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("draft_step", table_kwargs={"sqlite_autoincrement": True}) as step:
        step.add_column(sa.Column("undone_at", sa.DateTime()))
