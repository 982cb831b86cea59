"""What of a draft can be shown already: the form as far as it is right, so that a preview is there while something is still wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mentorapp.domain import draft, formcheck, partcheck, plancheck, questioncheck, sheetcheck
from mentorapp.domain.expect import Place, Table
from mentorapp.domain.formspec import CONTROLS, TEXT_PARTS, FormSpec, ItemTemplate, PlanTemplate, Side
from mentorapp.domain.questionnaire import Questionnaire
from mentorapp.drafting import levels
from mentorapp.drafting.fields import Content
from mentorapp.drafting.parts import INSIDE_GROUPS
from mentorapp.models import drafts
from mentorapp.models.drafts import AnyDraft


def spec_of(row: AnyDraft) -> FormSpec:
    """The draft as a form: whole when nothing is wrong with it, else all of its parts and cards that are right by themselves."""
    spec, _problems = drafts.read(row.written)
    return spec or _as_far_as_right(row.content)


def _as_far_as_right(content: Content) -> FormSpec:
    title = str(content.get("title") or "Новая форма")
    lists: dict[str, Table[Any]] = {
        "models": formcheck.MODEL, "subtypes": formcheck.SUBTYPE, "meetings": formcheck.MEETING, "matching": partcheck.MATCH,
        "parameters": partcheck.PARAMETER,
    }  # fmt: skip
    parts: dict[str, Any] = {key: _all(table, content.get(key)) for key, table in lists.items()}
    plans = [plan for one in draft.entries(content, "plans") if (plan := _plan(one))]
    documents = {kind: paper for kind, one in _items(content.get("documents")) if (paper := _right(partcheck.DOCUMENT, one))}
    return FormSpec(
        id=str(content.get("id", "")),
        title=title,
        short_title=str(content.get("short_title") or title),
        summary=str(content.get("summary") or ""),
        mentor=_side(content.get("mentor"), "наставник"),
        mentee=_side(content.get("mentee"), "наставляемый"),
        questionnaires=tuple(q for one in draft.entries(content, "questionnaires") if (q := _questionnaire(one))),
        plans={plan.owner: plan for plan in plans},
        texts={
            key: tuple(map(str, points)) for key, points in _items(content.get("texts")) if key in TEXT_PARTS and isinstance(points, list)
        },
        documents=documents,
        evaluation=_rubric(content.get("evaluation")),
        deficits=_right(sheetcheck.DEFICITS, _titled(content.get("deficits"))),
        control={name: _all(sheetcheck.CONTROL_WAY, ways) for name, ways in _items(content.get("control")) if name in CONTROLS},
        **parts,
    )


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    return value.items() if isinstance(value, Mapping) else ()


def _right(table: Table[Any], value: Any) -> Any:
    """What the contract's table makes of a part, or None."""
    return table(value, Place([], "")) if value is not None else None


def _rubric(value: Any) -> Any:
    """The sheet of criteria; while its levels do not fit its points, that is said in their place."""
    titled = _titled(value)
    if not isinstance(titled, Mapping):
        return None
    if rubric := _right(sheetcheck.EVALUATION, titled):
        return rubric
    whole = {"low": 0, "high": levels.of({"evaluation": titled}).highest, "title": "уровни не подходят к баллам"}
    return _right(sheetcheck.EVALUATION, {**titled, "bands": [whole]})


def _titled(value: Any) -> Any:
    """The same where what has no title yet is called so, in the groups, too."""
    if isinstance(value, list):
        return [_titled(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    return {"title": "без названия"} | {key: _titled(inner) if key in ("groups", *INSIDE_GROUPS) else inner for key, inner in value.items()}


def _all(table: Table[Any], values: Any) -> tuple[Any, ...]:
    found = [_right(table, value) for value in values] if isinstance(values, list) else []
    return tuple(one for one in found if one is not None)


def _side(value: Any, usual: str) -> Side:
    given = value if isinstance(value, Mapping) else {}
    kinds = given.get("kinds")
    cases: dict[str, Any] = {case: str(given.get(case) or usual) for case in ("nominative", "genitive", "dative", "plural")}
    return Side(**cases, kinds=tuple(map(str, kinds)) if isinstance(kinds, list) else ())


def _questionnaire(value: Mapping[str, Any]) -> Questionnaire | None:
    """With the questions that are right; a condition on one that is not there is left out."""
    questions: list[Any] = []
    for question in _all(questioncheck.QUESTION, value.get("questions")):
        stays = question.show_if is None or any(one.id == question.show_if.question for one in questions)
        questions.append(question if stays else replace(question, show_if=None))
    if not questions:
        return None
    texts = {key: str(value.get(key) or "") for key in ("id", "role", "phase", "title", "intro", "thanks")}
    return Questionnaire(questions=tuple(questions), minutes=value["minutes"] if isinstance(value.get("minutes"), int) else 10, **texts)


def _plan(value: Mapping[str, Any]) -> PlanTemplate | None:
    columns = _all(plancheck.COLUMN, value.get("columns"))
    known = {column.id for column in columns}
    items = [
        replace(one, cells={key: text for key, text in one.cells.items() if key in known})
        for one in _all(plancheck.ITEM, value.get("items"))
    ]
    notes = value.get("notes")
    if not columns:
        return None
    return PlanTemplate(
        str(value.get("owner")), str(value.get("title") or "План"), columns, tuple(map(_without_lost_terms(columns), items)),
        tuple(map(str, notes)) if isinstance(notes, list) else (),
    )  # fmt: skip


def _without_lost_terms(columns: tuple[Any, ...]) -> Any:
    """A term has no place where no column plays its role."""
    roles = {column.role for column in columns}

    def kept(item: ItemTemplate) -> ItemTemplate:
        return replace(item, due=item.due if "due" in roles else None, report_due=item.report_due if "report_due" in roles else None)

    return kept
