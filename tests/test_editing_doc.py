"""docs/dev/editing.md and the tests of editing say the same: no rule without a test, no test without a rule."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "dev" / "editing.md").read_text(encoding="utf8")
RULES = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", PAGE, re.MULTILINE))
FILES = [*(ROOT / "tests" / "browser").glob("test_table_*.py"), ROOT / "tests" / "browser" / "test_two_people.py"]


def named_in(text: str) -> list[str]:
    return re.findall(r"^- `(tests/\S+::test_\w+)`$", text, re.MULTILINE)


def written() -> set[str]:
    """The tests of the editing files, named as pytest names them."""
    return {
        f"{path.relative_to(ROOT)}::{node.name}"
        for path in FILES
        for node in ast.parse(path.read_text(encoding="utf8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_rule_has_a_test() -> None:
    assert len(RULES) > 15
    assert [title for title, text in RULES.items() if not named_in(text)] == []


def test_every_test_proves_one_rule() -> None:
    assert sorted(named_in(PAGE)) == sorted(written())
