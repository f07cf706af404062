"""The JSON API in front of stock nameko services."""

import time

import httpx
import pytest

from gateway.api import answers
from tests.corner import corner
from tests.gateway import places
from tests.gateway.stand_ins_known import CODE, NAME, PASSWORD

pytestmark = pytest.mark.server

RESULT = {
    "candidate_id": "ADA", "exam": "200-301", "taken_on": "2026-09-01", "outcome": "pass", "score": 870,
    "provider_reference": "P-1",
}  # fmt: skip


def write(client: httpx.Client, method: str, path: str, body=None, key: str = "k1") -> httpx.Response:
    return client.request(method, path, json=body, headers={"Idempotency-Key": key})


@pytest.mark.feature("F1.2")
def test_a_wrong_password_is_refused_with_401(site):
    answer = site.post("/api/v1/sessions", json={"email": "ada@example.org", "password": "wrong"})
    assert (answer.status_code, answer.json()["code"]) == (401, "log-in-refused")


def test_a_session_is_refreshed_and_ended(site):
    assert "token" in site.post("/api/v1/sessions/refresh", json={"session": "ada.secret"}).json()
    assert site.request("DELETE", "/api/v1/sessions", json={"session": "ada.secret"}).status_code == 204


@pytest.mark.feature("F1.4")
def test_an_account_is_created_and_leaves_a_mark(site):
    account = {
        "email": "ada@example.org", "password": PASSWORD, "first_name": "Ada", "last_name": "Lovelace",
        "country": "GB", "privacy_version": "2026-11", "terms_version": "2026-11",
    }  # fmt: skip
    answer = write(site, "POST", "/api/v1/accounts", account)
    assert (answer.status_code, answer.json()) == (201, {"candidate_id": "ADA"})
    assert answer.headers["certtrack-written"] == "identity/e1/0/1"


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/api/v1/me", answers.Profile),
        ("/api/v1/me/dashboard", answers.Dashboard),
        ("/api/v1/me/certifications", answers.Certifications),
        ("/api/v1/me/certifications/history", answers.CertificationHistory),
        ("/api/v1/me/certifications/codes", answers.Codes),
        ("/api/v1/me/exams", answers.Exams),
        ("/api/v1/me/kits", answers.Kits),
        ("/api/v1/me/transcripts", answers.Transcripts),
    ],
)
def test_reads_answer_as_described_and_are_stored_nowhere(ada, path, schema):
    answer = ada.get(path)
    assert answer.status_code == 200
    assert schema().validate(answer.json()) == {}
    assert answer.headers["cache-control"] == "no-store"


def test_the_dashboard_names_nobody_while_all_answer(ada):
    answer = ada.get("/api/v1/me/dashboard").json()
    assert (answer["unavailable"], answer["stale"]) == ([], [])
    assert answer["certifications"]["certifications"][0]["certification"] == "ccna"


@pytest.mark.feature("F6.2")
def test_pages_of_the_testing_history_are_linked(ada):
    answer = ada.get("/api/v1/me/exams", params={"sort": "exam", "order": "asc", "page": 2, "page_size": 10})
    base = "/api/v1/me/exams?sort=exam&order=asc&page"
    assert answer.headers["link"] == f'<{base}=1&page_size=10>; rel="prev", <{base}=3&page_size=10>; rel="next"'


@pytest.mark.parametrize("query", [{"sort": "shoe"}, {"page": "0"}, {"page_size": "5000"}, {"colour": "red"}])
def test_pages_that_make_no_sense_are_refused(ada, query):
    assert ada.get("/api/v1/me/exams", params=query).status_code == 422


@pytest.mark.feature("F2.2")
def test_a_po_box_is_refused_in_words(ada):
    address = {"country": "GB", "lines": ["PO Box 12"], "city": "Dorking"}
    answer = write(ada, "PUT", "/api/v1/me/address", address)
    assert (answer.status_code, answer.json()["code"]) == (409, "po-box-address")
    assert answer.json()["detail"] == "Kits cannot be sent to a P.O. box. Please give a street address."


