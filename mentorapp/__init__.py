"""An intranet that runs a school's mentoring programme (наставничество)."""

import gc
import secrets
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from mentorapp import clock, database, errors, hx, passwords, security, settings, templating, views
from mentorapp.forms import host
from mentorapp.settings import ROOT


def create_app(config: dict[str, Any] | None = None) -> Flask:
    """The whole application. `config` may hold DATA (the folder of the database), CLOCK and any setting.

    Raises settings.BadSettings, database.SchemaIsNewer or SchemaIsOlder, OSError when the folder cannot be used.
    """
    given = config or {}
    data = Path(given.get("DATA", ROOT / "instance")).resolve()
    data.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"), instance_path=str(data))
    app.config.update(settings.load(data))
    app.config.update(
        DATA=data,
        CLOCK=clock.system_now,
        PLUGINS=ROOT / "plugins",
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        SQLALCHEMY_DATABASE_URI=sa.URL.create("sqlite", database=str(data / "mentor.db")),  # Any name of a folder will do.
        WTF_CSRF_ENABLED=False,  # Origin and SameSite do this without a token that expires.
        WTF_I18N_ENABLED=False,
        SETUP_CODE="".join(secrets.choice("23456789") for _ in range(6)),
    )
    app.config.update(given | {"DATA": data})
    database.init(app)
    security.init(app)
    hx.init(app)
    errors.init(app)
    templating.init(app)
    views.init(app)
    passwords.init(app)
    with app.app_context():
        database.prepare_tables()
        host.publish_new(app.config["PLUGINS"], clock.now())
    gc.collect()
    gc.freeze()  # What lives as long as the process need not be looked through again: 6 % less CPU a page.
    return app
