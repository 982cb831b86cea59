"""What waits to be published, what it would change, and publishing it: the only way to a new version of a form that has one."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain.draft import new_id
from mentorapp.domain.formdiff import Change, Difference, differences
from mentorapp.domain.formparts import steps
from mentorapp.domain.formspec import FormSpec, ItemTemplate, PlanTemplate, Problem, content_hash
from mentorapp.domain.questionnaire import Condition, Questionnaire
from mentorapp.forms import host
from mentorapp.forms.read import look_at_all, read_form, read_readme
from mentorapp.models import FormVersion, corrections, drafts
from mentorapp.models.drafts import Draft
from mentorapp.models.forms import Published, current_version, spec_of
from mentorapp.models.impact import Impact
from mentorapp.models.pairs import NotNow

DRAFT, FOLDER, VERSION = "draft", "folder", "version-"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody wants to publish, and where it is from: a draft, the folder of the form, a former version («version-3»)."""

    form_id: str
    source: str
    spec: FormSpec | None
    problems: tuple[Problem, ...] = ()
    readme: str = ""
    draft: Draft | None = None

    @property
    def is_draft(self) -> bool:
        return self.draft is not None

    @property
    def is_former(self) -> bool:
        return self.source.startswith(VERSION)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A form as it would become, against the version `base` that is published."""

    waiting: Waiting
    base: int | None
    old: FormSpec | None
    new: FormSpec
    differences: list[Difference]
    impact: Impact

    @property
    def mark(self) -> str:
        """What a page sends back of what it showed: another draft or another version is not published unseen."""
        return f"{self.base or 0}-{content_hash(self.new)[:16]}"


def waiting_for(form_id: str, source: str, folder: Path) -> Waiting | None:
    """What waits under that name; without one the draft, else the folder. None where nothing waits."""
    if source.startswith(VERSION):
        return _former(form_id, source)
    draft = drafts.draft_of(form_id)
    if draft is not None and source in ("", DRAFT):
        spec, problems = drafts.read(draft.written)
        if spec is not None and spec.id != form_id:
            spec, problems = None, [Problem("", "id", "название формы в адресах изменилось; верните прежнее")]
        return Waiting(form_id, DRAFT, spec, tuple(problems), draft.readme, draft)
    if source in ("", FOLDER) and form_id in host.changed(look_at_all(folder)):
        spec, problems, _texts = read_form(folder / form_id)
        return Waiting(form_id, FOLDER, spec, tuple(problems), read_readme(folder / form_id))
    return None


def _former(form_id: str, source: str) -> Waiting | None:
    """A version as it reads today: with the misprints mended that were found since."""
    number = source.removeprefix(VERSION)
    known = (FormVersion.form_id == form_id, FormVersion.number == int(number)) if number.isdecimal() and len(number) < 9 else (sa.false(),)
    version = db.session.execute(sa.select(FormVersion).where(*known)).scalar_one_or_none()
    return Waiting(form_id, source, version.spec, readme=version.readme) if version else None


def propose(waiting: Waiting) -> Proposal | None:
    """What publishing it would change; None where it cannot be read or says what is published already."""
    base = current_version(waiting.form_id)
    old, new = spec_of(base) if base else None, waiting.spec
    if new is None or (old and content_hash(old) == content_hash(new)):
        return None
    found = _found(old, new) or [Difference("form", "form", Change.FACT, "Форма", "", name="other")]
    return Proposal(waiting, base, old, new, found, Impact(waiting.form_id, old, new, found))


@lru_cache(maxsize=2)
def _found(old: FormSpec | None, new: FormSpec) -> list[Difference]:
    """The button publishes what the page before it showed: both look for the same differences."""
    return differences(old, new)


class Refused(NotNow):
    """Something stands in the way; `impact` says what."""

    def __init__(self, impact: Impact) -> None:
        super().__init__("Опубликовать нельзя, ничего не изменено: " + " ".join(dict.fromkeys(one.refusal for one in impact.refused)))
        self.impact = impact


def publish(
    proposal: Proposal, *, note: str, misprints: Collection[str], replaced: Collection[str], by_id: int, now: datetime
) -> tuple[Published | None, int]:
    """Mend what was only misprinted in all versions, and make the next version if anything else differs. Called inside writing().

    `misprints` and `replaced` are keys of differences: labels to be mended, and questions of another kind to be asked as new ones.
    The version, None where there were misprints only, and how many were mended. The draft is done with. Raises Refused.
    """
    form_id = proposal.waiting.form_id
    new = asked_anew(proposal.new, [one for one in proposal.differences if one.change is Change.KIND and one.key in replaced])
    is_as_shown = new is proposal.new
    impact = proposal.impact if is_as_shown else Impact(form_id, proposal.old, new, differences(proposal.old, new))
    if impact.refused:
        raise Refused(impact)
    mended = [one for one in proposal.differences if one.may_be_misprint and one.key in misprints] if proposal.base else []
    number = corrections.lay(form_id, mended, by_id=by_id, now=now) if mended else 0
    is_same = proposal.base is not None and content_hash(spec_of(proposal.base)) == content_hash(new)
    version = None if is_same else host.publish(new, now, note, proposal.waiting.readme)
    if proposal.waiting.is_draft:
        drafts.throw_away(form_id)
    return version, number


# --- A question of another kind becomes a new question ---


def asked_anew(spec: FormSpec, changed: Collection[Difference]) -> FormSpec:
    """The same form where these questions have new ids: what was answered stays with the former question, which is retired."""
    for one in changed:
        _, questionnaire_id, _, question_id, *_ = steps(one.address)
        spec = _with_new_id(spec, questionnaire_id, question_id, new_id("q"))
    return spec


def _with_new_id(spec: FormSpec, questionnaire_id: str, former: str, id: str) -> FormSpec:
    here = next(one for one in spec.questionnaires if one.id == questionnaire_id)
    asked = tuple(_renamed(one, former, id) if one.id == questionnaire_id else one for one in spec.questionnaires)
    plans = {owner: _calling(plan, here, former, id) for owner, plan in spec.plans.items()}
    return replace(spec, questionnaires=asked, plans=plans)


def _renamed(asked: Questionnaire, former: str, id: str) -> Questionnaire:
    questions = (replace(one, id=id) if one.id == former else one for one in asked.questions)
    return replace(asked, questions=tuple(replace(one, show_if=one.show_if and _looking_at(one.show_if, former, id)) for one in questions))


def _looking_at(condition: Condition, former: str, id: str) -> Condition:
    return replace(condition, question=id) if condition.question == former else condition


def _calling(plan: PlanTemplate, asked: Questionnaire, former: str, id: str) -> PlanTemplate:
    """Rows that wait for an answer of the mentee wait for the new question's."""

    def row(item: ItemTemplate) -> ItemTemplate:
        if item.when is None or (asked.role, asked.phase) != ("mentee", item.when.phase):
            return item
        return replace(item, when=replace(item.when, condition=_looking_at(item.when.condition, former, id)))

    return replace(plan, items=tuple(map(row, plan.items)))
