"""Every refusal and error in Russian, once, as a page or as a part of one: what happened, what is safe, what to do."""

import logging
import secrets
from urllib.parse import urlsplit

from flask import Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from mentorapp import hx
from mentorapp.access import NotAllowed
from mentorapp.database import WriterBusy
from mentorapp.domain import conflict
from mentorapp.domain.kinds import NotUnderstood
from mentorapp.domain.permissions import REASONS
from mentorapp.models import cells
from mentorapp.models.cells import CellChanged, ItemRemoved
from mentorapp.models.journal import CannotUndo
from mentorapp.models.pairs import NotNow
from mentorapp.models.sheets import ValueChanged
from mentorapp.papers import PaperFailed
from mentorapp.security import safe_next

log = logging.getLogger(__name__)

WORDS: dict[int, tuple[str, str]] = {
    400: ("Запрос не понят", "Адрес или данные страницы не подошли. Ничего не изменено. Вернитесь на начальную страницу."),
    403: ("Это действие вам недоступно", "Ничего не изменено."),
    404: ("Такой страницы нет", "Возможно, запись убрали, адрес набран с ошибкой или она вам недоступна."),
    405: ("Так эту страницу не открыть", "Ничего не изменено. Вернитесь на начальную страницу."),
    409: ("Сейчас этого сделать нельзя", "Ничего не изменено."),
    413: ("Слишком много за один раз", "Ничего не записано. Разделите текст на части; файл должен быть меньше 1 МБ."),
    500: ("Не получилось выполнить", "Прежние данные целы."),
    503: ("Школьный компьютер занят", "Ничего не потеряно. Повторите через минуту."),
}


ROW_REMOVED = (
    "Эту строку тем временем убрали в корзину. Ваш текст остался на странице: верните строку из корзины или скопируйте его в другую."
)


def explain(status: int, text: str = "", number: str = "", refusal: NotNow | None = None) -> ResponseReturnValue:
    """An error as people read it: a page, or a sentence for the bar of an open page. A page names what stands in the way (`refusal`)."""
    title, usual = WORDS.get(status, WORDS[400])
    sentence = text or usual
    if number:
        sentence += f" Сообщите администратору номер {number}."
    if hx.wants_fragment():
        return hx.fragment(render_template("_message.html", kind="err", text=f"{title}. {sentence}"), status)
    return render_template(
        "error.html", title=title, text=sentence, home=url_for("home.start"), back=_page_of_the_form(), refusal=refusal
    ), status


def _page_of_the_form() -> str | None:
    """Where a refused form stood, to be opened as it is now."""
    if request.method != "POST" or not request.referrer:
        return None
    return safe_next(urlsplit(request.referrer).path)


def cell_changed(found: CellChanged) -> ResponseReturnValue:
    """Both texts with what differs, who wrote the other one and when; a person chooses."""
    labels = found.column.limits.options
    mine, theirs = conflict.marked(labels.get(found.typed, found.typed), labels.get(found.theirs, found.theirs))
    last = cells.last_change(found)
    return hx.fragment(render_template("plans/_cell_conflict.html", found=found, mine=mine, theirs=theirs, last=last), 409)


def value_changed(found: ValueChanged) -> ResponseReturnValue:
    """The same for one value of a sheet."""
    mine, theirs = conflict.marked(found.field.shown(found.typed), found.field.shown(found.theirs))
    return hx.fragment(render_template("sheets/_conflict.html", found=found, mine=mine, theirs=theirs), 409)


def not_understood(problem: NotUnderstood) -> ResponseReturnValue:
    """The text stays in its cell, the sentence goes under the row."""
    return hx.fragment(render_template("plans/_cell_problem.html", text=str(problem)), 422)


def item_removed(_found: ItemRemoved) -> ResponseReturnValue:
    """The row went to the bin while somebody typed in it."""
    if hx.wants_fragment():
        return hx.fragment(render_template("plans/_cell_problem.html", text=ROW_REMOVED), 422)
    return explain(409, ROW_REMOVED)


def init(app: Flask) -> None:
    """Teach the application its refusals."""

    app.logger.addFilter(_strip_values)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        if isinstance(getattr(error, "original_exception", None), WriterBusy):
            return explain(503)  # It was busy after the page was made, while its session was written down.
        if error.response is not None or error.code is None:
            return error.get_response()
        own_words = error.description if "description" in vars(error) and _is_russian(error.description) else ""
        return explain(error.code if error.code in WORDS else 400, own_words or "")

    @app.errorhandler(NotAllowed)
    def not_allowed(error: NotAllowed) -> ResponseReturnValue:
        return explain(403, REASONS.get(error.action, ""))

    @app.errorhandler(NotNow)
    @app.errorhandler(CannotUndo)
    def not_now(error: Exception) -> ResponseReturnValue:
        return explain(409, str(error), refusal=error if isinstance(error, NotNow) else None)

    app.register_error_handler(CellChanged, cell_changed)
    app.register_error_handler(ValueChanged, value_changed)
    app.register_error_handler(NotUnderstood, not_understood)
    app.register_error_handler(ItemRemoved, item_removed)

    @app.errorhandler(WriterBusy)
    def busy(_error: WriterBusy) -> ResponseReturnValue:
        return explain(503)

    @app.errorhandler(OverflowError)
    def no_such_number(_error: OverflowError) -> ResponseReturnValue:
        # An id or a page beyond what a database can count names nothing.
        return explain(404)

    @app.errorhandler(PaperFailed)
    def no_paper(error: PaperFailed) -> ResponseReturnValue:
        log.warning("paper failed: %s", request.endpoint)
        return explain(503, str(error))

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> ResponseReturnValue:
        # The number ties what a person reports to the log; the log holds no texts of people.
        number = secrets.token_hex(2).upper()
        log.error("error %s at %s %s", number, request.method, request.endpoint, exc_info=_without_values(error))
        return explain(500, number=number)


def _is_russian(text: str | None) -> bool:
    return bool(text) and any("а" <= letter <= "я" for letter in str(text).casefold())


def _without_values(error: BaseException) -> Exception:
    """The same traceback with the type alone: messages of the database carry the values of people."""
    return Exception(type(error).__name__).with_traceback(error.__traceback__)


def _strip_values(record: logging.LogRecord) -> bool:
    """The same for what Flask logs itself: errors that come when the answer is already made."""
    if record.exc_info and record.exc_info[1]:
        error = _without_values(record.exc_info[1])
        record.exc_info = (type(error), error, error.__traceback__)
    return True
