"""What the programme's people do about claims and certifications: by the page, by the API, and refused."""

from pathlib import Path

import pytest

from tests.certification.pages import CE, PDF, do, pending_claim, press
from tests.certification.test_service import ADA, GRACE, passed
from tests.gateway.pages import checked, follow, send

REVIEWER = ("credits.review", "candidates.read")
MANAGER = (
    "approvals.request", "approvals.decide", "candidates.read", "certifications.hold", "certifications.revoke",
    "certifications.extend",
)  # fmt: skip
TITLES = f"/console/certifications/{ADA}"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'service.sqlite'}"


@pytest.fixture(autouse=True)
def ada_holds_ccna(told):
    told(passed("200-301", "2025-01-14"))


def standing(portal, candidate_id=ADA):
    lines = portal.client(candidate_id).get("/api/v1/me/certifications").json()["certifications"]
    return [(line["certification"], line["status"], line["expires_on"]) for line in lines]


# -- claims ------------------------------------------------------------------------------------------------------------


@pytest.mark.feature("F5.7")
def test_a_reviewer_finds_a_claim_opens_its_evidence_and_approves_it_on_its_page(portal):
    claim = pending_claim(portal)
    grace = portal.browser("GRACE", *REVIEWER)
    assert f"/console/claims/{claim}" in follow(grace, "/console/claims").links
    page = follow(grace, f"/console/claims/{claim}")
    (file,) = [link for link in page.links if "/files/" in link]
    opened = grace.get(file)
    assert (opened.content, opened.headers["content-disposition"]) == (PDF, "attachment; filename*=UTF-8''course.pdf")
    after = press(grace, f"/console/claims/{claim}", f"/console/claims/{claim}/approval")
    assert "The claim is approved. Its credits count." in after.text
    assert "No claim waits." in follow(grace, "/console/claims").text
    assert "16 / 30" in follow(portal.browser(ADA), CE).text
    assert [entry["what"] for entry in portal.identity.trail if entry["about"] == ADA][1:3] == [
        "evidence-opened",
        "claim-viewed",
    ]


@pytest.mark.feature("F5.6")
@pytest.mark.feature("F5.7")
def test_a_refusal_on_the_page_is_read_by_the_candidate_word_for_word(portal):
    claim = pending_claim(portal)
    grace = portal.browser("GRACE", *REVIEWER)
    action = f"/console/claims/{claim}/refusal"
    unchosen = send(grace, follow(grace, f"/console/claims/{claim}"), action)
    assert unchosen.status_code == 422
    assert "Reason for refusing: Please fill this in." in checked(unchosen).text
    after = press(grace, f"/console/claims/{claim}", action, reason="unauthorised-delivery")
    assert "The claim is refused." in after.text
    assert "Reason: only authorised providers count" in follow(portal.browser(ADA), f"{CE}/{claim}").text


@pytest.mark.feature("F5.7")
def test_evidence_is_asked_for_on_the_page_seen_by_the_candidate_and_answered(portal):
    claim = pending_claim(portal)
    grace = portal.browser("GRACE", *REVIEWER)
    after = press(grace, f"/console/claims/{claim}", f"/console/claims/{claim}/question", question="Who held it?")
    assert "The candidate is asked for more evidence." in after.text
    assert "Who held it?" in follow(portal.browser(ADA), f"{CE}/{claim}").text
    answered = press(portal.browser(ADA), f"{CE}/{claim}", f"{CE}/{claim}/supplied")
    assert "The reviewer sees your files now." in answered.text
    assert "Ask for evidence" in follow(grace, f"/console/claims/{claim}").text


@pytest.mark.feature("F5.7")
def test_claims_are_decided_by_the_api_and_only_by_reviewers(portal):
    claim = pending_claim(portal)
    grace, where = portal.client("GRACE", *REVIEWER), f"/api/console/v1/claims/{claim}"
    assert grace.get("/api/console/v1/claims").json()["waiting"] == 1
    assert grace.get(where).json()["files"][0]["file_name"] == "course.pdf"
    unknown = do(grace, "POST", f"{where}/refusal", {"reason": "no-such-reason"})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "refusal-reason-unknown")
    assert do(grace, "POST", f"{where}/question", {"question": "Who held it?"}).status_code == 200
    assert do(grace, "POST", f"{where}/approval").json()["claim_id"] == claim
    late = do(grace, "POST", f"{where}/refusal", {"reason": "unauthorised-delivery"})
    assert (late.status_code, late.json()["code"]) == (409, "claim-not-pending")
    assert do(portal.client(ADA), "POST", f"{where}/approval").status_code == 403


