"""What a stranger's archive holds: name → bytes, taken in memory after every name and every size was looked at.

Nothing is ever unpacked to the disk. Of the sizes that an archive says it has none is believed: bytes are counted
as they come out. Whatever is wrong becomes a problem in Russian, with the file it stands in; nothing is raised.
"""

import re
import stat
import unicodedata
import zlib
from collections.abc import Iterator, Mapping

from mentorapp.domain.expect import shown
from mentorapp.domain.formspec import Problem
from mentorapp.forms import zipdirectory
from mentorapp.forms.zipdirectory import AGAIN, ENCRYPTED, Damaged, Entry

MOST_UPLOADED = 1024 * 1024
MOST_UNPACKED = 2 * 1024 * 1024
MOST_ENTRIES, MOST_IN_WORKBOOK = 50, 100
MOST_RATIO = 100
LONGEST_NAME = 200

_STORED, _DEFLATED = 0, 8
# A volume's label, a device, a link of Windows: what a file of MS-DOS may be besides a file and a folder.
_DOS_FOLDER, _DOS_SPECIAL = 0x10, 0x8 | 0x40 | 0x400
# Left behind by file managers: no part of anything, and no fault of anybody.
_JUNK = {".DS_Store", "Thumbs.db", "desktop.ini"}
_JUNK_FOLDER = "__MACOSX"
_OTHER_ARCHIVES = (b"PK\3\4", b"PK\5\6", b"Rar!\x1a\7", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")
_ARCHIVE_NAME = re.compile(r"\.(zip|rar|7z|gz|tgz|tar|bz2|xz|zst|jar|docx|xlsx|pptx|odt|ods)$", re.IGNORECASE)
# No computer could keep such a name, or it would mean something else on another one.
_BAD_SIGN = re.compile(r'[\x00-\x1f\x7f-\x9f:*?"<>|\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')


def unpack(data: bytes, filename: str, *, entries: int = MOST_ENTRIES) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of an archive by name, without a common top folder and what file managers leave; with any problem none.

    `filename` is what the archive is called, for problems that belong to no file in it. Never raises.
    """
    try:
        return _unpacked(data, shown(filename), entries)
    except Damaged as reason:
        return {}, [Problem(shown(filename), "", str(reason))]
    except Exception:  # a fault nobody foresaw is still a fault of the archive, and no more than that
        return {}, [Problem(shown(filename), "", f"архив не прочитан; {AGAIN}")]


def _unpacked(data: bytes, filename: str, most: int) -> tuple[dict[str, bytes], list[Problem]]:
    if len(data) > MOST_UPLOADED:
        raise Damaged("файл больше 1 МБ, а форма столько не занимает; проверьте, тот ли это файл, и уберите из него лишнее")
    if not zipdirectory.is_zip(data):
        raise Damaged(f"это не архив .zip; {AGAIN}")
    found = zipdirectory.read(data, most)
    problems = [Problem(_called(entry), "", text) for entry in found for text in _faults(entry)] + list(_clashes(found))
    if problems:
        return {}, problems
    files, problems = _contents(data, [entry for entry in found if not _is_folder(entry) and not _is_junk(entry.name or "")])
    return ({} if problems else _without_top_folder(files)), problems


def _called(entry: Entry) -> str:
    """What a person is told the entry is called."""
    return shown(unicodedata.normalize("NFC", entry.name)) if entry.name else "файл без читаемого названия"


# --- What is wrong with one entry, before a byte of it is looked at --------------------------------------


def _faults(entry: Entry) -> Iterator[str]:
    if entry.name is None:
        yield "название файла не читается: оно записано не так, как сейчас принято; переименуйте файл латинскими буквами"
    elif reason := _bad_name(entry.name):
        yield reason
    kind = stat.S_IFMT(entry.attributes >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or entry.attributes & _DOS_SPECIAL:
        yield "это ярлык или иная отсылка, а не файл; положите в архив сам файл"
    elif _is_folder(entry) and (entry.unpacked or not (entry.name or "").endswith("/")):
        yield f"архив испорчен: это названо и файлом, и папкой; {AGAIN}"
    if entry.flags & ENCRYPTED:
        yield "файл закрыт паролем, программа его не откроет; попросите прислать архив без пароля"
    elif entry.method not in (_STORED, _DEFLATED):
        yield "файл сжат способом, которого программа не знает; попросите прислать обычный архив .zip"
    if _ARCHIVE_NAME.search(entry.name or ""):
        yield "архив внутри архива; положите в него сами файлы"


def _bad_name(name: str) -> str:
    """Why a file may not be called so, or nothing."""
    if len(name) > LONGEST_NAME or not name:
        return f"название файла пустое или длиннее {LONGEST_NAME} знаков; переименуйте его"
    if "\\" in name or name.startswith("/") or re.match("[A-Za-z]:", name):
        return f"в названии указана папка чужого компьютера; {AGAIN}"
    parts = name.removesuffix("/").split("/")
    if ".." in parts:
        return f"в названии указано место вне архива, у файлов формы так не бывает; {AGAIN}"
    if _BAD_SIGN.search(name) or any(part in ("", ".") or part != part.strip() or part.endswith(".") for part in parts):
        return "в названии стоит знак, которого в названиях файлов не бывает; переименуйте файл"
    return ""


def _is_folder(entry: Entry) -> bool:
    kind = stat.S_IFMT(entry.attributes >> 16)
    return (entry.name or "").endswith("/") or kind == stat.S_IFDIR or (kind == 0 and bool(entry.attributes & _DOS_FOLDER))


def _is_junk(name: str) -> bool:
    parts = name.split("/")
    return _JUNK_FOLDER in parts[:-1] or parts[-1] in _JUNK


def _clashes(entries: list[Entry]) -> Iterator[Problem]:
    """Names of which two are one: on a computer that does not tell letters apart, or a file that is called like a folder."""
    files, folders = set[str](), set[str]()
    for entry in entries:
        name = _same(entry.name or "")
        known = folders if _is_folder(entry) else files
        if name and name in known:
            yield Problem(
                _called(entry), "", "файл с таким названием уже есть в архиве (большие и малые буквы не различаются); оставьте один"
            )
        known.add(name)
    for entry in entries:
        parts = _same(entry.name or "").split("/")
        if any("/".join(parts[:depth]) in files for depth in range(1, len(parts))) or _same(entry.name or "") in folders & files:
            yield Problem(_called(entry), "", "файл и папка названы одинаково; переименуйте одно из двух")


def _same(name: str) -> str:
    """What two names have in common when some computer takes them for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.removesuffix("/")).casefold())


