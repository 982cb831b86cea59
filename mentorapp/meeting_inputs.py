"""What is asked about a meeting: to plan it, to correct it, to move it, to say why it was missed, to note that it was held."""

import re
from typing import Any

from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from mentorapp import clock
from mentorapp.inputs import Input, day, line, not_in_future, text


def _time(_input: Input, field: Any) -> None:
    """«15:20», «15.20» or «9» become «15:20», «09:00»: two figures, because meetings of a day are ordered by this text."""
    if not field.data:
        return
    found = re.fullmatch(r"([01]?\d|2[0-3])(?:[:. -]([0-5]\d))?", field.data)
    if not found:
        raise ValidationError("Напишите время так: 15:20.")
    field.data = f"{int(found[1]):02}:{found[2] or '00'}"


class PlanInput(Input):
    type_id = SelectField("Вид встречи", validators=[InputRequired("Выберите вид встречи.")])
    planned_on = day("День", required="Впишите день встречи.")
    planned_time = line("Время", longest=10)
    place = line("Место", longest=100)
    plan_item_id = SelectField("По пункту плана", coerce=int, validators=[])

    def validate_planned_time(self, field: Any) -> None:
        _time(self, field)


class EditInput(PlanInput):
    seen = HiddenField(default="")  # Meeting.outline, as the page was opened
    agenda = text("Повестка", description="Каждый пункт с новой строки; в чек-лист войдёт в этом порядке.", rows=8, longest=4000)


class MoveInput(Input):
    planned_on = day("Новый день", required="Впишите новый день.")
    planned_time = line("Время", longest=10)
    reason = line("Почему переносим", longest=300)

    def validate_planned_time(self, field: Any) -> None:
        _time(self, field)

    def validate_planned_on(self, field: Any) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError("Этот день уже прошёл. Впишите сегодняшний или более поздний.")


class MissInput(Input):
    reason = line("Почему не состоялась", required="Напишите в двух словах, почему встреча не состоялась.", longest=300)


class HoldInput(Input):
    seen = HiddenField(default="")  # Meeting.record, as the page was opened
    held_on = day("Когда", required="Впишите день встречи.", also=[not_in_future])
    minutes = IntegerField("Минут", [InputRequired("Впишите, сколько минут длилась встреча."), NumberRange(1, 600, "От 1 до 600 минут.")])
    done = text("Что сделали", rows=3)
    next_on = day("Следующая встреча")
    next_type = SelectField("Какая", validators=[])

    def validate_next_on(self, field: Any) -> None:
        if field.data and self.held_on.data and field.data <= self.held_on.data:
            raise ValidationError("Следующая встреча должна быть позже этой. Проверьте день и год.")
