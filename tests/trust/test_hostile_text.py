"""Whatever people write stays a text: on every page, in every part of a page, in every form that comes back."""

from html import unescape
from urllib.parse import quote

import pytest

from mentorapp.models.forms import spec_of
from tests.test_access_matrix import MATRIX, rows_of
from tests.trust import hostile
from tests.trust.hostile import NOT_SHOWN, PAYLOADS, columns, mark, strangers, text
from tests.trust.stage import Stage

ROWS = [(method, template, who) for table in MATRIX.values() for method, template, who in rows_of(table)]
PAGES = [template for method, template, _who in ROWS if method == "GET" and not template.endswith((".pdf", ".css", ".zip", ".xlsx"))]
FORMS = [(template, who) for method, template, who in ROWS if method == "POST"]
# Every signed-in person's first page is of her own sort.
VISITS = (
    [("vera", page) for page in PAGES]
    + [("dina", page) for page in ("/", "/accounts", "/school")]
    + [("anna", "/"), ("boris", "/"), ("", "/login")]
)


@pytest.fixture
def full(stage: Stage) -> Stage:
    """A school in which every text of every row is hostile; a row of the plan has a history, a person and a pair were changed."""
    for column in ("what", "goal", "@note"):
        stage.send("anna", "POST", stage.address("/plans/{plan}/items/{item}/", "boris") + column + "/theirs", {"value": "Было"})
    for template, endpoint in (("/people/{person}/edit", "people.save"), ("/pairs/{pair}/state", "pairs.change_state")):
        stage.send("vera", "POST", stage.address(template, "boris"), stage.filled(endpoint, "boris"))
    stage.send("anna", "POST", stage.address("/meetings/{meeting}/held", "boris"), stage.filled("meetings.hold", "boris"))
    hostile.write_everywhere(stage.file)
    spec_of.cache_clear()
    return stage


def test_no_page_holds_an_element_or_an_attribute_that_somebody_wrote(full: Stage) -> None:
    shown, bodies = "", set()
    for name, page in VISITS:
        for fragment in (False, True):
            answer = full.send(name, "GET", full.address(page, "boris"), fragment=fragment)
            assert answer.status_code in (200, 303, 404), page
            if answer.text in bodies:
                continue  # Few pages have parts of their own.
            assert strangers(answer.text) == [], (name, page, fragment)
            shown += unescape(answer.text)
            bodies.add(answer.text)
    written = {name for name, _column in columns()}
    assert {name for name in written if mark(name) not in shown} == NOT_SHOWN
    # Shown as it was written, and nothing in it was counted or looked up.
    assert shown.count("{{1111*9}}") > 100 and shown.count("%(evil)s%s{0.__class__}") > 100
    assert "9999" not in shown


def test_a_form_that_comes_back_holds_what_was_typed_and_nothing_more(stage: Stage) -> None:
    refused = 0
    for template, who in FORMS:
        name = next((name for name, status in who.items() if name and status < 400), "vera")
        address = stage.address(template, "boris")
        fields = {**stage.filled(stage.endpoint("POST", address), "boris"), "next": "", "patronymic": "", "town": "", "again": ""}
        typed = {field: text(field, number) for number, field in enumerate(fields)}
        for fragment in (False, True):
            answer = stage.send(name, "POST", address, typed, fragment=fragment)
            assert answer.status_code < 500, template
            assert strangers(answer.text) == [], template
            refused += answer.status_code in (409, 422)
            if answer.status_code < 400:
                stage.reset()
    assert refused > 40


def test_two_hostile_texts_in_one_cell_are_shown_as_two_texts(full: Stage) -> None:
    typed = {"value": text("mine", 1), "seen": "чего-то другого"}
    for column in ("what", "goal", "@note"):
        answer = full.send("anna", "POST", full.address("/plans/{plan}/items/{item}/", "boris") + column, typed, fragment=True)
        assert answer.status_code == 409 and mark("mine") in unescape(answer.text)
        assert strangers(answer.text) == []


@pytest.mark.parametrize(
    "page", ["/login?next=/{}", "/search?q={}", "/people?q={}", "/pairs?q={}&state={}", "/people/new?name={}", "/bases?q={}"]
)
def test_an_address_is_shown_as_a_text_too(stage: Stage, page: str) -> None:
    path, _mark, query = page.partition("?")
    for several in (PAYLOADS[:14], PAYLOADS[14:28], PAYLOADS[28:]):
        payload = quote("".join(several))[:900]
        answer = stage.send("vera", "GET", path, query=query.format(payload, payload))
        assert answer.status_code == 200 and strangers(answer.text) == []


def test_this_proof_would_notice() -> None:
    page = "<!doctype html><title>x</title><p title='{}'>{}</p>"
    assert strangers(page.format("safe", "&lt;evil&gt;")) == []
    for payload in PAYLOADS:
        if not payload.startswith(('"', "'", "`", "</")):
            assert strangers(page.format("", payload)) != [], payload
    assert strangers(page.format("' onclick='evil()", "")) and strangers(page.format("", "<a href='javascript:evil()'>x</a>"))
