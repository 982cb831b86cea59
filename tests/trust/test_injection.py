"""Pieces of SQL, of paths and of other languages in every parameter: never an error of the server, never a row more."""

import re
from urllib.parse import quote

import pytest

from mentorapp.security import LONGEST_QUERY
from mentorapp.settings import ROOT
from tests.test_access_matrix import MATRIX, rows_of
from tests.trust.stage import Stage

PAYLOADS = (
    "'", '"', "`", "';--", "' OR '1'='1", "' OR 1=1 --", '" OR ""="', "') OR ('1'='1", "1 OR 1=1", "1; DROP TABLE person",
    "'; DELETE FROM person; --", "' UNION SELECT login, password_hash FROM account --", "1 UNION SELECT 1,2,3", "%", "_", "%%", "\\%",
    "\\", "\x00", "а' COLLATE NOCASE --", "/* а */", "' AND 1=randomblob(100000000) --", "0x41", "-1", "1e309", "NaN",
    "999999999999999999999", "٣", "../../etc/passwd", "{{7*7}}",
)  # fmt: skip
NAMES = ("Соколова", "Лукин", "Ершов", "Уваров", "Ёлкина", "Ибрагимов")
POSTS = [(template, who) for table in MATRIX.values() for method, template, who in rows_of(table) if method == "POST"]
LISTS = ("/search", "/people", "/pairs", "/bases", "/bases/mentors/add", "/accounts")
OTHERS = ("/people/new", "/pairs/new", "/login", "/school", "/me", "/accounts/{staff}", "/pairs/{pair}/history")


def parameters() -> set[str]:
    """Every name that a view reads from an address."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "mentorapp" / "views").glob("*.py"))
    return {one or other for one, other in re.findall(r'(?:args|given|values)\.get\("(\w+)"|"(\w+)" in request\.args', sources)}


def test_thirty_payloads_in_every_parameter_of_every_address(stage: Stage) -> None:
    names = sorted(parameters())
    assert {"q", "page", "state", "class", "person", "form", "next"} <= set(names) and len(PAYLOADS) == 30
    for page in (*LISTS, *OTHERS):
        for turn in range(0, 30, 2):
            # Two a turn in one parameter: every parameter of every page meets all thirty.
            pieces = {name: "".join((PAYLOADS * 2)[turn + place :][:2]) for place, name in enumerate(names)}
            query = "&".join(f"{name}={quote(piece)}" for name, piece in pieces.items())
            assert len(query) < LONGEST_QUERY
            answer = stage.send("vera", "GET", stage.address(page, "boris"), query=query, fragment=page in LISTS)
            assert answer.status_code < 500, (page, query)
    assert stage.tables() == stage.at_first


def test_a_piece_of_sql_finds_nobody_more(stage: Stage) -> None:
    for page in LISTS:
        for several in ("".join(PAYLOADS[:10]), "".join(PAYLOADS[10:20]), "".join(PAYLOADS[20:]), *PAYLOADS[4:8]):
            text = stage.send("vera", "GET", page, query=f"q={quote('щщщ' + several)}", fragment=True).text
            assert [name for name in NAMES if name in text] == [], (page, several)


@pytest.mark.parametrize("path", ["/forms/{}", "/static/{}", "/bases/{}", "/plans/{{plan}}/items/{{item}}/{}", "/plans/{}", "/{}"])
def test_a_piece_of_sql_or_of_a_path_leads_nowhere(stage: Stage, path: str) -> None:
    for number, payload in enumerate(PAYLOADS):
        address = stage.address(path.format(quote(payload, safe="")), "boris")
        answer = stage.send("vera", ("GET", "POST")[number % 2], address, {"value": "x", "seen": ""}, fragment=True)
        assert answer.status_code in (303, 308, 400, 404, 405), (path, payload)
    assert stage.tables() == stage.at_first


def test_thirty_payloads_in_every_field_of_every_form(stage: Stage) -> None:
    for template, who in POSTS:
        address, name = stage.address(template, "boris"), allowed(who)
        fields = stage.filled(stage.endpoint("POST", address), "boris")
        for turn in (0, 15):
            # Fifteen a turn in one field: every field meets all thirty, and no form is sent thirty times.
            typed = {field: "".join((PAYLOADS * 2)[turn + place % 15 : turn + place % 15 + 15]) for place, field in enumerate(fields)}
            assert stage.send(name, "POST", address, typed, fragment=True).status_code < 500, (template, typed)
        for payload in ("999999999999999999999", "\x00"):
            assert stage.send(name, "POST", address, dict.fromkeys(fields, payload)).status_code < 500, (template, payload)
    content = stage.tables()
    assert content.keys() == stage.at_first.keys() and len(content["person"]) >= len(stage.at_first["person"])


def test_no_form_at_all_and_a_form_of_another_kind_are_answered_in_words(stage: Stage) -> None:
    for template, who in POSTS:
        address, name = stage.address(template, "boris"), allowed(who)
        assert stage.send(name, "POST", address).status_code < 500, template
        assert stage.send(name, "POST", address, b"\xff\xfe{", Content_Type="application/json").status_code < 500, template
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded; charset=utf-16"):
        assert stage.send("vera", "POST", "/people/new", b"--x\r\n\xff=\xfe", Content_Type=kind).status_code == 422


def allowed(who: dict[str, int]) -> str:
    """Somebody who may."""
    return next((name for name, status in who.items() if name and status < 400), "vera")
