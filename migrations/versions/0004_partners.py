"""Organisations that give mentors, whom each person came from, and the papers of external mentors."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# SQLite counts ids by itself only in a column that is called INTEGER.
big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", big_id, primary_key=True),
        *texts("full_name", "short_name", "kind", "contact", "phone", "email", "address", "agreement_number"),
        sa.Column("agreement_on", sa.Date()),
        sa.Column("agreement_to", sa.Date()),
        *texts("paper_place", "note"),
        sa.Column("archived_at", sa.DateTime()),
        sqlite_autoincrement=True,
    )
    kinds = sa.Enum("no_conviction", "medical", "agreement", "other", name="clearancekind", native_enum=False, length=20)
    op.create_table(
        "clearance",
        sa.Column("id", big_id, primary_key=True),
        sa.Column("person_id", big_id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        *texts("title", "number"),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        *texts("paper_place"),
        sa.Column("removed_at", sa.DateTime()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_clearance_person_id", "clearance", ["person_id"])
    with op.batch_alter_table("person", table_kwargs={"sqlite_autoincrement": True}) as person:
        place = sa.ForeignKey("organisation.id", name="fk_person_organisation_id_organisation")
        person.add_column(sa.Column("organisation_id", big_id, place))
        person.create_index("ix_person_organisation_id", ["organisation_id"])
