"""What the program keeps of every row by itself is known by the headings that tables on paper give it."""

import pytest

from mentorapp.domain import owncolumns


@pytest.mark.parametrize(
    "title", ["№ п/п", "Статус", "Фактический срок", "Сведения о выполнении", " Дата  выполнения.", "ОТМЕТКА О ВЫПОЛНЕНИИ"]
)
def test_the_usual_headings_are_known(title: str) -> None:
    assert "программа" in owncolumns.doubles(title)


@pytest.mark.parametrize(
    ("title", "counts"), [("№", True), ("N п/п", True), ("Порядковый номер", True), ("Отметка", False), ("Номер класса", False)]
)
def test_numbers_of_rows_are_told_from_marks(title: str, counts: bool) -> None:
    assert owncolumns.counts_rows(title) is counts


@pytest.mark.parametrize("title", ["Мероприятие", "Форма отметки", "Срок выполнения", "Ответственный за выполнение", "", None])
def test_others_double_nothing(title: str | None) -> None:
    assert owncolumns.doubles(title) == ""
