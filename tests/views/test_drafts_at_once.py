"""What takes one step instead of many in the form editor: pasted lists and tables, counted levels, a questionnaire out of another."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from mentorapp.domain import draft
from tests import drafts
from tests.conftest import Browser
from tests.pace import timed

Content = dict[str, Any]
TABLE = (
    "№\tСодержание деятельности\tСроки\tФорма работы\tРезультат\n"
    "1\tЗнакомство\tдо 15 октября\tбеседа\tправила согласованы\n"
    "2\tДень в вузе\tкогда выйдет\tэкскурсия\tотзыв"
)


@pytest.fixture
def place(vera: Browser) -> str:
    """Where the draft of a new form of Vera stands."""
    return str(vera.post("/forms/new", {"title": "Выпускник — ученик", "source": "", "once": "one"}).location).rpartition("/parts/")[0]


@pytest.fixture
def content(app: Flask, place: str) -> Callable[[], Content]:
    """What the draft holds now."""

    def read() -> Content:
        with app.app_context():
            return drafts.draft_of(place.split("/")[2]).content

    return read


@pytest.fixture
def asked(vera: Browser, place: str) -> str:
    """The part of the mentee's first questionnaire, still empty."""
    made = vera.post(f"{place}/questionnaires", {"role": "mentee", "phase": "before", "source": ""})
    return str(made.location).rpartition("/parts/")[2]


def paste(browser: Browser, place: str, part: str, address: str, text: str) -> Any:
    return browser.post(f"{place}/parts/{part}", {"do": f"many:{address}", f"many-{address}": text, "card": ""})


class TestAPastedListOfQuestions:
    def paste(self, vera: Browser, place: str, asked: str, content: Callable[[], Content], text: str) -> list[Content]:
        assert paste(vera, place, asked, f"{asked}.questions", text).status_code == 303
        return draft.entries(content(), f"{asked}.questions")

    def test_brings_the_answers_with_it(self, vera, place, asked, content):
        found = self.paste(
            vera, place, asked, content,
            "1. Насколько вы уверены в себе? (1–10)\n2. Был ли у вас наставник? (да/нет)\n3. Где вам удобно встречаться?\n"
            "- В школе\n- По видеосвязи\n4. В чём нужна помощь? (несколько)\n• Учёба\n• Общение\n5. Чего вы ждёте?\n"
            "6. Сколько вам лет? (10-18)\n7. Сколько книг вы прочли (за год)?",
        )  # fmt: skip
        assert [one["kind"] for one in found] == ["scale", "yes_no", "single", "multi", "long", "scale", "long"]
        assert found[0]["text"] == "Насколько вы уверены в себе?" and (found[0]["low"], found[0]["high"]) == (1, 10)
        assert list(found[2]["options"].values()) == ["В школе", "По видеосвязи"] and list(found[3]["options"].values()) == [
            "Учёба",
            "Общение",
        ]
        assert found[6]["text"] == "Сколько книг вы прочли (за год)?"
        assert "Публикации ничто не мешает" in self.without_sides(vera.get(f"{place}/parts/{asked}").text)

    def test_may_say_the_answer_after_the_question_mark_without_brackets(self, vera, place, asked, content):
        found = self.paste(
            vera, place, asked, content, "Насколько легко? 1-10\nБыл ли наставник? да/нет\nКогда вы пришли? – дата\nА что было? и когда"
        )
        assert [one["kind"] for one in found] == ["scale", "yes_no", "date", "long"]
        assert [one["text"] for one in found[1:]] == ["Был ли наставник?", "Когда вы пришли?", "А что было? и когда"]

    def without_sides(self, page: str) -> str:
        """Who the sides are is the only thing that a new form still lacks."""
        return "Публикации ничто не мешает" if page.count("кем может быть") == page.count("не заполнено") == 2 else page

    def test_of_bullets_alone_is_a_list_of_questions(self, vera, place, asked, content):
        found = self.paste(vera, place, asked, content, "- Чего вы ждёте?\n- О чём вы мечтаете\n-\n")
        assert [one["text"] for one in found] == ["Чего вы ждёте?", "О чём вы мечтаете"] and "options" not in found[0]

    def test_of_yes_and_no_is_a_question_of_yes_or_no(self, vera, place, asked, content):
        assert self.paste(vera, place, asked, content, "Был ли наставник?\nа) Да\nб) Нет")[0]["kind"] == "yes_no"

    def test_that_says_nothing_of_answers_asks_like_the_last_question(self, vera, place, asked, content):
        self.paste(vera, place, asked, content, "Насколько легко? (1–5)")
        assert [one["kind"] for one in self.paste(vera, place, asked, content, "А говорить?\nА слушать?")] == ["scale"] * 3

    def test_is_offered_as_soon_as_there_is_no_question(self, vera, place, asked):
        assert "<details open><summary>Вставить списком" in vera.get(f"{place}/parts/{asked}").text

    def test_of_far_too_many_lines_is_refused_at_once(self, vera, place, asked, content):
        answer = paste(vera, place, asked, f"{asked}.questions", "в\n" * 60_000)
        assert answer.status_code == 409 and "Здесь помещается 100" in answer.text and draft.entries(content(), f"{asked}.questions") == []

    @pytest.mark.parametrize("text", ["\t\n\t", "(1–10)", "- ", "7.", "?\n-", "Q (9–1)", "Ы (0–999)\n- а", "\u2028(да/нет)"])
    def test_however_odd_breaks_nothing(self, vera, place, asked, text):
        assert paste(vera, place, asked, f"{asked}.questions", text).status_code == 303
        assert vera.get(f"{place}/parts/{asked}").status_code == 200


