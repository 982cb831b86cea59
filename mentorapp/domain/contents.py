"""How much there is of each part of a form, in words: «4 плана», «9 показателей»."""

from collections.abc import Iterable

from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.names import plural

Counted = tuple[int, tuple[str, str, str]]


def contents_of(spec: FormSpec) -> list[str]:
    """All that a form supplies; a part that it has not is not named."""
    plans = spec.plans.values()
    return _in_words(
        (
            (len(spec.subtypes), ("вид пары", "вида пар", "видов пар")),
            (len(plans), ("план", "плана", "планов")),
            (sum(len(plan.items) for plan in plans), ("строка плана", "строки планов", "строк планов")),
            (len(spec.meetings), ("вид встреч", "вида встреч", "видов встреч")),
            *_sheets(spec),
            (len(spec.matching), ("правило подбора", "правила подбора", "правил подбора")),
            (len(spec.parameters), ("измерение", "измерения", "измерений")),
            (len(spec.documents), ("бумага", "бумаги", "бумаг")),
        )
    )


def in_short(spec: FormSpec) -> list[tuple[str, str]]:
    """A whole form in a few lines, (part, what it holds): enough to see that nothing was forgotten."""
    found = [("Стороны", f"{spec.mentor.nominative} — {spec.mentee.nominative}")]
    for plan in spec.plans.values():
        columns, rows = (
            _counted(len(plan.columns), "столбец", "столбца", "столбцов"),
            _counted(len(plan.items), "строка", "строки", "строк"),
        )
        found.append(("План", f"{plan.title}: {columns}, {rows}"))
    for one in spec.questionnaires:
        found.append(("Анкета", f"{one.title}: {_counted(len(one.numbers), 'вопрос', 'вопроса', 'вопросов')}"))
    if spec.meetings:
        found.append(("Встречи", "; ".join(type.title for type in spec.meetings)))
    if sheet := spec.evaluation:
        lines = _counted(len(sheet.indicators), "показатель", "показателя", "показателей")
        found.append(("Лист оценки", f"{sheet.title}: {lines}, {_counted(len(sheet.bands), 'уровень', 'уровня', 'уровней')}"))
    if rest := _in_words(_others(spec)):
        found.append(("Ещё", ", ".join(rest)))
    return found


def _counted(number: int, one: str, few: str, many: str) -> str:
    return f"{number} {plural(number, one, few, many)}"


def sheets_of(spec: FormSpec) -> list[str]:
    """What a pair fills in besides its plan and meetings."""
    return _in_words(_sheets(spec))


def _sheets(spec: FormSpec) -> tuple[Counted, ...]:
    return (
        (len(spec.questionnaires), ("анкета", "анкеты", "анкет")),
        (len(spec.evaluation.indicators) if spec.evaluation else 0, ("показатель", "показателя", "показателей")),
        (len(spec.deficits.competences) if spec.deficits else 0, ("компетенция", "компетенции", "компетенций")),
        (len({way.id for ways in spec.control.values() for way in ways}), ("вид контроля", "вида контроля", "видов контроля")),
    )


def _others(spec: FormSpec) -> tuple[Counted, ...]:
    """The parts of which a count says enough."""
    return (
        (len(spec.subtypes), ("вид пары", "вида пар", "видов пар")),
        *_sheets(spec)[2:],
        (len(spec.parameters), ("измерение", "измерения", "измерений")),
        (len(spec.matching), ("правило подбора", "правила подбора", "правил подбора")),
        (len(spec.documents), ("бумага", "бумаги", "бумаг")),
    )


def _in_words(counted: Iterable[Counted]) -> list[str]:
    return [_counted(number, *forms) for number, forms in counted if number]
