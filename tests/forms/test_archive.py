"""Archives of all the programs of this world are read; what is no honest archive is refused, and in words."""

import io
import zipfile

import pytest

from mentorapp.forms.archive import MOST_IN_WORKBOOK, unpack
from tests.forms.zips import START, in_bytes, zipped

FILES = {"form.toml": "api = 1", "plans.toml": "# план", "README.md": "О форме"}
BYTES = {name: text.encode() for name, text in FILES.items()}


def names(data: bytes) -> dict[str, bytes]:
    files, problems = unpack(data, "форма.zip")
    assert problems == []
    return files


def said(data: bytes, **limits: int) -> str:
    files, problems = unpack(data, "форма.zip", **limits)
    assert problems and not files
    return "\n".join(map(str, problems))


def test_files_come_by_name() -> None:
    assert names(zipped(FILES)) == names(zipped(FILES, method=zipfile.ZIP_STORED)) == BYTES


def test_a_common_top_folder_is_passed_over_and_an_inner_one_is_not() -> None:
    assert names(zipped({"форма/": "", **{f"форма/{name}": text for name, text in FILES.items()}})) == BYTES
    assert list(names(zipped({"форма/form.toml": "", "форма/часть/plans.toml": ""}))) == ["form.toml", "часть/plans.toml"]


def test_what_file_managers_leave_is_passed_over() -> None:
    left = {"__MACOSX/": "", "__MACOSX/._form.toml": "\0" * 90, ".DS_Store": "\0", "Thumbs.db": "\0", "desktop.ini": ""}
    assert names(zipped({**left, **FILES})) == BYTES
    inner = {"форма/.DS_Store": "\0", "__MACOSX/форма/._form.toml": "\0", **{f"форма/{name}": text for name, text in FILES.items()}}
    assert names(zipped(inner)) == BYTES


@pytest.mark.parametrize("encoding", ["cp866", "utf-8"])
def test_names_in_russian_that_do_not_say_their_encoding_are_read(encoding: str) -> None:
    name = "моя форма".encode(encoding)
    data = in_bytes(zipped({f"{'x' * len(name)}/{file}": text for file, text in FILES.items()}), b"x" * len(name), name)
    assert names(data) == BYTES
    assert list(names(in_bytes(zipped({"xxx.toml": ""}), b"xxx", "пла".encode("cp866")))) == ["пла.toml"]


def test_a_name_that_was_taken_apart_is_put_together() -> None:
    assert list(names(zipped({"мой.toml": ""}))) == ["мой.toml"]


class OneWay(io.BytesIO):
    """A stream that cannot go back, so that sizes are written behind each file, as Finder writes them."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_args: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def test_sizes_that_follow_a_file_are_read() -> None:
    made = OneWay()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in FILES.items():
            archive.writestr(zipfile.ZipInfo(name, START), text, zipfile.ZIP_DEFLATED)
    assert names(made.getvalue()) == BYTES


def test_a_comment_of_the_archive_is_passed_over() -> None:
    made = io.BytesIO(zipped(FILES))
    with zipfile.ZipFile(made, "a") as archive:
        archive.comment = "собрано в школе".encode()
    assert names(made.getvalue()) == BYTES


def test_an_archive_without_files_has_none() -> None:
    assert names(zipped({})) == {}


def test_as_many_files_as_are_allowed_and_no_more() -> None:
    assert len(names(zipped({f"{number}.toml": "" for number in range(50)}))) == 50
    assert "51 файлов" in said(zipped({f"{number}.toml": "" for number in range(51)}))
    workbook = zipped({f"xl/sheet{number}.xml": "" for number in range(100)})
    assert len(unpack(workbook, "книга.xlsx", entries=MOST_IN_WORKBOOK)[0]) == 100


def test_what_grows_a_hundredfold_is_refused_however_small_it_is() -> None:
    assert "больше чем в 100 раз" in said(zipped({"form.toml": "#" * 100_000}))


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = said(zipped({"../a.toml": "", "/b.toml": "", "C.toml": "", "c.toml": "", "d.zip": ""}))
    for place in ("../a.toml: ", "/b.toml: ", "c.toml: ", "d.zip: "):
        assert place in text


def test_no_number_of_cut_or_changed_bytes_brings_an_exception() -> None:
    data = zipped(FILES)
    for end in range(len(data)):
        assert said(data[:end])
    for at in range(len(data)):
        for value in (0, 1, 0x2F, 0x80, 0xFF):
            files, problems = unpack(data[:at] + bytes([value]) + data[at + 1 :], "форма.zip")
            assert not (files and problems) and sum(map(len, files.values())) <= 2 * 1024 * 1024
