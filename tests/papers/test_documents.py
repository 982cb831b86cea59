"""Papers in the form's own words: every name is there, gaps stop the printing, and they look like papers with one or many people."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from mentorapp.database import db
from mentorapp.domain.documents import Document, Unfilled
from mentorapp.domain.permissions import Side
from mentorapp.models import Pair, Participant, Person, School
from mentorapp.papers import documents
from mentorapp.papers.press import Printed
from tests.conftest import NOW
from tests.papers import reading
from tests.papers.samples import LONGEST_NAME
from tests.parts import DOCUMENTS, EVERY_WORD
from tests.school import AREA, World

TODAY = NOW.date()
HOSTILE = "<img src=http://192.0.2.1/x.png> {{7*7}} [школа] </p>&lt;b&gt;"
ALL_SIGN = Document(
    "Соглашение", ("Кто работает", EVERY_WORD, "Слово о деле. " * 40), ("director", "curator", "mentor", "mentee", "parent")
)
Print = Callable[..., Printed]


@pytest.fixture
def pair(app: Flask, world: World) -> Iterator[Pair]:
    """Anna and Boris with an order; nothing that a test changes is written."""
    with app.app_context():
        found = db.session.get_one(Pair, world.pairs["boris"])
        found.order_number, found.order_on, found.subtype = "14-о", TODAY, found.spec.subtypes[0].id
        yield found
        db.session.rollback()


def join(pair: Pair, world: World, side: Side, *names: str) -> None:
    """More people on one side; nobody of the school is renamed but for a name that is given as it is."""
    for name in names:
        person = db.session.get_one(Person, world.people[name])
        db.session.expunge(person)
        pair.participants.append(Participant(person=person, side=side, since=TODAY))


def test_every_placeholder_that_is_known_is_filled_in(pair: Pair) -> None:
    paper = documents.document_paper(School.get(), pair, "programme", replace(DOCUMENTS["programme"], paragraphs=(EVERY_WORD,)), TODAY)
    said = paper.paragraphs[0]
    assert "[" not in said
    for word in ("МБОУ «Школа № 14»", "Верхнеречье", "И. К. Власова", "Соколова Анна Викторовна", "Лукин Борис Андреевич", AREA):
        assert word in said
    for word in ("07.09.2026", "31.05.2027", "2026/2027", "14-о", "23.11.2026", pair.spec.subtypes[0].title, pair.spec.short_title):
        assert word in said


def test_a_gap_stops_the_paper_and_is_named(pair: Pair) -> None:
    pair.order_number, pair.order_on = "", None
    with pytest.raises(Unfilled) as stopped:
        documents.document_paper(School.get(), pair, "order", DOCUMENTS["order"], TODAY)
    assert stopped.value.missing == ["приказ", "дата приказа"]
    with pytest.raises(Unfilled) as stopped:
        documents.document_paper(School.get(), pair, "agreement", Document("Соглашение", ("С «[организация]», [договор].",)), TODAY)
    assert stopped.value.missing == ["организация", "договор"]


def test_a_name_that_looks_like_a_placeholder_stays_a_name(pair: Pair, printed: Print) -> None:
    pair.people(Side.MENTOR)[0].last_name = HOSTILE
    paper = documents.document_paper(School.get(), pair, "programme", DOCUMENTS["programme"], TODAY)
    result = printed("document.html", replace(paper, title=HOSTILE, paragraphs=[*paper.paragraphs, HOSTILE]))
    said = reading.letters(reading.text(result.pdf))
    assert said.count(reading.letters(HOSTILE)) >= 4  # the title, a paragraph of its own, the name in a paragraph and where it signs
    assert result.warnings == []


def test_a_parent_signs_for_each_mentee_who_is_not_of_age(pair: Pair, world: World) -> None:
    agreement = DOCUMENTS["agreement"]
    grown_up = documents.document_paper(School.get(), pair, "agreement", agreement, TODAY)
    assert [role for role, _name in grown_up.signatures] == ["Наставник", "Наставляемый"]
    join(pair, world, Side.MENTEE, "timur")
    one = documents.document_paper(School.get(), pair, "agreement", agreement, TODAY)
    assert one.signatures[-1] == ("Законный представитель", "")
    join(pair, world, Side.MENTEE, "zoya")
    two = documents.document_paper(School.get(), pair, "agreement", agreement, TODAY)
    assert two.signatures[-2:] == [
        ("Законный представитель: Ибрагимов\u00a0Т.\u00a0Р.", ""),
        ("Законный представитель: Ёлкина\u00a0З.\u00a0И.", ""),
    ]


@pytest.mark.parametrize("people", [1, 2, 3])
@pytest.mark.parametrize("kind", ["agreement", "order"])
def test_with_one_two_or_three_people_on_a_side_everything_stands_inside_the_margins(
    pair: Pair, world: World, printed: Print, people: int, kind: str
) -> None:
    join(pair, world, Side.MENTOR, *["gleb", "klara"][: people - 1])
    join(pair, world, Side.MENTEE, *["timur", "zoya"][: people - 1])
    for person in pair.people(Side.MENTOR):
        person.last_name, person.first_name, person.patronymic = LONGEST_NAME.split()
    result = printed("document.html", documents.document_paper(School.get(), pair, kind, ALL_SIGN, TODAY))
    assert reading.outside(result.pdf, left=28, right=14, top=16, bottom=7) == []
    assert len(reading.pages(result.pdf)) <= 2
    assert result.warnings == []
    said = reading.letters(reading.text(result.pdf))
    assert said.count("__________") >= 2 * people + 2
    assert ("ПРИКАЗот23.11.2026№14-о" in said) is (kind == "order")


def test_a_short_line_without_an_end_is_a_heading(pair: Pair) -> None:
    paper = documents.document_paper(School.get(), pair, "programme", DOCUMENTS["programme"], TODAY)
    assert [is_heading for _text, is_heading in paper.parts] == [True, False, False]


def test_what_the_form_learned_later_is_offered_and_what_the_pair_had_keeps_its_words(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    now, then = replace(pair.spec, documents=DOCUMENTS), replace(pair.spec, documents={"order": Document("Прежний приказ", ("Текст",))})
    monkeypatch.setattr(Pair, "spec", then)
    monkeypatch.setattr(documents, "spec_of", lambda _version: now)
    found = documents.documents_of(pair)
    assert list(found) == ["programme", "agreement", "plan", "order"]
    assert found["order"].title == "Прежний приказ"
