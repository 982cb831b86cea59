"""A sheet of evaluation may be about one mentee of a group; those that there are stay about the whole pair or group."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# SQLite counts ids by itself only in a column that is called INTEGER.
big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("evaluation", table_kwargs={"sqlite_autoincrement": True}) as evaluation:
        evaluation.add_column(sa.Column("participant_id", big_id))
        evaluation.create_foreign_key("fk_evaluation_participant_id_participant", "participant", ["participant_id"], ["id"])
