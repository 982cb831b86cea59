"""The forms page: what is published, what is broken, what waits to be published."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mentorapp.database import db, writing
from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import Condition, Question
from mentorapp.forms.host import publish
from mentorapp.models import FormVersion, MentoringForm, Pair
from mentorapp.settings import ROOT
from tests import drafts
from tests.conftest import NOW, Browser
from tests.every_kind import AFTER, EVERY_KIND, publish_every_kind
from tests.school import World

AsUser = Callable[[str], Browser]


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A copy of the folder of forms that a test may spoil."""
    usual = app.config["PLUGINS"]
    app.config["PLUGINS"] = Path(shutil.copytree(ROOT / "plugins", tmp_path / "plugins"))
    yield app.config["PLUGINS"]
    app.config["PLUGINS"] = usual


def rewrite(folder: Path, was: str, now: str) -> None:
    path = folder / "teacher-teacher" / "form.toml"
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8")


def card_of(as_user: AsUser, title: str = "Учитель — учитель") -> str:
    """The card of one form on the page of all forms."""
    page = as_user("vera").get("/forms").text
    return next(card for card in page.split("<section")[1:] if f">{title}</a>" in card).split("</section>")[0]


def versions(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.execute(db.select(FormVersion.number).where(FormVersion.form_id == "teacher-teacher")).scalars())


PUBLISH = "/forms/teacher-teacher/publish"


def mark_of(who: Browser) -> str:
    """What the page of changes sends back."""
    return who.get(PUBLISH).text.split('name="mark" value="')[1].split('"')[0]


def publish_folder(who: Browser) -> TestResponse:
    """She reads what would change, and publishes it."""
    return who.post(PUBLISH, {"mark": mark_of(who)})


def test_published_form_tells_what_it_brings(as_user: AsUser) -> None:
    card = card_of(as_user)
    assert "версия 1" in card
    assert "<b>2</b> пары в этом году, 5 видов пар" in card
    assert "План работы куратора\u00a0— 5" in card and "знакомство" in card
    page = as_user("vera").get("/forms").text
    assert "не прочитана" not in page and "другая версия" not in page


def test_broken_folder_is_a_red_card_with_all_its_problems(app: Flask, as_user: AsUser, folder: Path) -> None:
    (folder / "broken-one").mkdir()
    broken = 'api = 1\nid = "broken-one"\ntitle = "<b>Сломана</b>"\nlength_days = "много"\n'
    (folder / "broken-one" / "form.toml").write_text(broken, encoding="utf-8")
    card = as_user("vera").get("/forms").text
    assert "Папка «broken-one» не прочитана" in card and "length_days" in card and card.count("<li>form.toml") >= 3
    assert "<b>Сломана</b>" not in card
    assert "Учитель — учитель" in card


def test_changed_folder_becomes_the_next_version_and_pairs_keep_theirs(app: Flask, as_user: AsUser, folder: Path, world: World) -> None:
    rewrite(folder, "alert_days = 21", "alert_days = 30")
    card = as_user("vera").get("/forms").text
    assert "В папке лежит другая версия" in card and "останутся на своей: 2" in card
    assert publish_folder(as_user("vera")).status_code == 303
    assert versions(app) == [1, 2]
    assert "другая версия" not in as_user("vera").get("/forms").text
    assert "30 дней" in as_user("vera").get("/forms/teacher-teacher").text
    with app.app_context():
        assert db.session.get_one(Pair, world.pairs["boris"]).form_version.number == 1


def test_pressed_twice_it_is_published_once(app: Flask, as_user: AsUser, folder: Path) -> None:
    rewrite(folder, "alert_days = 21", "alert_days = 30")
    vera = as_user("vera")
    mark = mark_of(vera)
    places = {vera.post(PUBLISH, {"once": "p1", "mark": mark}).headers["Location"] for _ in range(2)}
    assert places == {"/forms/teacher-teacher/versions?done=1"} and versions(app) == [1, 2]


