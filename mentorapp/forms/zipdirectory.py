"""The directory of a zip archive, read from bytes that a stranger sent: what stands in it is compared with what it speaks of.

The reader of the standard library believes the directory, makes an object of every line of it before anybody can
count, and passes over what stands before and after an archive. Here nothing is believed and nothing is passed over.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_END = struct.Struct("<4s4H2LH")
_LINE = struct.Struct("<4s6H3L5H2L")
_HEAD = struct.Struct("<4s5H3L2H")
_END_MARK, _LINE_MARK, _HEAD_MARK, _END64_MARK = b"PK\5\6", b"PK\1\2", b"PK\3\4", b"PK\6\7"
_HUGE, _MANY = 0xFFFFFFFF, 0xFFFF
ENCRYPTED = 0x1 | 0x40 | 0x2000
_IN_UTF8, _SIZES_FOLLOW = 0x800, 0x8
# Old programs write names in the encoding of the Russian DOS and do not say so.
_OLD_ENCODING = "cp866"

AGAIN = "попросите прислать файл ещё раз, таким, каким его скачали со страницы «Формы»"
TOO_BIG_FORMAT = f"архив сделан тем способом, который нужен для огромных файлов (zip64), а форма мала; {AGAIN}"
LIES = f"архив испорчен или изменён: о файлах в нём сказано в двух местах по-разному; {AGAIN}"


class Damaged(Exception):
    """Why this is no archive that can be read: one Russian sentence, with a remedy."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the directory. `name` is None where it cannot be read; `start` and `end` bound the packed bytes."""

    name: str | None
    flags: int
    method: int
    checksum: int
    packed: int
    unpacked: int
    attributes: int
    head: int
    start: int

    @property
    def end(self) -> int:
        return self.start + self.packed


def is_zip(data: bytes) -> bool:
    """Whether it begins as an archive does, be it an empty one."""
    return data[:4] in (_HEAD_MARK, _END_MARK)


def read(data: bytes, most: int) -> list[Entry]:
    """Every line of the directory, each compared with the head of its file; no two files share a byte. Raises Damaged."""
    start, end, said = _bounds(data)
    if said > most:
        raise Damaged(f"в архиве {said} файлов, а можно не больше {most}; уберите лишнее")
    entries = list(_lines(data, start, end, most))
    if len(entries) != said:
        raise Damaged(f"архив испорчен: файлов в нём должно быть {said}, а нашлось {len(entries)}; {AGAIN}")
    _are_apart(entries, start)
    return entries


def _bounds(data: bytes) -> tuple[int, int, int]:
    """Where the directory starts and ends, and how many lines it says it has."""
    at = data.rfind(_END_MARK, max(0, len(data) - _END.size - _MANY))
    if at < 0 or at + _END.size > len(data):
        raise Damaged(f"архив дошёл не целиком: у него нет конца; {AGAIN}")
    _, disk, first_disk, here, said, size, start, comment = _END.unpack_from(data, at)
    if at + _END.size + comment != len(data):
        raise Damaged(f"архив испорчен: после его конца есть что-то ещё; {AGAIN}")
    if _HUGE in (size, start) or said == _MANY or data[max(0, at - 20) : at].startswith(_END64_MARK):
        raise Damaged(TOO_BIG_FORMAT)
    if disk or first_disk or here != said:
        raise Damaged(f"это только часть архива, который разбили на несколько файлов; {AGAIN}")
    if start + size != at:
        raise Damaged(f"архив испорчен, или перед его началом есть что-то ещё; {AGAIN}")
    return start, at, said


def _lines(data: bytes, at: int, end: int, most: int) -> Iterator[Entry]:
    """The lines from `at` to `end`, one more than `most` at the very most."""
    for _ in range(most + 1):
        if at == end:
            return
        if at + _LINE.size > end or data[at : at + 4] != _LINE_MARK:
            raise Damaged(f"архив испорчен: перечень его файлов не читается; {AGAIN}")
        fields = _LINE.unpack_from(data, at)
        length = _LINE.size + sum(fields[10:13])
        if at + length > end:
            raise Damaged(f"архив испорчен: перечень его файлов не читается; {AGAIN}")
        yield _entry(data, fields, data[at + _LINE.size : at + _LINE.size + fields[10]])
        at += length


def _entry(data: bytes, fields: tuple[int, ...], name: bytes) -> Entry:
    """The line of the directory, after a look at the head of its file."""
    flags, method, checksum, packed, unpacked = fields[3], fields[4], fields[7], fields[8], fields[9]
    disk, attributes, head = fields[13], fields[15], fields[16]
    if _HUGE in (packed, unpacked, head) or disk:
        raise Damaged(TOO_BIG_FORMAT)
    if head + _HEAD.size > len(data) or data[head : head + 4] != _HEAD_MARK:
        raise Damaged(f"архив испорчен: одного из его файлов нет на своём месте; {AGAIN}")
    _, _, there_flags, there_method, _, _, *there_sizes, name_length, extra = _HEAD.unpack_from(data, head)
    start = head + _HEAD.size + name_length + extra
    there_name = data[head + _HEAD.size : head + _HEAD.size + name_length]
    # Sizes may follow a file instead of standing before it; then only the directory knows them.
    same_sizes = flags & _SIZES_FOLLOW or there_sizes == [checksum, packed, unpacked]
    same_lock = there_flags & ENCRYPTED == flags & ENCRYPTED
    if (there_name, there_method) != (name, method) or not same_sizes or not same_lock:
        raise Damaged(LIES)
    return Entry(_decoded(name, flags), flags, method, checksum, packed, unpacked, attributes, head, start)


def _decoded(name: bytes, flags: int) -> str | None:
    """A name in UTF-8 whether or not it says so, else in the old encoding; None where it says UTF-8 and is not."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return None if flags & _IN_UTF8 else name.decode(_OLD_ENCODING)


def _are_apart(entries: list[Entry], directory: int) -> None:
    """Files stand one after the other from the first byte, before the directory: no byte is unpacked twice."""
    last = 0
    for entry in sorted(entries, key=lambda one: one.head):
        if entry.head < last:
            raise Damaged(f"архив испорчен: два файла занимают в нём одно место; {AGAIN}")
        if last == 0 and entry.head != 0:
            raise Damaged(f"архив испорчен: перед его началом есть что-то ещё; {AGAIN}")
        last = entry.end
    if last > directory:
        raise Damaged(f"архив испорчен: файл в нём длиннее самого архива; {AGAIN}")
