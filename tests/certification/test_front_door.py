"""The front door beyond results: claims with their files, the agreement, holds, and what two people decide."""

from base64 import b64encode
from datetime import date

import pytest

import contracts
from chassis.decider import Rejected
from chassis.errors import NotFound
from services.certification.projections import evidence_files
from services.certification.service import CertificationService
from tests.certification.test_service import ADA, GRACE, passed

PERMISSIONS = ["certifications.hold", "certifications.revoke", "certifications.extend"]
CCNA = ("ccna", "active", "2028-01-14")


@pytest.fixture
def ada(asked_as, told):
    told(passed("200-301", "2025-01-14"))
    asked_as().accept_credit_terms(ADA, "2026-11-01")
    return ADA


def lines(*items):
    return [{"item": item, "completed_on": completed} for item, completed in items]


def drafted(asked_as, *items):
    return asked_as().draft_claim(ADA, lines(*items))["claim_id"]


def titles(asked_as, candidate_id=ADA):
    found = asked_as().status(candidate_id)["certifications"]
    return [(line["certification"], line["status"], line["expires_on"]) for line in found]


@pytest.mark.feature("F5.1")
@pytest.mark.feature("F5.2")
@pytest.mark.feature("F5.5")
def test_a_claim_goes_its_way_and_its_credits_are_used(asked_as, ada):
    claim = drafted(asked_as, ("DL-CCNA", "2026-10-20"), ("LIVE-8H", "2026-10-01"))
    asked_as().submit_claim(ADA, claim)
    pending = asked_as().credits(ADA)
    assert (pending["balance"]["approved"], pending["balance"]["pending"], pending["balance"]["required"]) == (
        0,
        38,
        30,
    )
    assert [each["claim_id"] for each in asked_as().claim_queue()["claims"]] == [claim]
    asked_as().approve_claim(claim, by="grace")
    found = asked_as().credits(ADA)
    assert [(line["item"], line["fate"], line["fate_on"]) for line in found["claims"][0]["lines"]] == [
        ("DL-CCNA", "used", "2026-10-20"),
        ("LIVE-8H", "used", "2026-10-20"),
    ]
    assert titles(asked_as) == [("ccna", "active", "2029-10-20")]
    assert asked_as().claim_queue()["claims"] == []


@pytest.mark.feature("F5.6")
def test_a_refusal_is_shown_word_for_word(asked_as, ada):
    claim = drafted(asked_as, ("DL-CCNA", "2026-10-20"))
    asked_as().submit_claim(ADA, claim)
    asked_as().reject_claim(claim, "unauthorised-delivery", by="grace")
    shown = asked_as().credits(ADA)["claims"][0]
    assert (shown["status"], shown["refusal"]) == ("rejected", "only authorised providers count")


@pytest.mark.feature("F5.7")
def test_a_question_is_asked_read_and_answered(asked_as, ada, frame):
    claim = drafted(asked_as, ("DL-CCNA", "2026-10-20"))
    asked_as().submit_claim(ADA, claim)
    asked_as().request_evidence(claim, "Who held the course?", by="grace")
    assert asked_as().credits(ADA)["claims"][0]["question"] == "Who held the course?"
    with frame.database.read() as connection:
        stored = str(connection.exec_driver_sql("SELECT data FROM events").all())
    assert "Who held" not in stored
    asked_as().supply_evidence(ADA, claim)
    assert asked_as().credits(ADA)["claims"][0]["question"] is None


@pytest.mark.feature("F5.4")
def test_items_are_found_by_words(asked_as):
    found = asked_as().credit_items("sd-wan LABS")
    assert [(item["item"], item["credits"]) for item in found["items"]] == [("DL-SDWAN", 24)]
    assert asked_as().credit_items("nothing like it") == {"items": [], "total": 0}


def upload(asked_as, claim, content, name="certificate.pdf"):
    begun = asked_as().begin_evidence(ADA, claim, name, "application/pdf", len(content))
    for number in range(begun["pieces"]):
        piece = content[number * begun["piece_bytes"] : (number + 1) * begun["piece_bytes"]]
        asked_as().evidence_piece(ADA, begun["evidence_id"], number, b64encode(piece).decode())
    return begun["evidence_id"]


@pytest.mark.feature("F5.5")
def test_a_file_comes_in_pieces_is_kept_sealed_and_comes_back_whole(asked_as, ada, frame):
    content = b"%PDF-1.7 Ada Lovelace " * 30_000
    claim = drafted(asked_as, ("OTHER-16", "2026-10-20"))
    with pytest.raises(Rejected, match="evidence-missing"):
        asked_as().submit_claim(ADA, claim)
    evidence = upload(asked_as, claim, content)
    asked_as().finish_evidence(ADA, evidence)
    asked_as().submit_claim(ADA, claim)
    meta = asked_as().evidence_file(evidence, ADA)
    back = [asked_as().evidence_data(evidence, number)["data"] for number in range(meta["pieces"])]
    assert meta["file_name"] == "certificate.pdf"
    assert "".join(back).startswith(b64encode(content[:300]).decode()[:390])
    with frame.database.read() as connection:
        assert b64encode(content[:30]).decode() not in evidence_files.piece(connection, evidence, 0)