def test_with_nothing_new_in_the_folder_nothing_is_published(app: Flask, as_user: AsUser) -> None:
    for form_id in ("teacher-teacher", "no-such-form"):
        assert as_user("vera").post(f"/forms/{form_id}/publish").status_code == 409
    assert versions(app) == [1]


def test_director_reads_and_does_not_publish(app: Flask, as_user: AsUser, folder: Path) -> None:
    rewrite(folder, "alert_days = 21", "alert_days = 30")
    card = as_user("inna").get("/forms").text
    assert "В папке лежит другая версия" in card and "/publish" not in card
    assert as_user("inna").post("/forms/teacher-teacher/publish").status_code == 403
    assert versions(app) == [1]


def test_form_is_shown_whole(as_user: AsUser) -> None:
    page = as_user("inna").get("/forms/teacher-teacher").text
    sides_and_plans = ("наставник: педагог", "Педагог-новатор", "План работы наставника", "08.09.2026")
    for part in (*sides_and_plans, "Знакомство", "Права наставника"):
        assert part in page
    assert "Описание из папки формы" not in page and "Описание из папки формы" in as_user("vera").get("/forms/teacher-teacher").text


def republish(app: Flask, **changed: object) -> None:
    """The next version of the form, other in these parts."""
    with app.app_context(), writing() as session:
        version_id = session.get_one(MentoringForm, "teacher-teacher").current_version_id
        publish(replace(session.get_one(FormVersion, version_id).spec, **changed), NOW)


def shown(as_user: AsUser) -> str:
    """The words of the form's page, without tags and with single blanks."""
    text = re.sub(r"<[^>]+>", " ", as_user("vera").get("/forms/teacher-teacher").text)
    return " ".join(unescape(text).replace("\u00a0", " ").split())


def test_a_card_counts_what_a_pair_fills_in(app: Flask, as_user: AsUser) -> None:
    assert "<p>9 анкет · 9 показателей · 28 компетенций · 4 вида контроля</p>" in card_of(as_user)
    republish(app, questionnaires=(EVERY_KIND, AFTER), deficits=None, control={})
    assert "<p>2 анкеты · 9 показателей</p>" in card_of(as_user)


def test_a_card_of_a_form_without_sheets_counts_nothing(app: Flask, as_user: AsUser) -> None:
    republish(app, questionnaires=(), evaluation=None, deficits=None, control={})
    card = card_of(as_user)
    assert "анкет" not in card and "показател" not in card and "компетенц" not in card


def test_questionnaires_stand_by_phase_and_side(app: Flask, as_user: AsUser) -> None:
    with app.app_context():
        spec = db.session.get_one(FormVersion, db.session.get_one(MentoringForm, "teacher-teacher").current_version_id).spec
    republish(app, questionnaires=spec.questionnaires[::-1])
    page = shown(as_user)
    heads = re.findall(r"(\w+), (перед началом|в конце): (\d+) вопрос", page)
    numbers = [str(len(one.asked)) for one in spec.questionnaires]
    assert heads == [
        ("наставляемый", "перед началом", numbers[0]),
        ("наставник", "перед началом", numbers[2]),
        ("наставляемый", "в конце", numbers[1]),
        ("наставник", "в конце", numbers[3]),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Ответы видите вы и куратор.",
        "О вас Здесь нет верных и неверных ответов.",
        "1 Приходилось ли вам раньше работать с наставником? да или нет",
        "2 Где и когда это было? Показывается, если на вопрос 1 ответ «да» строка",
        "3 Насколько легко говорить о трудностях? шкала от 1 до 10 · сравнивается «до» и «после» 1 — трудно, 10 — легко",
        "4 Насколько полезны встречи? шкала от 0 до 5 ·",
        "5 Что мешает на уроке? (необязательно) текст в несколько строк",
        "как часто · сравнивается «до» и «после» очень часто; часто; редко; один-два раза; никогда",
        "7 С чем помочь в первую очередь? один вариант Посещать уроки наставника; Разбирать свои уроки",
        "несколько вариантов, не больше 2 Посещать",
        "варианты по порядку, первые 3 Посещать",
        "таблица, в каждой строке один ответ · сравнивается «до» и «после» пока нет; отчасти; уверенно Строки: Ставить цель; Считать время",
        "11 Сколько лет вы в школе? число",
        "12 Когда вы начали работать здесь? дата",
        "13 С кем вы уже работали? человек из списка: наставники",
    ],
)
def test_every_kind_of_question_is_told_in_words(app: Flask, as_user: AsUser, words: str) -> None:
    publish_every_kind(app)
    assert words in shown(as_user)


