"""A school's first day, from an empty database: everything is made, corrected once, and one of each is put away, all in the browser."""

import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import OwnServer


@pytest.fixture
def first_visit(chromium: Browser, tmp_path: Path) -> Iterator[tuple[Page, str]]:
    """A server over an empty folder, a browser before it, and the code the server printed."""
    server = OwnServer(tmp_path / "school")
    code = server.start_and_read_code()
    context = chromium.new_context(base_url=server.url, viewport={"width": 1366, "height": 768}, locale="ru-RU")
    context.set_default_timeout(15_000)
    yield context.new_page(), code
    context.close()
    server.kill()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    page.locator("main, nav").get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def set_up(page: Page, code: str) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/setup"))
    for label, text in {
        "Код": "000000",
        "Название школы": "МБОУ «Школа № 14»",
        "Коротко": "Школа № 14",
        "Ваша фамилия": "Громова",
        "Имя": "Вера",
        "Логин": "gromova-v",
        "Пароль": "кот идёт домой",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    press(page, "Начать работу")
    expect(page.get_by_role("alert")).to_contain_text("Код не подошёл")
    page.get_by_label("Код", exact=True).fill(code)
    page.get_by_label("Пароль", exact=True).fill("кот идёт домой")
    press(page, "Начать работу")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Начнём учебный год")


def add_person(page: Page, last: str, first: str, kind: str, birth: str, post: str = "") -> None:
    page.goto("/people/new")
    page.get_by_label("Фамилия", exact=True).fill(last)
    page.get_by_label("Имя", exact=True).fill(first)
    page.get_by_label("Кто это").select_option(label=kind)
    page.get_by_label("Пол").select_option(label="женский")
    page.locator("[name=birth]").fill(birth)
    page.locator("[name=post]").fill(post)
    press(page, "Записать")
    expect(page.get_by_role("heading", level=1)).to_contain_text(last)


def add_consent(page: Page, signer: str = "") -> None:
    follow(page, "Добавить согласие")
    if signer:
        page.locator("[name=signed_by]").select_option(index=1)
        page.locator("[name=signer]").fill(signer)
    page.locator("[name=signed_on]").fill("1.09.2026")
    press(page, "Записать согласие")
    expect(page.locator("main")).to_contain_text("в силе")


def open_person(page: Page, last: str) -> None:
    page.goto(f"/people?q={last}")
    page.locator("main tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(last)


def enter_base(page: Page, last: str, base: str, request: str) -> None:
    open_person(page, last)
    follow(page, f"В базу «{base}»")
    page.locator("[name=request]").fill(request)
    press(page, "Записать в базу")
    expect(page.locator("main")).to_contain_text(request)


def make_everything(page: Page) -> None:
    page.goto("/classes")
    page.locator("[name=titles]").fill("9а")
    press(page, "Добавить")
    expect(page.get_by_role("link", name="9\u00a0«А»")).to_be_visible()
    add_person(page, "Соколова", "Анна", "педагог", "1980", "учитель математики")
    add_consent(page)
    add_person(page, "Лукина", "Белла", "педагог", "1999", "учитель физики")
    add_consent(page)
    add_person(page, "Ёлкина", "Зоя", "обучающийся", "2012")
    page.goto("/bases/mentees/add?q=ёлкина")
    follow(page, "Ёлкина")
    press(page, "Записать в базу")
    expect(page.get_by_role("alert")).to_contain_text("согласия законного представителя")
    open_person(page, "Ёлкина")
    add_consent(page, "Ёлкина Мария, мать")
    add_person(page, "Чернова", "Дарья", "педагог", "1975")
    add_consent(page)
    enter_base(page, "Соколова", "Наставники", "Разбор уроков")
    enter_base(page, "Лукина", "Наставляемые", "Дисциплина в 7 классе")
    enter_base(page, "Ёлкина", "Наставляемые", "Физика")
    enter_base(page, "Чернова", "Наставники", "Работа с родителями")


def switch_a_form_on(page: Page) -> None:
    page.goto("/forms")
    page.locator("#form-teacher-teacher").get_by_role("button", name="Включить").click()
    expect(page.locator("#form-teacher-teacher")).to_contain_text("включена")


def make_a_pair_and_print(page: Page) -> None:
    switch_a_form_on(page)
    page.goto("/pairs/new")
    page.locator("[name=mentor]").first.check()
    page.locator("[name=mentee]").first.check()
    page.locator("[name=subtype]").select_option(index=1)
    press(page, "Составить")
    expect(page.get_by_role("alert")).to_contain_text("область")
    page.get_by_label("Область").fill("методика преподавания")
    press(page, "Составить")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Соколова Анна — Лукина Белла")
    title = page.locator("#plan textarea[name=what]").first
    title.fill("Первая беседа о затруднениях")
    title.press("Tab")
    expect(page.locator("#plan .save").first).to_contain_text("✓")
    for address in (page.url + "/plan.pdf", plan_a_meeting(page)):
        answer = page.request.get(address)
        assert answer.ok and answer.body().startswith(b"%PDF")


def plan_a_meeting(page: Page) -> str:
    """Returns the address of its checklist."""
    follow(page, "назначить")
    day = page.evaluate("new Date(Date.now() + 864e5).toLocaleDateString('ru-RU')")
    page.locator("[name=planned_on]").fill(day)
    press(page, "Назначить встречу")
    return page.url + "/checklist.pdf"


def correct_everything(page: Page) -> None:
    page.goto("/school")
    page.locator("[name=town]").fill("Верхнеречье")
    press(page, "Сохранить")
    page.goto("/classes")
    follow(page, "изменить")
    page.locator("[name=title]").fill("9 Б")
    press(page, "Сохранить")
    expect(page.get_by_role("link", name="9\u00a0«Б»")).to_be_visible()
    open_person(page, "Ёлкина")
    follow(page, "Изменить")
    page.get_by_label("Имя", exact=True).fill("Зоя-Мария")
    press(page, "Сохранить")
    follow(page, "изменить или отозвать")
    page.locator("[name=paper_place]").fill("папка 3")
    press(page, "Сохранить")
    expect(page.locator("main")).to_contain_text("папка 3")
    page.goto("/bases/mentees?q=ёлкина")
    page.get_by_role("link", name="изменить").first.click()
    page.locator("[name=request]").fill("Физика и черчение")
    press(page, "Сохранить")
    expect(page.locator("main")).to_contain_text("Физика и черчение")
    page.goto("/pairs/1/edit")
    page.locator("[name=order_number]").fill("78-Д")
    press(page, "Сохранить")
    expect(page.locator("main")).to_contain_text("78-Д")
    page.goto("/meetings/1/edit")
    page.locator("[name=place]").fill("каб. 31")
    press(page, "Сохранить")
    expect(page.locator("main")).to_contain_text("каб. 31")


def put_one_of_each_away(page: Page) -> None:
    page.goto("/meetings/1/edit")
    press(page, "Убрать встречу")
    page.goto("/plans/1/items/2")
    press(page, "В корзину")
    expect(page.locator("#progress")).to_contain_text("из 5")
    page.goto("/bases/mentors?q=чернова")
    page.get_by_role("link", name="изменить").first.click()
    press(page, "Убрать из базы")
    open_person(page, "Ёлкина")
    follow(page, "изменить или отозвать")
    press(page, "Отозвать")
    expect(page.locator("main")).to_contain_text("отозвано")
    page.goto("/classes")
    follow(page, "изменить")
    press(page, "Удалить класс")
    expect(page.locator("main")).to_contain_text("Классов пока нет")
    open_person(page, "Чернова")
    press(page, "В архив")
    expect(page.locator("main")).to_contain_text("в архиве")
    page.goto("/pairs/1/edit")
    press(page, "В архив")
    expect(page.locator("main")).to_contain_text("Соколова")
    page.goto("/pairs")
    expect(page.locator("main")).not_to_contain_text("Соколова")


def test_a_school_is_set_up_filled_corrected_and_tidied_in_the_browser(first_visit: tuple[Page, str]) -> None:
    page, code = first_visit
    set_up(page, code)
    make_everything(page)
    make_a_pair_and_print(page)
    correct_everything(page)
    put_one_of_each_away(page)
    page.goto("/pairs?state=archive")
    expect(page.locator("main")).to_contain_text("Соколова")


def test_the_server_says_that_it_is_alive(first_visit: tuple[Page, str]) -> None:
    page, _code = first_visit
    page.goto("/login")
    address = re.sub(r"/setup.*|/login.*", "/healthz", page.url)
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
        assert answer.read() == b"ok"
