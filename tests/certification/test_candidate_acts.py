"""What candidates do about credits and expert status: by the page, by the API, and refused; by the facts it leaves."""

import asyncio
from base64 import b64decode
from pathlib import Path

import pytest

from gateway.evidence_files import pass_on
from services.certification.service.evidence_upload import PIECE_BYTES
from tests.certification.pages import CE, PDF, do, press
from tests.certification.test_service import ADA, GRACE, passed
from tests.certification.test_status_pages import LABS, expert
from tests.gateway.pages import checked, follow, send

CREDITS = "/api/v1/me/credits"
CLAIMS = f"{CREDITS}/claims"
EXPERT = "/certifications/expert"
REVIEWER = ("credits.review",)
ITEMS = {"DL-CCNA": "2026-11-01", "LIVE-8H": "2026-11-02"}
MEGABYTE, CHUNK = 1_000_000, 256 * 1024


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'service.sqlite'}"


@pytest.fixture
def ccna(told):
    told(passed("200-301", "2025-01-14"))


@pytest.fixture
def enrolled(portal, ccna):
    ada = portal.client(ADA)
    assert do(ada, "POST", f"{CREDITS}/terms", {"version": ada.get(CREDITS).json()["terms"]}).status_code == 200


def named(frame, *names):
    """Stored facts about Ada with these names, oldest first."""
    return [fact["name"] for fact in reversed(frame.timeline(ADA)) if fact["name"] in names]


# -- terms (F5.3) ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("F5.3")
def test_the_terms_are_accepted_once_on_the_page_before_the_first_claim(portal, frame, ccna):
    ada = portal.browser(ADA)
    page = follow(ada, CE)
    assert f"{CE}/new" not in page.links
    assert "You can claim credits now." in press(ada, CE, f"{CE}/terms").text
    again = send(ada, page, f"{CE}/terms")
    assert again.status_code == 303
    after = follow(ada, CE)
    assert (f"{CE}/terms" in after.forms, f"{CE}/new" in after.links) == (False, True)
    assert named(frame, "credit-terms-accepted") == ["credit-terms-accepted"]


@pytest.mark.feature("F5.3")
def test_the_terms_are_accepted_by_the_api_and_refused_in_another_version(portal, frame, ccna):
    ada = portal.client(ADA)
    before = ada.get(CREDITS).json()
    assert (before["accepted"], bool(before["terms"])) == (None, True)
    unknown = do(ada, "POST", f"{CREDITS}/terms", {"version": "1999-01-01"})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "credit-terms-unknown")
    early = do(ada, "POST", CLAIMS, {"lines": [{"item": "LIVE-8H", "completed_on": "2026-11-01"}]})
    assert (early.status_code, early.json()["code"]) == (409, "credit-terms-not-accepted")
    for key in ("once", "twice"):
        assert do(ada, "POST", f"{CREDITS}/terms", {"version": before["terms"]}, key=key).status_code == 200
    assert ada.get(CREDITS).json()["accepted"] == before["terms"]
    assert named(frame, "credit-terms-accepted") == ["credit-terms-accepted"]


@pytest.mark.feature("F5.3")
def test_a_draft_without_the_terms_is_refused_on_its_page(portal, frame, ccna):
    ada = portal.browser(ADA)
    answer = send(ada, follow(ada, f"{CE}/new"), f"{CE}/new", item="LIVE-8H", completed_on="2026-11-01")
    assert (answer.status_code, "Please accept the terms of continuing education first." in checked(answer).text) == (
        409,
        True,
    )
    assert named(frame, "credit-claim-drafted") == []


# -- items (F5.4) ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("F5.4")
def test_items_are_searched_on_the_page_and_lead_to_a_claim(portal, enrolled):
    ada = portal.browser(ADA)
    found = follow(ada, f"{CE}/items?words=live")
    assert f"{CE}/new?item=LIVE-8H" in found.links
    assert f"{CE}/new?item=DL-CCNA" not in found.links
    assert follow(ada, f"{CE}/new?item=LIVE-8H").forms[f"{CE}/new"]["item"] == "LIVE-8H"
    assert "No item has these words." in follow(ada, f"{CE}/items?words=nothing-like-it").text


