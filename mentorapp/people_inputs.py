"""What is typed on a person's card: the person herself, and her consents."""

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, ValidationError

from mentorapp import clock, inputs, words
from mentorapp.domain import birth
from mentorapp.domain.birth import Birth
from mentorapp.domain.external import ClearanceKind
from mentorapp.domain.school_year import NotUnderstood, SchoolYear, short_date
from mentorapp.inputs import Input, day, later_than, line, not_in_future, tidy
from mentorapp.models import Clearance, Consent, Enrolment, Person, directory, partners
from mentorapp.models.people import PersonKind

CHOOSE = {"": "выберите"}
KINDS = CHOOSE | {kind.value: word for kind, word in words.KINDS.items()}
CLEARANCES = CHOOSE | {kind.value: words.CLEARANCES[kind] for kind in ClearanceKind}
SIGNERS = {"person": "сам человек", "representative": "законный представитель"}


class PersonInput(Input):
    last_name = line("Фамилия", required="Впишите фамилию.", longest=80)
    first_name = line("Имя", required="Впишите имя.", longest=80)
    patronymic = line("Отчество", longest=80)
    kind = SelectField("Кто это", [InputRequired("Выберите, кто это для школы.")], choices=KINDS)
    sex = SelectField("Пол", [InputRequired("Выберите пол: он нужен для падежей в бумагах.")], choices=CHOOSE | words.SEXES)
    birth = line("Дата рождения", longest=40, render_kw={"placeholder": "30.05.2014 или 2014"})
    class_id = SelectField("Класс или группа", coerce=int)
    post = line("Должность", longest=120, render_kw={"placeholder": "учитель математики"})
    organisation_id = SelectField("Организация", coerce=int, default=0, description="Если человек не из школы")
    phone = inputs.phone()
    email = inputs.email()
    another = BooleanField("Это другой человек, записать ещё одного")
    born = Birth(None, None)

    def validate_birth(self, field: StringField) -> None:
        try:
            self.born = birth.parse(field.data, today=clock.today())
        except NotUnderstood as problem:
            raise ValidationError(str(problem)) from problem

    validate_phone = inputs.is_a_phone
    validate_email = inputs.is_an_email

    def offer(self, year: SchoolYear, person: Person | None = None) -> "PersonInput":
        """Fill the lists: the classes of the year, and the organisations with the one that is this person's already."""
        self.class_id.choices = {"0": "без класса"} | {str(row.id): row.title for row in directory.classes_of(year)}
        known = partners.offered(person.organisation_id if person else None)
        self.organisation_id.choices = {"0": "не указана"} | {str(row.id): row.name for row in known}
        return self

    def put_on(self, person: Person, year: SchoolYear) -> list[Person | Enrolment]:
        """Write everything down on the person and on her place in that year. Returns what is to be journalled."""
        place = person.enrolment(year)
        person.rename(self.last_name.data, self.first_name.data, self.patronymic.data)
        person.sex, person.kind = self.sex.data, PersonKind(self.kind.data)
        person.birth_date, person.birth_year = self.born
        person.phone, person.email = self.phone.data, self.email.data
        person.organisation_id = self.organisation_id.data or None
        if place is None and not (self.class_id.data or self.post.data):
            return [person]
        if place is None:
            place = Enrolment(year=year.first)
            person.enrolments.append(place)
        place.class_id, place.post = self.class_id.data or None, self.post.data
        return [person, place]


class ConsentInput(Input):
    signed_on = day("Когда подписано", required="Впишите дату с бумаги.")
    valid_to = day("Действует до", also=[later_than("signed_on", "Срок кончается раньше, чем согласие подписано. Проверьте обе даты.")])
    signed_by = SelectField("Кто подписал", choices=SIGNERS)
    signer = StringField("Имя подписавшего и кем приходится", filters=[tidy], render_kw={"placeholder": "Лукина Мария Петровна, мать"})
    paper_place = inputs.paper_place()

    validate_signed_on = not_in_future

    def validate_signer(self, field: StringField) -> None:
        if self.signed_by.data == "representative" and not field.data:
            raise ValidationError("Впишите, кто подписал и кем приходится: Лукина Мария Петровна, мать.")
        if len(field.data) > 160:
            raise ValidationError("Слишком длинно: не больше 160 знаков.")

    @classmethod
    def showing(cls, consent: Consent) -> "ConsentInput":
        """The form with what is known."""
        return cls(formdata=None, obj=consent, signed_by="representative" if consent.by_representative else "person")

    def put_on(self, consent: Consent) -> None:
        """Write everything down on the consent."""
        consent.signed_on, consent.valid_to = self.signed_on.data or consent.signed_on, self.valid_to.data
        consent.by_representative = self.signed_by.data == "representative"
        consent.signer, consent.paper_place = self.signer.data, self.paper_place.data


class WithdrawalInput(Input):
    withdrawn_on = day("Когда отозвано", required="Впишите день, когда согласие отозвали.")
    validate_withdrawn_on = not_in_future

    def fits(self, consent: Consent) -> bool:
        """It was sent, and with a day on which this consent could be withdrawn."""
        if self.accepted() and self.withdrawn_on.data and self.withdrawn_on.data < consent.signed_on:
            self.withdrawn_on.errors = [f"Согласие подписано {short_date(consent.signed_on)}, раньше его не отзывали. Проверьте день."]
        return not self.errors


class ClearanceInput(Input):
    kind = SelectField("Какой документ", [InputRequired("Выберите, какой это документ.")], choices=CLEARANCES)
    title = StringField("Как он называется", filters=[tidy], description="Только для «другого документа»")
    number = line("Номер", longest=60)
    issued_on = day("Дата документа", required="Впишите дату с бумаги.")
    valid_to = day(
        "Действует до",
        description="Для медкнижки — день следующего осмотра",
        also=[later_than("issued_on", "Срок кончается раньше, чем документ выдан. Проверьте обе даты.")],
    )
    paper_place = inputs.paper_place()

    validate_issued_on = not_in_future

    def validate_title(self, field: StringField) -> None:
        if self.kind.data == ClearanceKind.OTHER and not field.data:
            raise ValidationError("Напишите, что это за документ.")
        if len(field.data) > 120:
            raise ValidationError("Слишком длинно: не больше 120 знаков.")

    def put_on(self, clearance: Clearance) -> None:
        """Write everything down; only a paper of another sort has a title of its own."""
        clearance.kind = ClearanceKind(self.kind.data)
        clearance.title = self.title.data if clearance.kind is ClearanceKind.OTHER else ""
        clearance.number, clearance.paper_place = self.number.data, self.paper_place.data
        clearance.issued_on, clearance.valid_to = self.issued_on.data or clearance.issued_on, self.valid_to.data
