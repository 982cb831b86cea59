"""Corrections know the newest version of their time; plans know which changes of their form were offered to them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"

# SQLite counts ids by itself only in a column that is called INTEGER.
big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # Nothing has written corrections before this version, so the table is empty.
    with op.batch_alter_table("form_correction", table_kwargs={"sqlite_autoincrement": True}) as correction:
        correction.add_column(sa.Column("up_to_id", big_id, nullable=False))
        correction.create_foreign_key("fk_form_correction_up_to_id_form_version", "form_version", ["up_to_id"], ["id"])
    with op.batch_alter_table("plan", table_kwargs={"sqlite_autoincrement": True}) as plan:
        plan.add_column(sa.Column("offered_version_id", big_id))
        plan.create_foreign_key("fk_plan_offered_version_id_form_version", "form_version", ["offered_version_id"], ["id"])