class _TooMuch(Damaged):
    """The files are too large together, so the rest of them is not looked at."""


# --- Bytes ----------------------------------------------------------------------------------------------------


def _contents(data: bytes, entries: list[Entry]) -> tuple[dict[str, bytes], list[Problem]]:
    """What stands in the files, and what is wrong there; of a file that is refused nothing is kept."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    left = MOST_UNPACKED
    for entry in entries:
        try:
            content = _content(data, entry, left)
        except Damaged as reason:
            problems.append(Problem(_called(entry), "", str(reason)))
            if isinstance(reason, _TooMuch):
                break
            continue
        left -= len(content)
        files[unicodedata.normalize("NFC", entry.name or "")] = content
        if content.startswith(_OTHER_ARCHIVES):
            problems.append(Problem(_called(entry), "", "архив внутри архива; положите в него сами файлы"))
    return files, problems


def _content(data: bytes, entry: Entry, left: int) -> bytes:
    """The bytes of one file: never more than `left`, nor than the ratio allows. Raises Damaged."""
    packed, allowed = data[entry.start : entry.end], min(left, MOST_RATIO * max(entry.packed, 1))
    content = packed if entry.method == _STORED else _inflated(packed, allowed)
    if len(content) > allowed:
        if allowed == left:
            raise _TooMuch("вместе с этим файлом в архиве больше 2 МБ; уберите лишнее")
        raise Damaged(f"файл при открытии вырос бы больше чем в {MOST_RATIO} раз, у файлов формы так не бывает; {AGAIN}")
    if len(content) != entry.unpacked or zlib.crc32(content) != entry.checksum:
        raise Damaged(f"файл испорчен или подменён: он не тот, что клали в архив; {AGAIN}")
    return content


def _inflated(packed: bytes, most: int) -> bytes:
    """At most one byte more than `most`, and no byte of `packed` without meaning. Raises Damaged."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = stream.decompress(packed, most + 1)
    except zlib.error as problem:
        raise Damaged(f"файл в архиве испорчен; {AGAIN}") from problem
    if len(content) <= most and (not stream.eof or stream.unused_data):
        raise Damaged(f"файл в архиве испорчен: он короче или длиннее, чем был; {AGAIN}")
    return content


def _without_top_folder(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files without the folder that all of them stand in, where there is one."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in files}
    if len(tops) != 1 or tops == {""}:
        return dict(files)
    return {name.partition("/")[2]: content for name, content in files.items()}
