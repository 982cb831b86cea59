"""Forty packages that nobody should send, four of each of ten sorts: what is sent, and what must be said of it, at which place."""

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.forms.forms import PLAN, SMALL
from tests.forms.zips import START, in_both, in_bytes, in_directory, in_head, with_entry, zipped

RIGHT = {"form.toml": SMALL, "plans.toml": PLAN, "README.md": "Малая форма"}


@dataclass(frozen=True)
class Sent:
    """A file as it arrives, and of the answer: the place it names, and a word of what is to be done."""

    make: Callable[[], bytes]
    place: str
    remedy: str
    filename: str = "форма.zip"


def changed(**files: str | bytes) -> Callable[[], bytes]:
    """The right form with files changed or added: `form_toml` is form.toml. Nothing is packed, so that no ratio stops it earlier."""
    all_files = {**RIGHT, **{name.replace("_", ".", 1): content for name, content in files.items()}}
    return lambda: zipped(all_files, method=zipfile.ZIP_STORED)


def swapped(was: str, becomes: str) -> Callable[[], bytes]:
    assert was in SMALL
    return changed(form_toml=SMALL.replace(was, becomes))


def beside(name: str, content: bytes | str = "x") -> Callable[[], bytes]:
    """The right form and one thing more."""
    return lambda: zipped({**RIGHT, name: content})


def special(mode: int, dos: int = 0) -> Callable[[], bytes]:
    return lambda: with_entry("texts.toml", "/etc/passwd", mode=mode, dos=dos, files=RIGHT)


def twice(first: str, second: str) -> Callable[[], bytes]:
    """Two files of which a computer would make one."""

    def make() -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, content in (*RIGHT.items(), (first, "# первый"), (second, "# второй")):
                archive.writestr(zipfile.ZipInfo(name, START), content)
        return made.getvalue()

    return make


def packed(name: bytes, body: bytes, checksum: int, unpacked: int) -> bytes:
    """An archive of one file, put together by hand."""
    common = struct.pack("<3H2H3L2H", 20, 0, 8, 0, 33, checksum, len(body), unpacked, len(name), 0)
    line = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<3H2L", 0, 0, 0, 0, 0) + name
    head = b"PK\3\4" + common + name + body
    return head + line + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(line), len(head), 0)


def zeros(megabytes: int) -> bytes:
    """So many megabytes that take a thousandth of it."""
    stream, block, checksum = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(2**20), 0
    one = stream.compress(block) + stream.flush(zlib.Z_FULL_FLUSH)  # after which nothing depends on what stands before
    for _ in range(megabytes):
        checksum = zlib.crc32(block, checksum)
    return packed(b"form.toml", one * megabytes + stream.flush(), checksum, megabytes * 2**20)


def many_middling_files() -> bytes:
    """Forty files of 100 KB, none of which is suspicious by itself."""
    text = "".join(f"# строка {number * 7919} из очень длинного текста\n" for number in range(1500))
    return zipped({f"part{number}.toml": text for number in range(40)})


def one_file_many_times() -> bytes:
    """A directory of forty lines that all speak of the same packed bytes."""
    data = zipped({"form.toml": SMALL})
    start = data.index(b"PK\1\2")
    lines = data[start : data.rindex(b"PK\5\6")] * 40
    return data[:start] + lines + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 40, 40, len(lines), start, 0)


def eleven_thousand_files() -> bytes:
    return zipped({f"{number:x}": "" for number in range(11_000)})


def lying(offset_in_head: int, offset_in_line: int, value: int) -> Callable[[], bytes]:
    return lambda: in_both(zipped({"form.toml": SMALL}), offset_in_head, offset_in_line, value)


def name_in(encoding: str) -> bytes:
    """A name that says it is in UTF-8 and is not."""
    data = in_bytes(zipped({"xxxx.toml": SMALL}), b"xxxx", "план".encode(encoding))
    return in_head(in_directory(data, 8, 0x800, "<H"), 6, 0x800, "<H")


def workbook() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "<worksheet/>"})


