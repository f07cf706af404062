"""A changed catalogue: complaints with file, line and reason; previews of whose state would change."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from chassis.decider import Rejected
from deploy import catalogue
from services.certification.adapters.catalogue_files import delivered, read
from services.certification.domain.catalogue import CatalogueError
from tests.certification.test_service import ADA, GRACE, passed

LINUS = "CAND00LINUS"


def changed(table: str, old: str, new: str) -> dict[str, str]:
    text = delivered()[table].decode()
    assert old in text
    return {table: text.replace(old, new)}


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


@pytest.mark.feature("F12.3")
def test_a_broken_reference_is_refused_with_file_line_and_reason():
    entry = "certification: ccna, window_years: null, all_of: [{group: exam, any_of: [{exam: %s}"
    files = changed("requirements", entry % "200-301", entry % "999-999")
    where = line_of(files["requirements"], "999-999")
    with pytest.raises(CatalogueError) as complaint:
        read({**delivered(), "requirements": files["requirements"].encode()})
    assert str(complaint.value) == f"requirements.yaml: line {where}: ccna: unknown exam 999-999"


@pytest.mark.feature("F12.3")
def test_a_preview_names_whose_state_would_change_and_changes_nothing(asked_as, told):
    told(passed("200-301", "2024-05-29"), passed("200-901", "2024-05-29", GRACE))
    before = asked_as().status(ADA)
    entry = "abbreviation: CCNA, group: Associate, level: associate, track: networking, validity_years: %s"
    files = changed("certifications", entry % "3", entry % "2")
    answer = asked_as().preview_catalogue(files)
    assert (answer["total"], answer["next"]) == (2, None)
    assert [found["candidate_id"] for found in answer["changed"]] == [ADA]
    assert answer["changed"][0]["changes"] == [
        {
            "certification": "ccna",
            "before": {"status": "active", "active_on": "2024-05-29", "expires_on": "2027-05-29", "until": None},
            "after": {"status": "expired", "active_on": "2024-05-29", "expires_on": "2026-05-29", "until": None},
        }
    ]
    assert asked_as().status(ADA) == before


@pytest.mark.feature("F12.3")
def test_a_preview_goes_page_by_page_and_refuses_a_broken_catalogue(asked_as, told):
    for candidate_id in (ADA, GRACE):
        told(passed("200-301", "2024-05-29", candidate_id))
    files = changed("exams", "code: 200-301, role: associate", "code: 200-301, role: associate ")
    first = asked_as().preview_catalogue(files, limit=1)
    second = asked_as().preview_catalogue(files, after=first["next"], limit=1)
    assert (first["candidates"], second["candidates"], first["changed"]) == (1, 1, [])
    with pytest.raises(Rejected, match="catalogue-broken"):
        asked_as().preview_catalogue(changed("exams", "code: 200-301, role: associate", "code: 200-301, role: nothing"))


@pytest.mark.feature("F12.3")
def test_the_command_folds_everybody_with_a_progress_bar(asked_as, told, monkeypatch):
    for candidate_id in (ADA, GRACE, LINUS):
        told(passed("200-301", "2024-05-29", candidate_id))
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(catalogue, "screen", screen)
    monkeypatch.setattr(catalogue, "PAGE", 2)
    monkeypatch.setattr(catalogue, "caller", lambda _data: ask_of(asked_as))
    entry = "abbreviation: CCNA, group: Associate, level: associate, track: networking, validity_years: %s"
    report = catalogue.fold_everybody(Path(), changed("certifications", entry % "3", entry % "2"))
    assert (report["candidates"], [found["candidate_id"] for found in report["changed"]]) == (3, [ADA, GRACE, LINUS])
    assert f"folding {report['version']}" in screen.file.getvalue()
    assert "3/3" in screen.file.getvalue()


def ask_of(asked_as):
    def ask(_service, method, *, timeout, **arguments):
        assert timeout > 0
        return getattr(asked_as(), method)(**arguments)

    return ask
