"""The paper on trust names tests that exist, proves every threat it tells of, and leaves no proof unmentioned."""

import ast
import re

from mentorapp.settings import ROOT

PAPER = (ROOT / "docs" / "dev" / "trust.md").read_text(encoding="utf-8")
THREATS = {title: body for title, body in re.findall(r"^## (.+)\n([^#]*)", PAPER, re.M) if title != "What this does not promise"}
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAPER)))
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "trust").glob("test_*.py"))


def named_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_named_test_exists() -> None:
    known = {file: named_in(file) for file, _name in NAMED if (ROOT / file).exists()}
    assert len(NAMED) > 100 and [f"{file}::{name}" for file, name in NAMED if name not in known.get(file, set())] == []


def test_every_threat_has_words_and_a_test() -> None:
    assert len(THREATS) > 25
    for title, body in THREATS.items():
        words, _line, tests = body.partition("\n- `tests/")
        assert len(words.split()) > 8, title
        assert tests, title


def test_every_proof_of_trust_is_told_of() -> None:
    proofs = {(file, name) for file in FILES for name in named_in(file)}
    assert sorted(proofs - set(NAMED)) == []


def test_what_is_not_promised_is_said() -> None:
    assert "## What this does not promise" in PAPER


def test_the_paper_on_access_speaks_of_what_there_is() -> None:
    paper = (ROOT / "docs" / "dev" / "access.md").read_text(encoding="utf-8")
    rooms = ("access.py", "security.py", "domain/permissions.py")
    code = "".join((ROOT / "mentorapp" / room).read_text(encoding="utf-8") for room in rooms)
    tables = set(re.findall(r"`(?:security\.)?([A-Z_]{4,})`", paper)) - {"MATRIX", "PUPILS"}
    assert tables and all(re.search(rf"^{name}\b", code, re.M) for name in tables)
    calls = set(re.findall(r"`access\.(\w+)\(", paper))
    assert calls and all(f"def {name}(" in code for name in calls)
