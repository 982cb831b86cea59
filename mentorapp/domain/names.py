"""Names of people and classes: as they are shown, searched for and turned into logins. Also the Russian plural."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import combining, normalize

NBSP = "\u00a0"

# «Рашид оглы»: the last word of such a patronymic means "son" or "daughter" and gives no initial.
_KINSHIP = {"оглы", "оглу", "кызы", "гызы", "улы", "уулу"}

# Capitals and small letters of the Latin alphabet that a Russian eye takes for its own; small b, h, m, t look like nothing Russian.
_LOOKALIKES = str.maketrans("ABCEHKMOPTXYaceokpxy", "АВСЕНКМОРТХУасеокрху")

_CLASS = re.compile(r"0?([1-9][0-9]?)[\s\-‐-―/.,«»\"'‘-„]*([А-ЯЁа-яё]?)[»\"'‘-„]*(?:\s*(?i:класс|кл\.?))?")

_CYRILLIC = "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ы э ю я ь ъ ә ө ү ұ җ ң һ қ ғ і ї є ґ"
_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch y e yu ya - - a o u u zh n h k g i i e g"
_TRANSLITERATION = str.maketrans({was: now.strip("-") for was, now in zip(_CYRILLIC.split(), _LATIN.split(), strict=True)})


def _tidy(part: str | None) -> str:
    return re.sub(r" ?[-‐-―] ?", "-", " ".join(normalize("NFC", part or "").split())).strip("-")


# A page names the same few people again and again.
@lru_cache(maxsize=1024)
def full_name(last: str, first: str, patronymic: str | None) -> str:
    """«Соколова Елена Викторовна»; a missing part leaves no gap."""
    return " ".join(filter(None, map(_tidy, (last, first, patronymic))))


@lru_cache(maxsize=1024)
def initials(last: str, first: str, patronymic: str | None) -> str:
    """«Соколова Е. В.» with no-break spaces, so that a line never ends between the parts; «А.-М.» for a double first name."""
    given = _tidy(first).split() + [word for word in _tidy(patronymic).split() if word.casefold() not in _KINSHIP]
    return NBSP.join(filter(None, [*_tidy(last).split(), *map(_initial, given)]))


def _initial(word: str) -> str:
    return "-".join(f"{part[0].upper()}." for part in word.split("-") if part[:1].isalpha())


def together(people: Sequence[str], most: int) -> str:
    """«Лукин Б. А., Уваров Е. и ещё 3»: who stands on one side, so that a title stays a title; «?» for nobody."""
    if len(people) <= most + 1:  # «и ещё 1» would be as long as the name
        return ", ".join(people) or "?"
    return f"{', '.join(people[:most])} и{NBSP}ещё{NBSP}{len(people) - most}"


def title_of(sides: Iterable[Sequence[tuple[str, str]]], *, full: bool = False) -> str:
    """«Соколова Е. В. — Лукин Д. А.» of the (short, full) names on both sides. Only two people are named in full."""
    sides = list(sides)
    is_full, most = full and all(len(side) <= 1 for side in sides), 4 if full else 2
    return " — ".join(together([names[is_full] for names in side], most) for side in sides)


def search_key(*parts: str | None) -> str:
    """The one form in which names are stored for search and in which a query is compared with them.

    Case, ё, accents, hyphens and any other marks make no difference; words stand apart by one space. Figures stay: «9А» must be found.
    """
    text = normalize("NFC", " ".join(filter(None, parts)).casefold()).replace("ё", "е")
    letters = (letter for letter in text if not combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def class_title(typed: str) -> str:
    """«9 «А»» with a no-break space from any way to write a class, a Latin «A» too; other names («Кружок робототехники») only tidied."""
    tidy = " ".join(typed.split())
    found = _CLASS.fullmatch(tidy.translate(_LOOKALIKES))
    if not found:
        return tidy
    number, letter = found.groups()
    return f"{number}{NBSP}«{letter.upper()}»" if letter else number


def login_from(last: str, first: str) -> str:
    """A login to offer, such as «lukin-d»: small Latin letters, figures and hyphens, never empty. It may be taken already."""
    return "-".join(filter(None, (_latin(last), _latin(_tidy(first)[:1])))) or "user"


def _latin(text: str) -> str:
    letters = normalize("NFC", text.casefold()).translate(_TRANSLITERATION)
    plain = "".join(letter for letter in normalize("NFKD", letters) if not combining(letter))
    return "-".join(re.findall("[a-z0-9]+", plain))


def plural(n: int, one: str, few: str, many: str) -> str:
    """The word that goes with a number, without the number: 1 пара, 2 пары, 5 пар."""
    n = abs(n)
    if n % 10 == 1 and n % 100 != 11:
        return one
    return few if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else many


def file_title(title: str) -> str:
    """A title as the name of a file: without the signs that some computer would not take there."""
    return re.sub(r'[\\/:*?"<>|\s]+', " ", title).strip() or "форма"
