"""A network that a test holds in its hands."""

from time import monotonic

from playwright.sync_api import Page, Route


class Gate:
    """Holds what the page sends to these addresses until the test lets it through, one by one."""

    def __init__(self, page: Page, addresses: str) -> None:
        self._page, self.waiting, self.seen = page, list[Route](), list[str]()
        page.route(addresses, self._hold)

    def _hold(self, route: Route) -> None:
        self.waiting.append(route)
        self.seen.append(route.request.url.rsplit("/", 1)[1])

    def next(self) -> Route:
        """The oldest request that waits, as soon as there is one."""
        patience = monotonic() + 15
        while not self.waiting:
            assert monotonic() < patience, "nothing was sent"
            self._page.evaluate("0")  # lets Playwright hand over what has come
        return self.waiting.pop(0)

    def let_through(self) -> None:
        self.next().continue_()

    def lose_the_answer(self) -> None:
        """The server carries it out, but the page never hears of it."""
        route = self.next()
        route.fetch()
        route.abort("connectionreset")
