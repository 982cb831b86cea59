"""The first schema.

There is no way back: the copy that was made before an upgrade is the way back. Keys and constraints get their names from the
convention in mentorapp/database.py.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# SQLite counts ids by itself only in a column that is called INTEGER.
big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def own_id() -> sa.Column[int]:
    return sa.Column("id", big_id, primary_key=True)


def upgrade() -> None:
    op.create_table(
        "login_delay",
        sa.Column("login", sa.String(), primary_key=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "mentoring_form",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "current_version_id",
            big_id,
            sa.ForeignKey("form_version.id", use_alter=True, name="fk_mentoring_form_current_version_id_form_version"),
        ),
        sa.Column("enabled", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "once",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "person",
        own_id(),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("patronymic", sa.String()),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("birth_date", sa.Date()),
        sa.Column("birth_year", sa.Integer()),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime()),
        sa.Column("search_key", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_person_search_key", "person", ["search_key"])
    op.create_table(
        "school",
        own_id(),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("director", sa.String(), nullable=False),
        sa.Column("director_post", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("mentee_words", sa.JSON(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "school_class",
        own_id(),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.UniqueConstraint("year", "title"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account",
        own_id(),
        sa.Column("person_id", big_id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("disabled_at", sa.DateTime()),
        sa.Column("last_seen_at", sa.DateTime()),
        sa.UniqueConstraint("login"),
        sa.UniqueConstraint("person_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "base_entry",
        own_id(),
        sa.Column("person_id", big_id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_base_entry_person_id", "base_entry", ["person_id"])
    op.create_index("ix_base_entry_year_side", "base_entry", ["year", "side"])
    op.create_table(
        "consent",
        own_id(),
        sa.Column("person_id", big_id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("by_representative", sa.Boolean(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("paper_place", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_person_id", "consent", ["person_id"])
    op.create_table(
        "enrolment",
        own_id(),
        sa.Column("person_id", big_id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("class_id", big_id, sa.ForeignKey("school_class.id")),
        sa.Column("post", sa.String(), nullable=False),
        sa.UniqueConstraint("person_id", "year"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrolment_class_id", "enrolment", ["class_id"])
    op.create_table(
        "form_version",
        own_id(),
        sa.Column("form_id", sa.String(), sa.ForeignKey("mentoring_form.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("form_id", "number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "role",
        own_id(),
        sa.Column("person_id", big_id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("form_id", sa.String(), sa.ForeignKey("mentoring_form.id")),
        sa.Column("class_id", big_id, sa.ForeignKey("school_class.id")),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_role_person_id", "role", ["person_id"])
    op.create_table(
        "login_session",
        sa.Column("id_hash", sa.String(), primary_key=True),
        sa.Column("account_id", big_id, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_login_session_account_id", "login_session", ["account_id"])
    op.create_table(
        "pair",
        own_id(),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(), sa.ForeignKey("mentoring_form.id"), nullable=False),
        sa.Column("form_version_id", big_id, sa.ForeignKey("form_version.id"), nullable=False),
        sa.Column("subtype", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("order_on", sa.Date()),
        sa.Column("archived_at", sa.DateTime()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pair_form_id", "pair", ["form_id"])
    op.create_index("ix_pair_year_state", "pair", ["year", "state"])
    op.create_table(
        "participant",
        own_id(),
        sa.Column("pair_id", big_id, sa.ForeignKey("pair.id"), nullable=False),
        sa.Column("person_id", big_id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_participant_pair_id", "participant", ["pair_id"])
    op.create_index("ix_participant_person_id_side", "participant", ["person_id", "side"])
    op.create_table(
        "plan",
        own_id(),
        sa.Column("pair_id", big_id, sa.ForeignKey("pair.id"), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("participant_id", big_id, sa.ForeignKey("participant.id")),
        sa.Column("form_version_id", big_id, sa.ForeignKey("form_version.id"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("agreed_on", sa.Date()),
        sa.Column("agreed_by_id", big_id, sa.ForeignKey("person.id")),
        sa.Column("agreed_on_paper", sa.Boolean(), nullable=False),
        sa.Column("approved_on", sa.Date()),
        sa.Column("approved_by_id", big_id, sa.ForeignKey("person.id")),
        sa.Column("approved_on_paper", sa.Boolean(), nullable=False),
        sa.Column("approved_up_to", sa.Integer(), nullable=False),
        sa.Column("state_before_closing", sa.String(), nullable=False),
        sa.UniqueConstraint("pair_id", "owner", "participant_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "operation",
        own_id(),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", big_id, sa.ForeignKey("person.id")),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("pair_id", big_id, sa.ForeignKey("pair.id")),
        sa.Column("plan_id", big_id, sa.ForeignKey("plan.id")),
        sa.Column("undoes_id", big_id, sa.ForeignKey("operation.id")),
        sa.UniqueConstraint("undoes_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_operation_pair_id_id", "operation", ["pair_id", "id"])
    op.create_table(
        "plan_item",
        own_id(),
        sa.Column("plan_id", big_id, sa.ForeignKey("plan.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due_from", sa.Date()),
        sa.Column("due_to", sa.Date()),
        sa.Column("due_text", sa.String(), nullable=False),
        sa.Column("report_due", sa.Date()),
        sa.Column("report_text", sa.String(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("edited_after_approval", sa.Boolean(), nullable=False),
        sa.Column("template_row", sa.Integer()),
        sa.Column("due_by_rule", sa.Boolean(), nullable=False),
        sa.Column("report_by_rule", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_plan_item_plan_id_position", "plan_item", ["plan_id", "position"])
    op.create_table(
        "change",
        own_id(),
        sa.Column("operation_id", big_id, sa.ForeignKey("operation.id"), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_operation_id", "change", ["operation_id"])
    op.create_index("ix_change_table_name_row_id", "change", ["table_name", "row_id"])
    op.create_table(
        "meeting",
        own_id(),
        sa.Column("pair_id", big_id, sa.ForeignKey("pair.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form_version_id", big_id, sa.ForeignKey("form_version.id"), nullable=False),
        sa.Column("type_id", sa.String(), nullable=False),
        sa.Column("type_title", sa.String(), nullable=False),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("planned_on", sa.Date()),
        sa.Column("planned_time", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("plan_item_id", big_id, sa.ForeignKey("plan_item.id")),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("held_on", sa.Date()),
        sa.Column("minutes", sa.Integer()),
        sa.Column("done", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime()),
        sa.Column("removed_at", sa.DateTime()),
        sa.UniqueConstraint("pair_id", "number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attendance",
        own_id(),
        sa.Column("meeting_id", big_id, sa.ForeignKey("meeting.id"), nullable=False),
        sa.Column("person_id", big_id, sa.ForeignKey("person.id"), nullable=False),
        sa.UniqueConstraint("meeting_id", "person_id"),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name != "sqlite":
        # A form and its versions name each other. SQLite takes such a reference with the table, others only afterwards.
        name = "fk_mentoring_form_current_version_id_form_version"
        op.create_foreign_key(name, "mentoring_form", "form_version", ["current_version_id"], ["id"])