@pytest.mark.feature("F5.7")
def test_a_providers_list_is_sent_on_its_page_and_each_line_has_its_outcome(portal):
    grace = portal.browser("GRACE", *REVIEWER)
    page = follow(grace, "/console/credit-feed")
    wrong = send(grace, page, "/console/credit-feed", provider="annual-event", lines=f"{ADA},LIVE-8H")
    assert "Line 1 is not candidate id, item, day of completion." in checked(wrong).text
    lines = f"candidate_id,item,completed_on\n{ADA},LIVE-8H,2026-10-01\n\n{ADA},LITE,2026-10-01\n"
    told = checked(send(grace, page, "/console/credit-feed", provider="annual-event", lines=lines))
    assert "1 line counts." in told.text
    assert "Only listed items earn credits." in told.text
    assert "8 / 30" in follow(portal.browser(ADA), CE).text


def taken_back(browser, claim, **entries):
    """Asked for on the claim's page; gives the address of the proposal."""
    page = press(browser, f"/console/claims/{claim}", f"/console/claims/{claim}/taking-back", **entries)
    (found,) = [link for link in page.links if link.startswith("/console/approvals/certification/")]
    return found


def approved_claim(portal):
    claim = pending_claim(portal)
    assert do(portal.client("GRACE", *REVIEWER), "POST", f"/api/console/v1/claims/{claim}/approval").status_code == 200
    return claim


DECIDERS = (*REVIEWER, "approvals.request", "approvals.decide")
WHY = {"because": "evidence-false", "why": "The course was never held."}


@pytest.mark.feature("F5.7")
@pytest.mark.rule("R-X2")
def test_two_people_take_an_approved_claim_back_on_pages_and_the_candidate_reads_why(portal, frame):
    claim = approved_claim(portal)
    anna, otto = portal.browser("ANNA", *DECIDERS), portal.browser("OTTO", *DECIDERS)
    assert "16 / 30" in follow(portal.browser(ADA), CE).text
    found = anna.get(f"/console/claims?claim={claim}")
    assert (found.status_code, found.headers["location"]) == (303, f"/console/claims/{claim}")
    where = f"/console/claims/{claim}/taking-back"
    seen = checked(send(anna, follow(anna, f"/console/claims/{claim}"), where, because="fraud", act="preview"))
    assert "Credits that count160" in seen.text.replace("\n", "")
    address = taken_back(anna, claim, **WHY)
    assert f"{address}/approve" not in follow(anna, address).forms
    press(otto, address, f"{address}/approve")
    told = [fact["fields"]["reason"] for fact in frame.timeline(ADA) if fact["name"] == "credit-claim-revoked"]
    assert told == ["evidence-false"]
    ada = portal.browser(ADA)
    page = follow(ada, f"{CE}/{claim}").text
    assert "This claim was taken back" in page
    assert "Reason: False evidence" in page
    overview = follow(ada, CE).text
    assert "0 / 30" in overview
    assert "False evidence" in overview
    assert "Taken back because" in follow(otto, f"/console/claims/{claim}").text


@pytest.mark.feature("F5.7")
def test_a_claim_is_taken_back_by_the_api_by_somebody_else_and_only_once(portal):
    claim = approved_claim(portal)
    anna, otto = portal.client("ANNA", *DECIDERS), portal.client("OTTO", *DECIDERS)
    wanted = {
        "service": "certification", "action": "claim-revoke", "subject": ADA, "reason": "Reported.",
        "arguments": {"claim_id": claim, "reason": "fraud"},
    }  # fmt: skip
    looked = {name: wanted[name] for name in ("service", "action", "subject", "arguments")}
    preview = do(anna, "POST", "/api/console/v1/approvals/preview", looked).json()
    assert preview == {"changes": [{"what": "credits", "before": "16", "after": "0"}]}
    asked = do(anna, "POST", "/api/console/v1/approvals", wanted).json()["proposal_id"]
    where = f"/api/console/v1/approvals/certification/{asked}/approve"
    alone = do(anna, "POST", where)
    assert (alone.status_code, alone.json()["code"]) == (409, "second-person-needed")
    assert do(otto, "POST", where).status_code == 200
    mine = portal.client(ADA).get("/api/v1/me/credits").json()
    assert ([(each["status"], each["reason"]) for each in mine["claims"]], mine["balance"]["approved"]) == (
        [("revoked", "fraud")],
        0,
    )
    activity = portal.client(ADA).get("/api/v1/me/certifications").json()
    assert [line["expires_on"] for line in activity["certifications"]] == ["2028-01-14"]