class TestAPastedTable:
    def put(self, vera: Browser, place: str, text: str) -> Any:
        return paste(vera, place, "plans.pair", "plans.pair.items", text)

    def test_with_headings_makes_the_columns(self, vera, place, content):
        self.put(vera, place, TABLE)
        columns = draft.entries(content(), "plans.pair.columns")
        assert [one["title"] for one in columns] == ["Содержание деятельности", "Сроки", "Форма работы", "Результат"]
        assert [one.get("role") for one in columns] == ["title", "due", None, None]
        first, second = draft.entries(content(), "plans.pair.items")
        ids = [one["id"] for one in columns]
        assert (
            first["due"] == {"until": "15.10"}
            and first["cells"][ids[0]] == "Знакомство"
            and first["cells"][ids[3]] == "правила согласованы"
        )
        assert second["cells"][ids[0]] == "День в вузе (когда выйдет)"

    BROKEN = (
        "№ п/п\tМероприятие\tСрок\tКто\n1\tЗнакомство\tмай\tвсе\n"
        "2\tКвест по фондам\nи чаепитие\tпосле каникул\tбиблиотекарь\n3\tИтоги\tиюнь\t"
    )

    def test_with_two_lines_in_a_cell_loses_no_word(self, vera, place, content):
        answer = self.put(vera, place, self.BROKEN)
        quoted = self.BROKEN.replace("Квест по фондам\nи чаепитие", '"Квест ""Фонды""\nи чаепитие"')
        title = draft.entries(content(), "plans.pair.columns")[0]["id"]
        assert [row["cells"][title] for row in draft.entries(content(), "plans.pair.items")] == [
            "Знакомство", "Квест по фондам и чаепитие (после каникул)", "Итоги",
        ]  # fmt: skip
        self.put(vera, place, quoted)
        assert draft.entries(content(), "plans.pair.items")[4]["cells"][title] == 'Квест "Фонды" и чаепитие (после каникул)'
        page = vera.get(answer.location).text
        assert "Добавлено карточек: 3." in page and "Номера строк и отметку о выполнении программа ведёт сама" in page
        assert "номера строк: 2." in page and "Добавлено" not in vera.get(f"{place}/parts/plans.pair").text
        assert "номера строк" not in vera.get(answer.location.replace("odd=2", "odd=<b>")).text

    def test_with_three_lines_in_a_cell_loses_no_word_either(self, vera, place, content):
        self.put(vera, place, "№\tМероприятие\tСрок\n1\tПервая\nвторая\nтретья\tмай\n2\tИтоги\tиюнь")
        first, second = draft.entries(content(), "plans.pair.items")
        assert list(first["cells"].values()) == ["Первая вторая третья"] and first["due"] == {"month": 5} and second["due"] == {"month": 6}

    @pytest.mark.parametrize(
        "text", ["x\t" * 50_000, "x\t1\r" * 25_000, '"' * 80_000, "1\tа\n" * 4000], ids=["wide", "long", "quotes", "many"]
    )
    def test_however_large_is_answered_soon(self, vera, place, text):
        answer, seconds = timed(lambda: self.put(vera, place, text))
        assert answer.status_code in (303, 409) and seconds < 2

    def test_keeps_words_that_stand_where_numbers_are_counted(self, vera, place, content):
        self.put(vera, place, "№\tМероприятие\tСрок\nосень\tЗнакомство\tмай\n2)\tИтоги\tиюнь")
        title = draft.entries(content(), "plans.pair.columns")[0]["id"]
        assert [row["cells"][title] for row in draft.entries(content(), "plans.pair.items")] == ["Знакомство (осень)", "Итоги"]

    def test_into_a_plan_with_rows_keeps_its_columns(self, vera, place, content):
        self.put(vera, place, "Знакомство\tдо 15 октября\tдоговорились")
        before = draft.entries(content(), "plans.pair.columns")
        self.put(vera, place, "Срок\tМероприятие\tОтветственный\nдо 1 мая\tИтоги\tвыпускник")
        after = draft.entries(content(), "plans.pair.columns")
        assert after[:3] == before and after[3]["title"] == "Ответственный"
        assert draft.entries(content(), "plans.pair.items")[1]["cells"] == {before[0]["id"]: "Итоги", after[3]["id"]: "выпускник"}

    MARKED = "№\tМероприятие\tСрок\tОтметка о выполнении\tОтветственный\n1\tЗнакомство\tмай\t{}\tнаставник\n2\tИтоги\tиюнь"

    @pytest.mark.parametrize("cell", ["", "—", "____"])
    def test_leaves_out_the_empty_column_that_the_program_keeps_by_itself(self, vera, place, content, cell):
        self.put(vera, place, self.MARKED.format(cell))
        columns = {one["title"]: one["id"] for one in draft.entries(content(), "plans.pair.columns")}
        assert list(columns)[:3] == ["Мероприятие", "Срок", "Ответственный"] and "Отметка о выполнении" not in columns
        row = draft.entries(content(), "plans.pair.items")[0]
        assert row["cells"] == {columns["Мероприятие"]: "Знакомство", columns["Ответственный"]: "наставник"}

    def test_keeps_such_a_column_when_something_stands_in_it(self, vera, place, content):
        self.put(vera, place, self.MARKED.format("перенесено"))
        column = next(one for one in draft.entries(content(), "plans.pair.columns") if one["title"] == "Отметка о выполнении")
        assert draft.entries(content(), "plans.pair.items")[0]["cells"][column["id"]] == "перенесено"

    @pytest.mark.parametrize("text", ["\t\t\r\n", "\t", "\n\t\n"])
    def test_of_empty_cells_alone_brings_nothing(self, vera, place, content, text):
        assert self.put(vera, place, text).status_code == 303
        assert draft.entries(content(), "plans.pair.items") == []

    def test_is_not_taken_for_headings_because_a_column_has_no_title_yet(self, vera, place, content):
        vera.post(f"{place}/parts/plans.pair", {"do": "add:plans.pair.columns", "card": ""})
        self.put(vera, place, "Тематический час\t\tправила\nВторая встреча\tсентябрь\tитог")
        assert len(draft.entries(content(), "plans.pair.items")) == 2

    def test_with_more_cells_than_columns_keeps_them_beside_the_activity(self, vera, place, content):
        self.put(vera, place, "Знакомство\tмай\tправила\tкуратор")
        [row] = draft.entries(content(), "plans.pair.items")
        assert "Знакомство (куратор)" in row["cells"].values()

    @pytest.mark.parametrize(
        "text", ["Строка\tмай\n" * 61, "Мероприятие\tСрок\t" + "\t".join(map("Столбец {}".format, range(40))) + "\nа\tб", "а\t\n" * 30_000]
    )
    def test_that_is_too_large_is_refused_whole(self, vera, place, content, text):
        before = content()
        assert self.put(vera, place, text).status_code == 409
        assert content() == before

    def test_without_headings_goes_from_the_left(self, vera, place, content):
        self.put(vera, place, "Знакомство\tдо 15 октября\tдоговорились\nИтоги\tмай\tотчёт")
        assert len(draft.entries(content(), "plans.pair.items")) == 2 and len(draft.entries(content(), "plans.pair.columns")) == 3

    def test_of_too_many_columns_changes_nothing(self, vera, place, content):
        before = content()
        answer = self.put(vera, place, "\t".join(["Мероприятие", *(f"Столбец {letter}" for letter in "абвгдежзиклм")]) + "\nЗнакомство")
        assert answer.status_code == 409 and "12 столбцов" in answer.text and content() == before


