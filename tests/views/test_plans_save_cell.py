"""Saving one cell of a plan."""

from collections.abc import Callable

from flask import Flask

from tests.conftest import Browser
from tests.school import Item

AsUser = Callable[[str], Browser]


def test_other_persons_edit_is_not_lost(app: Flask, as_user: AsUser, mentee_item: Item) -> None:
    with app.app_context():
        was = mentee_item.fresh().title
    assert as_user("anna").save(mentee_item, "what", "Разобрать урок", seen=was).status_code == 200
    answer = as_user("boris").save(mentee_item, "what", "Посетить урок", seen=was)
    assert answer.status_code == 409
    assert "Разобрать" in answer.text and "Посетить" in answer.text and "Соколова" in answer.text
    with app.app_context():
        assert mentee_item.fresh().title == "Разобрать урок"
