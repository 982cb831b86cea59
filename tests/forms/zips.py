"""Archives for tests: right ones as programs of the world write them, and single bytes of them turned wrong."""

import io
import struct
import zipfile
from collections.abc import Mapping

START = (2026, 9, 1, 8, 0, 0)


def zipped(files: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An ordinary archive; a name that ends with a slash is a folder."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, START), content, method)
    return made.getvalue()


def with_entry(name: str, content: bytes | str = "", *, mode: int = 0o100644, dos: int = 0, files: Mapping[str, bytes | str]) -> bytes:
    """An archive with one entry more, of a kind of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for known, text in files.items():
            archive.writestr(zipfile.ZipInfo(known, START), text, zipfile.ZIP_DEFLATED)
        entry = zipfile.ZipInfo(name, START)
        entry.create_system, entry.external_attr = 3, mode << 16 | dos
        archive.writestr(entry, content)
    return made.getvalue()


def in_bytes(data: bytes, name: bytes, other: bytes) -> bytes:
    """The same archive with a name of equal length in other bytes, at both places where it stands."""
    assert len(name) == len(other) and data.count(name) >= 2
    return data.replace(name, other)


def in_directory(data: bytes, offset: int, value: int, size: str = "<L", *, line: int = 0) -> bytes:
    """The same archive with one number of one line of its directory changed; heads of the files stay as they were."""
    at = _lines(data)[line] + offset
    return data[:at] + struct.pack(size, value) + data[at + struct.calcsize(size) :]


def in_head(data: bytes, offset: int, value: int, size: str = "<L") -> bytes:
    """The same archive with one number of the head of its first file changed; the directory stays as it was."""
    return data[:offset] + struct.pack(size, value) + data[offset + struct.calcsize(size) :]


def in_both(data: bytes, head: int, line: int, value: int, size: str = "<L") -> bytes:
    """The same number changed in the head of the first file and in its line of the directory."""
    return in_directory(in_head(data, head, value, size), line, value, size)


def _lines(data: bytes) -> list[int]:
    found, at = [], data.find(b"PK\1\2")
    while at >= 0:
        found.append(at)
        at = data.find(b"PK\1\2", at + 4)
    return found
