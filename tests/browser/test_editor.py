"""A form is written in the browser: by keyboard, on a phone, without script; what is typed is saved and seen at once."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from mentorapp.domain import draft
from tests import drafts
from tests.browser.conftest import Complaints, Visit
from tests.browser.sheet import Sheet

PART = "/forms/teacher-teacher/draft/parts/questionnaires.mentee_before"
LIST = "questionnaires.mentee_before.questions"
TALK = f"{LIST}.talk"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def begun(visit: Visit) -> Page:
    """Vera at the open card of one question."""
    page = visit("vera")
    page.goto("/forms/teacher-teacher")
    page.get_by_role("button", name="Править форму").click()
    page.goto(f"{PART}?card={TALK}")
    Sheet(page).wait_until_ready()
    return page


def texts(app: Flask) -> list[str]:
    """The questions of the draft in their order."""
    with app.app_context():
        return [str(one.get("text")) for one in draft.entries(drafts.draft_of("teacher-teacher").content, LIST)]


def test_what_is_typed_is_saved_and_seen_beside_it(begun: Page, app: Flask) -> None:
    sheet = Sheet(begun)
    expect(sheet.field(f"{TALK}.text")).to_be_focused()
    sheet.write(f"{TALK}.text", "Легко ли вам говорить с наставником?")
    sheet.is_saved(f"{TALK}.text")
    expect(begun.locator("#preview #q-talk legend")).to_contain_text("Легко ли вам говорить с наставником?")
    assert "Легко ли вам говорить с наставником?" in texts(app)
    begun.get_by_role("button", name=re.compile("отменить: «Вопрос»")).click()
    expect(begun.locator("main")).not_to_contain_text("Легко ли вам говорить с наставником?")


def test_another_kind_of_answer_brings_its_own_fields(begun: Page, app: Flask) -> None:
    sheet = Sheet(begun)
    sheet.field(f"{TALK}.kind").select_option("single")
    options = sheet.field(f"{TALK}.options")
    expect(options).to_be_visible()
    options.fill("1. Да\n2. Нет\n3. Не знаю")
    begun.keyboard.press("Tab")
    sheet.is_saved(f"{TALK}.options")
    expect(begun.locator("#preview #q-talk label")).to_have_count(3)
    expect(begun.locator("#preview #q-talk")).not_to_contain_text("1. Да")


def test_the_hand_stays_on_the_list_from_which_another_kind_was_chosen(begun: Page) -> None:
    kind = Sheet(begun).field(f"{TALK}.kind")
    kind.focus()
    kind.select_option("text")
    expect(Sheet(begun).field(f"{TALK}.low")).to_have_count(0)
    expect(Sheet(begun).field(f"{TALK}.kind")).to_be_focused()
    begun.reload()
    Sheet(begun).wait_until_ready()
    expect(Sheet(begun).field(f"{TALK}.text")).to_be_focused()


def test_beside_an_open_card_only_the_preview_moves(begun: Page) -> None:
    sheet = Sheet(begun)
    begun.set_viewport_size({"width": 1366, "height": 768})
    begun.goto(f"{PART}?card={LIST}.expect")
    sheet.write(f"{LIST}.expect.hint", "Коротко.")
    sheet.is_saved(f"{LIST}.expect.hint")
    shown = begun.locator("#preview #q-expect")
    expect(shown).to_contain_text("Коротко.")
    expect(shown).to_be_in_viewport()
    expect(begun.get_by_role("button", name=re.compile("отменить: «Пояснение"))).to_be_in_viewport(ratio=1)
    expect(begun.locator("#troubles")).to_be_in_viewport()
    begun.wait_for_timeout(300)  # htmx lets a swapped question settle
    expect(shown).to_have_class(re.compile(r"\bhere\b"))


def test_on_a_phone_a_removed_card_comes_back_by_the_bar_below(begun: Page, visit: Visit) -> None:
    page = visit("vera", **PHONE)
    page.goto(f"{PART}?card={LIST}.expect")
    Sheet(page).wait_until_ready()
    page.get_by_role("button", name="Убрать", exact=True).first.tap()
    bar = page.get_by_role("button", name="отменить: убрана карточка «вопрос 8»")
    expect(bar).to_be_in_viewport(ratio=1)
    box = bar.bounding_box()
    assert box is not None and box["height"] >= 43 and page.evaluate("scrollY") > 500
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator(".parts > a").last.bounding_box()
    assert last is not None and last["y"] + last["height"] <= bar.bounding_box()["y"]
    bar.tap()
    Sheet(page).wait_until_ready()
    expect(page.locator(".card.open")).to_be_in_viewport()
    expect(Sheet(page).field(f"{LIST}.expect.text")).to_be_visible()


def test_cards_are_added_and_moved_without_the_mouse(begun: Page, app: Flask) -> None:
    before = texts(app)
    begun.keyboard.press("Control+Enter")
    expect(begun.locator(".card.open textarea").first).to_be_focused()
    expect(begun).not_to_have_url(re.compile("talk"))
    begun.keyboard.type("Насколько вы уверены в себе?")
    begun.keyboard.press("Alt+ArrowUp")
    expect(begun.locator(".card.open textarea").first).to_have_value("Насколько вы уверены в себе?")
    place = before.index("Насколько легко вам будет говорить с наставником о своих затруднениях?")
    expect(begun.locator(".card.open .number")).to_have_text("3")
    assert texts(app) == [*before[:place], "Насколько вы уверены в себе?", *before[place:]]


def test_a_gap_is_told_with_the_way_to_its_card(begun: Page) -> None:
    sheet = Sheet(begun)
    sheet.write(f"{TALK}.text", "")
    trouble = begun.locator("#troubles").get_by_role("link")
    expect(trouble).to_have_text("Анкеты наставляемого: Перед началом, вопрос 3")
    begun.goto("/forms/teacher-teacher/draft/parts/main")
    begun.locator("#troubles").get_by_role("link").click()
    Sheet(begun).wait_until_ready()
    expect(Sheet(begun).field(f"{TALK}.text")).to_be_focused()


def test_two_who_write_one_question_choose_between_their_texts(begun: Page, visit: Visit, complaints: Complaints) -> None:
    complaints.expect("409")
    other = visit("dina")
    other.goto(f"{PART}?card={TALK}")
    theirs, mine = Sheet(other), Sheet(begun)
    theirs.wait_until_ready()
    theirs.write(f"{TALK}.text", "Вопрос Дины?")
    theirs.is_saved(f"{TALK}.text")
    mine.write(f"{TALK}.text", "Вопрос Веры?")
    mine.explains(f"{TALK}.text", "Здесь уже записано другое")
    begun.get_by_role("button", name="Взять этот").click()
    expect(mine.field(f"{TALK}.text")).to_have_value("Вопрос Дины?")


def test_a_questionnaire_can_be_tried_out(begun: Page) -> None:
    begun.get_by_role("link", name="Попробовать заполнить").click()
    sheet = Sheet(begun)
    sheet.wait_until_ready()
    sheet.choose("had_mentor", "да")
    sheet.is_saved("had_mentor")
    expect(sheet.question("had_mentor_what")).to_be_visible()
    for _part in range(4):
        sheet.go_on()
    expect(begun.locator("main")).to_contain_text("Отправить эту анкету было бы ещё нельзя")


@pytest.mark.parametrize("part", ["main", "questionnaires.mentee_before", "plans.pair", "evaluation", "deficits", "documents"])
def test_on_a_phone_everything_fits_and_can_be_reached(begun: Page, visit: Visit, part: str) -> None:
    page = visit("vera", **PHONE)
    page.goto(f"/forms/teacher-teacher/draft/parts/{part}")
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("link", name="Части формы").tap()
    expect(page.get_by_role("navigation", name="Части формы")).to_be_in_viewport()


def test_without_script_a_card_is_a_plain_form(begun: Page, visit: Visit, app: Flask) -> None:
    page = visit("vera", java_script_enabled=False)
    page.goto(f"{PART}?card={TALK}")
    page.locator(f'[name="value-{TALK}.text"]').fill("Без скриптов?")
    page.get_by_role("button", name="Сохранить", exact=True).last.click()
    expect(page.locator(f'[name="value-{TALK}.text"]')).to_have_value("Без скриптов?")
    page.get_by_role("button", name="Ниже: Без скриптов?").click()
    assert texts(app)[4] == "Без скриптов?"
    page.get_by_role("link", name="Как это увидят").click()
    expect(page.locator("main")).to_contain_text("Без скриптов?")


def test_a_refused_field_is_shown_when_the_page_is_to_be_left(begun: Page, complaints: Complaints) -> None:
    complaints.expect("422")
    sheet, high = Sheet(begun), f"{TALK}.high"
    sheet.write(high, "много")
    sheet.explains(high, "Нужно целое число")
    begun.get_by_role("link", name="Встречи").first.click()
    expect(begun.locator("#band")).to_contain_text("Сначала решите, что с полем «До»", timeout=1500)
    expect(sheet.field(high)).to_be_focused()
    expect(begun).to_have_url(re.compile("mentee_before"))
    sheet.write(high, "9")
    sheet.is_saved(high)


@pytest.mark.parametrize("by_key", [True, False])
def test_what_stood_in_a_refused_field_comes_back_by_button_and_by_key(begun: Page, complaints: Complaints, by_key: bool) -> None:
    complaints.expect("422")
    sheet, high = Sheet(begun), f"{TALK}.high"
    sheet.write(high, "много")
    sheet.explains(high, "Нужно целое число")
    if by_key:
        sheet.field(high).press("Escape")
    else:
        begun.get_by_role("button", name="Вернуть прежнее").click()
    expect(sheet.field(high)).to_have_value("10")
    begun.get_by_role("link", name="Встречи").first.click()
    expect(begun).to_have_url(re.compile("parts/meetings"))


def test_above_a_plan_the_last_step_and_the_problems_stay_in_sight(begun: Page) -> None:
    begun.goto("/forms/teacher-teacher/draft/parts/plans.pair")
    begun.locator(".addcard").first.get_by_role("button", name="Столбец").click()
    Sheet(begun).wait_until_ready()
    begun.locator(".addcard").last.scroll_into_view_if_needed()
    expect(begun.get_by_role("button", name="отменить: новая карточка: столбец")).to_be_in_viewport()
    expect(begun.locator("#troubles")).to_be_in_viewport()


def test_the_way_to_the_cards_is_short_by_keyboard(begun: Page, app: Flask) -> None:
    before = len(texts(app))
    begun.goto(PART)
    Sheet(begun).wait_until_ready()
    expect(begun.locator("main")).to_contain_text("Ctrl+Enter")
    skip = begun.get_by_role("link", name="К кнопке «Вопрос»")
    skip.focus()
    begun.keyboard.press("Enter")
    begun.keyboard.press("Tab")
    expect(begun.get_by_role("button", name="Вопрос", exact=True)).to_be_focused()
    begun.get_by_role("link", name="Встречи").first.focus()
    begun.keyboard.press("Control+Enter")
    expect(begun.locator(".card.open textarea").first).to_be_focused()
    assert len(texts(app)) == before + 1


def test_in_a_field_for_a_list_the_keys_add_the_list(begun: Page, app: Flask) -> None:
    begun.goto(PART)
    Sheet(begun).wait_until_ready()
    begun.get_by_text("Вставить списком").click()
    begun.locator('textarea[name^="many-"]').fill("Легко ли вам? (1–5)\nГде удобнее?\n- В школе\n- Дома")
    begun.keyboard.press("Control+Enter")
    expect(begun.locator(".card").last).to_contain_text("один вариант · В школе; Дома")
    assert texts(app)[-2:] == ["Легко ли вам?", "Где удобнее?"]


def test_on_a_phone_the_way_to_the_parts_is_large_enough_for_a_finger(begun: Page, visit: Visit) -> None:
    page = visit("vera", **PHONE)
    page.goto(PART)
    for place in (page.get_by_role("link", name="Части формы"), page.get_by_text("Вставить списком"), page.get_by_text("Добавить анкету")):
        box = place.bounding_box()
        assert box is not None and box["height"] >= 43


def test_a_table_of_word_is_pasted_with_its_lines_inside_their_cells(begun: Page) -> None:
    begun.get_by_role("link", name=re.compile("План пары")).first.click()
    begun.locator("#add-plans\\.pair\\.items summary").click()
    box = begun.locator('textarea[name="many-plans.pair.items"]')
    rows = "<tr><td style='width:9pt'><p>Квест<br>по фондам</p><p>и чаепитие</p></td><td>15\n октября</td></tr>"
    rows += "<tr><td>Итоги</td><td></td></tr>"
    paste = """(box, html) => {
        const data = new DataTransfer();
        data.setData("text/html", html);
        data.setData("text/plain", "как попало");
        return box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
    }"""
    assert box.evaluate(paste, f"<style>p {{}}</style><table>{rows}</table>") is False
    expect(box).to_have_value("Квест по фондам и чаепитие\t15 октября\nИтоги\t")
    merged = "<tr><td rowspan=2>Раздел</td><td colspan=2>1</td><td>А</td></tr><tr><td>2</td><td>3</td><td>Б</td></tr>"
    box.fill("")
    assert box.evaluate(paste, f"<table>{merged}</table>") is False
    expect(box).to_have_value("Раздел\t1\t\tА\n\t2\t3\tБ")
    assert box.evaluate(paste, f"<p>Наш план</p><table>{rows}</table>") is True  # more than a table is left to the browser