@pytest.mark.feature("F5.7")
def test_only_an_approved_claim_of_this_candidate_is_taken_back_and_with_a_reason(portal):
    claim = pending_claim(portal)
    anna = portal.client("ANNA", *DECIDERS)
    wanted = {
        "service": "certification", "action": "claim-revoke", "subject": ADA, "reason": "Reported.",
        "arguments": {"claim_id": claim, "reason": "fraud"},
    }  # fmt: skip
    pending = do(anna, "POST", "/api/console/v1/approvals", wanted)
    assert (pending.status_code, pending.json()["code"]) == (409, "claim-not-approved")
    other = do(anna, "POST", "/api/console/v1/approvals", {**wanted, "subject": GRACE})
    assert (other.status_code, other.json()["code"]) == (409, "unknown-claim")
    browser = portal.browser("ANNA", *DECIDERS)
    assert f"/console/claims/{claim}/taking-back" not in follow(browser, f"/console/claims/{claim}").forms
    do(portal.client("GRACE", *REVIEWER), "POST", f"/api/console/v1/claims/{claim}/approval")
    page = follow(browser, f"/console/claims/{claim}")
    missing = checked(send(browser, page, f"/console/claims/{claim}/taking-back"))
    assert "Why: Please fill this in." in missing.text
    unknown = browser.get("/console/claims?claim=CE-NONE")
    assert (unknown.status_code, "There is no such claim." in checked(unknown).text) == (404, True)


# -- certifications ----------------------------------------------------------------------------------------------------


def proposed(browser, action, reason):
    """Asked for on the page; gives the address of the proposal."""
    entries = {"action": action, "certification": "ccna", "reason": reason, "why": "As the board decided."}
    page = press(browser, TITLES, TITLES, **entries)
    (found,) = [link for link in page.links if link.startswith("/console/approvals/certification/")]
    return found


@pytest.mark.feature("F12.2")
@pytest.mark.feature("F4.2")
@pytest.mark.parametrize(
    ("action", "reason", "shown", "word"),
    [("certification-hold", "investigation", "on_hold", "On Hold"),
     ("certification-revoke", "misconduct", "revoked", "Revoked")],
)  # fmt: skip
def test_two_people_hold_or_revoke_on_pages_and_the_candidate_sees_the_reason(portal, action, reason, shown, word):
    anna, otto = portal.browser("ANNA", *MANAGER), portal.browser("OTTO", *MANAGER)
    address = proposed(anna, action, reason)
    assert f"{address}/approve" not in follow(anna, address).forms
    seen = follow(otto, address)
    assert "Cisco Certified Network AssociateActive, 14 January 2028" in seen.text.replace("\n", "")
    press(otto, address, f"{address}/approve")
    assert standing(portal) == [("ccna", shown, "2028-01-14")]
    page = follow(portal.browser(ADA), "/certifications").text
    assert word in page
    assert reason.capitalize() in page


@pytest.mark.feature("F12.2")
@pytest.mark.parametrize(
    ("first", "then", "reason"),
    [("certification-hold", "certification-lift-hold", "cleared"),
     ("certification-revoke", "certification-restore", "appeal")],
)  # fmt: skip
def test_what_two_people_did_two_people_undo(portal, first, then, reason):
    anna, otto = portal.browser("ANNA", *MANAGER), portal.browser("OTTO", *MANAGER)
    for action, why in ((first, "investigation"), (then, reason)):
        address = proposed(anna, action, why)
        press(otto, address, f"{address}/approve")
    assert standing(portal) == [("ccna", "active", "2028-01-14")]
    assert "Active" in follow(portal.browser(ADA), "/certifications").text


@pytest.mark.feature("F12.2")
def test_an_action_is_looked_at_before_it_is_asked_for_and_needs_reasons(portal):
    anna = portal.browser("ANNA", *MANAGER)
    page = follow(anna, TITLES)
    entries = {"action": "certification-revoke", "certification": "ccna", "reason": "misconduct"}
    seen = checked(send(anna, page, TITLES, **entries, act="preview"))
    assert "Revoked, 14 January 2028" in seen.text
    missing = checked(send(anna, page, TITLES, **entries))
    assert "Why: Please fill this in." in missing.text
    refused = checked(send(anna, page, TITLES, **{**entries, "action": "certification-lift-hold"}, why="x"))
    assert "This certification is not on hold." in refused.text
    only_holds = portal.browser("VERA", "approvals.request", "candidates.read", "certifications.hold")
    assert "Revoke a certification" not in follow(only_holds, TITLES).text


