"""What every request must pass and every answer must carry."""

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from mentorapp import hx, sessions
from mentorapp.sessions import Login

# Everything else needs a login.
PUBLIC = {"static", "login.page", "login.enter", "login.again", "login.resume", "login.leave", "setup.page", "setup.make", "health.check"}

# No page of ours asks for more. A search of thousands of words would be more than the database can take apart.
LONGEST_QUERY = 2000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def load_login(account_id: str) -> Login | None:
    """Flask-Login asks who this is; the session's own query has already told us."""
    login: Login | None = g.get("login")
    return login if login is not None and str(login.id) == account_id else None


def _author() -> str | None:
    """For whom the page was made that sends this, as its script says: the table in a header, a form in a field of its own."""
    if request.method in sessions.SAFE_METHODS:
        return None
    return request.headers.get("X-Login") or request.form.get("page-login")


def _is_pages_own_login() -> bool:
    """What she typed is not stored in the name of who signed in since, in another tab."""
    return _author() in (None, current_user.login)


def _after_a_late_form() -> ResponseReturnValue:
    """A form came without its author's login: it is kept on the page that asks for her password, if it is known who she is."""
    former = g.get("former")
    author = _author() or (former and former.login)
    if not author:
        return hx.go(url_for("login.page", unsaved=1))
    return redirect(url_for("login.resume", to=request.full_path.rstrip("?"), login=author), 307)


def init(app: Flask) -> None:
    """Install the checks of a request and the headers of an answer."""
    app.session_interface = sessions.RowSessions()
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(load_login)

    @app.before_request
    def check() -> ResponseReturnValue | None:
        sessions.check_host()
        sessions.check_origin()
        if len(request.query_string) > LONGEST_QUERY:
            abort(400)
        if request.endpoint in PUBLIC or (current_user.is_authenticated and _is_pages_own_login()):
            return None
        if hx.wants_fragment():
            return hx.fragment("", 401)
        if request.method in sessions.SAFE_METHODS:
            return hx.go(url_for("login.page", next=request.full_path.rstrip("?")))
        return _after_a_late_form()

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers[name] = value
        if request.endpoint == "static" and response.status_code == 200:
            # The address carries the file's checksum, so a copy may be kept for a year.
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers["Cache-Control"] = "no-store"
        return response


def safe_next(address: str | None) -> str | None:
    """A path of our own to go to after login, or None: never another site («//», «/\\», control characters)."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return None
    if any(ord(letter) < 32 or letter == "\\" for letter in address):
        return None
    return address
