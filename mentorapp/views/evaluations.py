"""Evaluation of a pair by the criteria of its form: the sheets, filling one in, the level, the papers."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.validators import InputRequired

from mentorapp import access, clock, hx, papers, sheetpage, words
from mentorapp.database import db, end_reading, writing
from mentorapp.domain import names, permissions, rubric
from mentorapp.domain.formspec import CONTROLS
from mentorapp.domain.permissions import Access, Action
from mentorapp.domain.rubric import Score
from mentorapp.inputs import Input, day, line, not_in_future
from mentorapp.models import Evaluation, Pair, School, directory, evaluations, journal
from mentorapp.models.evaluations import EACH, GROUP, MARKS, mentees_of, those_meant
from mentorapp.models.pairs import NotNow
from mentorapp.models.sheets import Outcome
from mentorapp.papers import sheets

bp = Blueprint("evaluations", __name__)


class NewSheetInput(Input):
    whom = SelectField("О ком", default=GROUP, validate_choice=False)
    occasion = SelectField("Контроль")
    rater_id = SelectField("Кто оценивает", coerce=int, validators=[InputRequired("Выберите, кто оценивает.")])
    rated_on = day("Дата оценки", required="Впишите дату оценки.", also=[not_in_future])


class LevelInput(Input):
    level = SelectField("Уровень", validators=[InputRequired("Выберите уровень.")])
    reason = line("Почему", required="Напишите, почему уровень такой.", longest=500)


def _load_pair(pair_id: int) -> tuple[Pair, Access]:
    pair, who = access.load_pair(pair_id)
    access.hide_unless(permissions.can(who, Action.EVALUATION_VIEW))
    return pair, who


def load(evaluation_id: int, action: Action = Action.EVALUATION_VIEW) -> tuple[Evaluation, Access]:
    """The sheet and what the person is in its pair. 404 unless she may read it, NotAllowed unless she may act."""
    sheet = access.found(db.session.get(Evaluation, evaluation_id))
    _pair, who = _load_pair(sheet.pair_id)
    access.demand(action, sheet, who=who)
    return sheet, who


def _load_to_edit(evaluation_id: int) -> tuple[Evaluation, Access]:
    """The same to write in it. Raises NotNow while it is put away."""
    sheet, who = load(evaluation_id, Action.EVALUATION_EDIT)
    if sheet.removed_at is not None:
        raise NotNow("Этот лист убран. Ничего не изменено: верните его, и его можно будет заполнить.")
    return sheet, who


@bp.get("/pairs/<int:pair_id>/evaluation")
def index(pair_id: int) -> ResponseReturnValue:
    """The sheets of a pair, the newest first, and beginning another."""
    pair, who = _load_pair(pair_id)
    form = NewSheetInput(formdata=None, rated_on=clock.today(), rater_id=who.person_id)
    return _index_page(pair, who, form)


def _index_page(pair: Pair, who: Access, form: NewSheetInput) -> str:
    _offer(form, pair, who)
    rows = evaluations.sheets_of(pair.id)
    about_one = any(sheet.participant_id for sheet, _score in rows)
    return render_template(
        "evaluations/index.html",
        pair=pair,
        who=who,
        rows=rows,
        criteria=evaluations.criteria_of(pair),
        form=form,
        may_begin=who.is_kept,
        asks_whom=about_one or evaluations.is_group(pair),
        tells_whom=about_one or any(sheet.whom for sheet, _score in rows),
    )


def _offer(form: NewSheetInput, pair: Pair, who: Access) -> None:
    form.occasion.choices = [(name, words.OCCASIONS[name]) for name in CONTROLS]
    form.rater_id.choices = _raters(pair, who)
    mentees = mentees_of(pair)
    each = [(EACH, f"на каждого — {len(mentees)} {names.plural(len(mentees), 'лист', 'листа', 'листов')} сразу")]
    single = [(str(row.id), row.person.full_name) for row in mentees]
    whole = "вся группа" if evaluations.is_group(pair, clock.today()) else "вся пара"
    form.whom.choices = [(GROUP, whole), *single, *(each if len(mentees) > 1 else [])]


def _raters(pair: Pair, who: Access) -> list[tuple[int, str]]:
    """Oneself, and the grown-ups whose sheet of paper is typed in; nobody rates the work of a pair of her own."""
    inside = {row.person_id for row in pair.participants}
    people = [(person.id, person.full_name) for person in directory.adults() if person.id not in inside]
    return [(who.person_id, f"вы: {dict(people).get(who.person_id, '')}"), *(row for row in people if row[0] != who.person_id)]


@bp.post("/pairs/<int:pair_id>/evaluation")
def create(pair_id: int) -> ResponseReturnValue:
    """Begin a sheet with today's criteria of the form, or one for each mentee of a group."""
    form = NewSheetInput()
    pair, who = _load_pair(pair_id)
    _offer(form, pair, who)
    if not form.accepted():
        return _index_page(pair, who, form), 422
    with writing() as session:
        if place := journal.already_done(form.once.data):
            return hx.go(place)
        pair, who = _load_pair(pair_id)
        access.demand(Action.EVALUATION_BEGIN, who=who)
        version_id, _criteria = access.found(evaluations.criteria_of(pair))
        begun = [_begin(form, pair, version_id, who, participant_id) for participant_id in those_meant(pair, form.whom.data)]
        session.add_all(begun)
        session.flush()
        one = len(begun) == 1
        place = url_for("evaluations.page", evaluation_id=begun[0].id) if one else url_for("evaluations.index", pair_id=pair.id)
        _note(begun[0], "Лист оценки начат" if one else f"Листы оценки начаты на каждого, листов {len(begun)}")
        journal.keep_once(form.once.data, place, clock.now())
    return hx.go(place)