def test_a_question_where_less_is_better_and_one_with_bounds_say_so(app: Flask, as_user: AsUser) -> None:
    asked = (
        Question("a", "number", "Сколько раз?", limits=Limits(low=0, high=40), pair_key="a", reverse=True),
        Question("b", "scale", "Насколько?", limits=Limits(low=0, high=5), high_label="очень"),
        Question("c", "multi", "Что?", limits=Limits(options={"x": "то", "y": "это"}, low=1)),
        Question("d", "rank", "В каком порядке?", limits=Limits(options={"x": "то", "y": "это"}, high=2)),
        Question("e", "long", "Почему?", show_if=Condition("a", at_least=3, at_most=9)),
    )
    republish(app, questionnaires=(replace(EVERY_KIND, questions=asked),))
    page = shown(as_user)
    assert "число от 0 до 40 · сравнивается «до» и «после», меньше — лучше" in page
    assert "шкала от 0 до 5 5 — очень" in page and "несколько вариантов, не меньше 1 то; это" in page
    assert "варианты по порядку то; это" in page
    assert "если на вопрос 1 ответ не меньше 3 и не больше 9" in page


@pytest.mark.parametrize(
    "words",
    [
        "9 показателей, всего до 18 баллов",
        "2 — проявляется полностью; 1 — проявляется частично; 0 — не проявляется. Строка может быть «не применимо»",
        "Б. Участники 6 Все участники довольны совместной работой Сравните анкеты",
        "15–18, оптимальный Программа работает.",
        "0–8, недопустимый В таком виде",
        "28 компетенций, уровней 4",
        "0 — пока не умею; 1 — умею с подсказкой; 2 — справляюсь без помощи; 3 — могу научить другого. Ниже уровня 2 — дефицит.",
        "Рассчитывает время урока Практикум: хронометраж",
        "итоговый контроль Удовлетворённость участников своей работой",
        "Области работы знание предмета; методика преподавания",
    ],
)
def test_criteria_competences_and_controls_are_told(as_user: AsUser, words: str) -> None:
    assert words in shown(as_user)


def test_what_a_form_has_not_is_said_once(app: Flask, as_user: AsUser) -> None:
    assert "В этой форме нет" not in shown(as_user)
    republish(app, evaluation=None, control={})
    assert "В этой форме нет: листа оценки, видов контроля" in shown(as_user)
    republish(app, questionnaires=(), deficits=None)
    assert "В этой форме нет: анкет, листа оценки, компетенций, видов контроля" in shown(as_user)


def test_who_edits_the_form_is_told_how_to_add_it(app: Flask, as_user: AsUser) -> None:
    republish(app, evaluation=None)
    assert "кнопкой «Править форму»" in as_user("vera").get("/forms/teacher-teacher").text
    assert "куратор добавит" in as_user("inna").get("/forms/teacher-teacher").text


def test_a_card_leaves_out_what_is_none(app: Flask, as_user: AsUser) -> None:
    republish(app, subtypes=(), plans={}, meetings=())
    card = card_of(as_user)
    assert "<b>2</b> пары в этом году</p>" in card and "видов пар" not in card and "Планы:" not in card and "Встречи:" not in card


