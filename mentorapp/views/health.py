"""Is the server alive."""

from flask import Blueprint

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def check() -> str:
    """For whatever watches over the server."""
    return "ok"
