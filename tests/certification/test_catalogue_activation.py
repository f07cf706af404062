"""A changed catalogue comes into force: handed in, previewed over everybody, granted by a second person (F12.3)."""

import io
import zipfile
from pathlib import Path

import pytest
from rich.console import Console

from chassis.decider import Rejected
from deploy import catalogue as deployed
from deploy import cli
from services.certification.adapters.catalogue_files import delivered
from services.certification.service.in_force import in_force
from tests.certification.pages import do
from tests.certification.test_catalogue_changes import changed
from tests.certification.test_service import ADA, GRACE, passed
from tests.gateway.pages import checked, follow, send

LIST, API = "/console/catalogue", "/api/console/v1/catalogue"
APPROVALS = "/api/console/v1/approvals"
MANAGER = ("catalogue.change", "approvals.request", "approvals.decide", "candidates.read")
ENTRY = "abbreviation: CCNA, group: Associate, level: associate, track: networking, validity_years: %s"
TWO_YEARS = changed("certifications", ENTRY % "3", ENTRY % "2")
FOUR_YEARS = changed("certifications", ENTRY % "3", ENTRY % "4")


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'service.sqlite'}"


@pytest.fixture(autouse=True)
def ada_and_grace_hold_something(told):
    told(passed("200-301", "2024-05-29"), passed("200-901", "2024-05-29", GRACE))


def upload(browser, name, content):
    page = follow(browser, LIST)
    entries = page.forms[LIST]
    del entries["file"]
    return browser.post(LIST, data=entries, files={"file": (name, content, "application/yaml")})


def zipped(tables):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in tables.items():
            archive.writestr(f"change/{name}.yaml", text)
    return held.getvalue()


def previewed(asked_as, files=TWO_YEARS, by="ANNA"):
    """A change that was handed in and folded over everybody."""
    change = asked_as().hand_in_catalogue(files, by)["change_id"]
    while asked_as().preview_some()["candidates"]:
        pass
    return change


def propose(asked_as, change, by="ANNA"):
    return asked_as().propose(
        "catalogue-activate", "", {"change_id": change}, "As the board decided.", by, list(MANAGER)
    )["proposal_id"]


def activated(asked_as, files=TWO_YEARS):
    change = previewed(asked_as, files)
    asked_as().approve(propose(asked_as, change), "OTTO", list(MANAGER))
    return change


def expiry(asked_as, candidate_id=ADA):
    return [(line["certification"], line["status"], line["expires_on"])
            for line in asked_as().status(candidate_id)["certifications"]]  # fmt: skip


@pytest.mark.feature("F12.3")
def test_two_people_put_a_change_in_force_on_pages_and_every_record_follows(portal, asked_as):
    anna, otto = portal.browser("ANNA", *MANAGER), portal.browser("OTTO", *MANAGER)
    sent = upload(anna, "change.zip", zipped(TWO_YEARS))
    here = sent.headers["location"].partition("?")[0]
    assert "Candidates folded" in follow(anna, sent.headers["location"]).text
    asked_as().preview_some()
    page = follow(anna, here)
    seen = " ".join(page.text.split())
    assert "Previewed" in seen
    assert f"{ADA}Cisco Certified Network AssociateActive, 29 May 2027Expired, 29 May 2026" in page.text
    asked = send(anna, page, here, reason="As the board decided.")
    proposals = follow(anna, asked.headers["location"])
    (address,) = [link for link in proposals.links if link.startswith("/console/approvals/certification/")]
    assert f"{address}/approve" not in follow(anna, address).forms
    look = follow(otto, address)
    assert here in look.links
    done = send(otto, look, f"{address}/approve")
    assert "granted" in follow(otto, done.headers["location"]).text.lower()
    assert "Records that follow" in follow(otto, here).text
    asked_as().refold_some()
    assert "Every record follows it." in follow(otto, here).text
    assert expiry(asked_as) == [("ccna", "expired", "2026-05-29")]
    assert expiry(asked_as, GRACE) == [("ccna-automation", "active", "2027-05-29")]
    history = follow(portal.browser(ADA), "/certifications/history").text
    assert "The programme's rules changed" in history
    assert [entry["what"] for entry in portal.identity.trail] == [
        "catalogue-handed-in", "proposal-made", "proposal-approved",
    ]  # fmt: skip


