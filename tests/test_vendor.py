"""Files of others lie in the tree unchanged, and none lies there unnamed."""

import hashlib
import tomllib
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static"
MANIFESTS = sorted(STATIC.rglob("VENDOR.toml"))
WRITTEN_BY_US_OR_A_LICENCE = ("VENDOR.toml", "README", "LICENSE")

each_folder = pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.parent.name)


def named_files(manifest: Path) -> list[dict[str, str]]:
    files: list[dict[str, str]] = tomllib.loads(manifest.read_text(encoding="utf-8"))["file"]
    return files


def test_every_folder_of_others_files_names_them() -> None:
    assert [manifest.parent.name for manifest in MANIFESTS] == ["papers", "vendor"]


@each_folder
def test_a_vendored_file_is_the_one_that_was_taken(manifest: Path) -> None:
    files = named_files(manifest)
    found = {file["path"]: hashlib.sha256((manifest.parent / file["path"]).read_bytes()).hexdigest() for file in files}
    assert found == {file["path"]: file["sha256"] for file in files}


@each_folder
def test_a_vendored_file_says_where_it_comes_from_and_under_which_licence(manifest: Path) -> None:
    for file in named_files(manifest):
        assert file.keys() == {"path", "package", "version", "member", "license", "sha256"}, file["path"]
        assert all(file.values()), file["path"]


@each_folder
def test_no_file_lies_unnamed_beside_the_vendored_ones(manifest: Path) -> None:
    folder = manifest.parent
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    unnamed = present - {file["path"] for file in named_files(manifest)}
    assert [path for path in sorted(unnamed) if not path.startswith(WRITTEN_BY_US_OR_A_LICENCE)] == []


@each_folder
def test_the_licences_travel_with_the_files(manifest: Path) -> None:
    assert list(manifest.parent.glob("LICENSE*"))