@pytest.mark.feature("F5.4")
def test_items_are_searched_by_the_api_each_with_one_value(portal, ccna):
    ada = portal.client(ADA)
    found = ada.get("/api/v1/credit-items?words=live").json()
    assert [(item["item"], item["credits"]) for item in found["items"] if item["item"] == "LIVE-8H"] == [("LIVE-8H", 8)]
    assert found["total"] == len(found["items"])
    refused = ada.get("/api/v1/credit-items?page=0")
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["page"])


# -- claims (F5.1, F5.2, F5.5) -----------------------------------------------------------------------------------------


def claimed(portal, items=ITEMS):
    """A claim that Ada has handed in by the API."""
    ada = portal.client(ADA)
    lines = [{"item": item, "completed_on": day} for item, day in items.items()]
    claim = do(ada, "POST", CLAIMS, {"lines": lines}).json()["claim_id"]
    headers = {"Content-Type": "application/pdf", "Idempotency-Key": f"file-{claim}"}
    assert ada.post(f"{CLAIMS}/{claim}/files?name=course.pdf", content=PDF, headers=headers).status_code == 201
    assert do(ada, "POST", f"{CLAIMS}/{claim}/submission").status_code == 200
    return claim


@pytest.mark.feature("F5.5")
def test_several_items_with_a_file_are_handed_in_on_pages_and_wait(portal, frame, enrolled):
    ada = portal.browser(ADA)
    form = follow(ada, f"{CE}/new").forms[f"{CE}/new"]
    drafted = ada.post(f"{CE}/new", data={**form, "item": list(ITEMS), "completed_on": list(ITEMS.values())})
    draft = follow(ada, drafted.headers["location"])
    claim = drafted.headers["location"].split("/")[-1].partition("?")[0]
    where = f"{CE}/{claim}"
    entries = {name: value for name, value in draft.forms[f"{where}/files"].items() if name != "file"}
    added = ada.post(f"{where}/files", data=entries, files={"file": ("course.pdf", PDF, "application/pdf")})
    assert "course.pdf (1 kB)" in follow(ada, added.headers["location"]).text
    pending = press(ada, where, f"{where}/submit")
    assert "Your claim is handed in and waits for its decision." in pending.text
    assert named(frame, "credit-claim-drafted", "credit-evidence-attached", "credit-claim-submitted") == [
        "credit-claim-drafted",
        "credit-evidence-attached",
        "credit-claim-submitted",
    ]
    lines = portal.client(ADA).get(CREDITS).json()["claims"][0]["lines"]
    assert [(line["item"], line["completed_on"]) for line in lines] == list(ITEMS.items())


@pytest.mark.feature("F5.1")
@pytest.mark.feature("F5.2")
def test_pending_stands_beside_approved_and_used_ones_say_on_which_day(portal, enrolled):
    first = claimed(portal, {"OTHER-16": "2026-11-01"})
    ada, grace = portal.browser(ADA), portal.client("GRACE", *REVIEWER)
    page = follow(ada, CE).text
    assert "0 / 30" in page
    assert "16 more are pending." in page
    assert do(grace, "POST", f"/api/console/v1/claims/{first}/approval").status_code == 200
    second = claimed(portal, {"LIVE-8H": "2026-11-03"})
    bar = portal.client(ADA).get(CREDITS).json()["balance"]
    assert (bar["approved"], bar["pending"], bar["required"], bar["cycle_ends_on"]) == (16, 8, 30, "2028-01-14")
    assert do(grace, "POST", f"/api/console/v1/claims/{second}/approval").status_code == 200
    third = claimed(portal, {"DL-CCNA": "2026-11-05"})
    assert do(grace, "POST", f"/api/console/v1/claims/{third}/approval").status_code == 200
    claims = portal.client(ADA).get(CREDITS).json()["claims"]
    used = {line["item"]: (line["fate"], line["fate_on"]) for claim in claims for line in claim["lines"]}
    assert used == dict.fromkeys(("OTHER-16", "LIVE-8H", "DL-CCNA"), ("used", "2026-11-05"))
    assert "Used 5 November 2026" in " ".join(follow(ada, CE).text.split())
    assert portal.client(ADA, role="provider").get(CREDITS).status_code == 403


