"""Leaving a cell, the window or the page loses nothing."""

from playwright.sync_api import Dialog, expect

from tests.browser.conftest import Complaints, Live, Stored
from tests.browser.table import Table
from tests.school import Item


def save_of(item: Item, column: str) -> str:
    return f"POST /plans/{item.plan_id}/items/{item.id}/{column}"


class Warned:
    """Answers the browser's question «leave this page?» and remembers that it was asked."""

    def __init__(self, table: Table, *, leave: bool) -> None:
        self.times, self._leave = 0, leave
        table.page.on("dialog", self._answer)

    def _answer(self, dialog: Dialog) -> None:
        assert dialog.type == "beforeunload"
        self.times += 1
        if self._leave:
            dialog.accept()
        else:
            dialog.dismiss()


def test_switching_the_keyboard_keeps_the_text(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.write(pair_item, "goal", "Привет")
    anna.page.keyboard.down("Alt")
    anna.page.keyboard.down("Shift")
    anna.page.keyboard.up("Shift")
    anna.page.keyboard.up("Alt")
    anna.type(", hello")
    anna.shows(pair_item, "goal", "Привет, hello")
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Привет, hello"


def test_losing_the_window_keeps_the_text_and_saves_it(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.write(pair_item, "goal", "Отвлекли")
    anna.page.evaluate("() => { window.dispatchEvent(new Event('blur')); document.activeElement.blur(); }")
    anna.shows(pair_item, "goal", "Отвлекли")
    anna.is_saved(pair_item)
    anna.shows(pair_item, "goal", "Отвлекли")
    assert stored(pair_item, "goal") == "Отвлекли"


def test_hiding_the_page_saves_at_once(anna: Table, live: Live, pair_item: Item, stored: Stored) -> None:
    anna.write(pair_item, "goal", "Свернула окно")
    anna.page.evaluate("""() => {
        window.setTimeout = (work, pause) => pause ? 0 : queueMicrotask(work);  // the pause after typing never ends
        Object.defineProperty(document, "visibilityState", {value: "hidden"});
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    live.wait_for(save_of(pair_item, "goal"))
    assert stored(pair_item, "goal") == "Свернула окно"


def test_leaving_with_an_unsent_text_is_warned_of(anna: Table, complaints: Complaints, pair_item: Item, stored: Stored) -> None:
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    warned = Warned(anna, leave=False)
    anna.page.context.set_offline(True)
    anna.write(pair_item, "goal", "Ещё не ушло")
    with anna.page.expect_event("dialog"):
        anna.page.evaluate("() => { setTimeout(() => { location.href = '/'; }); }")
    anna.shows(pair_item, "goal", "Ещё не ушло")
    anna.page.context.set_offline(False)
    anna.is_saved(pair_item)
    assert warned.times == 1
    assert stored(pair_item, "goal") == "Ещё не ушло"


def test_a_saved_page_is_left_without_a_word(anna: Table, pair_item: Item) -> None:
    warned = Warned(anna, leave=True)
    anna.put(pair_item, "due", "5.12")
    anna.is_saved(pair_item)
    anna.page.goto("/")
    assert warned.times == 0


def test_a_link_clicked_right_after_the_last_letter_waits_for_its_save(anna: Table, pair_item: Item, stored: Stored) -> None:
    warned = Warned(anna, leave=True)
    anna.write(pair_item, "goal", "И сразу дальше")
    anna.page.get_by_role("link", name="Встречи").click()
    anna.page.wait_for_url("**/meetings")
    assert warned.times == 0
    assert stored(pair_item, "goal") == "И сразу дальше"


def test_a_link_clicked_after_a_date_that_is_none_is_warned_of(anna: Table, complaints: Complaints, pair_item: Item) -> None:
    complaints.expect("422")
    warned = Warned(anna, leave=False)
    anna.write(pair_item, "due", "когда-нибудь потом")
    with anna.page.expect_event("dialog"):
        anna.page.get_by_role("link", name="Встречи").click()
    anna.explains(pair_item, "due", "не понят")
    anna.shows(pair_item, "due", "когда-нибудь потом")
    assert warned.times == 1


def test_the_last_words_are_sent_when_the_page_goes(anna: Table, live: Live, pair_item: Item, stored: Stored) -> None:
    Warned(anna, leave=True)
    anna.write(pair_item, "goal", "Последнее слово")
    anna.page.evaluate("() => { location.href = '/help'; }")  # at once, long before the pause is over
    anna.page.wait_for_url("**/help")
    live.wait_for(save_of(pair_item, "goal"))
    assert stored(pair_item, "goal") == "Последнее слово"


def test_the_last_words_in_a_new_row_are_sent_too(anna: Table, live: Live, pair_item: Item) -> None:
    Warned(anna, leave=True)
    anna.new.locator('[name="what"]').click()
    anna.type("Новая строка в последний миг")
    anna.page.evaluate("() => { location.href = '/help'; }")
    anna.page.wait_for_url("**/help")
    live.wait_for(f"POST /plans/{pair_item.plan_id}/items/new")
    anna.page.goto(f"/plans/{pair_item.plan_id}")
    expect(anna.page.locator("#plan tr[id]").nth(6).locator('[name="what"]')).to_have_value("Новая строка в последний миг")


def test_all_cells_of_a_new_row_are_sent_in_the_last_moment(anna: Table, live: Live, pair_item: Item) -> None:
    Warned(anna, leave=True)
    anna.stop_the_clock()
    for name, text in (("what", "Открытый урок"), ("goal", "Показать приём")):
        anna.new.locator(f'[name="{name}"]').click()
        anna.page.keyboard.insert_text(text)
    anna.page.evaluate("() => { location.href = '/help'; }")
    anna.page.wait_for_url("**/help")
    live.wait_for(f"POST /plans/{pair_item.plan_id}/items/new")
    anna.page.goto(f"/plans/{pair_item.plan_id}")
    made = anna.page.locator("#plan tr[id]")
    expect(made).to_have_count(7)
    expect(made.last.locator('[name="what"]')).to_have_value("Открытый урок")
    expect(made.last.locator('[name="goal"]')).to_have_value("Показать приём")