@pytest.mark.feature("F12.2")
@pytest.mark.parametrize(
    ("acts", "shown"),
    [([("hold", "investigation")], "on_hold"),
     ([("hold", "investigation"), ("lift-hold", "cleared")], "active"),
     ([("revoke", "misconduct")], "revoked"),
     ([("revoke", "misconduct"), ("restore", "appeal")], "active")],
)  # fmt: skip
def test_each_act_is_asked_for_by_the_api_and_granted_by_somebody_else(portal, acts, shown):
    anna, otto = portal.client("ANNA", *MANAGER), portal.client("OTTO", *MANAGER)
    for act, reason in acts:
        wanted = {
            "service": "certification", "action": f"certification-{act}", "subject": ADA, "reason": "Reported.",
            "arguments": {"certification": "ccna", "reason": reason},
        }  # fmt: skip
        asked = do(anna, "POST", "/api/console/v1/approvals", wanted).json()["proposal_id"]
        where = f"/api/console/v1/approvals/certification/{asked}/approve"
        refused = do(anna, "POST", where)
        assert (refused.status_code, refused.json()["code"]) == (409, "second-person-needed")
        assert do(otto, "POST", where).status_code == 200
    assert standing(portal) == [("ccna", shown, "2028-01-14")]


@pytest.mark.feature("F12.2")
@pytest.mark.rule("R-V6")
def test_an_extension_shows_everybody_it_reaches_and_two_people_decide_it(portal, told, asked_as):
    told(passed("200-301", "2025-03-01", GRACE))
    anna, otto = portal.browser("ANNA", *MANAGER), portal.browser("OTTO", *MANAGER)
    entries = {"days": "180", "on": "2026-11-20", "reason": "centres-closed"}
    reach = press(anna, "/console/extensions", "/console/extensions", **entries, act="preview")
    assert [link for link in reach.links if link.startswith("/console/candidates/")] == [
        f"/console/candidates/{ADA}",
        f"/console/candidates/{GRACE}",
    ]
    page = press(anna, "/console/extensions", "/console/extensions", **entries, why="Centres are closed.")
    (address,) = [link for link in page.links if link.startswith("/console/approvals/certification/")]
    seen = follow(otto, address)
    assert "/console/extensions/reach?days=180&on=2026-11-20" in seen.links
    press(otto, address, f"{address}/approve")
    asked_as().extend_some()
    assert [standing(portal, one) for one in (ADA, GRACE)] == [
        [("ccna", "active", "2028-07-12")],
        [("ccna", "active", "2028-08-28")],
    ]
    assert "centres-closed" in follow(anna, "/console/extensions").text


@pytest.mark.feature("F12.2")
@pytest.mark.rule("R-V6")
def test_an_extension_cannot_name_a_person_or_begin_tomorrow(portal):
    anna = portal.client("ANNA", *MANAGER)
    arguments = {"days": 180, "on": "2026-11-20", "reason": "illness"}
    wanted = {"service": "certification", "action": "certifications-extend", "reason": "x", "arguments": arguments}
    for_one = do(anna, "POST", "/api/console/v1/approvals", {**wanted, "arguments": {**arguments, "candidate_id": ADA}})
    assert for_one.status_code == 422
    subject = do(anna, "POST", "/api/console/v1/approvals", {**wanted, "subject": ADA})
    assert (subject.status_code, subject.json()["code"]) == (409, "extension-is-for-everybody")
    tomorrow = anna.get("/api/console/v1/extensions/reach?days=180&on=2026-11-21")
    assert (tomorrow.status_code, tomorrow.json()["code"]) == (409, "extended-in-future")
    now = anna.get("/api/console/v1/extensions/reach?days=180&on=2026-11-20").json()
    assert [(line["candidate_id"], line["extended_to"]) for line in now["lines"]] == [(ADA, "2028-07-12")]


# -- status as of any date ---------------------------------------------------------------------------------------------


def test_support_sees_what_was_valid_on_a_day_and_what_was_known_then(portal):
    vera = portal.browser("VERA", "candidates.read")
    assert "Active" in follow(vera, f"{TITLES}/on?on=2025-06-01").text
    before = follow(vera, f"{TITLES}/on?on=2025-06-01&known_on=2025-06-01").text
    assert "Nothing was held or in progress on that day." in before
    tomorrow = vera.get(f"{TITLES}/on?on=2025-06-01&known_on=2026-11-21")
    assert (tomorrow.status_code, "This day lies in the future." in checked(tomorrow).text) == (409, True)
    where = f"/api/console/v1/candidates/{ADA}/certifications/on?on=2025-06-01"
    found = portal.client("VERA", "candidates.read").get(where).json()
    assert [(line["certification"], line["status"]) for line in found["certifications"]] == [("ccna", "active")]
    assert portal.client(ADA).get(where).status_code == 403
