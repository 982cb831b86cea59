"""The tables, and methods that change one thing. Models never commit and never ask what time it is."""

from mentorapp.models.accounts import Account, LoginDelay, LoginSession, Role
from mentorapp.models.clearances import Clearance
from mentorapp.models.deficits import DeficitItem, DeficitLevel, DeficitList
from mentorapp.models.drafts import DraftStep, FormDraft
from mentorapp.models.evaluations import Evaluation, Mark
from mentorapp.models.forms import FormCorrection, FormVersion, MentoringForm
from mentorapp.models.journal import Change, Once, Operation
from mentorapp.models.measurements import Measurement, MeasurementSheet
from mentorapp.models.meetings import Attendance, Meeting
from mentorapp.models.pairs import Pair, Participant
from mentorapp.models.partners import Organisation
from mentorapp.models.people import BaseEntry, Consent, Enrolment, Person, SchoolClass
from mentorapp.models.plans import Plan, PlanItem
from mentorapp.models.school import School
from mentorapp.models.submissions import Answer, Submission

__all__ = [
    "Account",
    "Answer",
    "Attendance",
    "BaseEntry",
    "Change",
    "Clearance",
    "Consent",
    "DeficitItem",
    "DeficitLevel",
    "DeficitList",
    "DraftStep",
    "Enrolment",
    "Evaluation",
    "FormCorrection",
    "FormDraft",
    "FormVersion",
    "LoginDelay",
    "LoginSession",
    "Mark",
    "Measurement",
    "MeasurementSheet",
    "Meeting",
    "MentoringForm",
    "Once",
    "Operation",
    "Organisation",
    "Pair",
    "Participant",
    "Person",
    "Plan",
    "PlanItem",
    "Role",
    "School",
    "SchoolClass",
    "Submission",
]
