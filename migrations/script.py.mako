"""${message}.

A batch block passes table_kwargs={"sqlite_autoincrement": True} for a table whose ids are never used twice: rebuilding drops that.
There is no way back: the copy that was made before an upgrade is the way back.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
