"""Every page of the application as a person with poor sight, a phone or a dark screen meets it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from mentorapp.database import db, writing
from mentorapp.domain.external import ClearanceKind
from mentorapp.domain.permissions import Side
from mentorapp.models import Account, BaseEntry, Clearance, Consent, LoginSession, Organisation, Pair, Person, submissions
from tests import drafts
from tests.browser.conftest import Complaints, OpenPlan, Stored, Visit
from tests.conftest import NOW, Browser
from tests.every_kind import publish_every_kind
from tests.parts import give_parts
from tests.school import Item, World
from tests.sheets import every_sheet

AsUser = Callable[[str], Browser]

# endpoint → who looks, and at which address
PAGES = {
    "accounts.index": ("dina", "/accounts"),
    "accounts.me": ("anna", "/me"),
    "accounts.person": ("dina", "/accounts/{person}"),
    "answers.check": ("boris", "/answers/{submission}/check"),
    "answers.page": ("boris", "/answers/{submission}?part=1"),
    "asked.page": ("boris", "/questionnaires"),
    "bases.add": ("vera", "/bases/mentees/add"),
    "bases.edit": ("vera", "/bases/entries/{entry}"),
    "bases.page": ("vera", "/bases/mentors"),
    "clearances.edit": ("vera", "/people/{person}/clearances/{clearance}"),
    "clearances.new": ("vera", "/people/{person}/clearances/new"),
    "organisations.card": ("vera", "/organisations/{organisation}"),
    "organisations.edit": ("vera", "/organisations/{organisation}/edit"),
    "organisations.index": ("vera", "/organisations"),
    "organisations.new": ("vera", "/organisations/new"),
    "called.page": ("vera", "/pairs/{pair}/called-rows"),
    "classes.edit": ("vera", "/classes/{room}"),
    "classes.index": ("vera", "/classes"),
    "deficit_plan.proposal": ("anna", "/deficits/{deficits}/plan"),
    "deficits.agreement_form": ("vera", "/deficits/{deficits}/agree-on-paper"),
    "deficits.index": ("vera", "/pairs/{pair}/deficits"),
    "deficits.page": ("anna", "/deficits/{deficits}"),
    "evaluations.index": ("vera", "/pairs/{pair}/evaluation"),
    "evaluations.page": ("vera", "/evaluations/{evaluation}"),
    "draft_books.page": ("vera", "/forms/teacher-teacher/draft/parts/plans.pair/book"),
    "draft_look.fill": ("vera", "/forms/teacher-teacher/draft/try/{asked}"),
    "draft_look.preview": ("vera", "/forms/teacher-teacher/draft/parts/plans.pair/preview"),
    "draft_look.tried": ("vera", "/forms/teacher-teacher/draft/try/{asked}/end"),
    "drafts.page": ("vera", "/forms/teacher-teacher/draft/parts/questionnaires.{asked}?card={question}"),
    "drafts.start": ("vera", "/forms/teacher-teacher/draft"),
    "form_files.choose": ("vera", "/forms/import/{sent_form}"),
    "form_files.page": ("vera", "/forms/import"),
    "forms.index": ("vera", "/forms"),
    "forms.show": ("vera", "/forms/teacher-teacher"),
    "form_answers.index": ("vera", "/forms/teacher-teacher/answers"),
    "form_answers.page": ("vera", "/forms/teacher-teacher/answers/mentee_after"),
    "form_offers.page": ("vera", "/forms/teacher-teacher/offers"),
    "publishing.page": ("vera", "/forms/pupils-test/publish?source=version-1"),
    "versions.index": ("vera", "/forms/pupils-test/versions"),
    "versions.show": ("vera", "/forms/pupils-test/versions/1"),
    "help.page": ("boris", "/help"),
    "home.start": ("vera", "/"),
    "lists.meetings": ("vera", "/lists/meetings"),
    "lists.overdue": ("vera", "/lists/overdue"),
    "lists.terms": ("vera", "/lists/terms"),
    "lists.waiting": ("vera", "/lists/waiting"),
    "login.page": ("", "/login"),
    "measurements.index": ("anna", "/pairs/{pair}/measurements"),
    "measurements.mine": ("polina", "/measurements"),
    "measurements.page": ("vera", "/pairs/{pair}/measurements/{mentee_row}"),
    "meetings.card": ("anna", "/meetings/{meeting}"),
    "meetings.edit": ("anna", "/meetings/{meeting}/edit"),
    "meetings.index": ("anna", "/pairs/{pair}/meetings"),
    "meetings.miss_form": ("anna", "/meetings/{meeting}/missed"),
    "meetings.move_form": ("anna", "/meetings/{meeting}/move"),
    "meetings.new": ("anna", "/pairs/{pair}/meetings/new"),
    "members.ending": ("vera", "/pairs/{pair}/members/{mentee_row}/end"),
    "members.new": ("vera", "/pairs/{pair}/members/new?side=mentee"),
    "members.page": ("vera", "/pairs/{pair}/members"),
    "members.replacement": ("vera", "/pairs/{pair}/members/{mentor_row}/replace"),
    "members.return_form": ("vera", "/pairs/{pair}/members/{mentee_row}/bring-back"),
    "pair_papers.index": ("vera", "/pairs/{pair}/papers"),
    "pairs.dates": ("vera", "/pairs/{pair}/dates"),
    "pairs.edit": ("vera", "/pairs/{pair}/edit"),
    "pairs.history": ("vera", "/pairs/{pair}/history"),
    "pairs.index": ("vera", "/pairs"),
    "new_form.page": ("vera", "/forms/new"),
    "new_pair.page": ("vera", "/pairs/new"),
    "pairs.show": ("anna", "/pairs/{pair}"),
    "people.card": ("vera", "/people/{person}"),
    "people.consent_edit": ("vera", "/people/{person}/consents/{consent}"),
    "people.consent_new": ("vera", "/people/{person}/consents/new"),
    "people.edit": ("vera", "/people/{person}/edit"),
    "people.index": ("vera", "/people"),
    "people.new": ("vera", "/people/new"),
    "plans.agreement_form": ("vera", "/plans/{plan}/agree-on-paper"),
    "plans.approval_form": ("vera", "/plans/{plan}/approve-on-paper"),
    "plans.page": ("vera", "/plans/{plan}"),
    "questionnaires.compare": ("vera", "/pairs/{pair}/questionnaires/{mentee_row}/compare"),
    "questionnaires.index": ("vera", "/pairs/{pair}/questionnaires"),
    "rows.bin": ("anna", "/plans/{plan}/bin"),
    "rows.history": ("anna", "/plans/{plan}/items/{item}/history"),
    "rows.new": ("anna", "/plans/{plan}/items/new"),
    "rows.page": ("anna", "/plans/{plan}/items/{item}"),
    "school.page": ("dina", "/school"),
    "search.page": ("vera", "/search?q=лукин"),
    "setup.page": ("", "/setup"),
}
# The same endpoints look different to others.
MORE = {
    "the plan of a draft": ("vera", "/forms/teacher-teacher/draft/parts/plans.pair"),
    "the criteria of a draft": ("vera", "/forms/teacher-teacher/draft/parts/evaluation"),
    "the start of a mentor": ("anna", "/"),
    "the start of a mentee": ("boris", "/"),
    "the start of a director": ("inna", "/"),
    "the second part of a questionnaire": ("boris", "/answers/{submission}?part=2"),
    "every kind of question": ("timur", "/answers/{every_kind}?part=1"),
    "a questionnaire from paper": ("vera", "/answers/{paper}?part=1"),
    "a questionnaire that is read": ("vera", "/answers/{sent}"),
    "a list of deficits where one marks only his own": ("boris", "/deficits/{deficits}"),
    "a list of deficits that one may only read": ("vera", "/deficits/{deficits}"),
    "a plan that one may only mark": ("boris", "/plans/{plan}"),
    "a plan that one may only read": ("inna", "/plans/{plan}"),
    "measurements of which one takes a part": ("boris", "/pairs/{pair}/measurements/{mentee_row}"),
    "measurements of a psychologist": ("polina", "/pairs/{pair}/measurements/{mentee_row}"),
    "measurements of a class teacher": ("klara", "/measurements"),
    "a paper that lacks a word": ("vera", "/pairs/{pair}/documents/order.pdf"),
    "a page that is not there": ("anna", "/nothing"),
    "a search that finds nothing": ("vera", "/search?q=ъъъ"),
}
NO_PAGES = {
    "static": "files",
    "health.check": "one word for a watching program",
    "answers.pdf": "a paper",
    "deficits.blanks": "papers",
    "deficits.pdf": "a paper",
    "draft_books.download": "a workbook",
    "draft_look.paper": "a paper",
    "documents.pdf": "a paper, or the page that says what it lacks",
    "form_answers.download": "a workbook",
    "form_files.download": "a file",
    "evaluations.blank": "a paper",
    "evaluations.pdf": "a paper",
    "measurements.pdf": "a paper",
    "meetings.checklist": "a paper",
    "plans.pdf": "a paper",
    "questionnaires.blank": "a paper",
    "questionnaires.blanks": "papers",
}


def test_every_endpoint_is_looked_at(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if rule.methods and "GET" in rule.methods}
    assert endpoints == PAGES.keys() | NO_PAGES.keys()


@pytest.fixture
def places(app: Flask, world: World, as_user: AsUser, pair_item: Item) -> dict[str, Any]:
    """What stands in the addresses. A meeting is planned, a row is changed, another lies in the bin."""
    give_parts(app)
    meeting = {"type_id": "", "planned_on": "27.11.2026", "planned_time": "15:20", "place": "каб. 24", "plan_item_id": "0", "once": "m"}
    anna = as_user("anna")
    page = anna.get(f"/pairs/{world.pairs['boris']}/meetings/new").text
    meeting["type_id"] = page.split('<option selected value="')[1].split('"')[0]
    card = anna.post(f"/pairs/{world.pairs['boris']}/meetings/new", meeting).location
    anna.save(pair_item, "@note", "Провели в каб. 24")
    anna.post(f"/plans/{pair_item.plan_id}/items/{world.items['boris_pair'][5].id}/remove")
    with app.app_context():
        entry = db.session.execute(db.select(BaseEntry.id)).scalars().first()
        consent = db.session.execute(db.select(Consent.id).where(Consent.person_id == world.people["boris"])).scalars().first()
    sheets = put_sheets(app, world) | put_partners(app, world)
    found = {"entry": entry, "consent": consent, "meeting": int(str(card).rsplit("/", 1)[1]), "person": world.people["boris"]}
    rest = {"plan": pair_item.plan_id, "item": pair_item.id, "pair": world.pairs["boris"], "room": world.classes["9a"]}
    return {**rest, **sheets, **{name: number or 0 for name, number in found.items()}}


def put_sheets(app: Flask, world: World) -> dict[str, Any]:
    """Every sort of sheet of Boris; Timur is asked every kind of question."""
    publish_every_kind(app, "pupils-test")
    with app.app_context(), writing() as session:
        sheets = every_sheet(session.get_one(Pair, world.pairs["boris"]), world.people["vera"], NOW)
        mentee = next(row for row in session.get_one(Pair, world.pairs["timur"]).participants if row.side is Side.MENTEE)
        drafted = drafts.with_a_step("teacher-teacher", world.people["vera"], NOW)
        return sheets | drafted | {"every_kind": submissions.begin(mentee, "before", NOW).id}


def put_partners(app: Flask, world: World) -> dict[str, Any]:
    """Boris came from an organisation whose agreement ends soon, and has shown a paper that has run out."""
    with app.app_context(), writing() as session:
        behind = Organisation(full_name="Городская библиотека имени всех, кто читает", kind="учреждение культуры", contact="Орлова Н. И.")
        behind.agreement_number, behind.agreement_on, behind.agreement_to = "12/4", NOW.date(), NOW.date()
        person = session.get_one(Person, world.people["boris"])
        person.organisation = behind
        shown = Clearance(person=person, kind=ClearanceKind.MEDICAL, issued_on=date(2025, 9, 1), valid_to=date(2026, 9, 1), number="77")
        session.add(shown)
        session.flush()
        return {"organisation": behind.id, "clearance": shown.id}


def violations(page: Page) -> list[str]:
    """What axe finds: the rule and the places."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}" for rule in found for node in rule["nodes"]]


SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
# A small laptop, a tablet, and the wide screen at a zoom of 200 %.
BETWEEN = (1024, 768, 683)
MENU_CUT = "() => { const menu = document.querySelector('.top nav'); return menu ? menu.scrollWidth - menu.clientWidth : 0; }"


def found_on(page: Page, address: str) -> list[str]:
    """What is wrong with a page: wide and light, the widths between, then narrow and dark."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = violations(page)
    if page.locator(".main:visible").count() > 1:
        found.append("more than one filled button")
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 768})
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"sticks out sideways at {width} px")
        if page.evaluate(MENU_CUT) > 0:
            found.append(f"the menu is cut at {width} px")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(NARROW)
    if page.evaluate(SIDEWAYS) > 0:
        found.append("sticks out sideways at 360 px")
    return found + [f"narrow and dark: {line}" for line in violations(page)]


@pytest.mark.parametrize("person", sorted({person for person, _address in (PAGES | MORE).values() if person}))
def test_pages_serve_everybody(visit: Visit, complaints: Complaints, places: dict[str, Any], person: str) -> None:
    complaints.expect("404", "409")
    page = visit(person)
    addresses = {name: address.format(**places) for name, (who, address) in (PAGES | MORE).items() if who == person}
    found = {name: found_on(page, address) for name, address in addresses.items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_pages_before_the_login_serve_everybody(visit: Visit, app: Flask) -> None:
    page = visit()
    assert found_on(page, "/login") == []
    forget_accounts(app)
    assert found_on(page, "/setup") == []


def forget_accounts(app: Flask) -> None:
    """As on the first day."""
    with app.app_context(), writing() as session:
        session.execute(db.delete(LoginSession))
        session.execute(db.delete(Account))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_in_the_table_serves_everybody(
    open_plan: OpenPlan, complaints: Complaints, as_user: AsUser, world: World, stored: Stored, scheme: str
) -> None:
    complaints.expect("409", "422")
    torn, refused, opened = world.items["boris_pair"][:3]
    anna = open_plan("anna", color_scheme=scheme)
    as_user("vera").save(torn, "goal", "Посетить два урока", seen=stored(torn, "goal"))
    anna.put(torn, "goal", "Разобрать два урока")
    anna.put(refused, "due", "скоро")
    anna.explains(refused, "due", "не понят")
    anna.explains(torn, "goal", "появился другой текст")
    anna.put(opened, "goal", "Сохранено")
    anna.is_saved(opened)
    anna.open_menu(opened)
    anna.new.locator('[name="report"]').click()
    expect(anna.page.locator(".suggest")).to_be_visible()
    assert violations(anna.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialogs_serve_everybody(open_plan: OpenPlan, complaints: Complaints, as_user: AsUser, pair_item: Item, scheme: str) -> None:
    as_user("anna").save(pair_item, "@note", "Провели в каб. 24")
    anna = open_plan("anna", color_scheme=scheme)
    anna.open_menu(pair_item)
    anna.note(pair_item, "menu").get_by_role("link", name="История").click()
    expect(anna.page.get_by_role("dialog")).to_be_visible()
    assert violations(anna.page) == []
    anna.press("Escape")
    anna.page.evaluate("() => document.getElementById('login-again').showModal()")
    assert violations(anna.page) == []
