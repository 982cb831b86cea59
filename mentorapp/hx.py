"""Answers to htmx and to the table's own script: the only reader of their headers."""

import json
from typing import Any

from flask import Flask, Response, make_response, redirect, request
from flask_htmx import HTMX
from werkzeug.wrappers import Response as WerkzeugResponse

htmx = HTMX()


def wants_fragment() -> bool:
    """A part of a page is asked for, to be put into the page that is open."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def fragment(body: str, status: int = 200, *, events: dict[str, Any] | None = None) -> Response:
    """A part of a page. `events` reach the script by a header, in ASCII: headers carry no Russian letters."""
    answer = make_response(body, status)
    if events:
        answer.headers["HX-Trigger"] = json.dumps(events)
    return answer


def go(url: str) -> WerkzeugResponse:
    """After a change: open this page with GET."""
    return redirect(url, 303)


def init(app: Flask) -> None:
    htmx.init_app(app)

    @app.after_request
    def vary(response: Response) -> Response:
        if request.endpoint != "static":
            response.headers.add("Vary", "HX-Request")
        return response