def _begin(form: NewSheetInput, pair: Pair, version_id: int, who: Access, participant_id: int | None) -> Evaluation:
    sheet = Evaluation(pair_id=pair.id, participant_id=participant_id, form_version_id=version_id)
    sheet.occasion, sheet.rated_on = form.occasion.data, form.rated_on.data
    sheet.rater_id, sheet.entered_by_id = form.rater_id.data, who.person_id
    sheet.level_by_hand = sheet.level_reason = ""
    return sheet


def _note(sheet: Evaluation, what: str) -> None:
    """Without points and without whom it is about: mentor and mentees read the pair's history, too."""
    journal.note(what=f"{what}: {words.OCCASIONS[sheet.occasion]}", by_id=access.person_id(), now=clock.now(), pair_id=sheet.pair_id)


@bp.get("/evaluations/<int:evaluation_id>")
def page(evaluation_id: int) -> ResponseReturnValue:
    """The sheet: marks with comments, the sum, the level."""
    sheet, who = load(evaluation_id)
    return _page(sheet, who, _level_input(sheet), Outcome())


def _level_input(sheet: Evaluation) -> LevelInput:
    return LevelInput(formdata=None, level=sheet.level_by_hand, reason=sheet.level_reason)


def _page(sheet: Evaluation, who: Access, form: LevelInput, outcome: Outcome) -> str:
    criteria = sheet.rubric
    form.level.choices = [("", "не выбран"), *((band.title, band.title) for band in criteria.bands)]
    rows = {row.key: row for row in MARKS.rows(sheet.id)}
    marks = {key: row.value for key, row in rows.items()}
    return render_template(
        "evaluations/page.html",
        sheet=sheet,
        pair=sheet.pair,
        who=who,
        rubric=criteria,
        rows=rows,
        values={**marks, **outcome.typed},
        problems=outcome.problems,
        conflicts=outcome.conflicts,
        score=rubric.score(criteria, marks),
        groups=[(group, rubric.group_score(criteria, group, marks)) for group in criteria.groups],
        can_edit=permissions.can(who, Action.EVALUATION_EDIT, sheet) and sheet.removed_at is None,
        others=evaluations.beside(sheet),
        form=form,
        again=evaluations.counted_again(sheet, marks),
    )


@bp.post("/evaluations/<int:evaluation_id>/values/<key>")
def save(evaluation_id: int, key: str) -> ResponseReturnValue:
    """Save one mark or comment as soon as it is given."""
    with writing():
        sheet, _who = _load_to_edit(evaluation_id)
        field = access.found(sheet.rubric.fields(sheet.pair.school_year).get(key))
        text, written = MARKS.save(sheet.id, key, sheetpage.sent_value(), field, by_id=access.person_id(), now=clock.now())
        sheet.reconsider([key] if written else [])
        marks = MARKS.of(sheet.id)
    return sheetpage.saved(text, _swapped(sheet, marks), {"by-hand": rubric.score(sheet.rubric, marks).needs_hand})


