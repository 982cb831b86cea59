"""The server refuses or fails: the text stays, the page says «НЕ СОХРАНЕНО», and it can be tried again."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Complaints, Live, Stored
from tests.browser.table import Table
from tests.conftest import Browser
from tests.school import Item

AsUser = Callable[[str], Browser]


@pytest.mark.parametrize("status", [500, 503])
def test_a_failing_server_is_tried_again(anna: Table, complaints: Complaints, pair_item: Item, stored: Stored, status: int) -> None:
    complaints.expect(str(status))
    anna.page.route("**/items/*/goal", lambda route: route.fulfill(status=status, body='<div class="msg err">Не получилось.</div>'))
    anna.put(pair_item, "goal", "Не пропаду")
    anna.says(pair_item, "не сохранено")
    expect(anna.band).to_contain_text("НЕ СОХРАНЕНО")
    anna.shows(pair_item, "goal", "Не пропаду")
    anna.page.unroute_all()
    anna.note(pair_item, "goal").get_by_role("button", name="Повторить").click()
    anna.is_saved(pair_item)
    anna.focus_is_in(pair_item, "goal")
    anna.explains_nothing(pair_item, "goal")
    expect(anna.band).to_be_hidden()
    assert stored(pair_item, "goal") == "Не пропаду"


@pytest.mark.parametrize("status", [200, 502])
def test_a_page_of_a_proxy_is_not_taken_for_an_answer(anna: Table, complaints: Complaints, pair_item: Item, status: int) -> None:
    complaints.expect("502")
    anna.page.route("**/items/*/goal", lambda route: route.fulfill(status=status, content_type="text/html", body="<h1>Proxy</h1>"))
    anna.put(pair_item, "goal", "Куда-то ушло")
    anna.says(pair_item, "не сохранено")
    anna.explains(pair_item, "goal", "НЕ СОХРАНЕНО. Ваш текст остался в поле.")
    anna.shows(pair_item, "goal", "Куда-то ушло")
    expect(anna.page.get_by_text("Proxy")).to_have_count(0)


def test_other_cells_of_the_row_still_go(anna: Table, complaints: Complaints, live: Live, pair_item: Item, stored: Stored) -> None:
    complaints.expect("503", "net::ERR_INTERNET_DISCONNECTED")
    anna.page.context.set_offline(True)
    anna.put(pair_item, "goal", "Откажут")
    anna.put(pair_item, "result", "Примут")
    anna.says(pair_item, "ждёт связи")
    anna.page.route("**/items/*/goal", lambda route: route.fulfill(status=503, body=""))
    anna.page.context.set_offline(False)
    anna.says(pair_item, "не сохранено")
    live.wait_for(f"POST /plans/{pair_item.plan_id}/items/{pair_item.id}/result")
    anna.shows(pair_item, "goal", "Откажут")
    assert stored(pair_item, "result") == "Примут"


def test_a_plan_closed_meanwhile_is_explained(
    anna: Table, complaints: Complaints, as_user: AsUser, pair_item: Item, stored: Stored
) -> None:
    complaints.expect("403")
    before = stored(pair_item, "goal")
    as_user("vera").post(f"/plans/{pair_item.plan_id}/close")
    anna.put(pair_item, "goal", "Опоздала")
    anna.explains(pair_item, "goal", "пока план и пара открыты")
    anna.shows(pair_item, "goal", "Опоздала")
    assert stored(pair_item, "goal") == before
    as_user("vera").post(f"/plans/{pair_item.plan_id}/reopen")
    anna.note(pair_item, "goal").get_by_role("button", name="Повторить").click()
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Опоздала"


def test_far_too_much_text_is_refused_and_stays(
    app: Flask, anna: Table, complaints: Complaints, pair_item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints.expect("413")
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 5_000)  # a million signs take the browser long to draw
    text = "ю" * 5_000
    anna.cell(pair_item, "goal").fill(text)
    anna.leave()
    anna.explains(pair_item, "goal", "Слишком много")
    anna.shows(pair_item, "goal", text)
    anna.says(pair_item, "не сохранено")


def test_a_text_that_does_not_fit_is_refused_with_its_excess(anna: Table, complaints: Complaints, pair_item: Item) -> None:
    complaints.expect("422")
    anna.cell(pair_item, "goal").fill("ю" * 10_002)
    anna.leave()
    anna.explains(pair_item, "goal", "на 2 знака больше")
    anna.says(pair_item, "не сохранено")


def test_a_row_removed_meanwhile_is_explained(
    anna: Table, complaints: Complaints, as_user: AsUser, pair_item: Item, stored: Stored
) -> None:
    complaints.expect("422")
    as_user("vera").post(f"/plans/{pair_item.plan_id}/items/{pair_item.id}/remove")
    anna.put(pair_item, "goal", "В корзину не писали")
    anna.explains(pair_item, "goal", "убрали в корзину")
    anna.shows(pair_item, "goal", "В корзину не писали")
    as_user("vera").post(f"/plans/{pair_item.plan_id}/items/{pair_item.id}/restore")
    anna.put(pair_item, "goal", "Строку вернули")
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Строку вернули"
