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


def _in_words(counted: Iterable[Counted]) -> list[str]:
    return [f"{number} {plural(number, *forms)}" for number, forms in counted if number]
