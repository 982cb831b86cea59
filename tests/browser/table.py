"""The plan's table as a person meets it, in verbs, so that tests read as sentences."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.school import Item


@dataclass(frozen=True)
class Table:
    """The table on an open page. A cell is an item and the id of a column; the newest row has none yet, it is `new`."""

    page: Page

    def row(self, item: Item) -> Locator:
        return self.page.locator(f"#r{item.id}")

    def cell(self, item: Item, column: str) -> Locator:
        return self.row(item).locator(f'[name="{column}"]')

    @property
    def new(self) -> Locator:
        """The empty row at the end."""
        return self.page.locator("tr.new")

    def status(self, item: Item) -> Locator:
        return self.row(item).locator(".save")

    def note(self, item: Item, column: str) -> Locator:
        """The line under the row that speaks of this cell."""
        return self.page.locator(f'[id="note-r{item.id}-{column}"]')

    @property
    def band(self) -> Locator:
        return self.page.locator("#band")

    # ── what a person does ──
    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type where the caret stands."""
        self.page.keyboard.type(text)

    def write(self, item: Item, column: str, text: str) -> None:
        """Click into the cell and write over what stands there; stay in it. At one stroke: a slow computer makes no pauses in it."""
        self.cell(item, column).click()
        self.press("Control+A")
        self.page.keyboard.insert_text(text)

    def leave(self) -> None:
        """Go on to the next cell."""
        self.press("Tab")

    def put(self, item: Item, column: str, text: str) -> None:
        """Write and go on."""
        self.write(item, column, text)
        self.leave()

    def choose(self, item: Item, state: str) -> None:
        """Pick a state by its word."""
        self.cell(item, "@state").select_option(label=state)

    def undo_in_row(self, item: Item) -> None:
        self.status(item).get_by_role("button", name="Отменить").click()

    def open_menu(self, item: Item) -> None:
        self.row(item).locator("th a").click()

    def stop_the_clock(self) -> None:
        """The page's own clock stands still: what it does after a pause it does when the test lets that time go by."""
        self.page.clock.install()
        self.page.clock.pause_at(self.page.evaluate("Date.now()") + 1000)

    def let_go_by(self, milliseconds: int) -> None:
        self.page.clock.run_for(milliseconds)

    def reload(self) -> None:
        self.page.reload()
        self.wait_until_ready()

    # ── what a person sees, sooner or later ──
    def wait_until_ready(self) -> None:
        expect(self.page.locator("#cells")).to_be_enabled()

    def is_saved(self, item: Item) -> None:
        expect(self.status(item)).to_contain_text("✓")

    def says(self, item: Item, words: str) -> None:
        """In the status of the row."""
        expect(self.status(item)).to_contain_text(words)

    def explains(self, item: Item, column: str, words: str) -> None:
        """Under the row."""
        expect(self.note(item, column)).to_contain_text(words)

    def explains_nothing(self, item: Item, column: str) -> None:
        expect(self.note(item, column)).to_have_count(0)

    def shows(self, item: Item, column: str, text: str) -> None:
        expect(self.cell(item, column)).to_have_value(text)

    def focus_is_in(self, item: Item, column: str) -> None:
        expect(self.cell(item, column)).to_be_focused()

    def order(self) -> list[int]:
        """The ids of the rows from top to bottom."""
        ids: list[int] = self.page.eval_on_selector_all(
            "#plan tbody:first-of-type tr[id]", "rows => rows.map(row => Number(row.id.slice(1)))"
        )
        return ids
