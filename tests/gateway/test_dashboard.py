"""What the dashboard is put together from, without any server."""

from datetime import date

import pytest

from gateway.calls import Part
from gateway.dashboard import words
from gateway.dashboard.activity import recent
from gateway.dashboard.overview import SERVICES, Overview
from gateway.dashboard.results import results
from gateway.dashboard.to_do import to_do

DAY = date(2026, 11, 27)
RESULT = {
    "result_id": "R1", "exam": "200-301", "title": "Networking", "taken_on": "2026-11-20", "outcome": "pass",
    "at": "T1", "counts_as": "R1",
}  # fmt: skip
KIT = {"kit_id": "K1", "certification": "ccna", "name": "CCNA", "kind": "certificate", "claimable": True}
EARNED = {"at": "T3", "code": "earned", "details": {"certification": "ccna", "name": "CCNA", "kit": "certificate"}}
PLAIN = {"at": "T3", "code": "earned", "details": {"certification": "spec", "name": "Spec", "kit": "none"}}
SHARED = {"transcript_id": "T1", "state": "enabled", "view_until": "2026-12-11", "disclosures": [{}]}
TOLD = {
    "identity": {"profile": {"complete": True}, "announcements": [], "activity": []},
    "certification": {"status": {}, "expirations": [], "activity": [], "outcomes": {}},
    "testing": {"history": {}, "received": [RESULT], "activity": []},
    "fulfillment": {"kits": [], "offered": {}, "activity": []},
    "verification": {"transcripts": [], "minted": {}, "activity": []},
}


def told(**parts):
    """All services answer, with these differences; None is silence."""
    answers = {
        service: TOLD[service] if service not in parts else parts[service] and TOLD[service] | parts[service]
        for service in SERVICES
    }
    return Overview({service: Part(answer, silent=answer is None) for service, answer in answers.items()})


def way(found):
    return [(step["step"], step["state"], step["at"]) for step in results(found)[0]["steps"]]


BROUGHT = {"outcomes": {"R1": {"matched_at": "T2", "brought": [EARNED]}}}


def test_a_result_that_has_just_come_in_is_under_way():
    assert way(told()) == [
        ("received", "done", "T1"),
        ("matched", "in-progress", None),
        ("certified", "in-progress", None),
    ]


def test_what_follows_a_certification_is_awaited():
    assert way(told(certification=BROUGHT)) == [
        ("received", "done", "T1"), ("matched", "done", "T2"), ("certified", "done", "T3"),
        ("code", "in-progress", None), ("kit", "in-progress", None),
    ]  # fmt: skip


def test_a_result_has_arrived_when_code_and_kit_are_there():
    found = told(
        certification=BROUGHT, verification={"minted": {"ccna": "T4"}},
        fulfillment={"kits": [KIT], "offered": {"K1": "T5"}},
    )  # fmt: skip
    assert way(found)[3:] == [("code", "done", "T4"), ("kit", "done", "T5")]
    assert results(found)[0]["done"] is True
    assert results(found)[0]["steps"][2]["brought"] == [{"code": "earned", **EARNED["details"]}]


def test_a_certification_without_a_kit_awaits_none():
    found = told(certification={"outcomes": {"R1": {"matched_at": "T2", "brought": [PLAIN]}}})
    assert [step for step, _, _ in way(found)] == ["received", "matched", "certified", "code"]


def test_a_pass_may_bring_nothing_new():
    found = told(certification={"outcomes": {"R1": {"matched_at": "T2", "brought": []}}})
    assert way(found)[2:] == [("certified", "nothing", None)]
    assert results(found)[0]["done"] is True


@pytest.mark.parametrize("outcome", ["fail", "invalidated"])
def test_other_results_are_only_received(outcome):
    found = told(testing={"received": [RESULT | {"outcome": outcome}]})
    assert way(found) == [("received", "done", "T1")]


@pytest.mark.parametrize(
    ("service", "unknown"),
    [("certification", ("matched", "unknown", None)), ("verification", ("code", "unknown", None)),
     ("fulfillment", ("kit", "unknown", None))],
)  # fmt: skip
def test_what_a_silent_service_would_tell_is_unknown(service, unknown):
    assert unknown in way(told(**({"certification": BROUGHT} | {service: None})))


def test_nothing_is_said_of_results_while_testing_is_silent():
    assert results(told(testing=None)) is None


