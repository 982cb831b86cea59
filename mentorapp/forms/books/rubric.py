"""A rubric as a workbook: what it is, its points, its indicators in groups, its levels."""

from collections.abc import Mapping
from typing import Any

from mentorapp.domain.expect import entries
from mentorapp.domain.sheetcheck import EVALUATION
from mentorapp.forms.books import values
from mentorapp.forms.books.grid import Row
from mentorapp.forms.books.layout import Filled, Heading, Sheet, code, row_of
from mentorapp.forms.books.reading import Reading

MOST_LINES = 11

ABOUT_RUBRIC = Sheet(
    "Оценка",
    (
        Heading("title", "Название листа", 60, "Обязательно. До 200 знаков.", also=("название", "заголовок", "оценка")),
        Heading(
            "not_applicable", "Можно «не применимо»", 12, "«да» — показатель можно пропустить как неприменимый.", "flag", ("не применимо",)
        ),
    ),
    is_facts=True,
)
POINTS = Sheet(
    "Баллы",
    (
        Heading("value", "Балл", 9, "Целое число от 0 до 100, сначала лучший.", "number", ("баллы", "значение", "оценка")),
        Heading(
            "label", "Что значит балл", 50, "До 60 знаков, у каждого балла своё.", also=("что значит", "название", "смысл", "описание")
        ),
    ),
    samples=(
        {"value": "2", "label": "проявляется полностью"},
        {"value": "1", "label": "частично"},
        {"value": "0", "label": "не проявляется"},
    ),
)
INDICATORS = Sheet(
    "Показатели",
    (
        Heading("group", "Раздел", 34, "Пишется у первого показателя раздела; у следующих можно оставить пустым.", also=("группа", "блок")),
        Heading("title", "Показатель", 50, "Что оценивают. До 200 знаков.", also=("показатели", "критерий", "индикатор")),
        Heading(
            "hint", "На что смотреть", 50, "Подсказка тому, кто оценивает. Можно не писать.", also=("подсказка", "пояснение", "комментарий")
        ),
        code(),
        code("group_id", "Код раздела"),
    ),
    samples=(
        {"group": "Работа пары", "title": "Встречи идут регулярно", "hint": "Сравните с планом."},
        {"title": "Договорённости выполняются"},
    ),
)
BANDS = Sheet(
    "Уровни",
    (
        Heading("low", "От", 9, "Наименьшая сумма баллов этого уровня.", "number", ("минимум", "от баллов")),
        Heading("high", "До", 9, "Наибольшая сумма. Уровни идут подряд от 0 до самой большой суммы.", "number", ("максимум", "до баллов")),
        Heading("title", "Уровень", 34, "Название уровня. До 60 знаков.", also=("название", "название уровня")),
        Heading(
            "text",
            "Что делать дальше",
            60,
            "Что этот уровень значит. Можно не писать.",
            also=("что значит", "описание", "пояснение", "вывод"),
        ),
    ),
    samples=({"low": "0", "high": "2", "title": "нужна помощь"}, {"low": "3", "high": "4", "title": "хорошо", "text": "Продолжать."}),
)


def sheets(part: Mapping[str, Any]) -> list[Filled]:
    """What stands in the workbook of this rubric, which may be half wrong."""
    rows: list[dict[str, Any]] = []
    for _, group in entries(part, "groups"):
        indicators = [indicator for _, indicator in entries(group, "indicators")]
        for place, indicator in enumerate(indicators or [{}]):
            first = {"group": values.written(INDICATORS.heading("group"), group.get("title"))} if place == 0 else {}
            rows.append(row_of(INDICATORS, indicator, values.written) | first | {"group_id": str(group.get("id", ""))})
    return [
        Filled(ABOUT_RUBRIC, [row_of(ABOUT_RUBRIC, part, values.written)]),
        Filled(POINTS, [row_of(POINTS, point, values.written) for _, point in entries(part, "points")]),
        Filled(INDICATORS, rows),
        Filled(BANDS, [row_of(BANDS, band, values.written) for _, band in entries(part, "bands")]),
    ]


def read(reading: Reading) -> dict[str, Any]:
    """The rubric that the workbook holds; what is wrong with it is said in `reading`."""
    part = reading.facts(ABOUT_RUBRIC)
    for key, sheet in (("points", POINTS), ("bands", BANDS)):
        if table := reading.found(sheet, key):
            reading.place(key, table, *table.place(sheet.headings[0].key))
            part[key] = _lines(reading, table.rows(), key, sheet)
    if table := reading.found(INDICATORS, "groups"):
        reading.place("groups", table, *table.place("group"))
        part["groups"] = _groups(reading, table.rows())
    reading.check(EVALUATION, part)
    return part


def _lines(reading: Reading, rows: list[Row], key: str, sheet: Sheet) -> list[dict[str, Any]]:
    return reading.each(rows, MOST_LINES, lambda row, number: reading.row(row, f"{key}[{number}]", sheet.headings))


def _groups(reading: Reading, rows: list[Row]) -> list[dict[str, Any]]:
    """A row with the title of another group begins that group, or goes on with it where it stands above already."""
    groups: list[dict[str, Any]] = []
    group: dict[str, Any] | None = None
    for row in rows:
        title = row.text("group")
        if title and (group is None or title != group["title"]):
            group = next((known for known in groups if known["title"] == title), None)
            if group is None:
                group = {"id": reading.id("groups", row, "g", "group_id"), "title": title, "indicators": []}
                groups.append(group)
                place = f"groups[{len(groups)}]"
                for path in (place, f"{place}.title", f"{place}.indicators", f"{place}.id"):
                    reading.place(path, row.table, row.number, row.table.place("group")[1])
        if group is None:
            reading.wrong(row.table, row.number, row.table.place("group")[1], "у первого показателя нет раздела; напишите его название")
            group = {"id": "g", "title": "–", "indicators": []}
            groups.append(group)
        _indicator(reading, row, group, groups.index(group) + 1)
    return groups


def _indicator(reading: Reading, row: Row, group: dict[str, Any], number: int) -> None:
    path = f"groups[{number}].indicators[{len(group['indicators']) + 1}]"
    found = reading.row(row, path, [heading for heading in INDICATORS.headings if heading.key in ("title", "hint")])
    group["indicators"].append({"id": reading.id("indicators", row, "i"), **found})
