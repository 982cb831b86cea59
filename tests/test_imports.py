"""Who may import whom: the walls of the house."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mentorapp"

# room → rooms it may import from (its own is always allowed).
ALLOWED = {
    "domain": set(),
    "prepared": {"database"},
    "models": {"domain", "database", "prepared"},
    "forms": {"domain", "database", "models", "words"},
    "drafting": {"domain", "database", "models", "words"},
    "papers": {"domain", "database", "models", "words"},
    "access": {"domain", "database", "prepared", "models", "clock"},
    "sessions": {"domain", "database", "prepared", "models", "clock"},
    "hx": {"domain", "database", "models"},
    "errors": {"domain", "database", "models", "papers", "access", "hx", "security"},
    "cli": {"domain", "database", "models", "settings", "clock", "backup", "upgrade", "forms", "create_app"},
    "upgrade": {"backup"},
}
STANDARD = set(sys.stdlib_module_names)


def room_of(module: str) -> str:
    """The room of a module such as mentorapp.models.plans; "" for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, those inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" if node.module == "mentorapp" else node.module for alias in node.names}
    return found


def files_of(room: str) -> list[Path]:
    folder = PACKAGE / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{room}.py"]


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_from_its_neighbours(room: str) -> None:
    for path in files_of(room):
        ours = {room_of(name) for name in imports_of(path) if name.split(".")[0] == "mentorapp"} - {room}
        assert ours <= ALLOWED[room], f"{path.relative_to(ROOT)} imports {sorted(ours - ALLOWED[room])}"


def test_the_rules_need_the_standard_library_only() -> None:
    for path in files_of("domain"):
        foreign = {name.split(".")[0] for name in imports_of(path)} - STANDARD - {"mentorapp"}
        assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


def test_models_know_no_request() -> None:
    for path in files_of("models"):
        assert not {"flask", "flask_login"} & {name.split(".")[0] for name in imports_of(path)}, path


def test_only_the_command_line_starts_the_demo() -> None:
    users = {path.name for path in PACKAGE.rglob("*.py") if any(name.split(".")[0] == "demo" for name in imports_of(path))}
    assert users == {"cli.py"}
