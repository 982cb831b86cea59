"""The fixed forms about pairs: a new one, its settings, its state."""

from wtforms import SelectField, StringField
from wtforms.validators import AnyOf, DataRequired

from mentorapp.domain.formspec import FormSpec
from mentorapp.inputs import Input, day, line
from mentorapp.models.pairs import PairState


class PeriodInput(Input):
    subtype = SelectField("Вид пары", validators=[])
    model = SelectField("Модель", validators=[])
    starts_on = day("Начало", required="Впишите день, с которого пара работает.")
    ends_on = day("Конец", required="Впишите день, до которого пара работает.")

    def offer_kinds(self, spec: FormSpec) -> None:
        """Fill the lists of subtypes and models from a mentoring form."""
        self.subtype.choices = [("", "не выбран"), *((subtype.id, subtype.title) for subtype in spec.subtypes)]
        self.model.choices = [("", "не выбрана"), *((model.id, model.title) for model in spec.models)]


class NewPairInput(PeriodInput):
    mentor = SelectField("Наставник", coerce=int, validators=[DataRequired("Выберите наставника.")])
    mentee = SelectField("Наставляемый", coerce=int, validators=[DataRequired("Выберите наставляемого.")])


class EditPairInput(PeriodInput):
    order_number = line("Номер приказа", longest=40)
    order_on = day("Дата приказа")


class StateInput(Input):
    state = StringField("Состояние", [AnyOf([state.value for state in PairState])])
    reason = line("Причина", longest=300)