def _swapped(sheet: Evaluation, marks: dict[str, str]) -> str:
    """The sums of the groups and the panel with the level, for their places on the page."""
    criteria = sheet.rubric
    groups = [(group, rubric.group_score(criteria, group, marks)) for group in criteria.groups]
    return render_template("evaluations/_swapped.html", rubric=criteria, score=rubric.score(criteria, marks), groups=groups, sheet=sheet)


@bp.post("/evaluations/<int:evaluation_id>")
def save_sheet(evaluation_id: int) -> ResponseReturnValue:
    """The whole sheet of a page without script: every changed value, each compared alone."""
    with writing():
        sheet, who = _load_to_edit(evaluation_id)
        sent = sheetpage.sent_values(sheet.rubric.fields(sheet.pair.school_year))
        outcome = MARKS.save_all(sheet.id, sent, by_id=access.person_id(), now=clock.now())
        sheet.reconsider(outcome.written)
    if outcome.status:
        sheet, who = load(evaluation_id)
        return _page(sheet, who, _level_input(sheet), outcome), outcome.status
    return hx.go(url_for("evaluations.page", evaluation_id=evaluation_id))


def _score(sheet: Evaluation) -> Score:
    return rubric.score(sheet.rubric, MARKS.of(sheet.id))


@bp.post("/evaluations/<int:evaluation_id>/level")
def choose_level(evaluation_id: int) -> ResponseReturnValue:
    """Where lines do not apply a person chooses the level and says why."""
    form = LevelInput()
    sheet, who = load(evaluation_id, Action.EVALUATION_EDIT)
    form.level.choices = [(band.title, band.title) for band in sheet.rubric.bands]
    if not form.accepted():
        return _page(sheet, who, form, Outcome()), 422
    with writing():
        sheet, _who = _load_to_edit(evaluation_id)
        sheet.choose_level(form.level.data, form.reason.data, _score(sheet))
        _note(sheet, "Уровень выбран вручную")
    return hx.go(url_for("evaluations.page", evaluation_id=evaluation_id))


@bp.post("/evaluations/<int:evaluation_id>/remove")
def remove(evaluation_id: int) -> ResponseReturnValue:
    """Take a sheet out of the list; it is brought back from its own page."""
    return _put(evaluation_id, away=True)


@bp.post("/evaluations/<int:evaluation_id>/bring-back")
def bring_back(evaluation_id: int) -> ResponseReturnValue:
    """Back into the list."""
    return _put(evaluation_id, away=False)


def _put(evaluation_id: int, *, away: bool) -> ResponseReturnValue:
    with writing():
        sheet, _who = load(evaluation_id, Action.EVALUATION_EDIT)
        if (sheet.removed_at is not None) != away:
            sheet.removed_at = clock.now() if away else None
            _note(sheet, "Лист оценки убран" if away else "Лист оценки возвращён")
    return hx.go(url_for("evaluations.page", evaluation_id=evaluation_id))


@bp.get("/evaluations/<int:evaluation_id>/sheet.pdf")
def pdf(evaluation_id: int) -> ResponseReturnValue:
    """The filled sheet on A4 with the level and what it means."""
    sheet, _who = load(evaluation_id)
    paper = sheets.filled_evaluation(School.get(), sheet, MARKS.of(sheet.id), _score(sheet))
    end_reading()
    return papers.answer(papers.pdf("evaluation.html", paper=paper), f"evaluation-{sheet.id}.pdf")


@bp.get("/pairs/<int:pair_id>/evaluation/blank.pdf")
def blank(pair_id: int) -> ResponseReturnValue:
    """An empty sheet to be filled in by hand."""
    pair, _who = _load_pair(pair_id)
    _version, criteria = access.found(evaluations.criteria_of(pair))
    paper = sheets.blank_evaluation(School.get(), pair, criteria)
    end_reading()
    return papers.answer(papers.pdf("evaluation.html", paper=paper), f"evaluation-blank-{pair_id}.pdf")
