"""Every form of the product as somebody sends it who knows what she does: endpoint → fields, ids by the words of the stage."""

from tests.school import AREA, PASSWORD

DAY = "23.11.2026"
SCHOOL = {
    "full_name": "МБОУ «Школа № 14»", "short_name": "Школа № 14", "director_post": "Директор",
    "nominative": "наставляемый", "genitive": "наставляемого", "dative": "наставляемому", "plural": "наставляемые",
}  # fmt: skip
PERSON = {"last_name": "Орлова", "first_name": "Нина", "patronymic": "Ильинична", "kind": "teacher", "sex": "f", "class_id": "0"}
CONSENT = {"signed_on": "1.9.2026", "signed_by": "person"}
PERIOD = {"starts_on": "7.9.2026", "ends_on": "31.5.2027"}
MEETING = {"type_id": "{type}", "planned_on": "30.11.2026", "plan_item_id": "0"}

FILLED: dict[str, dict[str, str]] = {
    "answers.save": {"value": "", "seen": "{given}"},
    "answers.save_part": {"value-{answer}": "", "seen-{answer}": "{given}", "go": "next"},
    "answers.send": {"paper_on": DAY},
    "answers.reopen": {"reason": "ошибка в ответе"},
    "answers.hand_over": {},
    "questionnaires.begin": {},
    "evaluations.create": {"occasion": "interim", "rater_id": "{gleb}", "rated_on": DAY},
    "evaluations.save": {"value": "2", "seen": ""},
    "evaluations.save_sheet": {"value-{indicator}": "2", "seen-{indicator}": ""},
    "evaluations.choose_level": {"level": "допустимый", "reason": "партнёров нет"},
    "evaluations.remove": {},
    "evaluations.bring_back": {},
    "deficits.begin": {},
    "deficits.save": {"value": "2", "seen": "1"},
    "deficits.save_list": {
        "value-{competence}.rank": "2", "seen-{competence}.rank": "1", "value-{competence}.mentee": "1", "seen-{competence}.mentee": "",
    },  # fmt: skip
    "deficits.agree": {"order": "{competence}:1"},
    "deficits.agree_on_paper": {"on": DAY},
    "deficit_plan.add_to_plan": {"competence": "{competence}", "plan": "{own_plan}"},
    "accounts.make": {"login": "orlova-n"},
    "accounts.renew": {},
    "accounts.disable": {},
    "accounts.enable": {},
    "accounts.add_role": {"kind": "director"},
    "accounts.end_role": {},
    "accounts.change_password": {"old": PASSWORD, "new": "три слова подряд", "again": "три слова подряд"},
    "bases.enter": {"person_id": "{staff}", "request": "Помощь с уроками"},
    "bases.save": {"request": "Помощь с планами"},
    "bases.leave": {},
    "bases.bring_back": {},
    "classes.add": {"titles": "5А"},
    "classes.save": {"title": "9Б"},
    "classes.remove": {},
    "forms.publish": {},
    "login.enter": {"login": "boris", "password": PASSWORD},
    "login.again": {"login": "boris", "password": PASSWORD},
    "login.leave": {},
    "login.resume": SCHOOL | {"password-again": PASSWORD},
    "meetings.create": MEETING,
    "meetings.save": MEETING | {"agenda": "Первый пункт"},
    "meetings.hold": {"held_on": DAY, "minutes": "45", "done": "Разобрали урок", "next_on": "7.12.2026"},
    "meetings.move": {"planned_on": "1.12.2026"},
    "meetings.miss": {"reason": "болезнь"},
    "meetings.remove": {},
    "meetings.bring_back": {},
    "new_pair.create": PERIOD | {
        "form": "teacher-teacher", "mentor": "{gleb}", "mentee": "{boris}", "subtype": "", "model": "", "area": AREA,
    },  # fmt: skip
    "pairs.save": PERIOD | {"subtype": "", "model": "", "area": "работа с классом", "order_number": "12", "order_on": "1.9.2026"},
    "pairs.move_dates": {},
    "pairs.change_state": {"state": "paused", "reason": "каникулы"},
    "pairs.archive": {},
    "pairs.bring_back": {},
    "people.create": PERSON,
    "people.save": PERSON,
    "people.archive": {},
    "people.bring_back": {},
    "people.consent_add": CONSENT,
    "people.consent_save": CONSENT,
    "people.consent_withdraw": {"withdrawn_on": DAY},
    "people.consent_restore": {},
    "plans.save_cell": {"value": "Новый текст", "seen": "{title}"},
    "plans.take_theirs": {"value": "Мой текст"},
    "plans.agree": {},
    "plans.agree_on_paper": {"on": DAY},
    "plans.approve": {},
    "plans.approve_on_paper": {"on": DAY},
    "plans.back_to_draft": {},
    "plans.close": {},
    "plans.reopen": {},
    "rows.save": {"value-what": "Новый текст", "seen-what": "{title}"},
    "rows.create": {"value-what": "Ещё одна строка"},
    "rows.move": {"to": "down"},
    "rows.remove": {},
    "rows.restore": {},
    "undo.put_back": {},
    "school.save": SCHOOL,
    "setup.make": {
        "code": "482913", "school": "Школа", "short": "Школа", "last_name": "Орлова", "first_name": "Нина", "sex": "f", "login": "orlova-n",
        "password": "три слова подряд",
    },
}  # fmt: skip