@pytest.mark.feature("F8.2")
def test_a_claim_repeated_with_its_key_is_one_order(ada):
    answers = [write(ada, "POST", "/api/v1/me/kits/K1/claim", {"printed_name": NAME}, key="click") for _ in range(3)]
    other = write(ada, "POST", "/api/v1/me/kits/K1/claim", {"printed_name": NAME}, key="another")
    assert len({answer.json()["order_number"] for answer in answers}) == 1
    assert other.json()["order_number"] != answers[0].json()["order_number"]
    assert answers[0].headers["certtrack-written"] == "fulfillment/e1/0/5"


@pytest.mark.feature("F9.10")
def test_a_shared_transcript_shows_what_its_schema_names_and_no_private_notes(site):
    answer = site.get(f"/api/v1/public/transcripts/{CODE}")
    assert answer.status_code == 200
    assert answer.json()["holder"] == NAME
    assert "private_notes" not in answer.json()
    assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_second_reader_is_answered_from_memory_with_the_same_answer(site):
    path = f"/api/v1/public/transcripts/{CODE}"
    time.sleep(0.6)
    first = site.get(path)
    hits = memory_hits(site)
    second = site.get(path)
    assert memory_hits(site) == hits + 1
    assert second.content == first.content
    strict = {name: value for name, value in first.headers.items() if name not in {"date", "x-correlation-id"}}
    assert {name: value for name, value in second.headers.items() if name != "date"} == strict


def memory_hits(site: httpx.Client) -> float:
    lines = site.get("/metrics").text.splitlines()
    return float(next(line for line in lines if line.startswith("certtrack_public_cache_hits_total")).split()[1])


@pytest.mark.feature("F9.9")
def test_a_disabled_transcript_is_refused_from_the_moment_of_the_answer(ada):
    paths = [f"/api/v1/public/transcripts/{CODE}", f"/t/{CODE}"]
    assert [ada.get(path).status_code for path in paths] == [200, 200]

    answer = write(ada, "POST", "/api/v1/me/transcripts/T1/disable", key="off")

    assert (answer.status_code, answer.json()["state"]) == (200, "done")
    assert [ada.get(path).status_code for path in paths] == [404, 404]
    assert write(ada, "POST", "/api/v1/me/transcripts/T1/enable", key="on").status_code == 200
    time.sleep(0.6)


def test_unknown_and_disabled_transcripts_look_the_same(ada):
    write(ada, "POST", "/api/v1/me/transcripts/T1/disable", key="off-again")
    disabled, unknown = (ada.get(f"/api/v1/public/transcripts/{code}") for code in (CODE, "ZZZZZZZZZZZZZZZZ"))
    write(ada, "POST", "/api/v1/me/transcripts/T1/enable", key="on-again")
    assert disabled.status_code == unknown.status_code == 404
    assert disabled.content == unknown.content
    time.sleep(0.6)


@pytest.mark.feature("F11.2")
def test_a_code_is_verified_by_anybody(site):
    assert site.get(f"/api/v1/public/verify/{CODE}").json() == {
        "answer": "valid-until",
        "holder": NAME,
        "certification": None,
        "name": "CCNA",
        "active_on": "2024-05-29",
        "expires_on": "2027-05-29",
        "revoked_on": None,
    }
    assert site.get("/api/v1/public/verify/ZZZZZZZZZZZZZZZZ").json()["answer"] == "unknown"


@pytest.mark.rule("R-P1")
@pytest.mark.feature("F2.11")
def test_an_erasure_names_its_day_and_can_be_withdrawn(ada):
    answer = write(ada, "DELETE", "/api/v1/me")
    assert (answer.status_code, answer.json()["erased_on"]) == (202, "2026-12-11")
    assert write(ada, "DELETE", "/api/v1/me/erasure").status_code == 204


