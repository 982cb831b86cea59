"""Papers of a form without a pair: what a questionnaire, a plan, a checklist and a sheet of criteria look like, to be filled in by hand."""

from mentorapp import words
from mentorapp.domain import planning
from mentorapp.domain.formspec import FormSpec, MeetingType, PlanTemplate
from mentorapp.domain.permissions import Side
from mentorapp.domain.questionnaire import Questionnaire
from mentorapp.domain.rubric import Rubric
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models import School
from mentorapp.models.plans import rule_texts
from mentorapp.papers.build import ROWS_TO_FILL, heads_of, with_mark
from mentorapp.papers.heads import capital, head_of
from mentorapp.papers.pages import Approval, ChecklistPaper, PairHead, PlanPaper, PlanTable, RowOut
from mentorapp.papers.questionnaires import parts_of
from mentorapp.papers.sheet_pages import EvaluationPaper, QuestionnairePaper
from mentorapp.papers.sheets import evaluation_blank

LINE = "________________________"


def _people(spec: FormSpec, school: School) -> list[tuple[str, str]]:
    return [(capital(words.side_words(spec, school, side)["nominative"]), LINE) for side in (Side.MENTOR, Side.MENTEE)]


def questionnaire(school: School, questionnaire: Questionnaire) -> QuestionnairePaper:
    """Every question with room for the answer; who answers is written by hand."""
    rows = [("Фамилия, имя", LINE), ("Класс, группа или место работы", LINE)]
    return QuestionnairePaper(
        head_of(school), questionnaire.title, questionnaire.intro, rows, parts_of(questionnaire, {}), foot=questionnaire.title
    )


def plan(school: School, spec: FormSpec, template: PlanTemplate, year: SchoolYear) -> PlanPaper:
    """The first rows of a plan for a pair that works from September to May."""
    rows, section = [], ""
    for number, item in enumerate(template.items, 1):
        texts = rule_texts(template, number - 1, year.starts_on, year.half(2)[1], year)
        cells = [item.cells.get(column.id) or texts.get(planning.field_of(column), "") for column in template.columns]
        rows.append(RowOut(str(number), with_mark(cells, "", template.columns), item.section if item.section != section else None))
        section = item.section
    table = PlanTable(
        title=template.title,
        columns=heads_of(template.columns),
        rows=rows,
        approval=Approval("УТВЕРЖДАЮ", school.director_post, school.director, ""),
        note=" ".join(template.notes),
        signatures=[(word, "") for word, _line in _people(spec, school)],
        blank_rows=0 if rows else ROWS_TO_FILL,
    )
    return PlanPaper(head_of(school), year.long_label, PairHead("", "", spec.title, rows=_people(spec, school)), [table])


def checklist(school: School, spec: FormSpec, kind: MeetingType, year: SchoolYear) -> ChecklistPaper:
    """The agenda of one kind of meeting."""
    return ChecklistPaper(
        school=head_of(school),
        year_label=year.label,
        number="",
        title="Чек-лист встречи",
        subtitle=f"{kind.title} · форма «{spec.title}»",
        rows=[*_people(spec, school), ("Дата и место", LINE)],
        agenda=kind.agenda,
        next_types=[one.title for one in spec.meetings],
        contact=f"Что-то не так или нужен совет? {school.contact}" if school.contact else "",
        signatures=[(word.casefold(), "") for word, _line in _people(spec, school)],
    )


def evaluation(school: School, spec: FormSpec, criteria: Rubric) -> EvaluationPaper:
    """An empty sheet of criteria."""
    return evaluation_blank(school, _people(spec, school), criteria)
