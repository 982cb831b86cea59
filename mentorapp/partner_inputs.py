"""What is typed about an organisation that gives mentors."""

from mentorapp import inputs
from mentorapp.inputs import Input, day, later_than, line, text
from mentorapp.models import Organisation


class OrganisationInput(Input):
    full_name = line("Полное название", required="Впишите название организации.", longest=300)
    short_name = line("Краткое название", longest=80, description="Так она стоит в списках")
    kind = line("Вид", longest=80, render_kw={"list": "kinds"})
    address = line("Адрес", longest=200)
    contact = line("Контактное лицо", longest=160, render_kw={"placeholder": "фамилия, имя, отчество, должность"})
    phone = inputs.phone()
    email = inputs.email()
    agreement_number = line("Номер", longest=60)
    agreement_on = day("Дата")
    agreement_to = day(
        "Действует до",
        description="Если срок в соглашении есть",
        also=[later_than("agreement_on", "Срок кончается раньше, чем соглашение подписано. Проверьте обе даты.")],
    )
    paper_place = inputs.paper_place()
    note = text("Примечание", longest=1000)

    validate_phone = inputs.is_a_phone
    validate_email = inputs.is_an_email

    def put_on(self, organisation: Organisation) -> Organisation:
        """Write everything down on the organisation, and hand it back."""
        for name, field in self._fields.items():
            if name != "once":
                setattr(organisation, name, field.data)
        return organisation
