"""What a mentee lacks: levels as mentee and mentor see them, the agreed order of work, and the activities that came of it."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain.deficits import RANK, Competence, DeficitCatalogue
from mentorapp.models.forms import current_version, spec_of
from mentorapp.models.pairs import NotNow, Pair, Participant
from mentorapp.models.people import Person
from mentorapp.models.plans import PlanItem
from mentorapp.models.sheets import SheetValue, Values


class DeficitList(Model):
    """The list of one mentee in one pair, with the version of the form that it was begun with."""

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("pair.id"), index=True)
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"), unique=True)
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"))
    agreed_on: Mapped[date | None]
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    agreed_on_paper: Mapped[bool] = mapped_column(default=False)

    pair: Mapped[Pair] = relationship()
    participant: Mapped[Participant] = relationship()
    agreed_by: Mapped[Person | None] = relationship()

    @property
    def catalogue(self) -> DeficitCatalogue:
        """The competences as they were when the list was begun."""
        found = spec_of(self.form_version_id).deficits
        if found is None:
            raise LookupError("a list of deficits of a form without competences")
        return found

    @property
    def person_id(self) -> int:
        """Whose deficits they are, for the permission rules."""
        return self.participant.person_id

    def agree(self, values: dict[str, str], by: Person | None, on: date, *, on_paper: bool = False) -> None:
        """The mentee agrees to the order. Raises NotNow while there is none, or while two stand on one place."""
        if not self.catalogue.ranked(values):
            raise NotNow("Очереди ещё нет: сначала поставьте номера компетенциям, с которых начнёте.")
        if same := self.catalogue.same_ranks(values):
            raise NotNow(f"Номер {same[0]} стоит дважды. Поправьте очередь, и её можно будет согласовать.")
        self.agreed_on, self.agreed_by, self.agreed_on_paper = on, by, on_paper

    def agree_to(self, shown: str, values: dict[str, str], by: Person | None, on: date) -> None:
        """The same on the screen, where `shown` is the order that the page had. Raises NotNow when it was changed since."""
        if shown != self.catalogue.order(values):
            raise NotNow("Пока страница была открыта, очередь изменили. Ничего не согласовано: посмотрите её ещё раз и согласуйте.")
        self.agree(values, by, on)

    def reconsider(self) -> bool:
        """The order was changed: what was agreed holds no longer. Whether there was an agreement."""
        was = self.agreed_on is not None
        self.agreed_on = self.agreed_by = None
        self.agreed_on_paper = False
        return was


class DeficitLevel(SheetValue, Model):
    """One level or the rank of one competence."""

    __table_args__ = (sa.UniqueConstraint("deficit_list_id", "key"), AUTO)
    deficit_list_id: Mapped[int] = mapped_column(sa.ForeignKey("deficit_list.id"))


class DeficitItem(Model):
    """An activity of a plan that came of a competence."""

    __table_args__ = (sa.UniqueConstraint("deficit_list_id", "competence_id", "plan_item_id"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    deficit_list_id: Mapped[int] = mapped_column(sa.ForeignKey("deficit_list.id"))
    competence_id: Mapped[str]
    plan_item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"))

    item: Mapped[PlanItem] = relationship()


LEVELS = Values(DeficitLevel, "deficit_list_id")


def catalogue_of(pair: Pair) -> tuple[int, DeficitCatalogue] | None:
    """The version and the competences that a pair works with today, if its form has any."""
    version_id = current_version(pair.form_id)
    found = spec_of(version_id).deficits if version_id else None
    return (version_id, found) if version_id and found else None


def list_of(participant_id: int) -> DeficitList | None:
    """The list of that mentee, if it was begun."""
    return db.session.execute(sa.select(DeficitList).where(DeficitList.participant_id == participant_id)).scalar_one_or_none()


def lists_of(pair_id: int) -> dict[int, DeficitList]:
    """Participant id → the list of that mentee, of those that were begun in a pair."""
    found = db.session.execute(sa.select(DeficitList).where(DeficitList.pair_id == pair_id)).scalars()
    return {made.participant_id: made for made in found}


def waiting_orders(participant_ids: list[int]) -> dict[int, int]:
    """Participant id → the list whose order this mentee has not agreed to yet; without mentees no query."""
    if not participant_ids:
        return {}
    ranked = sa.exists().where(DeficitLevel.deficit_list_id == DeficitList.id, DeficitLevel.key.endswith(RANK), DeficitLevel.value != "")
    query = sa.select(DeficitList.participant_id, DeficitList.id).where(DeficitList.participant_id.in_(participant_ids), ranked)
    return {row.participant_id: row.id for row in db.session.execute(query.where(DeficitList.agreed_on.is_(None)))}


def planned_items(list_id: int) -> dict[str, PlanItem]:
    """Competence id → the activity of a plan that came of it; one in the bin does not count."""
    query = sa.select(DeficitItem).where(DeficitItem.deficit_list_id == list_id).options(sa.orm.joinedload(DeficitItem.item))
    return {row.competence_id: row.item for row in db.session.execute(query).scalars() if row.item.removed_at is None}


def activity_for(competence: Competence, rank: int) -> str:
    """The title of the activity that is proposed: the form's own, or one worded from the competence."""
    return competence.practice or f"Практикум по дефициту № {rank}: {competence.title}"


def is_rank(key: str) -> bool:
    """Whether the value under this key is one that both agree about."""
    return key.endswith(RANK)
