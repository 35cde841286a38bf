"""`bot understand`: what a first message would pre-fill, as INTERFACES.md has it."""

import io
import json

import pytest

from tests.house.test_commands import run

NOW = ("--now", "2026-11-23T10:30")


def test_a_message_is_read_as_json(here, capsys):
    text = "có đứa nhỏ bị đánh ở ái nghĩa tối qua"
    code, out, _ = run(capsys, "understand", text, *NOW, "--json")
    assert code == 0
    assert json.loads(out) == {
        "text": text, "kinds": ["violence_home"], "level": "urgent", "danger": False,
        "place": {
            "text": text, "match": "confirm",
            "candidates": [{"code": "20500", "name": "Đại Lộc", "via": "Ái Nghĩa", "score": 100}],
        },
        "time": {
            "from": "2026-11-22T18:00:00+07:00", "to": "2026-11-22T23:00:00+07:00",
            "confidence": "part", "raw": text,
        },
        "reasons": [
            {"about": "kind", "code": "violence_home", "words": "đánh"},
            {"about": "place", "code": "20500", "words": "Ái Nghĩa"},
            {"about": "time", "code": "day", "words": "tối qua"},
        ],
    }  # fmt: skip


def test_lines_of_standard_input_are_answered_one_by_one(here, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("sos\nalo\n\n"))
    code, out, _ = run(capsys, "understand", "-", *NOW)
    first, second, empty = map(json.loads, out.splitlines())
    assert code == 0
    assert (first["danger"], first["level"]) == (True, "urgent")
    assert (second["kinds"], second["time"], second["danger"]) == ([], None, False)
    assert empty["text"] == ""


def test_without_json_one_line_says_it(here, capsys):
    out = run(capsys, "understand", "cứu với, cháu ở vu gia", *NOW)[1]
    assert out == "urgent, danger: danger T9 (cứu với); place 20539 (Vu Gia)\n"
    assert run(capsys, "understand", "alo")[1] == "unknown: -\n"


@pytest.mark.parametrize("said", ["2026-11-23T03:30+00:00", "2026-11-23T10:30"])
def test_a_time_without_a_zone_is_one_in_viet_nam(here, capsys, said):
    out = json.loads(run(capsys, "understand", "2 tiếng trước", "--now", said, "--json")[1])
    assert out["time"]["from"] == "2026-11-23T08:30:00+07:00"


def test_a_time_that_is_none_is_refused_in_one_sentence(here, capsys):
    code, _, err = run(capsys, "understand", "alo", "--now", "mai")
    assert code == 1
    assert err == "mai is no time such as 2026-11-23T10:30.\n"