@pytest.mark.feature("F12.3")
def test_a_change_is_handed_in_looked_at_and_put_in_force_by_the_api(portal, asked_as):
    anna, otto = portal.client("ANNA", *MANAGER), portal.client("OTTO", *MANAGER)
    made = do(anna, "POST", API, {"files": TWO_YEARS})
    change = made.json()["change_id"]
    again = do(anna, "POST", API, {"files": TWO_YEARS})
    assert (made.status_code, again.json()["change_id"]) == (201, change)
    assert len(anna.get(API).json()["changes"]) == 1
    wanted = {
        "service": "certification", "action": "catalogue-activate", "subject": "", "reason": "Decided.",
        "arguments": {"change_id": change},
    }  # fmt: skip
    early = do(anna, "POST", APPROVALS, wanted, key="early")
    assert (early.status_code, early.json()["code"]) == (409, "catalogue-preview-unfinished")
    asked_as().preview_some()
    found = anna.get(f"{API}/{change}").json()
    assert (found["state"], found["changed"], found["candidates_that_differ"]) == ("previewed", ["certifications"], 1)
    assert anna.get(f"{API}/{change}/differences").json() == {
        "lines": [
            {
                "candidate_id": ADA, "certification": "ccna", "name": "Cisco Certified Network Associate",
                "before": "active, 2027-05-29", "after": "expired, 2026-05-29",
            }
        ],
        "next": None,
    }  # fmt: skip
    proposal = do(anna, "POST", APPROVALS, wanted).json()["proposal_id"]
    alone = do(anna, "POST", f"{APPROVALS}/certification/{proposal}/approve")
    assert (alone.status_code, alone.json()["code"]) == (409, "second-person-needed")
    assert do(otto, "POST", f"{APPROVALS}/certification/{proposal}/approve").status_code == 200
    after = anna.get(API).json()
    assert (after["in_force"], after["changes"][0]["state"]) == (found["version"], "in-force")


@pytest.mark.feature("F12.3")
def test_what_does_not_fit_is_refused_on_the_page_with_file_line_and_reason(portal):
    anna = portal.browser("ANNA", *MANAGER)
    broken = changed("exams", "code: 200-301, role: associate", "code: 200-301, role: nothing")["exams"]
    where = next(number for number, line in enumerate(broken.splitlines(), start=1) if "role: nothing" in line)
    answer = upload(anna, "exams.yaml", broken.encode())
    assert answer.status_code == 409
    assert f"exams.yaml: line {where}: exam 200-301: no points for role nothing" in checked(answer).text
    for name, content, words in (
        ("holidays.yaml", b"x: 1", "Please give tables of the catalogue in YAML"),
        ("exams.zip", b"no zip", "The ZIP cannot be opened."),
        ("exams.yaml", b"\xff\xfe", "A table must be text in UTF-8."),
        ("exams.yaml", b"", "A table must not be empty"),
    ):
        answer = upload(anna, name, content)
        assert (answer.status_code, words in checked(answer).text) == (422, True), name
    same = upload(anna, "exams.yaml", delivered()["exams"])
    assert "These tables say what is in force already." in checked(same).text
    assert "No change was ever handed in" in follow(anna, LIST).text
    assert portal.browser("VERA", "candidates.read").get(LIST).status_code == 403


@pytest.mark.feature("F12.3")
@pytest.mark.parametrize(
    ("table", "old", "new", "reason"),
    [
        ("exams", "code: 200-301,", "code: 200-302,", "200-301"),
        ("certifications", "retired_on: null", "retired_on: soon", "retired_on must be a day or null, not 'soon'"),
        ("exams", "minutes: 120", "minutes: long", "minutes must be a whole number or null, not 'long'"),
        ("programme", "agreements:", "agreement:", "is gone; give it an end by a day instead"),
    ],
)
def test_a_change_keeps_every_entry_and_the_kind_of_every_field(asked_as, table, old, new, reason):
    with pytest.raises(Rejected, match="catalogue-broken") as refusal:
        asked_as().hand_in_catalogue(changed(table, old, new), "ANNA")
    assert reason in refusal.value.details["complaint"]


@pytest.mark.feature("F12.3")
def test_a_change_that_was_previewed_against_another_version_is_outdated(asked_as):
    first, second = previewed(asked_as), previewed(asked_as, FOUR_YEARS)
    proposal, other = propose(asked_as, first), propose(asked_as, second)
    asked_as().approve(proposal, "OTTO", list(MANAGER))
    with pytest.raises(Rejected, match="catalogue-base-changed"):
        asked_as().approve(other, "OTTO", list(MANAGER))
    assert asked_as().catalogue_change(second)["state"] == "outdated"
    assert asked_as().proposal(other)["obstacle"] == "catalogue-base-changed"
    with pytest.raises(Rejected, match="catalogue-in-force-already"):
        propose(asked_as, first)


