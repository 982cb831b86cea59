"""Which parts of a form a pair has pages for: those of its own version, those that the form has today, those in which something stands."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.questionnaire import PAIR_PHASES
from mentorapp.models.deficits import DeficitList
from mentorapp.models.evaluations import Evaluation
from mentorapp.models.forms import MentoringForm, spec_of
from mentorapp.models.measurements import MeasurementSheet
from mentorapp.models.submissions import Submission

# What is kept of a pair in each part that is not a plan or a meeting.
KEPT: Mapping[str, Any] = {
    "questionnaires": Submission,
    "deficits": DeficitList,
    "evaluation": Evaluation,
    "measurements": MeasurementSheet,
}


def parts_for(pair_id: int, form_id: str, spec: FormSpec) -> frozenset[str]:
    """The parts by the names of their tabs. The database is asked only where the pair's own version lacks one."""
    found = _parts_of(spec)
    if found >= KEPT.keys():
        return found
    stands = [sa.exists().where(model.pair_id == pair_id).label(name) for name, model in KEPT.items()]
    query = sa.select(MentoringForm.current_version_id, *stands).where(MentoringForm.id == form_id)
    row = db.session.execute(query).one()
    today = _parts_of(spec_of(row.current_version_id)) - {"plan"} if row.current_version_id else frozenset()
    return found | today | {name for name in KEPT if getattr(row, name)}


def _parts_of(spec: FormSpec) -> frozenset[str]:
    asks = any(one.role in ("mentor", "mentee") and one.phase in PAIR_PHASES for one in spec.questionnaires)
    there = {
        "plan": spec.plans,
        "questionnaires": asks,
        "deficits": spec.deficits,
        "evaluation": spec.evaluation,
        "measurements": spec.parameters,
    }
    return frozenset(name for name, is_there in there.items() if is_there)
