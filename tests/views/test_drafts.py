"""The curator writes a form in the browser: fields that save themselves, cards that come, move and go, steps that are taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain import draft
from mentorapp.models import Answer, Pair, Submission
from tests import drafts
from tests.conftest import Browser, Clock
from tests.drafts import QUESTION
from tests.school import World

FRAGMENT = {"HX-Request": "true"}
DRAFT = "/forms/teacher-teacher/draft"
ASKED = "questionnaires.mentee_before"
TALK = "Насколько легко вам будет говорить с наставником о своих затруднениях?"


@pytest.fixture
def begun(vera: Browser) -> Browser:
    """Vera, who has begun a draft of the shipped form."""
    assert vera.post(DRAFT).location == f"{DRAFT}/parts/main"
    return vera


@pytest.fixture
def content(app: Flask) -> Iterator[Any]:
    """The content of the draft as it stands now."""

    def read(form_id: str = "teacher-teacher") -> dict[str, Any]:
        with app.app_context():
            return drafts.draft_of(form_id).content

    yield read


def save(browser: Browser, address: str, value: str, seen: str = "", **also: str) -> Any:
    return browser.post(f"{DRAFT}/values/{address}", {"value": value, "seen": seen} | also, headers=FRAGMENT)


def press(browser: Browser, part: str, do: str, **fields: str) -> str:
    answer = browser.post(f"{DRAFT}/parts/{part}", {"do": do, "card": ""} | fields)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


class TestAField:
    def test_saves_itself_and_the_published_form_stays_as_it_was(self, begun, content):
        answer = save(begun, f"{QUESTION}.text", "Легко ли говорить о трудностях?", TALK)
        assert answer.status_code == 200 and "✓" in answer.text and "valuesaved" in answer.headers["HX-Trigger"]
        assert draft.get(content(), f"{QUESTION}.text") == "Легко ли говорить о трудностях?"
        assert TALK in begun.get("/forms/teacher-teacher").text

    def test_of_another_who_wrote_meanwhile_is_not_overwritten(self, begun, as_user, content):
        dina = as_user("dina")
        assert save(dina, f"{QUESTION}.text", "Её вопрос?", TALK).status_code == 200
        answer = save(begun, f"{QUESTION}.text", "Мой вопрос?", TALK)
        assert answer.status_code == 409 and "Её вопрос?" in answer.text
        assert draft.get(content(), f"{QUESTION}.text") == "Её вопрос?"

    def test_that_cannot_be_read_is_refused_in_words(self, begun, content):
        answer = save(begun, f"{QUESTION}.high", "много", "10")
        assert answer.status_code == 422 and "Нужно целое число" in answer.text
        assert draft.get(content(), f"{QUESTION}.high") == 10

    def test_of_a_card_that_is_gone_says_so(self, begun):
        press(begun, ASKED, f"remove:{QUESTION}")
        answer = save(begun, f"{QUESTION}.text", "Поздно?", TALK)
        assert answer.status_code == 409 and "карточку убрали" in answer.text

    def test_that_is_emptied_keeps_the_form_from_being_published_and_says_where(self, begun, content):
        answer = save(begun, f"{QUESTION}.text", "", TALK)
        assert "Мешают публикации" in answer.text and "«Вопрос»: не заполнено" in answer.text and "вопрос 3" in answer.text
        assert f"card={QUESTION}" in answer.text and "text" not in draft.get(content(), QUESTION)

    def test_of_options_keeps_the_ids_of_words_that_stay_or_are_reworded(self, begun, content):
        address = "questionnaires.mentee_before.questions.help.options"
        before = draft.get(content(), address)
        lines = list(before.values())
        lines[0], lines[2] = "Бывать на уроках своего наставника", "Совсем другое дело"
        save(begun, address, "\n".join([*lines[1:], lines[0]]), "\n".join(before.values()))
        after = draft.get(content(), address)
        assert after["visit"] == "Бывать на уроках своего наставника" and list(after)[-1] == "visit"
        assert "together" not in after and "Совсем другое дело" in after.values() and after["analysis"] == before["analysis"]

    def test_of_a_kind_takes_along_what_no_longer_fits(self, begun, content):
        save(begun, f"{QUESTION}.kind", "yes_no", "scale")
        assert not {"low", "high", "low_label", "high_label"} & set(draft.get(content(), QUESTION))
        save(begun, f"{QUESTION}.kind", "scale", "yes_no")
        assert draft.get(content(), QUESTION)["high"] == 10

    def test_of_the_largest_group_is_a_number_and_needs_a_form_for_groups(self, begun, content):
        assert "Наставляемых в группе не больше" in begun.get(f"{DRAFT}/parts/main").text
        assert save(begun, "most_mentees", "6").status_code == 200 and content()["most_mentees"] == 6
        answer = save(begun, "organisation", "1:1", ",".join(content()["organisation"]))
        assert "наставляемый всегда один" in answer.text

    def test_of_a_term_is_written_in_words(self, begun, content):
        address = f"plans.pair.items.{content()['plans'][0]['items'][0]['id']}.due"
        page = begun.get(f"{DRAFT}/parts/plans.pair?card={address.rpartition('.')[0]}").text
        assert "дней после начала" in page
        stands = page.split(f'name="seen-{address}" value="')[1].split('"')[0]
        assert save(begun, address, "когда-нибудь", stands).status_code == 422
        save(begun, address, "до 15 октября", stands)
        assert draft.get(content(), address) == {"until": "15.10"}

    def test_that_compares_two_questions_ties_both(self, begun, content):
        first = press(begun, ASKED, f"add:{ASKED}.questions").rpartition("#c-")[2]
        second = press(begun, "questionnaires.mentee_after", "add:questionnaires.mentee_after.questions").rpartition("#c-")[2]
        other = second.rpartition(".")[2]
        save(begun, f"{first}.pair_key", other)
        assert draft.get(content(), f"{first}.pair_key") == draft.get(content(), f"{second}.pair_key") == other


class TestCards:
    def ids(self, content) -> list[str]:
        return [entry["id"] for entry in draft.entries(content(), f"{ASKED}.questions")]

    def test_move_and_are_copied_and_go(self, begun, content):
        at_first = self.ids(content)
        assert press(begun, ASKED, f"up:{QUESTION}").endswith(f"card={QUESTION}#c-{QUESTION}")
        assert self.ids(content).index("talk") == at_first.index("talk") - 1
        copy = press(begun, ASKED, f"copy:{QUESTION}").rpartition("#c-")[2]
        assert draft.get(content(), f"{copy}.text") == TALK and "pair_key" not in draft.get(content(), copy)
        press(begun, ASKED, f"remove:{QUESTION}")
        assert "talk" not in self.ids(content) and len(self.ids(content)) == len(at_first)

    def test_that_go_leave_the_page_at_the_next_one(self, begun, content):
        first, second, *_others, before_last, last = self.ids(content)
        assert press(begun, ASKED, f"remove:{ASKED}.questions.{first}").endswith(f"/parts/{ASKED}#c-{ASKED}.questions.{second}")
        assert press(begun, ASKED, f"remove:{ASKED}.questions.{last}").endswith(f"#c-{ASKED}.questions.{before_last}")

    def test_are_added_after_the_open_one_and_ask_in_the_same_way(self, begun, content):
        added = press(begun, ASKED, f"add:{QUESTION}").rpartition("#c-")[2]
        ids = self.ids(content)
        assert ids[ids.index("talk") + 1] == added.rpartition(".")[2]
        assert draft.get(content(), added)["kind"] == "scale" and draft.get(content(), added)["high"] == 10

    def test_are_pasted_as_a_list_without_its_numbers(self, begun, content):
        press(begun, ASKED, f"many:{ASKED}.questions", **{f"many-{ASKED}.questions": "1. Первый?\n- Второй?\n\n"})
        assert [entry["text"] for entry in draft.entries(content(), f"{ASKED}.questions")][-2:] == ["Первый?", "Второй?"]

    def test_more_than_fit_are_refused_whole(self, begun, content):
        before = self.ids(content)
        lines = "\n".join(f"Вопрос {number}?" for number in range(100))
        answer = begun.post(f"{DRAFT}/parts/{ASKED}", {"do": f"many:{ASKED}.questions", f"many-{ASKED}.questions": lines})
        assert answer.status_code == 409 and "Здесь помещается 100" in answer.text and self.ids(content) == before

    def test_and_fields_are_saved_by_one_button_without_script(self, begun, content):
        fields = {"card": QUESTION, f"value-{QUESTION}.text": "Иначе?", f"seen-{QUESTION}.text": TALK}
        place = begun.post(f"{DRAFT}/parts/{ASKED}", fields | {"do": f"down:{QUESTION}"}).location
        assert str(place).endswith(f"#c-{QUESTION}") and draft.get(content(), f"{QUESTION}.text") == "Иначе?"
        wrong = {"card": QUESTION, f"value-{QUESTION}.low": "x", f"seen-{QUESTION}.low": "1", "do": ""}
        answer = begun.post(f"{DRAFT}/parts/{ASKED}", wrong)
        assert answer.status_code == 422 and 'value="x"' in answer.text and "Ошибка:" in answer.text


def test_without_script_what_was_refused_is_said_at_the_top_with_the_way_to_it(begun, content):
    card = "plans.pair.items." + draft.id_of(draft.entries(content(), "plans.pair.items")[0])
    due = draft.get(content(), f"{card}.due")
    sent = {f"value-{card}.due": "до 31 фивраля", f"seen-{card}.due": "через 14 дней после начала", "card": card, "do": ""}
    answer = begun.post(f"{DRAFT}/parts/plans.pair", sent)
    assert answer.status_code == 422 and answer.text.index("Сохранено не всё") < answer.text.index(f'href="#p-{card}.due"')
    assert 'value="до 31 фивраля"' in answer.text and draft.get(content(), f"{card}.due") == due


class TestParts:
    def test_a_questionnaire_is_made_of_another_so_that_both_are_compared(self, begun, content):
        place = begun.post(f"{DRAFT}/questionnaires", {"role": "mentee", "phase": "preference", "source": "mentee_before"}).location
        made = draft.get(content(), str(place).rpartition("/")[2])
        scales = [question for question in made["questions"] if question["kind"] == "scale"]
        assert made["title"] and len(scales) >= 5 and all(question["pair_key"] for question in scales)
        assert "Публикации ничто не мешает" in begun.get(str(place)).text

    def test_a_second_of_the_same_time_is_refused(self, begun):
        answer = begun.post(f"{DRAFT}/questionnaires", {"role": "mentee", "phase": "before", "source": ""})
        assert answer.status_code == 409 and "уже есть" in answer.text

    def test_a_plan_that_was_taken_out_may_be_begun_anew(self, begun, content):
        begun.post(f"{DRAFT}/parts/plans.curator/remove")
        assert draft.entries(content(), "plans")[-1]["owner"] != "curator"
        assert begun.post(f"{DRAFT}/plans", {"owner": "curator"}).location == f"{DRAFT}/parts/plans.curator"
        assert draft.get(content(), "plans.curator.columns")[0]["role"] == "title"

    @pytest.mark.parametrize(
        "part",
        ["main", "subtypes", ASKED, "plans.pair", "meetings", "deficits", "evaluation", "parameters", "control", "matching", "documents"],
    )
    def test_each_can_be_opened_and_seen(self, begun, part):
        assert begun.get(f"{DRAFT}/parts/{part}").status_code == 200
        assert "Как увидят" in begun.get(f"{DRAFT}/parts/{part}/preview", headers=FRAGMENT).text
        assert "<html" in begun.get(f"{DRAFT}/parts/{part}/preview").text

    @pytest.mark.parametrize("part", [ASKED, "plans.pair", "meetings", "evaluation"])
    def test_what_is_printed_can_be_seen_on_paper(self, begun, part):
        assert begun.get(f"{DRAFT}/parts/{part}/paper.pdf").data.startswith(b"%PDF")

    def test_what_is_half_wrong_is_shown_as_far_as_it_is_right(self, begun):
        press(begun, ASKED, f"add:{ASKED}.questions")
        save(begun, "title", "", "Учитель — учитель")
        page = begun.get(f"{DRAFT}/parts/{ASKED}/preview", headers=FRAGMENT).text
        assert TALK in page and page.count("<legend") == 15


def test_before_publishing_it_is_said_with_which_question_a_changed_one_is_compared(begun, content):
    save(begun, f"{QUESTION}.text", "Раз?", TALK)
    twin = next(one for one in draft.get(content(), "questionnaires.mentee_after.questions") if one.get("pair_key") == "talk")
    said = f"Ответы сравниваются с вопросом «{twin['text']}»"
    assert said in begun.get("/forms/teacher-teacher/publish?source=draft").text
    save(begun, f"questionnaires.mentee_after.questions.{twin['id']}.text", "Два?", twin["text"])
    assert "Ответы сравниваются с вопросом" not in begun.get("/forms/teacher-teacher/publish?source=draft").text


def test_a_sheet_of_criteria_without_its_title_or_with_wrong_levels_is_still_previewed(begun, content):
    shown = lambda: begun.get(f"{DRAFT}/parts/evaluation/preview", headers=FRAGMENT).text  # noqa: E731
    first = draft.entries(content(), "evaluation.groups")[0]["indicators"][0]["title"]
    save(begun, "evaluation.title", "", draft.get(content(), "evaluation.title"))
    assert first in shown() and "без названия" in shown()
    group = draft.entries(content(), "evaluation.groups")[0]
    press(begun, "evaluation", f"remove:evaluation.groups.{group['id']}.indicators.{group['indicators'][1]['id']}")
    assert "Мешают публикации" in begun.get(f"{DRAFT}/parts/evaluation").text and first in shown()


class TestUndo:
    def take_back(self, browser: Browser) -> Any:
        page = browser.get(f"{DRAFT}/parts/main").text
        step = page.split('name="step" value="')[1].split('"')[0]
        return browser.post(f"{DRAFT}/undo", {"step": step})

    def test_goes_back_step_by_step(self, begun, content, clock: Clock):
        at_first = content()
        save(begun, f"{QUESTION}.text", "Раз?", TALK)
        save(begun, f"{QUESTION}.text", "Раз, два?", "Раз?")
        press(begun, ASKED, f"remove:{QUESTION}")
        assert self.take_back(begun).location.startswith(f"{DRAFT}/parts/{ASKED}")
        assert draft.get(content(), f"{QUESTION}.text") == "Раз, два?"
        self.take_back(begun)
        assert content() == at_first

    def test_what_was_taken_back_comes_again_step_by_step_until_something_is_changed(self, begun, content, clock: Clock):
        save(begun, f"{QUESTION}.text", "Раз?", TALK)
        press(begun, ASKED, f"remove:{QUESTION}")
        at_last = content()
        self.take_back(begun)
        self.take_back(begun)
        assert draft.get(content(), f"{QUESTION}.text") == TALK
        self.do_again(begun, "«Вопрос», вопрос 3")
        assert draft.get(content(), f"{QUESTION}.text") == "Раз?"
        assert self.do_again(begun, "убрана карточка").status_code == 303 and content() == at_last
        assert "повторить:" not in begun.get(f"{DRAFT}/parts/main").text
        self.take_back(begun)
        save(begun, f"{QUESTION}.hint", "Подсказка")
        page = begun.get(f"{DRAFT}/parts/main").text
        assert "повторить:" not in page and "отменить: «Пояснение" in page

    def test_what_was_typed_to_and_fro_can_be_taken_back_and_done_again(self, begun, content):
        before = content()
        save(begun, f"{QUESTION}.hint", "Подсказка")
        save(begun, f"{QUESTION}.hint", "", "Подсказка")
        self.take_back(begun)
        assert self.do_again(begun, "«Пояснение").location.endswith(f"#c-{QUESTION}") and content() == before

    def test_a_step_that_another_window_took_up_again_is_not_done_twice(self, begun, content):
        press(begun, ASKED, f"remove:{QUESTION}")
        self.take_back(begun)
        step = begun.get(f"{DRAFT}/parts/main").text.split('name="again" value="')[1].split('"')[0]
        assert begun.post(f"{DRAFT}/undo", {"again": step}).status_code == 303
        assert begun.post(f"{DRAFT}/undo", {"again": step}).status_code == 409

    def do_again(self, browser: Browser, what: str) -> Any:
        page = browser.get(f"{DRAFT}/parts/main").text
        assert f"повторить: {what}" in page
        return browser.post(f"{DRAFT}/undo", {"again": page.split('name="again" value="')[1].split('"')[0]})

    def test_names_the_place_of_what_it_takes_back(self, begun):
        for deed, said in (
            (lambda: save(begun, f"{QUESTION}.hint", "Подсказка"), "«Пояснение под вопросом», вопрос 3, перед началом"),
            (lambda: save(begun, "title", "Иначе", "Учитель — учитель"), "«Название формы», название и стороны"),
            (lambda: press(begun, ASKED, f"down:{QUESTION}"), "перестановка: вопрос 3, перед началом"),
            (lambda: press(begun, ASKED, f"copy:{QUESTION}"), "копия: вопрос 4, перед началом"),
            (lambda: press(begun, ASKED, f"remove:{QUESTION}"), "убрана карточка «вопрос 4»"),
            (lambda: press(begun, ASKED, f"add:{ASKED}.questions"), "новая карточка: вопрос, перед началом"),
        ):
            deed()
            assert f"отменить: {said}</span>" in begun.get(f"{DRAFT}/parts/meetings").text

    def test_of_a_removal_opens_the_card_that_came_back(self, begun, content):
        press(begun, ASKED, f"remove:{QUESTION}")
        assert self.take_back(begun).location.endswith(f"/parts/{ASKED}?card={QUESTION}#c-{QUESTION}")
        begun.post(f"{DRAFT}/parts/{ASKED}/remove")
        assert self.take_back(begun).location.endswith(f"/parts/{ASKED}")

    def test_of_an_indicator_opens_it_and_not_its_group(self, begun, content):
        group = draft.entries(content(), "evaluation.groups")[0]
        indicator = f"evaluation.groups.{group['id']}.indicators.{group['indicators'][1]['id']}"
        save(begun, f"{indicator}.title", "Иначе", group["indicators"][1]["title"])
        assert "отменить: «Показатель», показатель 2, лист оценки" in begun.get(f"{DRAFT}/parts/main").text
        assert self.take_back(begun).location.endswith(f"#c-{indicator}")

    def test_sent_twice_takes_back_one_step(self, begun, content):
        save(begun, f"{QUESTION}.hint", "Подсказка")
        press(begun, ASKED, f"up:{QUESTION}")
        step = begun.get(f"{DRAFT}/parts/main").text.split('name="step" value="')[1].split('"')[0]
        assert begun.post(f"{DRAFT}/undo", {"step": step}).status_code == 303
        assert begun.post(f"{DRAFT}/undo", {"step": step}).status_code == 409
        assert draft.get(content(), f"{QUESTION}.hint") == "Подсказка"


class TestTrial:
    ADDRESS = f"{DRAFT}/try/mentee_before"

    def test_answers_are_kept_with_the_draft_and_nowhere_else(self, begun, app, tables_of_answers):
        before = tables_of_answers()
        page = begun.get(self.ADDRESS).text
        assert "Это проба" in page and "Работали ли вы раньше с наставником?" in page
        answer = begun.post(f"{self.ADDRESS}/values/had_mentor", {"value": "да", "seen": ""}, headers=FRAGMENT)
        assert answer.status_code == 200 and "q-had_mentor_what" in answer.headers["HX-Trigger"]
        begun.post(f"{self.ADDRESS}?part=1", {"value-talk": "7", "seen-talk": "", "go": "next"})
        assert "7" in begun.get(f"{self.ADDRESS}/end").text and tables_of_answers() == before

    def test_a_gap_is_told_at_the_end_and_a_new_trial_is_empty(self, begun):
        begun.post(f"{self.ADDRESS}/values/had_mentor", {"value": "нет", "seen": ""}, headers=FRAGMENT)
        end = begun.get(f"{self.ADDRESS}/end").text
        assert "Отправить эту анкету было бы ещё нельзя" in end and TALK in end
        begun.post(self.ADDRESS, {"go": "again"})
        assert 'value="нет" data-digit="2" checked' not in begun.get(self.ADDRESS).text

    def test_an_answer_that_is_none_is_refused_in_words(self, begun):
        answer = begun.post(f"{self.ADDRESS}?part=1", {"value-talk": "77", "seen-talk": "", "go": "next"})
        assert answer.status_code == 422 and "от 1 до 10" in answer.text


@pytest.fixture
def tables_of_answers(app: Flask, world: World) -> Any:
    """How many rows the tables of real answers have."""

    def read() -> list[int]:
        with app.app_context():
            return [len(db.session.execute(db.select(model.id)).all()) for model in (Answer, Submission)]

    return read


class TestANewForm:
    def test_begins_with_what_can_be_published_as_soon_as_its_people_are_named(self, vera, app):
        place = str(vera.post("/forms/new", {"title": "Выпускник — ученик", "source": "", "once": "n1"}).location)
        form_id = place.split("/")[2]
        page = vera.get(place).text
        assert "Мешают публикации" in page and page.count("«Наставник: кем может быть»: не заполнено") == 1
        for side, kind in (("mentor", "graduate"), ("mentee", "pupil")):
            vera.post(f"/forms/{form_id}/draft/values/{side}.kinds", {"value": kind, "seen": ""}, headers=FRAGMENT)
        assert "Публикации ничто не мешает" in vera.get(place).text
        assert "Выпускник — ученик" in vera.get("/forms").text

    def test_may_be_a_copy_that_has_everything_but_the_name(self, vera, app, content):
        place = str(vera.post("/forms/new", {"title": "Тренер — тренер", "source": "teacher-teacher", "once": "n2"}).location)
        made = content(place.split("/")[2])
        assert made["title"] == "Тренер — тренер" and made["id"] != "teacher-teacher" and len(made["questionnaires"]) >= 4
        assert "Публикации ничто не мешает" in vera.get(place).text

    def test_without_a_name_is_not_begun(self, vera):
        answer = vera.post("/forms/new", {"title": " ", "source": ""})
        assert answer.status_code == 422 and "Напишите, как называется форма" in answer.text

    def test_that_is_discarded_leaves_nothing(self, vera):
        form_id = str(vera.post("/forms/new", {"title": "Пустая", "source": "", "once": "n3"}).location).split("/")[2]
        vera.post(f"/forms/{form_id}/draft/values/title", {"value": "Иначе", "seen": "Пустая"}, headers=FRAGMENT)
        assert vera.post(f"/forms/{form_id}/draft/discard").location == "/forms"
        assert "Иначе" not in vera.get("/forms").text and vera.get(f"/forms/{form_id}/draft").status_code == 404


class TestWhichFormsTheSchoolRuns:
    def test_a_form_that_is_off_makes_no_new_pairs_and_the_old_ones_go_on(self, vera, world):
        vera.post("/forms/teacher-teacher/off")
        assert "выключена" in vera.get("/forms").text and "Учитель — учитель" not in vera.get("/pairs/new").text
        assert vera.get(f"/plans/{world.plans['boris_pair']}").status_code == 200
        vera.post("/forms/teacher-teacher/on")
        assert "Учитель — учитель" in vera.get("/pairs/new").text

    def test_a_form_with_pairs_at_work_stays_out_of_the_archive(self, vera, world):
        answer = vera.post("/forms/teacher-teacher/archive")
        assert answer.status_code == 409 and "ещё работают пары (2)" in answer.text
        assert all(f'<a href="/pairs/{world.pairs[name]}">' in answer.text for name in ("boris", "egor")) and "и ещё" not in answer.text

    def test_of_many_pairs_that_stand_in_the_way_five_are_named(self, app, vera, world):
        with app.app_context(), writing() as session:
            pair = session.get_one(Pair, world.pairs["boris"])
            for _ in range(5):
                values = {column.key: getattr(pair, column.key) for column in sa.inspect(Pair).column_attrs if column.key != "id"}
                session.add(Pair(**values))
        answer = vera.post("/forms/teacher-teacher/archive")
        assert answer.text.count('<li><a href="/pairs/') == 5 and "<li>и ещё 2</li>" in answer.text

    def test_who_may_not_see_those_pairs_is_told_their_number_alone(self, as_user):
        answer = as_user("dina").post("/forms/teacher-teacher/archive")
        assert answer.status_code == 409 and "ещё работают пары (2)" in answer.text and "Лукин" not in answer.text

    def test_a_form_that_was_used_is_not_removed(self, vera):
        assert "остаётся" in vera.post("/forms/teacher-teacher/remove").text


class TestWhatNewcomersStumbledOver:
    def test_a_table_of_word_becomes_rows_with_their_terms(self, begun, content):
        address = "plans.curator.items"
        columns = [column["id"] for column in draft.get(content(), "plans.curator.columns")]
        kinds = [column.get("role") or column["kind"] for column in draft.get(content(), "plans.curator.columns")]
        cells = {"due": "до 15 октября", "title": "Круглый стол"}
        line = "\t".join(cells.get(kind, "") for kind in kinds)
        press(begun, "plans.curator", f"many:{address}", **{f"many-{address}": f"{line}\n{line.replace('до 15 октября', 'когда выйдет')}"})
        first, second = draft.entries(content(), address)[-2:]
        title = columns[kinds.index("title")]
        assert first["due"] == {"until": "15.10"} and first["cells"][title] == "Круглый стол"
        assert "due" not in second and "(когда выйдет)" in second["cells"][title]

    def test_options_made_equal_by_words_can_be_compared(self, begun, content):
        before, after = (f"questionnaires.mentee_{phase}.questions.help.options" for phase in ("before", "after"))
        for address in (before, after):
            stands = "\n".join(draft.get(content(), address).values())
            save(begun, address, stands.replace("Готовить уроки вместе", "Совсем иное занятие"), stands)
        assert draft.get(content(), before) == draft.get(content(), after)
        assert list(draft.get(content(), before)) == list(draft.get(content(), after))

    def test_what_cannot_be_compared_is_told_without_the_words_of_files(self, begun, content):
        address = "questionnaires.mentee_before.questions.help.options"
        stands = "\n".join(draft.get(content(), address).values())
        answer = save(begun, address, stands.replace("Готовить уроки вместе", "Совсем иное занятие"), stands)
        assert "другие варианты" in answer.text and "pair_key" not in answer.text and "questionnaires[" not in answer.text

    def test_the_list_of_parts_counts_anew_with_every_save(self, begun):
        answer = save(begun, f"{QUESTION}.text", "", TALK)
        assert f'id="n-{ASKED}" class="err-text" hx-swap-oob="true">исправить 1<' in answer.text

    def test_a_condition_on_a_scale_offers_its_quarters_and_keeps_another_one(self, begun, content):
        card = "questionnaires.mentee_before.questions.meetings"
        page = begun.get(f"{DRAFT}/parts/{ASKED}?card={card}").text
        offered = [number for number in range(1, 11) if f'value="talk&gt;={number}"' in page or f'value="talk&lt;={number}"' in page]
        assert offered == [3, 5, 6, 8]
        save(begun, f"{card}.show_if", "talk>=9", "")
        assert draft.get(content(), f"{card}.show_if") == {"question": "talk", "at_least": 9}
        assert 'value="talk&gt;=9" selected' in begun.get(f"{DRAFT}/parts/{ASKED}?card={card}").text

    def test_a_step_taken_back_leads_to_its_card(self, begun):
        save(begun, f"{QUESTION}.hint", "Подсказка")
        step = begun.get(f"{DRAFT}/parts/main").text.split('name="step" value="')[1].split('"')[0]
        assert begun.post(f"{DRAFT}/undo", {"step": step}).location.endswith(f"/parts/{ASKED}?card={QUESTION}#c-{QUESTION}")

    def test_a_new_question_takes_the_scale_of_its_neighbour_and_not_its_words(self, begun, content):
        added = press(begun, ASKED, f"add:{QUESTION}").rpartition("#c-")[2]
        assert set(draft.get(content(), added)) == {"id", "kind", "low", "high"}
