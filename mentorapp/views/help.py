"""One calm page of help."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mentorapp import access
from mentorapp.models import School

bp = Blueprint("help", __name__, url_prefix="/help")


@bp.get("")
def page() -> ResponseReturnValue:
    """What is where, how cells are saved, whom to ask; the first section speaks to the person's own place."""
    return render_template("help/page.html", school=School.get(), has_role=bool(access.access().grants))