@pytest.mark.feature("F3.4")
def test_the_last_ten_facts_of_all_services_are_told_newest_first():
    def at(*minutes):
        return [{"at": f"2026-11-27T10:{minute:02}:00+00:00", "code": "c", "details": {}} for minute in minutes]

    found = recent(told(identity={"activity": at(50, 1)}, testing={"activity": at(*range(40, 30, -1))},
                        fulfillment={"activity": at(45)}))  # fmt: skip
    assert [line["at"][14:16] for line in found] == ["50", "45", *(str(minute) for minute in range(40, 32, -1))]
    assert [line["service"] for line in found[:3]] == ["identity", "fulfillment", "testing"]
    assert recent(told(**dict.fromkeys(SERVICES))) == []


@pytest.mark.feature("F3.2")
def test_what_waits_for_the_candidate_leads_to_its_page():
    found = told(
        identity={"profile": {"complete": False}}, certification={"agreement_due": True}, fulfillment={"kits": [KIT]},
        verification={"transcripts": [SHARED]},
    )  # fmt: skip
    assert [(entry["code"], entry["path"]) for entry in to_do(found, DAY)] == [
        ("profile-incomplete", "/personal-info"), ("agreement-due", "/certifications/agreement"),
        ("kit-unclaimed", "/kits/K1/claim"), ("transcript-expires", "/transcripts"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "transcript",
    [SHARED | {"view_until": "2026-12-12"}, SHARED | {"state": "disabled"}, SHARED | {"disclosures": []}],
)
def test_a_transcript_that_nobody_reads_or_that_lasts_is_nothing_to_do(transcript):
    assert to_do(told(verification={"transcripts": [transcript]}), DAY) == []


@pytest.mark.feature("F3.6")
def test_a_newcomer_has_nothing_to_do_and_silence_is_no_task():
    assert to_do(told(), DAY) == []
    assert to_do(told(**dict.fromkeys(SERVICES)), DAY) == []


# -- in words


def happened(code, **details):
    return words.activity({"at": "2026-11-27T10:00:00+00:00", "code": code, "details": details})


@pytest.mark.feature("F3.4")
def test_activity_is_told_in_words_with_links():
    assert happened("kit-offered", kind="plaque", name="CCIE") == words.Line(
        "2026-11-27T10:00:00+00:00", "Plaque offered: CCIE", "/kits", "note", "gift"
    )
    assert happened("result-received", exam="200-301", title="Networking", outcome="fail").words == (
        "Exam 200-301 Networking: Fail"
    )
    assert happened("invented-by-a-newer-service") is None


def test_every_code_has_words_without_gaps_even_where_a_service_told_nothing():
    assert all(happened(code).words for code in words.ACTIVITY)


def test_a_step_that_brought_certifications_tells_each():
    brought = [{"code": "earned", "name": "CCNA"}, {"code": "recertified", "name": "CCT"}]
    told = words.step({"step": "certified", "state": "done", "at": "T3", "brought": brought})
    assert [line.words for line in told] == ["Certification earned: CCNA", "Certification renewed: CCT"]


@pytest.mark.parametrize(("name", "states"), [(name, states) for name, states in words.STEPS.items()])
def test_every_step_has_words_in_every_state_it_can_be_in(name, states):
    assert all(words.step({"step": name, "state": state, "at": None})[0].words for state in states)


ENCOR = {"exam": "350-401", "acronym": "ENCOR", "title": "Core", "price_usd": 400}
ENARSI = {"exam": "300-410", "acronym": "ENARSI", "title": "Routing", "price_usd": 300}


@pytest.mark.feature("F3.5")
@pytest.mark.parametrize(
    ("cheapest", "told"),
    [
        (None, ["It can no longer be renewed."]),
        ({"exams": [], "credits": 1, "price_usd": 0}, ["1 more credit of continuing education"]),
        ({"exams": [{"count": 1, "choices": 1, "exams": [ENCOR]}], "credits": 0, "price_usd": 400},
         ["Pass 350-401 ENCOR", "List price: 400 USD"]),
        ({"exams": [{"count": 2, "choices": 9, "exams": [ENARSI, ENCOR]}], "credits": 40, "price_usd": None},
         ["Pass 300-410 ENARSI and 350-401 ENCOR, or others of the same kind",
          "40 more credits of continuing education"]),
    ],
)  # fmt: skip
def test_the_cheapest_renewal_is_told_part_by_part(cheapest, told):
    assert words.renewal(cheapest) == told


def test_what_waits_is_told_with_its_button():
    entry = {"code": "transcript-expires", "path": "/transcripts", "details": {"view_until": "2026-12-11"}}
    assert words.to_do(entry) == ("A transcript that you share ends on 11 December 2026.", "See transcripts")