class TestASheetOfCriteria:
    @pytest.fixture
    def rubric(self, vera: Browser, place: str) -> str:
        paste(
            vera, place, "evaluation", "evaluation.groups", "Общение\n- Слушает\n- Спрашивает\n- Говорит\nЦель\n- Знает\n- Называет\n- Идёт"
        )
        points = "3 — всегда\n2 — часто\n1 — иногда\n0 — никогда"
        vera.post(f"{place}/values/evaluation.points", {"value": points, "seen": ""}, headers={"HX-Request": "true"})
        return "evaluation.bands"

    def test_the_page_says_how_many_came_inside_of_others(self, vera, place):
        answer = paste(vera, place, "meetings", "meetings", "Прогулка\n- Куда идём\n- Что видели\nИтоги")
        assert "Добавлено карточек: 2, строк в них: 2." in vera.get(answer.location).text

    def test_groups_are_pasted_with_their_indicators(self, rubric, content):
        groups = draft.entries(content(), "evaluation.groups")
        assert [group["title"] for group in groups] == ["Общение", "Цель"]
        assert [one["title"] for one in groups[1]["indicators"]] == ["Знает", "Называет", "Идёт"]

    def test_levels_are_counted_by_a_button(self, vera, place, rubric, content):
        assert "Разбить 0–18 поровну" in vera.get(f"{place}/parts/evaluation").text
        vera.post(f"{place}/parts/evaluation", {"do": "levels:", "levels": "4", "card": ""})
        bands = draft.get(content(), rubric)
        assert [(one["low"], one["high"]) for one in bands] == [(14, 18), (9, 13), (4, 8), (0, 3)] and bands[0]["title"] == "высокий"
        assert "Уровни" not in vera.get(f"{place}/parts/evaluation").text.split('id="troubles"')[1].split("</div>")[0]

    def test_as_many_levels_keep_their_names(self, vera, place, rubric, content):
        named = "10–18 — звезда: хвалим\n0–9 — росток"
        vera.post(f"{place}/values/{rubric}", {"value": named, "seen": ""}, headers={"HX-Request": "true"})
        vera.post(f"{place}/parts/evaluation", {"do": "levels:", "levels": "2", "card": ""})
        assert draft.get(content(), rubric) == [
            {"low": 9, "high": 18, "title": "звезда", "text": "хвалим"}, {"low": 0, "high": 8, "title": "росток"},
        ]  # fmt: skip

    def test_no_levels_without_points(self, vera, place):
        assert "Когда будут баллы и показатели" in vera.get(f"{place}/parts/evaluation").text
        assert vera.post(f"{place}/parts/evaluation", {"do": "levels:", "levels": "4", "card": ""}).status_code == 400


