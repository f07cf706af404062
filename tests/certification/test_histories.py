"""Reading histories from a file: what is wrong, and where."""

import pytest

from services.certification.adapters.histories import HistoryError, answers
from tests.certification.examples import CATALOGUE

HEAD = "- id: Ada\n  history:\n"
CHECK = "  checks: [{as_of: 2026-01-01}]\n"


def answered(*entries: str, checks: str = CHECK) -> list[object]:
    return answers(HEAD + "".join(f"  - {entry}\n" for entry in entries) + checks, CATALOGUE)


def complaint(text: str) -> str:
    with pytest.raises(HistoryError) as wrong:
        answers(text, CATALOGUE)
    return str(wrong.value)


def complaint_about(entry: str) -> str:
    return complaint(f"{HEAD}  - {entry}\n{CHECK}")


def test_a_list_of_histories_needs_no_heading():
    assert answered("{exam: 200-301, date: 2025-05-29, result: pass}") == [
        {
            "id": "Ada",
            "checks": [
                {
                    "as_of": "2026-01-01",
                    "certifications": {"ccna": ["active", "2025-05-29", "2028-05-29"]},
                    "in_progress": [],
                    "ce_balance": 0,
                }
            ],
        }
    ]


@pytest.mark.rule("R-E1")
def test_an_emeritus_line_ends_with_the_last_day_of_the_term():
    answer = answered(
        "{exam: 350-401, date: 2020-03-02, result: pass}",
        "{exam: LAB-EI, date: 2020-09-14, result: pass}",
        "{exam: LAB-EI, date: 2023-08-01, result: pass}",
        "{exam: LAB-EI, date: 2026-07-01, result: pass}",
        "{exam: LAB-EI, date: 2029-06-01, result: pass}",
        "{emeritus: true, date: 2032-05-20}",
        checks="  checks: [{as_of: 2032-06-02}]\n",
    )
    assert answer[0]["checks"][0]["certifications"]["ccie-enterprise-infrastructure"] == [
        "emeritus",
        "2020-09-14",
        "2032-06-01",
        "2033-06-01",
    ]


@pytest.mark.rule("R-O1")
def test_an_entry_is_known_from_the_day_it_was_recorded_on():
    answer = answered(
        "{exam: 200-301, date: 2025-12-31, result: pass, recorded: 2026-01-02}",
        checks="  checks: [{as_of: 2026-01-01}, {as_of: 2026-01-02}]\n",
    )
    assert [check["certifications"] for check in answer[0]["checks"]] == [
        {},
        {"ccna": ["active", "2025-12-31", "2028-12-31"]},
    ]


@pytest.mark.rule("R-T5")
def test_a_no_show_is_no_attempt():
    core = "{exam: 350-401, date: 2025-01-15, result: pass}"
    absent = answered(core, "{exam: LAB-EI, date: 2025-07-15, result: no_show}")
    present = answered(core, "{exam: LAB-EI, date: 2025-07-15, result: fail}")
    assert absent[0]["checks"][0]["in_progress"] == ["ccnp-enterprise"]
    assert present[0]["checks"][0]["in_progress"] == ["ccie-enterprise-infrastructure", "ccnp-enterprise"]


def test_what_only_a_void_pass_would_give_stands_as_revoked_by_the_letter():
    text = """
- id: X1
  history:
  - {exam: 350-401, date: 2025-01-10, result: pass, ref: core}
  - {revoke: core, date: 2025-02-10}
  - {exam: 300-410, date: 2025-03-10, result: pass}
  checks:
  - {as_of: 2025-03-10}
"""
    (answer,) = answers(text, CATALOGUE)
    found = answer["checks"][0]
    assert found["certifications"]["ccnp-enterprise"] == ["revoked", "2025-03-10", "2028-03-10"]
    assert found["in_progress"] == ["ccnp-enterprise"]


def test_an_empty_history_is_an_answer_too():
    text = "vectors:\n- id: 7\n  history:\n  checks: [{as_of: 2026-01-01}]\n"
    nothing = {"as_of": "2026-01-01", "certifications": {}, "in_progress": [], "ce_balance": 0}
    assert answers(text, CATALOGUE) == [{"id": "7", "checks": [nothing]}]


@pytest.mark.parametrize("text", ["", "vectors: []", "[]"])
def test_a_file_without_histories_has_no_answers(text):
    assert answers(text, CATALOGUE) == []


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("{exam: 200-999, date: 2026-01-01, result: pass}", "unknown exam 200-999"),
        ("{exam: 200-301, date: 2026-02-30, result: pass}", "date: day is out of range for month"),
        ("{exam: 200-301, date: someday, result: pass}", "date is no date: someday"),
        ("{exam: 200-301, date: 2026-01-01 10:00:00, result: pass}", "date is no date: 2026-01-01 10:00:00"),
        ("{exam: 200-301, result: pass}", "the field date is missing"),
        ("{exam: 200-301, date: 2026-01-01}", "the field result is missing"),
        ("{exam: 200-301, date: 2026-01-01, result: maybe}", "unknown result maybe: pass, fail or no_show is needed"),
        ("{ce: many, item: X, completed: 2026-01-01, submitted: 2026-01-01}", "ce is no number above zero: many"),
        ("{ce: 0, item: X, completed: 2026-01-01, submitted: 2026-01-01}", "ce is no number above zero: 0"),
        ("{ce: 8, completed: 2026-01-01, submitted: 2026-01-01}", "the field item is missing"),
        ("{revoke: r1, date: 2026-01-01}", "no exam has the ref r1"),
        ("{emeritus: maybe, date: 2026-01-01}", "emeritus must be true"),
        ("{date: 2026-01-01}", "exactly one of exam, ce, revoke, extend_days, emeritus is needed"),
        ("just text", "a mapping is needed"),
    ],
)
def test_a_malformed_entry_is_named_with_its_line(entry, what):
    assert complaint_about(entry).startswith(f"line 3: history Ada, history 1: {what}")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: ]", "line 1: this is no YAML"),
        ("histories: []", "line 1: file: the field vectors is missing"),
        ("just text", "line 1: file: a list is needed"),
        ("- history: []\n  checks: []\n", "line 1: history 1: the field id is missing"),
        ("- id: A\n  checks: []\n", "line 1: history A: the field history is missing"),
        ("- id: A\n  history: []\n", "line 1: history A: the field checks is missing"),
        ("- id: A\n  history: []\n  checks: [{}]\n", "line 3: history A, checks 1: the field as_of is missing"),
        ("- id: A\n  history: 7\n  checks: []\n", "line 2: history A, history: a list is needed"),
    ],
)
def test_a_malformed_file_is_complained_about_with_its_line(text, what):
    assert complaint(text).startswith(what)
