"""What is no mistake in a form and yet is worth a second look: said beside the card and before publishing, never in the way."""

from mentorapp.domain import draft, owncolumns
from mentorapp.drafting.fields import CASES, USUAL_WORDS, Content, side_word


def of_form(content: Content) -> list[str]:
    """The advice for a whole form, one sentence each."""
    return [*of_words(content), *_of_questionnaires(content), *_of_empty_parts(content)]


def of_words(content: Content) -> list[str]:
    """The advice on names and words, which any version may bring."""
    return [*_of_sides(content), *_of_columns(content), *_of_terms(content)]


def _of_sides(content: Content) -> list[str]:
    """A side that was given another name in one case and kept the former one in the others."""
    found = []
    for side in USUAL_WORDS:
        word, *others = (side_word(content, side, case) for case in CASES)
        if any(_start(other) != _start(word) for other in others[:2]):  # of «ребёнок» many are «дети», and it is right
            strange = ", ".join(f"«{other}»" for other in others if _start(other) != _start(word))
            found.append(
                f"Сторона названа «{word}», а в других падежах {strange}: так её назовут планы, анкеты и приказы. Поправьте падежи."
            )
    return found


def _start(word: str) -> str:
    return word[:2].casefold().replace("ё", "е")


def _of_columns(content: Content) -> list[str]:
    """Columns that the program has by itself."""
    return [
        f"Столбец «{column['title']}» можно убрать: {said}."
        for plan in draft.entries(content, "plans")
        for column in draft.entries(plan, "columns")
        if (said := owncolumns.doubles(column.get("title")))
    ]


def _of_terms(content: Content) -> list[str]:
    """Rows of a pasted table whose term was not understood: it stands in brackets behind the activity."""
    found = []
    for plan in draft.entries(content, "plans"):
        roles = {column.get("role"): column.get("id", "") for column in draft.entries(plan, "columns")}
        titles = [(item, str((item.get("cells") or {}).get(roles.get("title"), ""))) for item in draft.entries(plan, "items")]
        rows = [str(number) for number, (item, title) in enumerate(titles, 1) if "due" not in item and title.endswith(")")]
        if rows and "due" in roles:
            found.append(f"{plan.get('title') or 'План'}, строки {', '.join(rows)}: срока нет, а в скобках после названия что-то стоит.")
    return found


def _of_questionnaires(content: Content) -> list[str]:
    """One end of the work without the other cannot be compared, nor two ends that have no question in common."""
    found = []
    for role in ("mentee", "mentor"):
        of_role = [one for one in draft.entries(content, "questionnaires") if one.get("role") == role]
        ends = {one["phase"]: one for one in of_role if one.get("phase") in ("before", "after")}
        if len(ends) == 1:
            (phase, one), missing = next(iter(ends.items())), {"before": "в конце", "after": "перед началом"}
            found.append(f"К анкете «{one.get('title', '')}» нет парной «{missing[phase]}»: ответы будет не с чем сравнить.")
        elif ends:
            keys = [{question.get("pair_key") for question in draft.entries(one, "questions")} - {None} for one in ends.values()]
            if not keys[0] & keys[1]:
                titles = " и ".join(f"«{one.get('title', '')}»" for one in ends.values())
                found.append(
                    f"В анкетах {titles} нет связанных вопросов: «до» и «после» не сравнятся. Свяжите их в поле «Сравнивать с вопросом»."
                )
    return found


def _of_empty_parts(content: Content) -> list[str]:
    found = []
    if not draft.entries(content, "questionnaires"):
        found.append("В форме нет анкет: пару ни о чём не спросят.")
    if draft.entries(content, "plans") and not any(draft.entries(plan, "items") for plan in draft.entries(content, "plans")):
        found.append("В планах нет строк: каждая пара впишет их сама.")
    if not content.get("evaluation"):
        found.append("В форме нет листа оценки: уровней у пары не будет.")
    return found