class TestAQuestionnaireOutOfAnother:
    def test_is_offered_for_the_end_and_for_the_other_side(self, vera, place, asked, content):
        paste(vera, place, asked, f"{asked}.questions", "Насколько легко? (1–5)")
        page = vera.get(f"{place}/parts/{asked}").text
        assert "Парная анкета «в конце»" in page and "Такая же анкета наставника" in page
        vera.post(f"{place}/questionnaires", {"role": "mentee", "phase": "after", "source": asked[15:]})
        before, after = (one["questions"][0] for one in draft.entries(content(), "questionnaires"))
        assert before["pair_key"] == after["pair_key"] and "Парная анкета" not in vera.get(f"{place}/parts/{asked}").text

    def test_is_not_offered_while_there_is_no_question(self, vera, place, asked):
        assert "Из этой анкеты" not in vera.get(f"{place}/parts/{asked}").text


def test_the_editor_speaks_of_the_sides_in_the_words_of_the_form(vera, place, asked):
    for address, word, usual in (("mentee.genitive", "ученика", "наставляемого"), ("mentee.nominative", "ученик", "наставляемый")):
        vera.post(f"{place}/values/{address}", {"value": word, "seen": usual}, headers={"HX-Request": "true"})
    page = vera.get(f"{place}/parts/{asked}").text
    assert "<h2>Анкеты ученика</h2>" in page and '<option value="mentee">ученик</option>' in page and "План ученика" in page
    assert "Права ученика" in vera.get(f"{place}/parts/texts").text


class TestAdvice:
    def test_stands_at_a_column_that_the_program_has_by_itself(self, vera, place, content):
        paste(vera, place, "plans.pair", "plans.pair.columns", "Отметка о выполнении\nОтветственный")
        mark, who = draft.entries(content(), "plans.pair.columns")[-2:]
        page = vera.get(f"{place}/parts/plans.pair").text
        assert page.count("программа ведёт сама") == 1
        assert "Совет: состояние, отметку" in vera.get(f"{place}/parts/plans.pair?card=plans.pair.columns.{mark['id']}").text
        assert "Совет" not in vera.get(f"{place}/parts/plans.pair?card=plans.pair.columns.{who['id']}").text


