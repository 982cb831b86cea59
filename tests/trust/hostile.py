"""Text that wants to be more than text: what is written into every field, and how to tell that it stayed a text."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import html5lib
import sqlalchemy as sa

from mentorapp.database import JsonText, Model

# Everything that could end a text and begin something else, in one; the sign at its head tells from which field it came.
WORST = (
    "javascript:evil()//{mark} evil=1 onclick=evil \"'`><evil evil=1 onmouseover=evil() hx-get=/evil data-hx-post=/evil hx-trigger=load>"
    "</textarea></option></title></template></script><script>evil()</script><img src=/evil onerror=evil()>"
    "{{{{1111*9}}}}{{% evil %}}{{{{evil.__class__}}}}${{1111*9}}#{{1111*9}}%(evil)s%s{{0.__class__}}&lt;evil&gt;&quot;"
)
PAYLOADS = (
    "<svg onload=evil()>", "<svg><script>evil()</script></svg>", "<iframe src=/evil>", "<iframe srcdoc='<script>evil()</script>'>",
    "<object data=/evil>", "<embed src=/evil>", "<link rel=stylesheet href=/evil>", "<style>@import '/evil'</style>", "<base href=/evil>",
    "<meta http-equiv=refresh content='0;url=/evil'>", "<form action=/evil><button>", "<button formaction=/evil>",
    "<a href=javascript:evil()>", "<body onload=evil()>", "<details open ontoggle=evil()>", "<input autofocus onfocus=evil()>",
    "<video><source onerror=evil()></video>", "<math href=javascript:evil()>", "<x contenteditable onblur=evil()>",
    "<marquee onstart=evil()>", "<!--><img src=x onerror=evil()>-->", "<![CDATA[<script>evil()</script>]]>",
    "<scr<script>ipt>evil()</script>", "<SCRIPT>evil()</SCRIPT>", "<img/src=x/onerror=evil()>", "\"onfocus=evil() autofocus x=\"",
    "'onfocus=evil() autofocus x='", "` onfocus=evil() `", "</td></tr></table><evil>", "</select><evil>",
    "<div hx-get=/evil hx-trigger=load>", "<div data-hx-post=/evil hx-trigger=revealed>", "<div hx-on:load=evil()>",
    "<div hx-on::load=evil()>", "<div hx-vals='js:{x:evil()}'>", "<div hx-ext=evil>", "<div hx-swap-oob='innerHTML:#evil' id=main>",
    "<div hx-boost=true><a href=/evil>x</a></div>", "<div hx-sse='connect:/evil'>", "<div hx-headers='{\"x\":\"evil\"}'>",
    "<div hx-trigger='load[evil()]' hx-put=/evil>", "<template><evil></template>",
)  # fmt: skip

# Text columns without a text of people: names that the program gives, hashes, and values that are chosen from a list.
NOT_WRITTEN = {
    "account.password_hash", "answer.key", "change.table_name", "change.field", "deficit_item.competence_id", "deficit_level.key",
    "evaluation.occasion", "form_version.form_id", "form_version.content_hash", "login_session.id_hash", "mark.key", "measurement.key",
    "mentoring_form.id",
    "once.key", "once.location", "pair.form_id", "person.sex", "plan.owner", "plan.state_before_closing", "role.form_id",
    "submission.phase", "submission.questionnaire_id",
    "form_draft.form_id", "form_correction.form_id", "form_correction.place", "plan_item.template_id",
}  # fmt: skip
# Written by people, but on no page as it stands: a key of the search, an id whose title is shown, what stands in the query of a delay.
NOT_SHOWN = {
    "person.search_key", "meeting.type_id", "pair.subtype", "pair.model", "login_delay.login",
    "draft_step.back", "form_draft.readme",
    "form_correction.old", "form_correction.new",
    "evaluation.level_by_hand",  # shown where a whole sheet has lines that do not apply
}  # fmt: skip
# In a form's content: what the program understands and does not show.
NAMES_IN_A_FORM = {
    "id", "kind", "role", "owner", "kinds", "due", "report_due", "when", "phase", "base", "question", "values", "pair_key",
    "match", "metric", "who", "better", "signs",
}  # fmt: skip


def columns() -> Iterator[tuple[str, sa.Column[Any]]]:
    """«table.column» of every text that people write."""
    for table in Model.metadata.tables.values():
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if isinstance(column.type, (sa.String, sa.JSON, JsonText)) and not isinstance(column.type, sa.Enum) and name not in NOT_WRITTEN:
                yield name, column


def mark(name: str) -> str:
    return f"§{name}§"


def text(name: str, number: int) -> str:
    """The text for one field of one row."""
    return WORST.format(mark=mark(name)) + PAYLOADS[number % len(PAYLOADS)]


def write_everywhere(file: Path, *, but_in: str = "") -> None:
    """Put such a text into every text of every row; the plans keep three items each, so that pages stay short.

    `but_in` is a table that keeps what it says.
    """
    with closing(sqlite3.connect(file)) as database:
        database.execute("DELETE FROM plan_item WHERE position > 3 AND removed_at IS NULL")
        for name, column in columns():
            if column.table.name == but_in:
                continue
            key = column.table.primary_key.columns.keys()[0]
            rows = database.execute(f"SELECT {key}, {column.name} FROM {column.table.name}").fetchall()  # noqa: S608
            for number, (row_id, old) in enumerate(rows):
                new = hostile_json(old, name) if _is_json(column) else text(name, number)
                database.execute(f"UPDATE {column.table.name} SET {column.name} = ? WHERE {key} = ?", (new, row_id))  # noqa: S608
        database.commit()


def _is_json(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, (sa.JSON, JsonText)) or (column.table.name, column.name) in {("change", "old"), ("change", "new")}


def hostile_json(old: str, name: str) -> str:
    """The same shape with every text in it replaced."""
    content = json.loads(old) if old else ""
    return json.dumps(_replaced(content, lambda: text(name, 0)), ensure_ascii=False)


def _replaced(content: Any, make: Callable[[], str]) -> Any:
    if isinstance(content, dict):
        return {key: value if key in NAMES_IN_A_FORM else _replaced(value, make) for key, value in content.items()}
    if isinstance(content, list):
        return [_replaced(value, make) for value in content]
    return make() if isinstance(content, str) else content


# --- What a page may hold ---

TAGS = {
    "a", "b", "body", "br", "button", "caption", "circle", "col", "colgroup", "datalist", "dd", "del", "details", "dialog", "div", "dl",
    "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "head", "header", "html", "i", "input", "ins", "label", "legend", "li", "link",
    "main", "mark", "meta", "nav", "noscript", "ol", "optgroup", "option", "p", "path", "rect", "script", "section", "select", "small",
    "span", "strong", "summary", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr",
    "u", "ul",
}  # fmt: skip
TEXT_ATTRIBUTES = {"value", "title", "aria-label", "placeholder", "data-theirs", "data-login", "data-choose", "data-l", "content"}
ADDRESSES = {"href", "src", "action", "hx-get", "hx-post"}
OWN_HTMX = {"hx-get", "hx-post", "hx-trigger", "hx-target", "hx-swap", "hx-swap-oob", "hx-sync", "hx-push-url"}


def strangers(html: str) -> list[str]:
    """Elements and attributes of a page that can only have come from a text; empty when it stayed a text."""
    found = []
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag not in TAGS:
            found.append(f"<{tag}>")
        if tag == "script" and (element.text or not element.get("src", "").startswith("/static/")):
            found.append("a script")
        found += [f"<{tag} {name}={value[:60]}>" for name, value in element.items() if _is_strange(str(name), value)]
    return found


def _is_strange(name: str, value: str) -> bool:
    if name.startswith(("on", "style", "srcdoc", "formaction", "http-equiv")) or "evil" in name or "=" in name or '"' in name:
        return True
    if name.startswith(("hx-", "data-hx-")) and (name not in OWN_HTMX or "[" in value or "evil" in value.partition("?")[0]):
        return True
    if name in ADDRESSES:
        path = value.partition("?")[0]
        return "javascript:" in path or "/evil" in path or value.startswith("//")
    return "evil" in value and name not in TEXT_ATTRIBUTES