FORTY: dict[str, dict[str, Sent]] = {
    "names that climb out": {
        "up": Sent(beside("../form.toml"), "../form.toml: ", "прислать файл ещё раз"),
        "from the root": Sent(beside("/etc/cron.d/form.toml"), "/etc/cron.d/form.toml: ", "прислать файл ещё раз"),
        "to another disk": Sent(beside("C:/Windows/form.toml"), "C:/Windows/form.toml: ", "прислать файл ещё раз"),
        "backwards": Sent(
            lambda: in_bytes(beside("x|..|..|form.toml")(), b"x|..|..|form.toml", b"x\\..\\..\\form.toml"),
            "x\\..\\",
            "прислать файл ещё раз",
        ),
    },
    "links and special entries": {
        "a link": Sent(special(0o120777), "texts.toml: ", "сам файл"),
        "a pipe": Sent(special(0o010644), "texts.toml: ", "сам файл"),
        "a disk": Sent(special(0o060660), "texts.toml: ", "сам файл"),
        "a link of Windows": Sent(special(0, 0x400), "texts.toml: ", "сам файл"),
    },
    "bombs by size and by count": {
        "200 MB in 200 KB": Sent(lambda: zeros(200), "form.toml: ", "уберите лишнее"),
        "forty files of 100 KB": Sent(many_middling_files, "part", "уберите лишнее"),
        "one file many times": Sent(one_file_many_times, "форма.zip: ", "прислать файл ещё раз"),
        "11,000 files": Sent(eleven_thousand_files, "форма.zip: ", "уберите лишнее"),
    },
    "lying headers": {
        "a smaller size": Sent(lying(22, 24, 10), "form.toml: ", "прислать файл ещё раз"),
        "another checksum": Sent(lying(14, 16, 1), "form.toml: ", "прислать файл ещё раз"),
        "a size of zip64": Sent(lying(18, 20, 0xFFFFFFFF), "форма.zip: ", "прислать файл ещё раз"),
        "another name in the head": Sent(
            lambda: zipped({"form.toml": SMALL}).replace(b"form.toml", b"evil.toml", 1), "форма.zip: ", "прислать файл ещё раз"
        ),
    },
    "duplicate or clashing names": {
        "one name twice": Sent(
            lambda: in_bytes(twice("texts.toml", "texts.tom_")(), b"texts.tom_", b"texts.toml"), "texts.toml: ", "оставьте один"
        ),
        "large and small letters": Sent(twice("texts.toml", "TEXTS.toml"), "TEXTS.toml: ", "оставьте один"),
        "a letter in one piece and in two": Sent(
            twice("мой.toml", unicodedata.normalize("NFD", "мой.toml")), "мой.toml: ", "оставьте один"
        ),
        "a file and a folder": Sent(twice("texts.toml", "texts.toml/a.toml"), "texts.toml/a.toml: ", "переименуйте"),
    },
    "wrong encodings": {
        "windows-1251": Sent(changed(form_toml=SMALL.encode("cp1251")), "form.toml: ", "сохраните в этой кодировке"),
        "utf-16": Sent(changed(plans_toml=PLAN.encode("utf-16")), "plans.toml: ", "сохраните в этой кодировке"),
        "the page about it": Sent(changed(README_md="О форме".encode("koi8-r")), "README.md: ", "сохраните в этой кодировке"),
        "a name that is not what it says": Sent(lambda: name_in("cp1251"), "файл без читаемого названия: ", "переименуйте"),
    },
    "broken TOML": {
        "an open quote": Sent(swapped('форма"', "форма"), "form.toml, строка 4: ", "кавычк"),
        "a key twice": Sent(changed(form_toml=SMALL + 'title = "Вторая"\n'), "form.toml, строка 7: ", "оставьте один"),
        "torn off": Sent(changed(plans_toml=PLAN[:200]), "plans.toml, строка 8: ", "нужен знак"),
        "not TOML at all": Sent(changed(texts_toml='{"texts": {"goal": ["цель"]}}'), "texts.toml, строка 1: ", "латинскими буквами"),
    },
    "TOML made slow": {
        "a long dotted key": Sent(changed(plans_toml=".".join("a" * 19_500) + " = 1"), "plans.toml, строка 1: ", "разбейте"),
        "dotted keys of fair width": Sent(changed(plans_toml="a.b.c.d.e.f.g.h.i.j = 1\n" * 2000), "plans.toml, строка 1: ", "сократите"),
        "brackets": Sent(changed(plans_toml="a = " + "[\n" * 20_000), "plans.toml, строка 21: ", "упростите"),
        "as many tables as one can send": Sent(
            changed(**{f"part{number}_toml": f"[[plans]]\n[[plans.items]]\n# {number * 7919}\n" * 2000 for number in range(9)}),
            "part",
            "сократите тексты",
        ),
    },
    "wrong contents with the right syntax": {
        "the id of the core": Sent(swapped('"small"', '"core"'), "form.toml, id: ", "выберите другое"),
        "a regular expression": Sent(
            changed(plans_toml=PLAN.replace('kind = "text"', 'kind = "text", pattern = "(a+)+$"')),
            "plans.toml, plans[1].columns[3].pattern: ",
            "уберите его",
        ),
        "wide rights": Sent(swapped("api = 1", 'api = 1\nvisible_to = ["*"]'), "form.toml, visible_to: ", "уберите его"),
        "numbers for texts": Sent(
            changed(texts_toml="[texts]\ngoal = [1, 2]\n"), "texts.toml, texts.goal[1]: ", "возьмите текст в кавычки"
        ),
    },
    "foreign files": {
        "a program": Sent(beside("plugin.py", "import os"), "plugin.py: ", "бывают только"),
        "an archive in the archive": Sent(beside("more.zip", zipped(RIGHT)), "more.zip: ", "сами файлы"),
        "a workbook": Sent(workbook, "анкета.xlsx: ", "возьмите таблицу там", "анкета.xlsx"),
        "a picture of a form": Sent(
            lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 40, "скан.pdf: ", "попросите прислать", "скан.pdf"
        ),
    },
}


def all_forty() -> dict[str, Sent]:
    """Each with its sort in its name."""
    return {f"{sort}: {name}": sent for sort, four in FORTY.items() for name, sent in four.items()}
