"""Forms that change while they are in use: thirty answers, a plan, an evaluation; what everybody is shown of them; publishing a change."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain import rubric
from mentorapp.domain.formdiff import Difference
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.formwrite import content_of
from mentorapp.domain.questionnaire import Question, Questionnaire
from mentorapp.forms import host, publishing
from mentorapp.forms.publishing import Proposal
from mentorapp.models import Evaluation, FormDraft, FormVersion, MentoringForm, Pair, Plan, School, Submission, submissions
from mentorapp.models.evaluations import MARKS
from mentorapp.models.forms import current_version, spec_of
from mentorapp.models.submissions import ANSWERS
from mentorapp.papers import build, questionnaires, sheets
from tests.conftest import NOW, Browser
from tests.every_kind import AFTER, EVERY_KIND, GIVEN
from tests.school import World

AsUser = Callable[[str], Browser]
FORM = "teacher-teacher"


@dataclass
class School30:
    """The ids of what was filled in before the form changed."""

    app: Flask
    world: World
    pair: int
    sent: int
    begun: int
    evaluation: int

    def published(self) -> FormSpec:
        version_id = current_version(FORM)
        assert version_id
        return spec_of(version_id)


def use(app: Flask, world: World) -> School30:
    """Boris has sent a questionnaire with every kind of question, Egor has begun it; Vera has evaluated the pair of Boris."""
    with app.app_context(), writing() as session:
        host.publish(asking_every_kind(session.get_one(MentoringForm, FORM)), NOW)
        session.flush()
        boris, egor = (session.get_one(Pair, world.pairs[name]) for name in ("boris", "egor"))
        sent, begun = (submissions.begin(pair.participants[1], "before", NOW) for pair in (boris, egor))
        session.flush()
        for submission, given in ((sent, GIVEN), (begun, dict(list(GIVEN.items())[:7]))):
            for key, value in given.items():
                ANSWERS.insert.run(submission_id=submission.id, key=key, value=value, saved_at=NOW, by_id=world.people["boris"])
        sent.send(NOW)
        version_id = current_version(FORM)
        sheet = Evaluation(pair_id=boris.id, form_version_id=version_id, occasion="interim", rated_on=NOW.date(), level_by_hand="")
        sheet.rater_id, sheet.entered_by_id, sheet.level_reason = world.people["vera"], world.people["vera"], ""
        session.add(sheet)
        session.flush()
        for number, line in enumerate(sheet.rubric.indicators):
            MARKS.insert.run(evaluation_id=sheet.id, key=line.id, value=str(2 - number % 2), saved_at=NOW, by_id=world.people["vera"])
        assert len(GIVEN) + 7 + len(sheet.rubric.indicators) == 30
        return School30(app, world, boris.id, sent.id, begun.id, sheet.id)


def asking_every_kind(form: MentoringForm) -> FormSpec:
    """The shipped form that asks mentees every kind of question, and nothing that hangs on its own questions."""
    spec = spec_of(form.current_version_id or 0)
    mentors = tuple(one for one in spec.questionnaires if one.role == "mentor" and one.phase in ("before", "after"))
    plans = {owner: replace(plan, items=tuple(replace(item, when=None) for item in plan.items)) for owner, plan in spec.plans.items()}
    return replace(spec, questionnaires=(EVERY_KIND, AFTER, *mentors), matching=(), plans=plans)


def shown(used: School30, as_user: AsUser) -> dict[str, str]:
    """What people read of all that was filled in: pages without what only links to the new, and what goes into papers."""
    vera, boris, egor = as_user("vera"), as_user("boris"), as_user("egor")
    plans = [number for name, number in used.world.plans.items() if name.startswith("boris")]
    pages = {
        "sent": boris.get(f"/answers/{used.sent}").text,
        "begun": "".join(egor.get(f"/answers/{used.begun}?part={part}").text for part in (1, 2)),
        "evaluation": re.sub(
            r'<section class="sheet" id="again">.*?</section>\n', "", vera.get(f"/evaluations/{used.evaluation}").text, flags=re.S
        ),
        **{f"plan {number}": vera.get(f"/plans/{number}").text for number in plans},
    }
    return pages | papers(used, plans)


def papers(used: School30, plans: list[int]) -> dict[str, str]:
    """What is printed, before it is laid out."""
    with used.app.app_context():
        school = School.get()
        sheet, submission = db.session.get_one(Evaluation, used.evaluation), db.session.get_one(Submission, used.sent)
        marks = MARKS.of(sheet.id)
        found: dict[str, Any] = {
            "paper of evaluation": sheets.filled_evaluation(school, sheet, marks, rubric.score(sheet.rubric, marks)),
            "paper of answers": questionnaires.filled_questionnaire(school, submission, ANSWERS.of(submission.id), {}),
            "paper of plans": build.plan_paper(school, sheet.pair, [db.session.get_one(Plan, number) for number in plans]),
        }
        return {name: repr(paper) for name, paper in found.items()}


def stored(used: School30) -> list[tuple[Any, ...]]:
    """The versions as they lie in the database."""
    with used.app.app_context():
        query = db.select(FormVersion.number, FormVersion.written, FormVersion.content_hash).where(FormVersion.form_id == FORM)
        return [(row.number, row.written, row.content_hash) for row in db.session.execute(query.order_by(FormVersion.number))]


def draft(used: School30, change: Callable[[FormSpec], FormSpec]) -> None:
    """A curator has written this into the draft of the form."""
    with used.app.app_context():
        content = content_of(change(used.published()))
        with writing() as session:
            session.execute(db.delete(FormDraft).where(FormDraft.form_id == FORM))
            base = session.get_one(MentoringForm, FORM).current_version_id
            session.add(
                FormDraft(form_id=FORM, base_version_id=base, content=content, changed_at=NOW, by_id=used.world.people["vera"], trial={})
            )


def proposal(used: School30) -> Proposal | None:
    """What the draft would change. Inside an application context."""
    waiting = publishing.waiting_for(FORM, "draft", used.app.config["PLUGINS"])
    return publishing.propose(waiting) if waiting else None


def differences(used: School30) -> list[Difference]:
    with used.app.app_context():
        found = proposal(used)
        return found.differences if found else []


def publish(as_user: AsUser, **fields: Any) -> Any:
    """Vera reads the page and publishes the draft."""
    vera = as_user("vera")
    address = f"/forms/{FORM}/publish"
    page = vera.get(f"{address}?source=draft")
    mark = re.search(r'name="mark" value="([^"]+)"', page.text)
    data = {"source": "draft", "mark": mark[1] if mark else "", **fields}
    return vera.post(address, data)


def asks(change: Callable[[Question], Question | None]) -> Callable[[FormSpec], FormSpec]:
    """A change of the questions of EVERY_KIND, one by one; None takes a question away."""

    def of_form(spec: FormSpec) -> FormSpec:
        return questionnaire(spec, lambda one: replace(one, questions=tuple(new for q in one.questions if (new := change(q)))))

    return of_form


def questionnaire(spec: FormSpec, change: Callable[[Questionnaire], Questionnaire]) -> FormSpec:
    return replace(spec, questionnaires=tuple(change(one) if one.id == EVERY_KIND.id else one for one in spec.questionnaires))
