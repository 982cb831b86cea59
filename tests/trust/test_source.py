"""What may not stand in the product's own code, templates and scripts, read as a tree and not as lines."""

import ast
import re
from pathlib import Path

import pytest

from mentorapp.settings import ROOT

CODE = sorted((ROOT / "mentorapp").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))

# Names that turn data into markup, code, files or fields of a model.
BANNED = {
    "Markup", "render_template_string", "from_string", "populate_obj", "extractall", "eval", "exec", "exempt", "pickle", "marshal",
    "shelve", "yaml", "system", "popen", "select_autoescape", "HTMLString",
}  # fmt: skip
# The one statement that is put together from pieces: our own list of settings, in database.py.
OWN_SQL = {("database.py", 'connection.execute(f"PRAGMA {pragma}")')}
SQL_CALLS = {"text", "execute", "exec_driver_sql", "executemany", "executescript", "literal_column"}


def faults(source: str, name: str = "") -> list[str]:
    """Every forbidden thing in a piece of Python."""
    return [f"{name}:{node.lineno}: {what}" for node in ast.walk(ast.parse(source)) if (what := _fault(node, name))]  # type: ignore[attr-defined]


def _fault(node: ast.AST, name: str) -> str:
    word = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
    if word in BANNED:
        return f"{word} is banned"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _is_text(node.left):
        return "% on a text"
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "format_map") and not _is_own_text(node.func.value):
        return "format on data"
    if any(keyword.arg is None and "request" in ast.unparse(keyword.value) for keyword in node.keywords):
        return "a request's fields as arguments"
    if any(keyword.arg == "shell" for keyword in node.keywords):
        return "a shell"
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in SQL_CALLS and node.args and _is_put_together(node.args[0]) and (name, ast.unparse(node).replace("'", '"')) not in OWN_SQL:
        return "SQL put together from pieces"
    return ""


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_own_text(node: ast.AST) -> bool:
    """A text of this program: written here, or a constant of the module."""
    return _is_text(node) or (isinstance(node, ast.Name) and node.id.isupper())


def _is_put_together(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return any(map(_is_put_together, node.args)) or (isinstance(node.func, ast.Attribute) and node.func.attr == "format")
    return (isinstance(node, ast.JoinedStr) and len(node.values) > 1) or (
        isinstance(node, ast.BinOp) and (_is_text(node.left) or _is_text(node.right))
    )


def test_the_code_turns_no_data_into_markup_code_sql_or_fields() -> None:
    found = [fault for path in CODE for fault in faults(path.read_text(encoding="utf-8"), path.name)]
    assert len(CODE) > 50 and found == []


FAULTY = [
    "Markup(name)", "from markupsafe import Markup", "render_template_string(text)", "env.from_string(text)", "form.populate_obj(person)",
    "archive.extractall(folder)", "eval(text)", "text.format(name)", "person.title.format(1)", "'%s' % name", "f'{a}%s' % name",
    "Person(**request.form)", "run(command, shell=True)", "session.execute(f'SELECT {name}')", "sa.text('SELECT ' + name)",
    "session.execute(sa.text('a {}'.format(name)))", "connection.exec_driver_sql('a' % name)", "csrf.exempt(view)", "pickle.loads(data)",
]  # fmt: skip
HARMLESS = [
    "n % 10",
    "TOO_LONG.format(seconds=3)",
    "'{}'.format(3)",
    "session.execute(sa.select(Person))",
    "sa.text('SELECT 1')",
    "re.compile('a')",
]


@pytest.mark.parametrize("source", FAULTY)
def test_this_proof_would_notice(source: str) -> None:
    assert faults(source) != []


@pytest.mark.parametrize("source", HARMLESS)
def test_this_proof_lets_work_be_done(source: str) -> None:
    assert faults(source) == []


# What a template may not hold, in its own words and in the HTML around them: pattern → why.
IN_JINJA = {
    r"\|\s*safe\b|Markup\(|\|\s*(?:un|force)escape|\|\s*xmlattr|autoescape": "text of people as markup",
    r"(?<![\"%d])\|\s*format\b": "format on data",
    r"\w=\s*\{\{": "an attribute without quotes",
}
IN_HTML = {
    r"\son\w+\s*=|hx-on|hx-vals|hx-headers|hx-ext|javascript:": "code in an attribute",
    r"\sstyle\s*=|<style": "a look outside the style sheet",
    r"<script(?![^>]*\ssrc=\"@)": "a script of the page's own",
}
# Values in addresses: made by url_for, or handed over by a view that did so.
MADE_BY_US = r"(?:url_for\(|asset\(|address|home|base|back|cancel|step\.address|plan\.id\b|plan_id\b)"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_shows_text_as_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    html = re.sub(r"\{[%#].*?[%#]\}", "", re.sub(r"\{\{.*?\}\}", "@", text, flags=re.S), flags=re.S)
    faults_found = [why for rule, why in IN_JINJA.items() if re.search(rule, text)]
    faults_found += [why for rule, why in IN_HTML.items() if re.search(rule, html)]
    assert [why for why in faults_found if not (path.parent.name == "papers" and why.startswith("a look"))] == []
    addresses = re.findall(r"\b(?:href|src|action|hx-get|hx-post)=\"\{\{\s*([^}]*)\}\}", text)
    assert [address for address in addresses if not re.match(MADE_BY_US, address)] == []


CODE_OF_TEXT = r"\beval\(|new Function|document\.write|outerHTML|insertAdjacentHTML|setTimeout\(['\"]"


def test_scripts_make_no_code_of_text_and_put_in_only_what_the_server_escaped() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    assert not re.search(CODE_OF_TEXT, text) and not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie", text)
    sources = {match.strip() for match in re.findall(r"\.innerHTML = ([^;]+);", text)}
    assert sources <= {"html", "answer.html", "await answer.text()"}


def test_what_is_read_from_a_folder_of_forms_is_never_run() -> None:
    for path in (ROOT / "mentorapp" / "forms").glob("*.py"):
        assert not re.search(r"\bimport(?:lib|_module)\b|__import__", path.read_text(encoding="utf-8")), path.name
