"""The questions that other tests answer: of every kind, each with an answer that fits, published as a form is."""

from flask import Flask

from mentorapp.database import db
from mentorapp.domain import answers
from mentorapp.domain.formspec import content_hash
from mentorapp.domain.questionnaire import QUESTION_KINDS
from mentorapp.models import FormVersion, MentoringForm
from tests.every_kind import AFTER, EVERY_KIND, GIVEN, every_kind, publish_every_kind, sixty_questions


def test_there_is_a_question_of_every_kind_and_a_condition() -> None:
    assert {question.kind for question in EVERY_KIND.questions} == set(QUESTION_KINDS)
    assert [question.id for question in EVERY_KIND.questions if question.show_if] == ["where"]
    assert len(EVERY_KIND.question("sure").limits.options) == 3 and EVERY_KIND.question("talk").low_label


def test_each_answer_is_what_its_question_would_store() -> None:
    assert set(GIVEN) == {key for question in EVERY_KIND.asked for key in question.keys}
    for key, text in GIVEN.items():
        question = EVERY_KIND.of_key(key)
        assert question and answers.field_of(question, people={"12": "Наставник"}).parse(text) == text


def test_at_the_end_all_is_asked_that_is_compared() -> None:
    tied = [question for question in EVERY_KIND.questions if question.pair_key]
    assert tied and list(AFTER.questions) == tied


def test_sixty_questions_have_sixty_answers() -> None:
    asked, given = sixty_questions()
    assert len(asked.asked) == len(given) == 60 and answers.gaps(asked, given) == []


def test_the_form_is_read_once_for_all_tests() -> None:
    assert every_kind() is every_kind() and every_kind().questionnaires == (EVERY_KIND, AFTER)


def test_what_is_published_asks_mentees_these_questions_and_keeps_the_rest(app: Flask) -> None:
    with app.app_context():
        before = db.session.get_one(MentoringForm, "teacher-teacher").current_version_id
        former = db.session.get_one(FormVersion, before).spec
    publish_every_kind(app)
    with app.app_context():
        version = db.session.get_one(FormVersion, db.session.get_one(MentoringForm, "teacher-teacher").current_version_id)
        assert version.id != before and version.content_hash == content_hash(version.spec)
        assert [one for one in version.spec.questionnaires if one.role == "mentee"] == [EVERY_KIND, AFTER]
        others, kept = ([one for one in spec.questionnaires if one.role != "mentee"] for spec in (former, version.spec))
        assert version.spec.plans == former.plans and others == kept
