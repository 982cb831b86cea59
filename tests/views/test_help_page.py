"""Help speaks to each in her own place, and no page sends anybody where she may not go."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.conftest import Browser
from tests.school import CAST

AsUser = Callable[[str], Browser]

FIRST_WORDS = {
    "vera": "пару или группу составляют из двух баз",
    "viktor": "пару или группу составляют из двух баз",
    "dina": "логины, новые пароли, роли",
    "inna": "пары, которые вы видите по своей роли",
    "klara": "карточки людей, которые вы видите по своей роли",
    "anna": "следующая встреча, чек-лист к ней",
    "boris": "следующая встреча, чек-лист к ней",
}


@pytest.mark.parametrize("name", FIRST_WORDS)
def test_the_first_section_is_about_the_readers_own_pages(as_user: AsUser, name: str) -> None:
    page = as_user(name).get("/help").text
    shown = {words for words in FIRST_WORDS.values() if words in page}
    assert FIRST_WORDS[name] in shown
    assert ("составляют из двух баз" in page) == (name in ("vera", "viktor"))


def test_it_explains_the_words_beside_a_cell_and_whom_to_ask(as_user: AsUser) -> None:
    page = as_user("anna").get("/help").text
    for word in ("не сохранено", "решите ниже", "ждёт связи", "Shift + Enter", "5 сентября", "Громова В. П., каб. 24"):
        assert word in page


@pytest.mark.parametrize("name", CAST)
def test_every_link_of_the_first_pages_opens(app: Flask, as_user: AsUser, name: str) -> None:
    person = as_user(name)
    links: set[str] = set()
    for page in ("/", "/help", "/me"):
        answer = person.get(page)
        assert answer.status_code == 200
        links |= set(re.findall(r'<a [^>]*href="(/[^"#]*)"', answer.text))
    closed = {link: status for link in links if (status := person.get(link.replace("&amp;", "&")).status_code) not in (200, 303)}
    assert len(links) > 3 and closed == {}