@pytest.mark.feature("F5.5")
@pytest.mark.rule("R-CE3")
def test_what_can_never_count_is_refused_with_its_reason_on_the_page_and_by_the_api(portal, frame, enrolled):
    ada, browser = portal.client(ADA), portal.browser(ADA)
    for item, day, code, words in (
        ("LIVE-8H", "2026-08-21", "submitted-late", "More than 90 days have passed since the completion."),
        ("LIVE-8H", "2026-11-21", "completed-in-future", "The day of completion lies in the future."),
        ("LITE", "2026-11-01", "not-in-item-catalogue", "Only listed items earn credits."),
    ):
        refused = do(ada, "POST", CLAIMS, {"lines": [{"item": item, "completed_on": day}]})
        assert (refused.status_code, refused.json()["code"]) == (409, code)
        answer = send(browser, follow(browser, f"{CE}/new"), f"{CE}/new", item=item, completed_on=day)
        assert (answer.status_code, words in checked(answer).text) == (409, True)
    assert named(frame, "credit-claim-drafted") == []


@pytest.mark.feature("F5.5")
def test_evidence_of_25_megabytes_goes_up_and_down_piece_by_piece(portal, enrolled):
    ada, grace = portal.client(ADA), portal.client("GRACE", *REVIEWER)
    lines = [{"item": item, "completed_on": day} for item, day in ITEMS.items()]
    claim = do(ada, "POST", CLAIMS, {"lines": lines}).json()["claim_id"]
    where = f"{CLAIMS}/{claim}/files?name=film.pdf"
    headers = {"Content-Type": "application/pdf", "Idempotency-Key": "large"}
    content = PDF + bytes(25 * MEGABYTE - len(PDF))
    more = ada.post(where, content=content + b"x", headers={**headers, "Idempotency-Key": "too-large"})
    assert (more.status_code, more.json()["code"]) == (413, "file-too-large")
    assert ada.post(where, content=content, headers=headers).status_code == 201
    assert do(ada, "POST", f"{CLAIMS}/{claim}/submission").status_code == 200
    (file,) = grace.get(f"/api/console/v1/claims/{claim}").json()["files"]
    assert (file["file_name"], file["size"]) == ("film.pdf", 25 * MEGABYTE)
    browser = portal.browser("GRACE", *REVIEWER)
    got = browser.get(f"/console/claims/{claim}/files/{file['evidence_id']}")
    assert (got.headers["content-length"], got.content == content) == (str(25 * MEGABYTE), True)


