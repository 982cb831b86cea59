"""One module a screen, one blueprint each. A view checks, changes inside one transaction, and answers."""

from importlib import import_module

from flask import Flask

SCREENS = (
    "accounts",
    "answers",
    "asked",
    "bases",
    "called",
    "classes",
    "clearances",
    "deficit_plan",
    "deficits",
    "documents",
    "draft_books",
    "draft_look",
    "drafts",
    "evaluations",
    "form_answers",
    "form_offers",
    "form_files",
    "form_states",
    "forms",
    "health",
    "help",
    "home",
    "lists",
    "login",
    "measurements",
    "meetings",
    "members",
    "new_form",
    "new_pair",
    "organisations",
    "pair_papers",
    "pairs",
    "people",
    "plans",
    "publishing",
    "questionnaires",
    "rows",
    "school",
    "search",
    "setup",
    "undo",
    "versions",
)


def init(app: Flask) -> None:
    """Register every screen."""
    for name in SCREENS:
        app.register_blueprint(import_module(f"mentorapp.views.{name}").bp)
