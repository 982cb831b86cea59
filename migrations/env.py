"""How a migration reaches the database: over the connection that the caller hands in, or over the file named by `-x data=FOLDER`.

Foreign keys are off while tables are rebuilt, or SQLite would delete the children of a dropped parent; they are checked before
anything is kept. Everything happens in one transaction that is begun by us: left to itself the driver would keep the first half
of a failed migration.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlalchemy import event

from mentorapp import models  # noqa: F401  # the tables, for --autogenerate
from mentorapp.database import Model


class BrokenReferences(Exception):
    """After the migration rows point at rows that are not there; nothing of it was kept."""


def engine_of(data: Path) -> sa.Engine:
    """The database file of a data folder, set up for rebuilding tables."""
    # An error is read by developers, who must not learn from it what stands in the rows.
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(data / "mentor.db")), poolclass=sa.NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=OFF")
        # Of the tables that are made anew nothing may stay in free pages, where no later deletion would reach it.
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise BrokenReferences


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with engine_of(Path(context.get_x_argument(as_dictionary=True)["data"])).connect() as own:
        run(own)