@pytest.mark.feature("F5.5")
def test_no_more_than_a_piece_and_a_chunk_of_a_file_is_in_memory_on_its_way():
    held, most, pieces = 0, 0, []

    async def chunks():
        nonlocal held, most
        for _ in range(90):
            held += CHUNK
            most = max(most, held)
            yield bytes(CHUNK)

    async def send(method, **arguments):
        nonlocal held
        if method == "evidence_piece":
            held -= len(b64decode(arguments["data"]))
            pieces.append(arguments["number"])
        return {"evidence_id": "EV-1", "piece_bytes": PIECE_BYTES}

    size = 90 * CHUNK
    asyncio.run(pass_on(send, chunks(), candidate_id=ADA, claim_id="K1", name="film.pdf", kind="application/pdf",
                        size=size))  # fmt: skip
    assert (held, pieces) == (0, list(range(-(-size // PIECE_BYTES))))
    assert most <= PIECE_BYTES + CHUNK


# -- expert status (F4.8) ----------------------------------------------------------------------------------------------


@pytest.mark.feature("F4.8")
@pytest.mark.rule("R-E1")
def test_an_expert_applies_on_the_page_pays_and_has_the_term_ahead(portal, frame, told, asked_as):
    expert(told, *LABS)
    asked_as().assign_expert_numbers()
    ada = portal.browser(ADA)
    page = follow(ada, EXPERT)
    assert "CCIE number70001 (since 20 November 2026)" in page.text.replace("\n", "")
    applied = press(ada, EXPERT, EXPERT)
    assert "Your application is registered. The status begins once the fee is paid." in applied.text
    assert "waits for its payment" in applied.text
    assert EXPERT not in applied.forms
    (application,) = portal.client(ADA).get("/api/v1/me/expert").json()["applications"]
    body = {"application_id": application["application_id"], "payment": "PAY-7", "paid_on": "2026-11-20"}
    provider = portal.client("PROVIDER", role="provider")
    assert do(provider, "POST", "/api/provider/v1/emeritus-payments", body).status_code == 200
    assert "paid on 20 November 2026" in " ".join(follow(ada, EXPERT).text.split())
    assert named(frame, "emeritus-applied", "emeritus-paid", "emeritus-recorded", "emeritus-foreseen") == [
        "emeritus-applied", "emeritus-paid", "emeritus-recorded", "emeritus-foreseen",
    ]  # fmt: skip
    assert "then Emeritus until 1 December 2027" in follow(ada, "/certifications").text


@pytest.mark.feature("F4.8")
def test_an_expert_applies_by_the_api_once_and_others_are_refused(portal, frame, told):
    expert(told, *LABS)
    ada = portal.client(ADA)
    made = do(ada, "POST", "/api/v1/me/expert/emeritus", key="first")
    repeated = do(ada, "POST", "/api/v1/me/expert/emeritus", key="first")
    assert repeated.json()["application_id"] == made.json()["application_id"]
    second = do(ada, "POST", "/api/v1/me/expert/emeritus", key="second")
    assert (second.status_code, second.json()["code"]) == (409, "emeritus-application-open")
    nobody = do(portal.client(GRACE), "POST", "/api/v1/me/expert/emeritus")
    assert (nobody.status_code, nobody.json()["code"]) == (409, "no-expert-certification")
    assert named(frame, "emeritus-applied") == ["emeritus-applied"]


@pytest.mark.feature("F4.8")
@pytest.mark.rule("R-E1")
def test_nine_years_are_too_early_for_emeritus_on_the_page_and_by_the_api(portal, told):
    expert(told, "2017-09-14", "2020-08-01", "2023-07-01", "2026-06-01", qualifier="2017-03-02")
    early = do(portal.client(ADA), "POST", "/api/v1/me/expert/emeritus")
    assert (early.status_code, early.json()["code"]) == (409, "emeritus-too-early")
    assert early.json()["detail"] == "Emeritus status can be asked for from 14 June 2027 on."
    page = follow(portal.browser(ADA), EXPERT)
    assert EXPERT not in page.forms
    assert "14 June 2027" in page.text


# -- calendar (F4.9), status (F4.1) ------------------------------------------------------------------------------------


@pytest.mark.feature("F4.9")
def test_the_calendars_link_is_made_replaced_and_revoked_by_the_api(portal, ccna):
    ada, link = portal.client(ADA), "/api/v1/me/calendar-link"
    assert ada.get(link).json() == {"address": None}
    first = do(ada, "POST", link, key="first").json()["address"]
    second = do(ada, "POST", link, key="second").json()["address"]
    assert first != second
    assert ada.get(link).json() == {"address": second}
    assert portal.anybody().get(first).status_code == 404
    assert do(ada, "POST", f"{link}/revocation").json() == {"address": None}
    assert portal.anybody().get(second).status_code == 404
    assert portal.client(ADA, role="provider").get(link).status_code == 403


@pytest.mark.feature("F4.1")
def test_the_status_is_for_its_candidate_alone(portal, ccna):
    assert portal.client(ADA).get("/api/v1/me/certifications").json()["certifications"][0]["certification"] == "ccna"
    assert portal.client(GRACE).get("/api/v1/me/certifications").json()["certifications"] == []
    assert portal.anybody().get("/api/v1/me/certifications").status_code == 401
    assert portal.anybody().get("/certifications").headers["location"] == "/login?next=%2Fcertifications"