@pytest.mark.feature("F5.5")
def test_a_file_that_is_not_complete_is_not_laid_beside_the_claim(asked_as, ada):
    claim = drafted(asked_as, ("OTHER-16", "2026-10-20"))
    begun = asked_as().begin_evidence(ADA, claim, "a.pdf", "application/pdf", 300_000)
    with pytest.raises(Rejected, match="evidence-incomplete"):
        asked_as().evidence_piece(ADA, begun["evidence_id"], 0, b64encode(b"short").decode())
    with pytest.raises(Rejected, match="evidence-incomplete"):
        asked_as().finish_evidence(ADA, begun["evidence_id"])
    with pytest.raises(NotFound, match="unknown-evidence"):
        asked_as().evidence_file(begun["evidence_id"], GRACE)


@pytest.mark.rule("R-P1")
def test_the_files_of_an_erased_candidate_are_gone(asked_as, ada, frame):
    claim = drafted(asked_as, ("OTHER-16", "2026-10-20"))
    evidence = upload(asked_as, claim, b"x" * 10)
    entered = asked_as()
    CertificationService.on_account_erased(
        entered, contracts.AccountErased(candidate_id=ADA, erased_on=date(2026, 11, 20))
    )
    with frame.database.read() as connection:
        assert evidence_files.one(connection, evidence) is None
        assert evidence_files.piece_count(connection, evidence) == 0


@pytest.mark.feature("F5.7")
def test_a_providers_feed_has_an_outcome_for_each_line(asked_as, ada):
    feed = [
        {"candidate_id": ADA, "item": "LIVE-8H", "completed_on": "2026-10-01"},
        {"candidate_id": GRACE, "item": "LIVE-8H", "completed_on": "2026-10-01"},
        {"candidate_id": ADA, "item": "LITE", "completed_on": "2026-10-01"},
    ]
    outcomes = asked_as().credit_feed("annual-event", feed)["outcomes"]
    assert [(each["counts"], each["reason"]) for each in outcomes] == [
        (True, None),
        (False, "completed-without-active-certification"),
        (False, "not-in-item-catalogue"),
    ]
    assert asked_as().credit_feed("annual-event", feed[:1])["outcomes"][0]["counts"]
    assert asked_as().credits(ADA)["balance"]["approved"] == 8


@pytest.mark.feature("F4.3")
@pytest.mark.rule("R-Q2")
def test_the_tree_says_what_fills_which_part_and_by_when_the_other_must_follow(asked_as, told):
    told(passed("350-401", "2026-01-14"))
    tree = asked_as().requirements(ADA, "ccnp-enterprise")
    assert [(part["part"], part["filled_by"], part["good_until"]) for part in tree["parts"]] == [
        ("core", "350-401", "2029-01-14"),
        ("concentration", None, None),
    ]
    assert tree["missing_until"] == "2029-01-14"
    assert [choice["exam"] for choice in tree["parts"][1]["choices"] if not choice["offered"]] == ["300-425", "300-430"]
    with pytest.raises(NotFound, match="unknown-certification"):
        asked_as().requirements(ADA, "ccnx")


@pytest.mark.feature("F4.3")
@pytest.mark.rule("R-Q3")
def test_the_tree_of_an_expert_says_until_when_the_first_lab_attempt_must_be(asked_as, told):
    told(passed("350-401", "2026-01-14"))
    assert asked_as().requirements(ADA, "ccie-enterprise-infrastructure")["first_lab_until"] == "2027-07-14"
    told(passed("LAB-EI", "2026-10-01"))
    earned = asked_as().requirements(ADA, "ccie-enterprise-infrastructure")
    assert (earned["earned_on"], [part["filled_by"] for part in earned["parts"]]) == (
        "2026-10-01",
        ["350-401", "LAB-EI"],
    )


@pytest.mark.feature("F4.6")
def test_the_agreement_lists_versions_and_where_they_were_accepted(asked_as, told):
    told(passed("200-301", "2025-01-14"))
    found = asked_as().agreement(ADA)
    assert (found["current"], found["stands"], found["waiting"]) == ("2026-11-01", False, [])
    assert found["versions"] == [
        {"version": "2026-11-01", "starts_on": "2026-11-01", "accepted": []},
        {
            "version": "2025-11-01",
            "starts_on": "2025-11-01",
            "accepted": [{"on": "2025-01-14", "place": "test-site"}],
        },
    ]
    asked_as().accept_agreement(GRACE, "2026-11-01")
    assert asked_as().agreement(GRACE)["versions"][0]["accepted"] == [{"on": "2026-11-20", "place": "portal"}]
    with pytest.raises(Rejected, match="agreement-version-unknown"):
        asked_as().accept_agreement(GRACE, "9.9")


