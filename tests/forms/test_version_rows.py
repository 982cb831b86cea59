"""A curator changes a form that is in use: each row of the table in the specification, with thirty answers given before.

What was filled in is shown byte for byte as before, on pages and on paper; only a misprint is mended everywhere.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.formspec import AREA, Column, FormSpec, ItemTemplate, PlanTemplate
from mentorapp.domain.kinds import Limits
from mentorapp.domain.planning import ItemState
from mentorapp.domain.questionnaire import Question
from mentorapp.models import FormDraft, Operation, Pair, Participant, Plan, PlanItem
from mentorapp.models.pairs import PairState
from tests.conftest import NOW, Browser
from tests.every_kind import EVERY_KIND
from tests.forms.versions import (
    FORM,
    School30,
    asks,
    differences,
    draft,
    publish,
    questionnaire,
    shown,
    stored,
    use,
)  # fmt: skip
from tests.school import World
from tests.test_queries import add_pairs, asked

AsUser = Callable[[str], Browser]


@pytest.fixture
def used(app: Flask, world: World) -> School30:
    return use(app, world)


@pytest.fixture
def same(used: School30, as_user: AsUser) -> Any:
    """Remembers what is shown and compares it afterwards."""
    before, versions = shown(used, as_user), stored(used)

    def check(made: int = 1) -> None:
        assert shown(used, as_user) == before
        assert stored(used)[: len(versions)] == versions and len(stored(used)) == len(versions) + made

    return check


def page(as_user: AsUser) -> str:
    return as_user("vera").get(f"/forms/{FORM}/publish?source=draft").text


def only(used: School30) -> Any:
    found = differences(used)
    assert len(found) == 1, found
    return found[0]


def edited(question_id: str, **changed: Any) -> Callable[[FormSpec], FormSpec]:
    return asks(lambda one: replace(one, **changed) if one.id == question_id else one)


OLD_TEXT, NEW_TEXT = "Где и когда это было?", "Где и когда это происходило?"


# --- Row 1: a typo in a label or hint ---


def test_a_misprint_is_mended_in_all_versions_and_the_versions_stay(used: School30, as_user: AsUser) -> None:
    before, versions = shown(used, as_user), stored(used)
    draft(used, edited("where", text=NEW_TEXT))
    assert "опечатка: исправить во всех версиях" in page(as_user) and "<del>было?</del>" in page(as_user)
    assert publish(as_user, **{f"word-{only(used).key}": "misprint"}).status_code == 303
    assert stored(used) == versions
    assert OLD_TEXT in before["sent"] and OLD_TEXT in before["paper of answers"]
    assert shown(used, as_user) == {name: text.replace(OLD_TEXT, NEW_TEXT) for name, text in before.items()}
    listed = as_user("vera").get(f"/forms/{FORM}/versions").text
    assert "Исправленные опечатки" in listed and OLD_TEXT in listed


def test_another_meaning_is_a_new_version_and_old_answers_keep_the_old_words(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, edited("where", text=NEW_TEXT))
    assert publish(as_user, **{f"word-{only(used).key}": "meaning", "note": "Уточнён вопрос"}).status_code == 303
    same()
    assert "Уточнён вопрос" in as_user("vera").get(f"/forms/{FORM}/versions").text
    assert NEW_TEXT in as_user("vera").get(f"/forms/{FORM}").text


def test_a_later_version_may_say_again_what_was_a_misprint_before(used: School30, as_user: AsUser) -> None:
    draft(used, edited("where", text=NEW_TEXT))
    publish(as_user, **{f"word-{only(used).key}": "misprint"})
    draft(used, edited("where", text=OLD_TEXT))
    publish(as_user, **{f"word-{only(used).key}": "meaning"})
    assert OLD_TEXT in as_user("vera").get(f"/forms/{FORM}").text
    assert NEW_TEXT in as_user("boris").get(f"/answers/{used.sent}").text


# --- Rows 2 and 3: a question added, a question removed ---


def test_an_added_question_leaves_former_answers_complete(used: School30, as_user: AsUser, same: Any) -> None:
    def change(one: Any) -> Any:
        return replace(one, questions=(*one.questions, Question("fresh", "text", "Что ещё?")))

    draft(used, lambda spec: questionnaire(spec, change))
    text = page(as_user)
    assert "1 заполненная анкета не изменится." in text and "1 начатую анкету дозаполнят по версии 2." in text
    assert "этого не спрашивали" in text
    assert publish(as_user).status_code == 303
    same()
    assert as_user("egor").get(f"/answers/{used.begun}/check").status_code == 200


def test_a_removed_question_is_retired_and_its_answers_are_kept(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, asks(lambda one: None if one.id == "years" else one))
    assert "Ответов уже 1: они остаются среди снятых вопросов." in page(as_user)
    assert publish(as_user).status_code == 303
    same()
    assert "Сколько лет вы в школе?" not in as_user("vera").get(f"/forms/{FORM}").text


# --- Row 4: order and sections ---


def test_another_order_changes_nothing_that_was_answered(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, lambda spec: questionnaire(spec, lambda one: replace(one, questions=(*one.questions[:-2], *one.questions[:-3:-1]))))
    assert only(used).change == "moved" and "Порядок" in page(as_user)
    assert publish(as_user).status_code == 303
    same()


# --- Row 5: an option renamed, removed, added ---


def options(changed: Callable[[dict[str, str]], dict[str, str]]) -> Callable[[FormSpec], FormSpec]:
    return asks(
        lambda one: replace(one, limits=replace(one.limits, options=changed(dict(one.limits.options)))) if one.id == "first" else one
    )


def test_a_renamed_option_keeps_its_id_and_old_answers_their_words(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, options(lambda old: {**old, "b": "Совсем другие слова"}))
    assert "Выбрали: 2." in page(as_user)
    assert publish(as_user).status_code == 303
    same()


def test_a_removed_option_is_hidden_from_new_answers_and_shown_to_who_chose_it(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, options(lambda old: {id: label for id, label in old.items() if id != "b"}))
    assert "Выбрали: 2." in page(as_user) and "в прежних ответах он виден" in page(as_user)
    assert publish(as_user).status_code == 303
    same()
    with used.app.app_context():
        asked = next(one for one in used.published().questionnaires if one.id == EVERY_KIND.id)
    assert "b" not in asked.question("first").limits.options


def test_an_added_option_changes_no_answer(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, options(lambda old: {"zz": "Ещё одно", **old}))
    assert publish(as_user).status_code == 303
    same()


# --- Row 6: the kind of a question ---


def test_another_kind_is_refused_while_there_are_answers_and_nothing_changes(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, edited("years", kind="text", limits=Limits()))
    text = page(as_user)
    assert "Вид этого вопроса изменить нельзя" in text and "заменить новым вопросом" in text
    refused = publish(as_user, note="Слова куратора")
    assert refused.status_code == 409 and "Слова куратора" in refused.text
    same(made=0)


def test_a_question_of_another_kind_may_be_asked_as_a_new_one(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, edited("years", kind="text", limits=Limits()))
    assert publish(as_user, replace=only(used).key).status_code == 303
    same()
    with used.app.app_context():
        asked = next(one for one in used.published().questionnaires if one.id == EVERY_KIND.id)
        new = next(one for one in asked.questions if one.text == "Сколько лет вы в школе?")
    assert new.id != "years" and new.kind == "text"


def test_a_line_may_become_a_long_text_though_it_was_answered(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, edited("where", kind="long"))
    assert only(used).change == "widened"
    assert publish(as_user).status_code == 303
    same()


# --- Row 7: points and bands ---


def test_other_bands_leave_an_evaluation_its_level_and_the_recount_stands_beside(used: School30, as_user: AsUser, same: Any) -> None:
    def change(spec: FormSpec) -> FormSpec:
        assert spec.evaluation
        bands = tuple(replace(band, title=f"{band.title}, по-новому") for band in spec.evaluation.bands)
        return replace(spec, evaluation=replace(spec.evaluation, bands=bands))

    draft(used, change)
    text = page(as_user)
    assert "Уровни, которые были бы другими по новой версии" in text and "допустимый, по-новому" in text and "14, допустимый" in text
    assert publish(as_user).status_code == 303
    same()
    assert "По версии 3: 14, допустимый, по-новому" in as_user("vera").get(f"/evaluations/{used.evaluation}").text


def test_a_new_indicator_leaves_the_sum_and_the_recount_says_what_is_missing(used: School30, as_user: AsUser, same: Any) -> None:
    def change(spec: FormSpec) -> FormSpec:
        assert spec.evaluation
        first, *rest = spec.evaluation.groups
        line = replace(first.indicators[0], id="fresh_line", title="Совсем новый показатель")
        low, *bands = sorted(spec.evaluation.bands, key=lambda band: -band.low)
        groups = (replace(first, indicators=(*first.indicators, line)), *rest)
        return replace(spec, evaluation=replace(spec.evaluation, groups=groups, bands=(replace(low, high=low.high + 2), *bands)))

    draft(used, change)
    assert publish(as_user).status_code == 303
    same()
    text = as_user("vera").get(f"/evaluations/{used.evaluation}").text
    assert "заполнено 9 из 10" in text and "Совсем новый показатель" in text


def test_the_recount_is_a_second_column_line_by_line(used: School30, as_user: AsUser, same: Any) -> None:
    """Other figures for the same meanings, one line added, one taken away."""

    def change(spec: FormSpec) -> FormSpec:
        assert spec.evaluation
        first, *rest = spec.evaluation.groups
        line = replace(first.indicators[0], id="fresh_line", title="Совсем новый показатель")
        groups = (replace(first, indicators=(*first.indicators[1:], line)), *rest)
        points = tuple(replace(point, value=point.value * 2) for point in spec.evaluation.points)
        bands = tuple(replace(band, low=band.low * 2, high=band.high * 2 + 1) for band in spec.evaluation.bands)
        best = max(band.high for band in bands)
        bands = tuple(replace(band, high=best - 1) if band.high == best else band for band in bands)
        return replace(spec, evaluation=replace(spec.evaluation, groups=groups, points=points, bands=bands))

    with used.app.app_context():
        gone, second = used.published().evaluation.indicators[:2]  # type: ignore[union-attr]
    draft(used, change)
    assert publish(as_user).status_code == 303
    same()
    text = as_user("vera").get(f"/evaluations/{used.evaluation}").text.split('<table class="recounted">')[1].split("</table>")[0]
    rows = [re.findall(r"<t[hd](?: scope=\"row\")?>(?:<span[^>]*>)?([^<]*)", row) for row in text.split("<tr>")[2:]]
    assert rows[0] == [second.title, "1", "2"] and rows[-1] == [gone.title, "2", "снят"]
    assert ["Совсем новый показатель", "не было", "—"] in rows


# --- Row 8: columns of plans ---


def plan_of(owner: str, change: Callable[[PlanTemplate], PlanTemplate]) -> Callable[[FormSpec], FormSpec]:
    return lambda spec: replace(spec, plans={**spec.plans, owner: change(spec.plans[owner])})


def test_columns_are_added_renamed_and_removed_and_plans_keep_theirs(used: School30, as_user: AsUser, same: Any) -> None:
    def change(plan: PlanTemplate) -> PlanTemplate:
        columns = [replace(one, title="Совсем новое имя") if one.id == "result" else one for one in plan.columns if one.id != "goal"]
        items = [replace(item, cells={name: text for name, text in item.cells.items() if name != "goal"}) for item in plan.items]
        return replace(plan, columns=(*columns, Column("fresh", "Новый столбец", "text")), items=tuple(items))

    draft(used, plan_of("pair", change))
    assert "В нынешних планах столбец остаётся, как есть." in page(as_user)
    assert publish(as_user).status_code == 303
    same()


# --- Row 9: rows of plans in running pairs ---


def with_rows(plan: PlanTemplate) -> PlanTemplate:
    """Two rows more, the first one worded otherwise."""
    first, *rest = plan.items
    reworded = replace(first, cells={**first.cells, "goal": "Понять, с чем нужна помощь сначала"})
    new = (ItemTemplate({"what": f"Новая строка {number} ({AREA})"}, due={"month": 2}, section=first.section) for number in (1, 2))
    return replace(plan, items=(reworded, *new, *rest))


def test_rows_are_offered_pair_by_pair_and_done_rows_are_never_touched(used: School30, as_user: AsUser, same: Any) -> None:
    with used.app.app_context(), writing() as session:
        done = session.get_one(PlanItem, used.world.items["egor_pair"][0].id)
        done.state = ItemState.DONE
    draft(used, plan_of("pair", with_rows))
    assert "можно предложить 5 строк в 2 плана" in page(as_user)
    assert publish(as_user).status_code == 303
    same()
    printed = shown(used, as_user)["paper of plans"]
    offers, vera = f"/forms/{FORM}/offers", as_user("vera")
    text = vera.get(offers).text
    boris, egor = (used.world.pairs[name] for name in ("boris", "egor"))
    assert text.count("Новая строка 1 (методика преподавания)") == 4  # a label and a word for each pair
    rows = [value.split('"')[0] for value in text.split('name="row" value="')[1:]]
    assert len(rows) == 5
    mine = [row for row in rows if row.startswith(f"{used.world.plans['boris_pair']} ")]
    assert vera.post(offers, {"row": mine, "apply": str(boris)}).status_code == 303
    with used.app.app_context():
        items = _items(used.world.plans["boris_pair"])
        assert [item.title for item in items[1:3]] == ["Новая строка 1 (методика преподавания)", "Новая строка 2 (методика преподавания)"]
        assert items[0].cells["goal"] == "Понять, с чем нужна помощь сначала" and items[1].due_to == date(2027, 2, 28)
        operation = db.session.execute(db.select(Operation).order_by(Operation.id.desc())).scalars().first()
        assert operation and operation.pair_id == boris
        assert _items(used.world.plans["egor_pair"])[0].cells["goal"] != "Понять, с чем нужна помощь сначала"
    assert vera.post(offers, {"row": rows, "leave": str(egor)}).status_code == 303
    assert "Предлагать нечего" in vera.get(offers).text
    assert vera.post(f"/operations/{operation.id}/undo").status_code == 303
    assert shown(used, as_user)["paper of plans"] == printed
    again = vera.get(offers).text
    assert f'id="p{boris}"' in again and f'id="p{egor}"' not in again


def _items(plan_id: int) -> list[PlanItem]:
    return [item for item in db.session.get_one(Plan, plan_id).items if item.removed_at is None]


def test_a_row_that_somebody_wrote_anew_or_put_into_the_bin_is_not_offered(used: School30, as_user: AsUser) -> None:
    with used.app.app_context(), writing() as session:
        for pair in ("boris", "egor"):
            item = session.get_one(PlanItem, used.world.items[f"{pair}_pair"][0].id)
            item.cells = {**item.cells, "goal": "Своими словами"}
    draft(used, plan_of("pair", with_rows))
    assert "можно предложить 4 строки в 2 плана" in page(as_user)


def test_rows_that_were_taken_and_taken_back_are_offered_again_on_the_same_page(used: School30, as_user: AsUser) -> None:
    draft(used, plan_of("pair", with_rows))
    publish(as_user)
    vera, offers = as_user("vera"), f"/forms/{FORM}/offers"
    versions, settings = vera.get(f"/forms/{FORM}/versions").text, f"/pairs/{used.pair}/edit"
    assert "Изменения для пар: 2" in versions and "предложить 2 парам" in versions
    assert f'/forms/{FORM}/offers#p{used.pair}">не решено, что взять' in vera.get(settings).text
    section = f'id="p{used.pair}"'
    keys = re.findall(r'name="row" value="([^"]+)"', vera.get(offers).text.split(section)[1].split("</section>")[0])
    taken = vera.post(offers, {"apply": str(used.pair), "row": keys[:1]}, follow_redirects=True).text
    assert "Взято в планы пары" in taken and ": 1 строка · " in taken and section not in taken
    operation = re.findall(r"/operations/([0-9]+)/undo", taken)[0]
    for again in range(2):
        back = vera.post(f"/operations/{operation}/undo", {"page": "offers"}, follow_redirects=True).text
        assert "предложение снова здесь" in back and "Уже взято" not in back
        assert re.findall(r'name="row" value="([^"]+)"', back.split(section)[1].split("</section>")[0]) == keys
        if not again:
            taken = vera.post(offers, {"apply": str(used.pair), "row": keys}, follow_redirects=True).text
            assert f": {len(keys)} строк" in taken
            operation = re.findall(r"/operations/([0-9]+)/undo", taken)[0]


def test_what_was_taken_of_a_former_version_is_taken_back_though_a_later_one_was_answered(used: School30, as_user: AsUser) -> None:
    vera, offers = as_user("vera"), f"/forms/{FORM}/offers"
    draft(used, plan_of("pair", with_rows))
    publish(as_user)
    vera.post(offers, {"apply": str(used.pair), "row": re.findall(r'name="row" value="([^"]+)"', vera.get(offers).text)})
    operation = re.findall(r"/operations/([0-9]+)/undo", vera.get(offers).text)[0]
    later = ItemTemplate({"what": "Совсем новая строка"})
    draft(used, plan_of("pair", lambda plan: replace(plan, items=(*plan.items, later))))
    publish(as_user)
    vera.post(offers, {"leave": str(used.pair)})
    assert vera.post(f"/operations/{operation}/undo", {"page": "offers"}).status_code == 303
    assert f'id="p{used.pair}"' not in vera.get(offers).text


def test_a_row_that_a_pair_put_into_its_bin_is_not_offered_when_the_form_brings_it_back(used: School30, as_user: AsUser) -> None:
    vera, offers, section = as_user("vera"), f"/forms/{FORM}/offers", f'id="p{used.pair}"'
    with used.app.app_context(), writing() as session:
        rows = session.get_one(Plan, used.world.plans["boris_pair"]).template.items
        session.get_one(PlanItem, used.world.items["boris_pair"][0].id).removed_at = NOW
    draft(used, plan_of("pair", lambda plan: replace(plan, items=rows[1:])))
    publish(as_user)
    vera.post(offers, {"leave": str(used.pair)})
    draft(used, plan_of("pair", lambda plan: replace(plan, items=rows)))
    publish(as_user)
    assert section not in vera.get(offers).text


def test_plans_that_are_left_as_they_are_say_so_and_are_not_asked_again(used: School30, as_user: AsUser) -> None:
    draft(used, plan_of("pair", with_rows))
    publish(as_user)
    left = as_user("vera").post(f"/forms/{FORM}/offers", {"leave": str(used.pair)}, follow_redirects=True).text
    assert "ничего не добавлено" in left and f'id="p{used.pair}"' not in left
    assert "не решено, что взять" not in as_user("vera").get(f"/pairs/{used.pair}/edit").text


# --- Row 10: sides and organisation ---


def test_sides_that_running_pairs_would_not_fit_are_refused_with_those_pairs(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, lambda spec: replace(spec, mentee=replace(spec.mentee, kinds=("pupil",))))
    text = page(as_user)
    assert "эти пары работают и перестали бы подходить форме" in text and f"/pairs/{used.pair}" in text
    assert publish(as_user).status_code == 409
    same(made=0)


def test_an_organisation_that_running_groups_would_not_fit_is_refused(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, lambda spec: replace(spec, organisation=("1:1", "1:N")))
    assert publish(as_user).status_code == 303
    with used.app.app_context(), writing() as session:
        pair = session.get_one(Pair, used.pair)
        group = one_more_mentee(pair, used.world.people["gleb"])
        session.add(group)
    draft(used, lambda spec: replace(spec, organisation=("1:1",)))
    assert publish(as_user).status_code == 409
    with used.app.app_context(), writing() as session:
        session.delete(session.get_one(Participant, group.id))
    same()


def test_a_largest_number_that_running_groups_exceed_is_refused_with_those_groups(used: School30, as_user: AsUser, same: Any) -> None:
    with used.app.app_context(), writing() as session:
        pair = session.get_one(Pair, used.pair)
        more = [one_more_mentee(pair, used.world.people[name]) for name in ("gleb", "dina")]
        session.add_all(more)
    draft(used, lambda spec: replace(spec, most_mentees=2))
    text = page(as_user)
    assert "Изменено: наставляемых не больше" in text and "перестали бы подходить форме" in text and f"/pairs/{used.pair}" in text
    assert publish(as_user).status_code == 409
    draft(used, lambda spec: replace(spec, most_mentees=3))
    assert publish(as_user).status_code == 303
    with used.app.app_context(), writing() as session:
        for row in more:
            session.delete(session.get_one(Participant, row.id))
    same()


def one_more_mentee(pair: Pair, person_id: int) -> Participant:
    return Participant(pair_id=pair.id, person_id=person_id, side=pair.participants[1].side, since=pair.starts_on)


# --- Row 11: deletion ---


def test_a_form_that_was_used_is_not_deleted_and_in_the_archive_everything_stays_readable(
    used: School30, as_user: AsUser, world: World
) -> None:
    vera, versions = as_user("vera"), stored(used)
    assert vera.post(f"/forms/{FORM}/remove").status_code == 409
    with used.app.app_context(), writing() as session:
        for name in ("boris", "egor"):
            session.get_one(Pair, world.pairs[name]).state = PairState.FINISHED
    before = shown(used, as_user)
    assert vera.post(f"/forms/{FORM}/archive").status_code == 303
    assert shown(used, as_user) == before and stored(used) == versions
    assert vera.get(f"/forms/{FORM}/versions/1").status_code == 200
    assert vera.get(f"/answers/{used.sent}/answers.pdf").status_code == 200


# --- Bringing a version back ---


def test_a_version_is_brought_back_as_a_new_one_equal_to_it(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, asks(lambda one: None if one.id == "years" else one))
    publish(as_user)
    vera, address = as_user("vera"), f"/forms/{FORM}/publish"
    assert "Вернуть версию 2" in vera.get(f"/forms/{FORM}/versions").text
    text = vera.get(f"{address}?source=version-2").text
    assert "Сколько лет вы в школе?" in text
    mark = text.split('name="mark" value="')[1].split('"')[0]
    assert vera.post(address, {"source": "version-2", "mark": mark}).status_code == 303
    same(made=2)
    versions = stored(used)
    assert versions[3][1:] == versions[1][1:]
    assert "возвращена версия 2" in vera.get(f"/forms/{FORM}/versions").text


def test_what_was_changed_since_the_page_was_read_is_not_published(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, edited("where", text=NEW_TEXT))
    late = as_user("vera").post(f"/forms/{FORM}/publish", {"source": "draft", "mark": "1-old", "note": "Мои слова"})
    assert late.status_code == 409 and "Пока страница была открыта" in late.text and "Мои слова" in late.text
    same(made=0)


# --- The pages themselves ---


def test_no_text_of_a_form_is_an_element_on_the_page_of_changes(used: School30, as_user: AsUser) -> None:
    bad = "<img src=x>{{7*7}}"
    draft(used, edited("where", text=bad, hint=bad))
    text = page(as_user)
    assert "<img" not in text and "&lt;img" in text and "{{7*7}}" in text
    assert publish(as_user, note=bad).status_code == 303
    assert "<img" not in as_user("vera").get(f"/forms/{FORM}/versions").text


def test_a_draft_that_cannot_be_read_says_why_and_publishes_nothing(used: School30, as_user: AsUser, same: Any) -> None:
    draft(used, edited("first", limits=Limits()))
    text = page(as_user)
    assert "Опубликовать пока нельзя" in text and "questionnaires" in text and f"/forms/{FORM}/draft" in text
    assert publish(as_user).status_code == 409
    same(made=0)


def test_a_draft_that_was_begun_with_an_earlier_version_warns(used: School30, as_user: AsUser) -> None:
    draft(used, edited("where", text=NEW_TEXT))
    with used.app.app_context(), writing() as session:
        session.execute(db.update(FormDraft).values(base_version_id=1))
    text = page(as_user)
    assert "Черновик начат с более ранней версии" in text, text[text.index("<main") :][:3000]


def test_changes_and_offers_ask_as_often_for_forty_pairs_as_for_two(used: School30, as_user: AsUser) -> None:
    draft(used, plan_of("pair", with_rows))
    vera, addresses = as_user("vera"), (f"/forms/{FORM}/publish?source=draft", f"/forms/{FORM}/offers")
    publish(as_user)
    draft(used, edited("where", kind="long"))
    few = [len(asked(used.app, vera, address).selects) for address in addresses]
    add_pairs(used.app, 38)
    many = [len(asked(used.app, vera, address).selects) for address in addresses]
    assert few == many and max(many) <= 40, (few, many)
