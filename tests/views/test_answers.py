"""Questionnaires: answered one by one, checked, sent, read by whom they are for, entered from paper, opened again."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from mentorapp.database import db, writing
from mentorapp.domain.permissions import RoleKind
from mentorapp.domain.questionnaire import Questionnaire
from mentorapp.forms.host import publish
from mentorapp.models import Answer, FormVersion, Operation, Pair, Participant, Role, Submission
from mentorapp.models.pairs import PairState
from mentorapp.models.submissions import ANSWERS, SubmissionState
from tests.conftest import NOW, Browser, Clock
from tests.school import World
from tests.sheets import full_answers

AsUser = Callable[[str], Browser]
FRAGMENT = {"HX-Request": "true"}


def place_of(app: Flask, world: World, part: str, side: str = "mentee") -> int:
    with app.app_context():
        query = sa.select(Participant.id).where(Participant.pair_id == world.pairs[part], Participant.side == side)
        return db.session.execute(query).scalar_one()


def begin(
    app: Flask, world: World, browser: Browser, *, part: str = "boris", side: str = "mentee", phase: str = "before", how: str = ""
) -> TestResponse:
    row = place_of(app, world, part, side)
    return browser.post(f"/pairs/{world.pairs[part]}/questionnaires/{row}/{phase}", {"how": how})


def begun(answer: TestResponse) -> int:
    assert answer.status_code == 303, answer.text
    return int(str(answer.location).rsplit("/", 1)[1])


def submission(app: Flask, id: int) -> Submission:
    with app.app_context():
        found = db.session.get(Submission, id, populate_existing=True)
        assert found is not None
        return found


def asked(app: Flask, id: int) -> Questionnaire:
    with app.app_context():
        return db.session.get_one(Submission, id).questionnaire


def stored(app: Flask, id: int) -> dict[str, str]:
    with app.app_context():
        return ANSWERS.of(id)


def give(browser: Browser, id: int, key: str, value: str, seen: str = "") -> TestResponse:
    """As the script of the page does."""
    return browser.post(f"/answers/{id}/values/{key}", {"value": value, "seen": seen}, headers=FRAGMENT)


def fill(app: Flask, browser: Browser, id: int) -> None:
    for key, value in full_answers(asked(app, id)).items():
        assert give(browser, id, key, value).status_code == 200, key


@pytest.fixture
def his(app: Flask, world: World, boris: Browser) -> int:
    """The questionnaire that Boris has begun."""
    return begun(begin(app, world, boris))


def scale_of(app: Flask, id: int) -> str:
    return next(question.id for question in asked(app, id).asked if question.kind == "scale")


def test_each_answer_saves_itself_and_is_there_on_the_second_visit(app: Flask, boris: Browser, his: int) -> None:
    key = scale_of(app, his)
    answer = give(boris, his, key, "4")
    assert answer.status_code == 200 and "✓" in answer.text and "Отвечено 1 из" in answer.text
    assert stored(app, his) == {key: "4"}
    assert f'name="value-{key}" value="4" data-digit="4" checked' in boris.get(f"/answers/{his}?part=1").text


def test_beginning_twice_leads_to_the_same_questionnaire(app: Flask, world: World, boris: Browser, his: int) -> None:
    assert begun(begin(app, world, boris)) == his


def test_an_answer_off_the_scale_is_explained_and_nothing_is_stored(app: Flask, boris: Browser, his: int) -> None:
    answer = give(boris, his, scale_of(app, his), "11")
    assert answer.status_code == 422 and "Нужно целое число от 1 до 10." in answer.text
    assert stored(app, his) == {}


def test_another_window_does_not_overwrite_an_answer_that_it_has_not_seen(app: Flask, boris: Browser, his: int) -> None:
    key = scale_of(app, his)
    give(boris, his, key, "4")
    answer = give(boris, his, key, "9")
    assert answer.status_code == 409 and 'data-theirs="4"' in answer.text
    assert stored(app, his) == {key: "4"}
    assert give(boris, his, key, "9", seen="4").status_code == 200


def test_an_answer_can_be_taken_back_and_is_then_no_answer(app: Flask, boris: Browser, his: int) -> None:
    key = scale_of(app, his)
    give(boris, his, key, "4")
    assert give(boris, his, key, "", seen="4").status_code == 200
    assert stored(app, his) == {}


def test_a_question_that_is_not_there_is_not_found(boris: Browser, his: int) -> None:
    assert give(boris, his, "nothing", "4").status_code == 404


def test_gaps_are_listed_with_links_and_nothing_is_sent(app: Flask, boris: Browser, his: int) -> None:
    answer = boris.post(f"/answers/{his}/send", {})
    assert answer.status_code == 422 and "Осталось ответить" in answer.text
    assert f'href="/answers/{his}?part=1#q-' in answer.text
    assert submission(app, his).state is SubmissionState.OPEN


def test_sending_locks_and_the_author_still_reads(app: Flask, boris: Browser, his: int) -> None:
    fill(app, boris, his)
    assert boris.post(f"/answers/{his}/send", {}).status_code == 303
    page = boris.get(f"/answers/{his}").text
    assert "отправлена" in page and "<form novalidate" not in page
    assert give(boris, his, scale_of(app, his), "1").status_code == 403
    again = boris.post(f"/answers/{his}/send", {})  # by a second click, say
    assert again.status_code == 303 and str(again.location).endswith(f"/answers/{his}")


def test_without_script_a_page_is_saved_and_left_by_its_button(app: Flask, boris: Browser, his: int) -> None:
    key = scale_of(app, his)
    form = {f"value-{key}": "7", f"seen-{key}": "", "go": "next"}
    answer = boris.post(f"/answers/{his}?part=1", form)
    assert answer.status_code == 303 and str(answer.location).endswith(f"/answers/{his}?part=2")
    assert stored(app, his) == {key: "7"}
    assert str(boris.post(f"/answers/{his}?part=2", {"go": "back"}).location).endswith("part=1")
    assert str(boris.post(f"/answers/{his}?part=99", {"go": "next"}).location).endswith("/check")


def test_without_script_a_wrong_answer_comes_back_as_it_was_typed(app: Flask, boris: Browser, his: int) -> None:
    key = scale_of(app, his)
    answer = boris.post(f"/answers/{his}?part=1", {f"value-{key}": "слово", f"seen-{key}": ""})
    assert answer.status_code == 422 and "Нужно целое число от 1 до 10." in answer.text


def test_without_script_one_answer_is_taken_back_by_its_button(app: Flask, boris: Browser, his: int) -> None:
    key = scale_of(app, his)
    give(boris, his, key, "4")
    answer = boris.post(f"/answers/{his}?part=1", {f"value-{key}": "4", f"seen-{key}": "4", "clear": key})
    assert answer.status_code == 303 and stored(app, his) == {}


def test_an_unsent_answer_is_nobody_elses_business(app: Flask, as_user: AsUser, boris: Browser, his: int) -> None:
    give(boris, his, scale_of(app, his), "4")
    for name in ("vera", "anna", "inna", "dina", "gleb"):
        assert as_user(name).get(f"/answers/{his}").status_code == 404


def test_the_curator_opens_it_again_with_a_trace_and_what_changed_is_marked(
    app: Flask, as_user: AsUser, clock: Clock, boris: Browser, his: int
) -> None:
    fill(app, boris, his)
    boris.post(f"/answers/{his}/send", {})
    vera = as_user("vera")
    assert vera.post(f"/answers/{his}/reopen", {"reason": ""}).status_code == 422
    clock.pass_by(minutes=5)
    assert vera.post(f"/answers/{his}/reopen", {"reason": "перепутана шкала"}).status_code == 303
    assert vera.get(f"/answers/{his}").status_code == 404
    with app.app_context():
        what = db.session.execute(sa.select(Operation.what).order_by(Operation.id.desc())).scalars().first()
    assert what == f"Анкета открыта снова (перепутана шкала): «{asked(app, his).title}», Лукин\u00a0Б.\u00a0А."
    key = scale_of(app, his)
    assert give(boris, his, key, "3", seen=stored(app, his)[key]).status_code == 200
    boris.post(f"/answers/{his}/send", {})
    assert vera.get(f"/answers/{his}").text.count("изменён после того, как анкету открыли снова") == 1


def test_the_curator_enters_a_sheet_of_paper_and_it_says_so(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    id = begun(begin(app, world, vera, how="paper"))
    assert "Ввод с бумаги: Лукин Борис Андреевич" in vera.get(f"/answers/{id}").text
    give(vera, id, scale_of(app, id), "6")
    assert "На бумаге нет ответа?" in vera.get(f"/answers/{id}/check").text
    assert vera.post(f"/answers/{id}/send", {"paper_on": "20.11.2026"}).status_code == 303
    page = vera.get(f"/answers/{id}").text
    assert "введено с бумаги 23.11.2026" in page and "Громова\u00a0В.\u00a0П." in page and "дата на бумаге 20.11.2026" in page
    assert submission(app, id).paper_on == date(2026, 11, 20)


def test_nobody_types_over_what_is_answered_on_the_screen(app: Flask, as_user: AsUser, world: World, boris: Browser, his: int) -> None:
    give(boris, his, scale_of(app, his), "4")
    answer = begin(app, world, as_user("vera"), how="paper")
    assert answer.status_code == 409 and "уже отвечают на экране" in answer.text


def test_the_author_does_not_write_into_what_the_curator_types(app: Flask, as_user: AsUser, world: World, boris: Browser) -> None:
    id = begun(begin(app, world, as_user("vera"), how="paper"))
    assert give(boris, id, scale_of(app, id), "4").status_code == 403
    assert boris.get(f"/answers/{id}").status_code == 200


def test_typing_begun_by_mistake_is_taken_away_and_the_person_may_answer(app: Flask, as_user: AsUser, world: World, boris: Browser) -> None:
    vera = as_user("vera")
    id = begun(begin(app, world, vera, how="paper"))
    give(vera, id, scale_of(app, id), "4")
    assert vera.post(f"/answers/{id}/hand-over", {}).status_code == 303
    assert stored(app, id) == {}
    assert give(boris, id, scale_of(app, id), "5").status_code == 200


def test_an_entry_that_was_taken_away_is_not_begun_and_asks_what_the_form_asks_today(
    app: Flask, as_user: AsUser, world: World, boris: Browser
) -> None:
    vera = as_user("vera")
    id = begun(begin(app, world, vera, how="paper"))
    give(vera, id, scale_of(app, id), "4")
    assert _begun(app) == 1
    vera.post(f"/answers/{id}/hand-over", {})
    assert _begun(app) == 0
    with app.app_context(), writing() as session:
        former = session.get_one(FormVersion, session.get_one(Submission, id).form_version_id)
        newer = publish(former.spec, NOW).id
    begin(app, world, boris)
    assert submission(app, id).form_version_id == newer


def _begun(app: Flask) -> int:
    with app.app_context():
        return int(db.session.execute(sa.select(sa.func.count()).select_from(Submission).where(Submission.is_begun())).scalar_one())


def test_a_curator_reads_no_answers_in_a_pair_of_her_own(app: Flask, as_user: AsUser, world: World, boris: Browser, his: int) -> None:
    fill(app, boris, his)
    boris.post(f"/answers/{his}/send", {})
    with app.app_context(), writing() as session:
        session.add(Role(person_id=world.people["anna"], kind=RoleKind.CURATOR, since=date(2020, 9, 1)))
    anna = as_user("anna")
    assert anna.get(f"/answers/{his}").status_code == 404
    assert anna.get(f"/pairs/{world.pairs['boris']}/questionnaires/{place_of(app, world, 'boris')}/compare").status_code == 404
    assert begin(app, world, anna, how="paper").status_code == 403
    assert "Вы сами участник этой пары" in anna.get(f"/pairs/{world.pairs['boris']}/questionnaires").text


def test_the_last_questionnaire_opens_in_its_time_or_by_the_curator(
    app: Flask, as_user: AsUser, world: World, clock: Clock, boris: Browser
) -> None:
    early = begin(app, world, boris, phase="after")
    assert early.status_code == 409 and "Время этой анкеты ещё не пришло" in early.text
    assert begin(app, world, boris, phase="after", how="early").status_code == 403
    assert begin(app, world, as_user("vera"), phase="after", how="early").status_code == 303
    assert begin(app, world, boris, phase="after").status_code == 303


def test_the_last_questionnaire_is_asked_for_after_the_end_too(app: Flask, as_user: AsUser, world: World, boris: Browser) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).state = PairState.FINISHED
    assert "Остались анкеты" in boris.get("/").text
    id = begun(begin(app, world, boris, phase="after"))
    fill(app, boris, id)
    assert boris.post(f"/answers/{id}/send", {}).status_code == 303


def test_an_archived_pair_takes_no_answers(app: Flask, world: World, clock: Clock, boris: Browser, his: int) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).archived_at = clock()
    assert give(boris, his, scale_of(app, his), "4").status_code == 403


def test_one_answer_is_one_row_whatever_the_number_of_its_changes(app: Flask, boris: Browser, his: int) -> None:
    key, seen = scale_of(app, his), ""
    for value in ("1", "2", "3"):
        give(boris, his, key, value, seen=seen)
        seen = value
    with app.app_context():
        assert db.session.execute(sa.select(sa.func.count()).select_from(Answer).where(Answer.submission_id == his)).scalar_one() == 1


def test_before_and_after_stand_side_by_side_and_a_missing_one_is_no_zero(
    app: Flask, as_user: AsUser, world: World, boris: Browser
) -> None:
    vera, address = as_user("vera"), f"/pairs/{world.pairs['boris']}/questionnaires/{place_of(app, world, 'boris')}/compare"
    after = begun(begin(app, world, vera, phase="after", how="paper"))
    key = scale_of(app, after)
    give(vera, after, key, "9")
    vera.post(f"/answers/{after}/send", {"paper_on": ""})
    page = boris.get(address).text
    assert "нет входного замера" in page and "+9" not in page
    before = begun(begin(app, world, boris))
    fill(app, boris, before)
    tied = {question.pair_key: question.id for question in asked(app, before).asked}
    same = tied[asked(app, after).question(key).pair_key]
    give(boris, before, same, "6", seen=stored(app, before)[same])
    boris.post(f"/answers/{before}/send", {})
    page = vera.get(address).text
    assert "+3 лучше" in page and page == vera.get(address).text
    assert "+3 лучше" in boris.get(address).text


def test_the_curator_finds_who_has_not_answered_and_goes_there(app: Flask, as_user: AsUser, world: World, boris: Browser, his: int) -> None:
    vera = as_user("vera")
    start = vera.get("/").text
    assert "Нет ответов" in start and "/questionnaires?state=missing&amp;phase=before" in start
    page = vera.get("/questionnaires?state=missing&phase=before").text
    assert "Лукин Борис Андреевич" in page and "Соколова Анна Викторовна" in page
    fill(app, boris, his)
    boris.post(f"/answers/{his}/send", {})
    assert "Лукин Борис Андреевич" not in vera.get("/questionnaires?state=missing&phase=before").text
    assert "Лукин Борис Андреевич" in vera.get("/questionnaires?state=sent").text


def test_a_member_finds_her_own_on_the_start_page_and_in_the_menu(app: Flask, as_user: AsUser, boris: Browser, his: int) -> None:
    title = asked(app, his).title
    give(boris, his, scale_of(app, his), "4")
    assert f"{title}: продолжить, 1 из" in boris.get("/").text
    assert title in boris.get("/questionnaires").text
    assert "Анкет для вас пока нет" in as_user("polina").get("/questionnaires").text