def proposed(asked_as, action, subject, **arguments):
    return asked_as().propose(action, subject, arguments, "as decided", "linus", PERMISSIONS)["proposal_id"]


@pytest.mark.feature("F4.2")
@pytest.mark.feature("F12.2")
def test_two_people_hold_and_two_lift(asked_as, ada):
    proposal = proposed(asked_as, "certification-hold", ADA, certification="ccna", reason="investigation")
    assert asked_as().proposal(proposal)["changes"] == [
        {"what": "Cisco Certified Network Associate", "before": "active, 2028-01-14", "after": "on_hold, 2028-01-14"}
    ]
    with pytest.raises(Rejected, match="second-person-needed"):
        asked_as().approve(proposal, "linus", PERMISSIONS)
    asked_as().approve(proposal, "grace", PERMISSIONS)
    assert titles(asked_as) == [("ccna", "on_hold", "2028-01-14")]
    assert asked_as().status(ADA)["certifications"][0]["reason"] == "investigation"
    with pytest.raises(Rejected, match="certification-already-on-hold"):
        proposed(asked_as, "certification-hold", ADA, certification="ccna", reason="investigation")
    lifting = proposed(asked_as, "certification-lift-hold", ADA, certification="ccna", reason="cleared")
    asked_as().approve(lifting, "grace", PERMISSIONS)
    assert titles(asked_as) == [CCNA]
    assert [line["what"] for line in asked_as().history(ADA)][:2] == ["hold_lifted", "held"]


@pytest.mark.feature("F12.2")
@pytest.mark.rule("R-X4")
def test_two_people_revoke_and_two_restore(asked_as, ada):
    proposal = proposed(asked_as, "certification-revoke", ADA, certification="ccna", reason="misconduct")
    assert asked_as().proposal(proposal)["changes"] == [
        {"what": "Cisco Certified Network Associate", "before": "active, 2028-01-14", "after": "revoked, 2028-01-14"}
    ]
    with pytest.raises(Rejected, match="second-person-needed"):
        asked_as().approve(proposal, "linus", PERMISSIONS)
    assert titles(asked_as) == [CCNA]
    asked_as().approve(proposal, "grace", PERMISSIONS)
    assert titles(asked_as) == [("ccna", "revoked", "2028-01-14")]
    back = proposed(asked_as, "certification-restore", ADA, certification="ccna", reason="appeal")
    asked_as().approve(back, "grace", PERMISSIONS)
    assert titles(asked_as) == [CCNA]


@pytest.mark.feature("F12.2")
@pytest.mark.rule("R-V6")
def test_an_extension_is_for_everybody_and_has_no_field_for_a_person(asked_as, ada, told):
    told(passed("200-301", "2025-01-14", GRACE))
    with pytest.raises(Exception, match="candidate_id"):
        proposed(asked_as, "certifications-extend", "", days=180, on="2026-11-20", reason="pandemic", candidate_id=ADA)
    proposal = proposed(asked_as, "certifications-extend", "", days=180, on="2026-11-20", reason="pandemic")
    assert asked_as().proposal(proposal)["changes"][0]["what"] == "2 certifications of 2 candidates"
    first = asked_as().whom_extending_reaches(180, "2026-11-20", limit=1)
    second = asked_as().whom_extending_reaches(180, "2026-11-20", after=first["next"], limit=1)
    reached = [(line["candidate_id"], line["extended_to"]) for line in (*first["lines"], *second["lines"])]
    assert reached == [(ADA, "2028-07-12"), (GRACE, "2028-07-12")]
    with pytest.raises(Rejected, match="extended-in-future"):
        asked_as().whom_extending_reaches(180, "2026-11-21")
    asked_as().approve(proposal, "grace", PERMISSIONS)
    assert asked_as().extend_some() == {"candidates": 2}
    assert asked_as().extend_some() == {"candidates": 0}
    assert [titles(asked_as, one)[0][2] for one in (ADA, GRACE)] == ["2028-07-12"] * 2
    assert asked_as().extensions()[0]["done"]


@pytest.mark.feature("F4.8")
@pytest.mark.rule("R-E1")
def test_emeritus_is_applied_for_and_paid_through_the_door(asked_as, told):
    labs = ("2013-09-14", "2016-08-01", "2019-07-01", "2022-06-01", "2023-12-01")
    told(passed("350-401", "2013-03-02"), *(passed("LAB-EI", lab) for lab in labs))
    assert asked_as().expert(ADA)["may_apply"]
    application = asked_as().apply_for_emeritus(ADA)["application_id"]
    assert asked_as().expert(ADA)["titles"][0]["emeritus_until"] is None
    asked_as().record_emeritus_payment(application, "PAY-1", "2026-11-20")
    found = asked_as().expert(ADA)
    assert (found["titles"][0]["emeritus_until"], found["applications"][0]["paid_on"]) == ("2027-12-01", "2026-11-20")
    with pytest.raises(NotFound, match="unknown-emeritus-application"):
        asked_as().record_emeritus_payment("EM-NONE", "PAY-1", "2026-11-20")