def test_a_draft_that_was_only_opened_says_so(as_user: AsUser) -> None:
    vera = as_user("vera")
    vera.post("/forms/teacher-teacher/draft")
    card = card_of(as_user)
    assert "Есть черновик без изменений" in card and "Продолжить черновик" not in card
    vera.post("/forms/teacher-teacher/draft/values/title", {"value": "Иначе", "seen": "Учитель — учитель"}, headers={"HX-Request": "true"})
    card = card_of(as_user)
    assert "Есть черновик без изменений" not in card and "Продолжить черновик" in card


def test_a_draft_in_which_nothing_was_written_begins_anew_after_a_later_version(app: Flask, as_user: AsUser) -> None:
    vera, title = as_user("vera"), "/forms/teacher-teacher/draft/values/title"
    vera.post("/forms/teacher-teacher/draft")
    republish(app, title="Форма второй версии")
    vera.post("/forms/teacher-teacher/draft")
    assert "Форма второй версии" in vera.get("/forms/teacher-teacher/draft/parts/main").text
    vera.post(title, {"value": "Моя правка", "seen": "Форма второй версии"}, headers={"HX-Request": "true"})
    republish(app, title="Форма третьей версии")
    vera.post("/forms/teacher-teacher/draft")
    assert "Моя правка" in vera.get("/forms/teacher-teacher/draft/parts/main").text


def test_a_draft_from_a_file_is_no_unchanged_one(app: Flask, as_user: AsUser) -> None:
    with app.app_context(), writing():
        row = drafts.begin("teacher-teacher", 1, NOW)
        row.content = row.content | {"title": "Иначе"}
    assert "Продолжить черновик" in as_user("vera").get("/forms").text


def test_no_text_of_a_question_is_an_element(app: Flask, as_user: AsUser) -> None:
    bad = "<img src=x>{{7*7}}"
    asked = replace(EVERY_KIND.question("first"), text=bad, hint=bad, limits=Limits(options={"a": bad}))
    republish(app, questionnaires=(replace(EVERY_KIND, title=bad, intro=bad, thanks=bad, questions=(asked,)),))
    page = as_user("vera").get("/forms/teacher-teacher").text
    assert "<img" not in page and page.count("{{7*7}}") >= 6


def test_page_about_a_form_is_plain_text(app: Flask, as_user: AsUser, folder: Path) -> None:
    (folder / "teacher-teacher" / "README.md").write_text("<script>alert(1)</script> **жирно**", encoding="utf-8")
    assert "alert(1)" not in as_user("vera").get("/forms/teacher-teacher").text  # the page belongs to the version
    rewrite(folder, "alert_days = 21", "alert_days = 30")
    publish_folder(as_user("vera"))
    page = as_user("vera").get("/forms/teacher-teacher").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **жирно**" in page


def test_page_about_a_form_is_never_read_from_another_place(app: Flask, as_user: AsUser, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("тайна", encoding="utf-8")
    readme = folder / "teacher-teacher" / "README.md"
    readme.unlink()
    readme.symlink_to(tmp_path / "secret.txt")
    rewrite(folder, "alert_days = 21", "alert_days = 30")
    publish_folder(as_user("vera"))
    assert "30 дней" in as_user("vera").get("/forms/teacher-teacher").text
    assert "тайна" not in as_user("vera").get("/forms/teacher-teacher").text


def test_unknown_form_is_not_found(as_user: AsUser) -> None:
    assert as_user("vera").get("/forms/no-such-form").status_code == 404


@pytest.mark.parametrize("name", ["polina", "klara", "anna", "boris"])
def test_for_others_there_are_no_such_pages(as_user: AsUser, name: str) -> None:
    assert as_user(name).get("/forms").status_code == 404
    assert as_user(name).get("/forms/teacher-teacher").status_code == 404