@pytest.mark.feature("F2.4")
@pytest.mark.feature("F2.5")
@pytest.mark.feature("F2.8")
def test_work_and_local_script_through_the_api(ada):
    assert ada.get("/api/v1/companies").json() == {"companies": ["Cisco Systems", "IBM"]}
    assert write(ada, "PUT", "/api/v1/me/company", {"company": "IBM"}).status_code == 204
    assert write(ada, "PUT", "/api/v1/me/job-title", {"job_title": "Engineer"}).status_code == 204
    assert write(ada, "PUT", "/api/v1/me/local-script", {"name": "エイダ", "lines": ["神南"]}).status_code == 204
    assert write(ada, "PUT", "/api/v1/me/company", {"company": "x" * 121}).status_code == 422


@pytest.mark.feature("F2.9")
@pytest.mark.feature("F2.10")
def test_directory_and_review_through_the_api(ada):
    listed = {"listed": True, "shown": ["city"]}
    assert write(ada, "PUT", "/api/v1/me/directory", listed).status_code == 204
    refused = write(ada, "PUT", "/api/v1/me/directory", {"listed": True, "shown": ["company"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "minors-are-not-listed")
    assert write(ada, "POST", "/api/v1/me/review").status_code == 204


@pytest.mark.rule("R-M1")
def test_a_guardian_is_asked_and_answers_through_the_api(ada, site):
    guardian = {"guardian_name": "Anne", "guardian_email": "anne@example.org"}
    assert write(ada, "PUT", "/api/v1/me/guardian", guardian).status_code == 204
    own = write(ada, "PUT", "/api/v1/me/guardian", guardian | {"guardian_email": "ada@example.org"})
    assert (own.status_code, own.json()["code"]) == (409, "guardian-is-candidate")
    said = write(site, "POST", "/api/v1/guardian-answers", {"link": "good", "consents": True})
    assert said.json() == {"state": "consented"}
    assert write(site, "POST", "/api/v1/guardian-answers", {"link": "bad", "consents": True}).status_code == 409


@pytest.mark.rule("R-P2")
@pytest.mark.feature("F2.11")
def test_everything_that_is_stored_is_exported(ada):
    found = ada.get("/api/v1/me/export").json()
    assert set(found["facts"]) == {"identity", "certification", "testing", "fulfillment", "verification"}
    assert found["facts"]["identity"][0]["fields"]["consents"][0]["version"] == "7"


def provider(site: httpx.Client, amqp_uri: str) -> httpx.Client:
    from chassis.calling import BlockingCaller  # it imports eventlet, which only these tests need

    told = BlockingCaller(amqp_uri).call(
        "identity", "issue_token", subject="test-provider", roles=["provider"], lifetime_seconds=600
    )
    return httpx.Client(base_url=site.base_url, headers={"Authorization": f"Bearer {told['token']}"}, timeout=5.0)


@pytest.mark.rule("R-X1")
def test_the_provider_reports_and_revokes_results(site, amqp_uri):
    with provider(site, amqp_uri) as vendor:
        reported = write(vendor, "POST", "/api/provider/v1/results", RESULT)
        contradiction = write(vendor, "POST", "/api/provider/v1/results", {**RESULT, "provider_reference": "P-other"})
        began = time.monotonic()
        revoked = write(vendor, "POST", "/api/provider/v1/results/R1/revocation", {"reason": "score-irregular"})

    assert (reported.status_code, reported.json()) == (201, {"result_id": "R1"})
    assert (contradiction.status_code, contradiction.json()["code"]) == (409, "provider-record-contradicts")
    assert (revoked.status_code, revoked.json()["state"], revoked.json()["result_id"]) == (200, "done", "R1")
    assert 0.5 <= time.monotonic() - began < 2.0


def test_a_silent_service_leaves_a_gap_on_the_dashboard_and_never_an_error(broker, tmp_path):
    with (
        corner(broker) as silent,
        places.stand_ins(silent.uri, "identity", "certification"),
        places.gateway(silent.uri, tmp_path) as client,
    ):
        token = client.post("/api/v1/sessions", json={"email": "a@b.org", "password": PASSWORD}).json()["token"]
        began = time.monotonic()
        answer = client.get("/api/v1/me/dashboard", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 200
    assert answer.json()["unavailable"] == ["testing", "fulfillment", "verification"]
    assert answer.json()["kits"] is None
    assert answer.json()["profile"]["candidate_id"] == "ADA"
    assert time.monotonic() - began < 2.0
