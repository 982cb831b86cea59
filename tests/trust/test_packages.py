"""Packages of forms that strangers send: refused in words, quickly, in little memory; and those we send hold nobody."""

import json
import subprocess
import sys
from typing import Any

import pytest

from mentorapp.database import db
from mentorapp.forms import package
from mentorapp.models import MentoringForm
from mentorapp.models.forms import FormVersion, spec_of
from mentorapp.settings import ROOT
from tests.forms.forms import PLAN, SMALL
from tests.forms.forms import spec_of as spec_of_texts
from tests.forms.malformed import FORTY, RIGHT, all_forty
from tests.forms.zips import zipped
from tests.school import CAST
from tests.trust import hostile
from tests.trust.stage import Stage

MOST_SECONDS, MOST_GROWN_KB = 2, 30 * 1024


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What another process said of all forty, read one after the other, and of a right one at the end."""
    folder = tmp_path_factory.mktemp("packages")
    for number, sent in enumerate(all_forty().values(), 10):
        (folder / f"{number}={sent.filename}").write_bytes(sent.make())
    (folder / "99=форма.zip").write_bytes(zipped(RIGHT))
    files = sorted(map(str, folder.iterdir()))
    command = [sys.executable, "-m", "tests.forms.package_reader", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert sorted(map(str, folder.iterdir())) == files
    return json.loads(done.stdout)


def test_there_are_four_of_each_of_ten_sorts() -> None:
    assert [len(four) for four in FORTY.values()] == [4] * 10
    assert max(len(sent.make()) for sent in all_forty().values()) <= 1024 * 1024


@pytest.mark.parametrize("number,name", list(enumerate(all_forty())), ids=list(all_forty()))
def test_each_is_refused_in_words_with_its_place_and_a_remedy(told: dict[str, Any], number: int, name: str) -> None:
    sent, answer = all_forty()[name], told["answers"][number]
    assert not answer["taken"]
    fitting = [text for text in answer["said"] if text.startswith(sent.place) and sent.remedy in text]
    assert fitting, answer["said"]
    assert len(answer["said"]) <= 200 and max(map(len, answer["said"])) < 400
    assert not any(word in text for text in answer["said"] for word in ("Traceback", "Error", "Exception"))
    assert answer["seconds"] < MOST_SECONDS


def test_reading_them_writes_nothing_and_takes_little_memory(told: dict[str, Any]) -> None:
    assert told["answers"][-1] == {"taken": True, "said": [], "seconds": told["answers"][-1]["seconds"]}
    assert told["wrote"] == []
    assert 0 <= told["grown_kb"] < MOST_GROWN_KB


@pytest.mark.parametrize(
    "content,words",
    [
        ({"form.toml": SMALL.replace('"small"', '"core"')}, "занято самой программой"),
        ({"form.toml": SMALL.replace('"small"', '"../x"')}, "нужны латинские строчные буквы"),
        ({"form.toml": SMALL.replace("api = 1", 'api = 1\nvisible_to = ["*"]')}, "ключ «visible_to» не известен"),
        ({"form.toml": SMALL, "more.toml": 'id = "other"'}, "ключ «id» есть и в файле form.toml"),
    ],
    ids=["core", "../x", "visible_to", "two ids"],
)
def test_a_form_takes_no_rights_and_no_name_that_is_not_its_own(content: dict[str, str], words: str) -> None:
    made, problems = package.read(zipped(content), "форма.zip")
    assert made is None and any(words in str(problem) for problem in problems)


@pytest.mark.parametrize("key", ["pattern", "regex", "validate", "code", "template", "html", "script"])
def test_a_form_brings_no_patterns_and_no_code(key: str) -> None:
    texts = {
        "form.toml": f'{SMALL}\n[texts]\n{key} = "(a+)+$"\n',
        "plans.toml": PLAN.replace('kind = "text"', f'kind = "text", {key} = "(a+)+$"'),
        "questionnaires.toml": f'[[questionnaires]]\n{key} = "(a+)+$"\n',
    }
    made, problems = package.read(zipped(texts), "форма.zip")
    refused = {problem.file for problem in problems if f"ключ «{key}» не известен" in problem.text}
    assert made is None and refused == set(texts)


def exports(stage: Stage) -> dict[str, bytes]:
    """The packages of all forms of the school, by id."""
    with stage.app.app_context():
        spec_of.cache_clear()
        ids = db.session.execute(db.select(MentoringForm.current_version_id)).scalars()
        versions = [db.session.get_one(FormVersion, id) for id in ids]
        made = {version.form_id: package.export(version.spec, version.readme) for version in versions}
        db.session.rollback()
        db.engine.dispose()
    return made


def test_a_package_holds_no_people_and_no_answers(stage: Stage) -> None:
    before = exports(stage)
    assert {"teacher-teacher", "pupils-test"} < set(before)
    hostile.write_everywhere(stage.file, but_in="form_version")
    assert exports(stage) == before
    texts = b"".join(before.values()).decode("utf-8", "replace")
    assert "§" not in texts and "evil" not in texts
    # A first name alone would be found in «Вера в свои силы».
    people = {name for last, first, patronymic, *_ in CAST.values() for name in (last, f"{last} {first}", f"{first} {patronymic}")}
    assert len(people) > 30 and [name for name in people if name in texts] == []


def test_this_proof_would_notice(stage: Stage) -> None:
    spec = spec_of_texts(SMALL, PLAN.replace("Узнать друг друга", f"Помочь: {CAST['anna'][0]}"))
    assert CAST["anna"][0] in package.export(spec, "").decode("utf-8", "replace")
    hostile.write_everywhere(stage.file)
    assert any("§".encode() in made for made in exports(stage).values())