@pytest.mark.feature("F12.3")
def test_the_jobs_go_on_where_they_stopped_and_repeat_nothing(asked_as, told, frame, monkeypatch):
    from services.certification.service import catalogue_changes

    told(passed("200-301", "2024-05-29", "CAND00LINUS"))
    monkeypatch.setattr(catalogue_changes, "PREVIEW_PAGE", 2)
    monkeypatch.setattr(catalogue_changes, "REFOLD_PAGE", 2)
    change = asked_as().hand_in_catalogue(TWO_YEARS, "ANNA")["change_id"]
    assert [asked_as().preview_some()["candidates"] for _ in range(3)] == [2, 1, 0]
    assert asked_as().catalogue_change(change)["candidates_that_differ"] == 2
    asked_as().approve(propose(asked_as, change), "OTTO", list(MANAGER))
    assert asked_as().refold_some(after_seconds=3600) == {"candidates": 0}
    assert [asked_as().refold_some()["candidates"] for _ in range(3)] == [2, 1, 0]
    facts = frame.timeline(ADA)
    assert [fact["name"] for fact in facts][:2] == ["certification-expired", "certification-expiry-corrected"]
    asked_as().review_all()
    assert frame.timeline(ADA) == facts


@pytest.mark.feature("F12.3")
def test_what_is_in_force_survives_a_restart_and_a_second_change_builds_upon_it(asked_as, frame):
    activated(asked_as)
    version = asked_as().catalogue_changes()["in_force"]
    from services.certification.service import in_force as holding

    holding._held.pop(frame)
    assert in_force(asked_as().desk).version == version
    activated(asked_as, changed("exams", "minutes: 120, price_usd: 300", "minutes: 120, price_usd: 310"))
    both = in_force(asked_as().desk)
    assert (both.certifications["ccna"].validity_years, both.exams["200-301"].price_usd) == (2, 310)
    assert [each["state"] for each in asked_as().catalogue_changes()["changes"]] == ["in-force", "replaced"]


# -- the operators' command --------------------------------------------------------------------------------------------

STAFF = {"groups": [{"group_id": "programme-manager", "permissions": list(MANAGER)}],
         "group": {"members": [{"member_id": "ANNA", "email": "anna@example.org"}]}}  # fmt: skip


def at_the_machine(asked_as, monkeypatch, words):
    """What the command answers; each look at the preview lets it go on."""

    def ask(service, method, *, timeout, **arguments):
        assert timeout > 0
        if service == "identity":
            return STAFF[method]
        if method == "catalogue_change":
            asked_as().preview_some()
        return getattr(asked_as(), method)(**arguments)

    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(deployed, "screen", screen)
    monkeypatch.setattr(deployed, "caller", lambda _data: ask)
    monkeypatch.setattr(deployed, "LOOK_SECONDS", 0.0)
    return cli.main(["catalogue", "propose", *words]), screen.file.getvalue()


@pytest.mark.feature("F12.3")
def test_the_command_previews_with_a_progress_bar_and_asks_for_a_second_person(asked_as, tmp_path, monkeypatch, capsys):
    (tmp_path / "certifications.yaml").write_text(TWO_YEARS["certifications"])
    words = [str(tmp_path), "--by", "Anna@example.org", "--why", "As the board decided."]
    code, bar = at_the_machine(asked_as, monkeypatch, words)
    told = capsys.readouterr().out
    (proposal,) = asked_as().proposals()["proposals"]
    assert (code, proposal["asked_by"], proposal["action"]) == (0, "ANNA", "catalogue-activate")
    assert "2/2" in bar
    assert "1 of 2 candidates would change; 1 certifications." in told
    assert f"/console/approvals/certification/{proposal['proposal_id']}" in told


@pytest.mark.feature("F12.3")
def test_the_command_refuses_a_stranger_and_a_broken_file(asked_as, tmp_path, monkeypatch, capsys):
    broken = changed("exams", "code: 200-301, role: associate", "code: 200-301, role: nothing")["exams"]
    (tmp_path / "exams.yaml").write_text(broken)
    words = [str(tmp_path / "exams.yaml"), "--why", "Why not.", "--by"]
    assert at_the_machine(asked_as, monkeypatch, [*words, "linus@example.org"])[0] == 2
    assert "linus@example.org: no group of the console has such a member" in capsys.readouterr().err
    assert at_the_machine(asked_as, monkeypatch, [*words, "anna@example.org"])[0] == 2
    assert "exams.yaml: line" in capsys.readouterr().err
    assert asked_as().proposals()["proposals"] == []
