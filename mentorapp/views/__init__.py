"""One module a screen, one blueprint each. A view checks, changes inside one transaction, and answers."""

from flask import Flask

from mentorapp.views import accounts, bases, classes, forms, health, help, home, login, meetings, pairs, people, plans, rows, school, search, setup


def init(app: Flask) -> None:
    """Register every screen."""
    for module in (accounts, bases, classes, forms, health, help, home, login, meetings, pairs, people, plans, rows, school, search, setup):
        app.register_blueprint(module.bp)