class TestTheFirstPublication:
    def put_right(self, vera: Browser, place: str) -> None:
        for side, kind in (("mentor", "graduate"), ("mentee", "pupil")):
            vera.post(f"{place}/values/{side}.kinds", {"value": kind, "seen": ""}, headers={"HX-Request": "true"})

    def test_shows_what_is_wrong_with_the_way_to_it(self, vera, place):
        page = vera.get(f"{place.removesuffix('/draft')}/publish?source=draft").text
        assert "Опубликовать пока нельзя" in page and "«Наставник: кем может быть»: не заполнено" in page
        assert f'href="{place}/parts/main#p-mentor.kinds"' in page and "mentor.kinds:" not in page

    def test_is_told_in_a_few_lines_with_advice_before_and_details_behind(self, vera, place, asked):
        self.put_right(vera, place)
        paste(vera, place, asked, f"{asked}.questions", "Легко ли? (1–5)\nИнтересно ли? (1–5)")
        page = vera.get(f"{place.removesuffix('/draft')}/publish?source=draft").text
        said = [
            "нет парной «в конце»",
            "План пары: 3 столбца, 0 строк",
            ": 2 вопроса",
            "Знакомство; Рабочая встреча",
            "Опубликовать версию 1",
        ]
        places = [page.index(words) for words in [*said, '<details class="sheet"><summary>Всё, что появится']]
        assert places == sorted(places) and "Было" not in page[: places[-1]]

    def test_advises_on_rows_whose_term_was_not_understood(self, vera, place):
        self.put_right(vera, place)
        paste(vera, place, "plans.pair", "plans.pair.items", "Знакомство\tмай\nПоход\tкогда выпадет снег")
        assert "строки 2: срока нет" in vera.get(f"{place.removesuffix('/draft')}/publish?source=draft").text

    def test_advises_on_a_side_that_is_called_otherwise_in_other_cases(self, vera, place):
        self.put_right(vera, place)
        address = f"{place.removesuffix('/draft')}/publish?source=draft"
        assert "в других падежах" not in vera.get(address).text
        vera.post(f"{place}/values/mentor.nominative", {"value": "тренер", "seen": "наставник"}, headers={"HX-Request": "true"})
        said = "Сторона названа «тренер», а в других падежах «наставника», «наставнику», «наставники»"
        assert said in vera.get(address).text
        for case, word in (("genitive", "тренера"), ("dative", "тренеру"), ("plural", "тренерский состав")):
            usual = {"genitive": "наставника", "dative": "наставнику", "plural": "наставники"}[case]
            vera.post(f"{place}/values/mentor.{case}", {"value": word, "seen": usual}, headers={"HX-Request": "true"})
        assert "в других падежах" not in vera.get(address).text

    def test_a_later_one_shows_the_changes_at_once(self, vera, place):
        self.put_right(vera, place)
        address = f"{place.removesuffix('/draft')}/publish"
        page = vera.get(f"{address}?source=draft").text
        mark = page.split('name="mark" value="')[1].split('"')[0]
        assert vera.post(address, {"source": "draft", "mark": mark, "note": "", "once": "two"}).status_code == 303
        vera.post(place)
        vera.post(f"{place}/values/summary", {"value": "Для чего", "seen": ""}, headers={"HX-Request": "true"})
        later = vera.get(f"{address}?source=draft").text
        assert "Было" in later and "<details" not in later.split("<main")[1] and "нет анкет" not in later


class TestTheNameOfAForm:
    def test_of_another_is_refused(self, vera, place):
        again = vera.post("/forms/new", {"title": "выпускник — ученик", "source": "", "once": "three"})
        assert again.status_code == 422 and "Форма с таким названием уже есть" in again.text

    def test_of_a_copy_is_proposed(self, vera):
        assert 'value="Учитель — учитель (копия)"' in vera.get("/forms/new?source=teacher-teacher").text
        vera.post("/forms/new", {"title": "Учитель — учитель (копия)", "source": "teacher-teacher", "once": "four"})
        assert 'value="Учитель — учитель (копия 2)"' in vera.get("/forms/new?source=teacher-teacher").text


def test_a_pasted_list_of_meetings_brings_their_points(vera, place, content):
    paste(
        vera, place, "meetings", "meetings", "Первая тренировка\n- Познакомиться\n- Договориться о правилах\nРазбор игры\n• Что получилось"
    )
    found = {one["title"]: one.get("agenda") for one in draft.entries(content(), "meetings")}
    assert found["Первая тренировка"] == ["Познакомиться", "Договориться о правилах"] and found["Разбор игры"] == ["Что получилось"]
