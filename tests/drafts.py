"""A draft of the shipped form as tests find it: begun by the curator, one question reworded, one step to take back."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import draft, formwrite
from mentorapp.drafting import saving
from mentorapp.models import FormDraft, FormVersion, MentoringForm
from mentorapp.models.drafts import WAITING, last_step
from mentorapp.models.sheets import Sent

QUESTION = "questionnaires.mentee_before.questions.talk"


def begin(form_id: str, by_id: int, now: datetime) -> FormDraft:
    """A draft that says what the form says now; inside writing()."""
    form = db.session.get_one(MentoringForm, form_id)
    version = db.session.get_one(FormVersion, form.current_version_id)
    row = FormDraft(form_id=form_id, content=draft.with_ids(formwrite.content_of(version.spec)), base_version_id=version.id, trial={})
    row.readme, row.changed_at, row.by_id = "", now, by_id
    db.session.add(row)
    db.session.flush()
    return row


def with_a_step(form_id: str, by_id: int, now: datetime) -> dict[str, Any]:
    """The same after one change, and a trial answer; the words for addresses."""
    row = begin(form_id, by_id, now)
    saving.save(row, f"{QUESTION}.hint", Sent("Пояснение"), by_id=by_id, now=now)
    row.trial = {"mentee_before": {"expect": "Проба"}}
    step = last_step(row.id)
    assert step is not None
    sent = FormDraft(form_id=f"{WAITING}sent", content=row.content, trial={}, readme="", changed_at=now, by_id=by_id)
    db.session.add(sent)
    db.session.flush()
    return {"question": QUESTION, "step": step.id, "asked": "mentee_before", "sent_form": sent.form_id}


def draft_of(form_id: str) -> FormDraft:
    """As it stands in the database now."""
    db.session.expire_all()
    return db.session.execute(sa.select(FormDraft).where(FormDraft.form_id == form_id)).scalar_one()
