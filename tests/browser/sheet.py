"""A filled-in sheet as a person meets it, in verbs."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Sheet:
    """The questions on an open page; a place for a value is named by its key."""

    page: Page

    def wait_until_ready(self) -> None:
        """Its script listens."""
        expect(self.page.locator("form.live")).to_be_visible()

    def group(self, key: str) -> Locator:
        return self.page.locator(f'[data-key="{key}"]')

    def question(self, id: str) -> Locator:
        return self.page.locator(f"#q-{id}")

    def field(self, key: str) -> Locator:
        """The line, text or list of a value."""
        return self.group(key).locator(f'[name="value-{key}"]')

    def choose(self, key: str, value: str) -> None:
        self.group(key).locator(f'input[value="{value}"]').check()

    def write(self, key: str, text: str) -> None:
        """Write and go on."""
        self.field(key).fill(text)
        self.page.keyboard.press("Tab")

    def pick(self, key: str, *values: str) -> None:
        """Choose in a list, or one value for each place."""
        for place, value in enumerate(values):
            self.field(key).nth(place).select_option(value)

    def give(self, key: str, kind: str, value: str) -> None:
        """Answer in the way that the kind of question asks for."""
        if kind in ("text", "long", "number", "date"):
            self.write(key, value)
        elif kind in ("rank", "person"):
            self.pick(key, *value.split(","))
        else:
            for one in value.split(","):
                self.choose(key, one)

    def is_saved(self, key: str) -> None:
        expect(self.group(key).locator(".save .saved")).to_contain_text("✓")

    def says(self, key: str, words: str) -> None:
        """In the mark beside the value."""
        expect(self.group(key).locator(".save")).to_contain_text(words)

    def explains(self, key: str, words: str) -> None:
        """Under the value."""
        expect(self.group(key).locator(".note")).to_contain_text(words)

    def go_on(self) -> None:
        self.page.locator(".foot .main").click()
