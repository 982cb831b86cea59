"""One mentee's answer, sought as everybody else on every page, in every paper, in the journal and in the log."""

import io
import logging
import zipfile
from collections.abc import Iterable, Iterator

import pypdf
import pytest
import sqlalchemy as sa

from mentorapp.database import db, writing
from mentorapp.domain.questionnaire import Questionnaire
from mentorapp.models import Submission
from mentorapp.models.submissions import ANSWERS
from tests.conftest import NOW
from tests.test_access_matrix import MATRIX, PEOPLE, rows_of
from tests.trust.stage import Stage

UNSENT, SENT = "кенар8341", "чижик5207"
PAGES = [address for table in MATRIX.values() for method, address, _who in rows_of(table) if method == "GET"]
PARTS = [f"/answers/{{submission}}?part={number}" for number in range(1, 6)]
MORE = [*PARTS, "/questionnaires?state=all", "/lists/meetings?when=coming", "/pairs/{pair}/history?page=2"]


def text_question(questionnaire: Questionnaire) -> str:
    return next(question.id for question in questionnaire.asked if question.kind in ("text", "long") and not question.show_if)


def tell(stage: Stage, prop: str, word: str) -> None:
    """Boris answers with a word that stands nowhere else."""
    id, by = stage.props["boris"][prop], stage.world.people["boris"]
    with stage.app.app_context():
        key = text_question(db.session.get_one(Submission, id).questionnaire)
        with writing():
            row = ANSWERS.one.row(sheet=id, name=key)
            if row:
                ANSWERS.update.run(row=row.id, value=word, saved_at=NOW, by_id=by)
            else:
                ANSWERS.insert.run(submission_id=id, key=key, value=word, saved_at=NOW, by_id=by)


def words_of(answer: object) -> str:
    """What a person reads of an answer, also of a paper or a workbook."""
    data: bytes = answer.data  # type: ignore[attr-defined]
    if data.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"\n".join(archive.read(name) for name in archive.namelist())
    return data.decode("utf-8", "replace")


def seen_by(stage: Stage, name: str, words: Iterable[str] = (UNSENT, SENT)) -> Iterator[tuple[str, str]]:
    """The words that a person reads, each with the address at which she reads it. A paper is the same as a fragment."""
    for template in (*PAGES, *MORE):
        for fragment in (False, True) if not template.endswith((".pdf", ".xlsx")) else (False,):
            text = words_of(stage.send(name, "GET", stage.address(template, "boris"), fragment=fragment))
            yield from ((word, template) for word in words if word in text)


def test_an_answer_is_read_by_its_author_and_when_it_was_sent_by_the_curator(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    tell(stage, "submission", UNSENT)
    tell(stage, "sent", SENT)
    caplog.set_level(logging.DEBUG)
    found = {name: set(seen_by(stage, name)) for name in PEOPLE.values()}
    screen = {(UNSENT, template) for template in ("/answers/{submission}", *PARTS)}
    read = {(SENT, template) for template in ("/answers/{sent}", "/answers/{sent}/answers.pdf")}
    compared = {(SENT, "/pairs/{pair}/questionnaires/{mentee_row}/compare")}
    gathered = {(SENT, f"/forms/{{form}}/answers{what}") for what in (".xlsx", "/mentee_after")}
    assert {name for name, where in found.items() if where} == {"boris", "vera"}
    assert found["boris"] & screen and read <= found["boris"] <= screen | read | compared
    assert read | gathered <= found["vera"] <= read | gathered | compared
    assert UNSENT not in caplog.text and SENT not in caplog.text


def test_neither_the_journal_nor_another_table_takes_an_answer_along(stage: Stage) -> None:
    address = stage.address("/answers/{submission}/values/", "boris")
    with stage.app.app_context():
        key = text_question(db.session.get_one(Submission, stage.props["boris"]["submission"]).questionnaire)
        old = ANSWERS.of(stage.props["boris"]["submission"])[key]
    assert stage.send("boris", "POST", address + key, {"value": UNSENT, "seen": old}, fragment=True).status_code == 200
    assert stage.send("boris", "POST", stage.address("/answers/{submission}/send", "boris")).status_code == 303
    holding = {table for table, rows in stage.tables().items() for row in rows if any(UNSENT in str(value) for value in row.values())}
    assert holding == {"answer"}


def test_what_another_person_may_never_open_is_named_by_no_list_of_answers(stage: Stage) -> None:
    """The tab of a pair tells the other side that a questionnaire was sent, and leads to none of its answers."""
    page = stage.send("anna", "GET", stage.address("/pairs/{pair}/questionnaires", "boris")).text
    assert "отправлена" in page
    assert stage.address("/answers/{sent}", "boris") not in page and stage.address("/answers/{submission}", "boris") not in page
    with stage.app.app_context():
        assert db.session.execute(sa.select(sa.func.count()).select_from(Submission)).scalar_one() > 0


# --- Numbers that were measured ---

WORRY, DOUBT, HOURS = "73,0519", "8,0427", "46,0283"
TAKEN_BY = {"worry": ("polina", WORRY), "doubt": ("boris", DOUBT), "hours": ("vera", HOURS)}


def test_a_personal_number_is_read_by_who_takes_it_and_by_the_curator_alone(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for id, (name, number) in TAKEN_BY.items():
        address = stage.address("/pairs/{pair}/measurements/{mentee_row}/values/", "boris") + f"{id}.before"
        assert stage.send(name, "POST", address, {"value": number, "seen": ""}, fragment=True).status_code == 200
    numbers = {number for _name, number in TAKEN_BY.values()}
    found = {name: {(word, place) for word, place in seen_by(stage, name, numbers)} for name in PEOPLE.values()}
    readers = {word: {name for name, where in found.items() if word in dict(where)} for word in numbers}
    assert readers == {WORRY: {"polina", "vera"}, DOUBT: {"boris", "vera"}, HOURS: {"vera", "inna", "anna", "boris"}}
    papers = {word for where in found.values() for word, place in where if ".pdf" in place}
    assert papers == {HOURS}  # a personal number is on no paper
    assert not any(number in caplog.text for number in numbers)
    holding = {table for table, rows in stage.tables().items() for row in rows if {WORRY, DOUBT} & set(map(str, row.values()))}
    assert holding == {"measurement"}
