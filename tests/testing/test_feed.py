"""The provider's feed at the front door: every record once, bad ones by their line, good ones kept."""

import pytest

RESULT = {
    "kind": "result",
    "id": "VUE-R-1",
    "candidate_id": "C-ADA",
    "exam": "200-301",
    "taken_on": "2026-11-02",
    "outcome": "pass",
    "score": 880,
    "language": "en",
    "delivery": "centre",
    "site": "Amsterdam",
    "domains": [{"name": "IP connectivity", "percent": 82}],
}
APPOINTMENT = {
    "kind": "appointment",
    "id": "VUE-A-1",
    "candidate_id": "C-ADA",
    "exam": "350-401",
    "starts_at": "2026-12-01T08:00:00+00:00",
    "booked_at": "2026-11-19T10:00:00+00:00",
    "time_zone": "Europe/Amsterdam",
    "delivery": "centre",
    "site": "vue-ams",
    "site_name": "Provider centre Amsterdam",
    "channel": "phone",
    "price_cents": 40_000,
}
PAYMENT = {
    "kind": "payment",
    "id": "VUE-P-1",
    "candidate_id": "C-ADA",
    "appointment": "VUE-A-1",
    "order_number": "0012-3456",
    "paid_at": "2026-11-19T10:01:00+00:00",
    "price_cents": 40_000,
    "tax_cents": 8_400,
}


def send(door, *records, first=1):
    numbered = [{"line": number, "record": record} for number, record in enumerate(records, first)]
    return door.asked_as().take_records(numbered)["answers"]


def states(answers):
    return [answer.get("code", answer["state"]) for answer in answers]


@pytest.mark.feature("F6.1")
def test_records_of_all_kinds_are_taken_in_one_page(door):
    moved = {
        **{name: APPOINTMENT[name] for name in ("candidate_id", "time_zone", "delivery", "site", "site_name")},
        "kind": "reschedule", "id": "VUE-M-1", "appointment": "VUE-A-1",
        "starts_at": "2026-12-02T08:00:00+00:00", "moved_at": "2026-11-20T08:00:00+00:00",
    }  # fmt: skip
    day = {"candidate_id": "C-ADA", "kind": "check-in", "appointment": "VUE-A-1", "at": "2026-12-02T08:00:00+00:00"}
    details = {
        "kind": "score-details", "id": "VUE-D-1", "candidate_id": "C-ADA", "result": "VUE-R-1",
        "domains": [{"name": "IP connectivity", "percent": 83}],
    }  # fmt: skip
    skill = {
        "kind": "skill-challenge", "id": "VUE-S-1", "candidate_id": "C-ADA", "name": "Routing sprint",
        "taken_on": "2026-10-01", "result": "Gold",
    }  # fmt: skip
    happened = [{**day, "id": f"VUE-C-{name}", "happening": name} for name in ("check-in", "start", "deliver")]
    page = [RESULT, APPOINTMENT, PAYMENT, moved, *happened, details, skill]
    assert states(send(door, *page)) == ["recorded"] * 9
    assert states(send(door, *page)) == ["known"] * 9
    (line,) = door.asked_as().history("C-ADA")["results"]
    assert (line["language"], line["delivery"], line["site"]) == ("en", "centre", "Amsterdam")
    report = door.asked_as().score_report("C-ADA", line["result_id"])
    assert report["domains"] == [{"name": "IP connectivity", "percent": 83}]
    (booked,) = door.asked_as().appointments("C-ADA")["appointments"]
    assert (booked["status"], booked["starts_on"], booked["channel"]) == ("delivered", "2026-12-02", "phone")
    (receipt,) = door.asked_as().receipts("C-ADA")
    assert (receipt["order_number"], receipt["total"]) == ("0012-3456", 48_400)
    listed = door.asked_as().challenges("C-ADA")["skill_challenges"]
    assert [(one["name"], one["result"]) for one in listed] == [("Routing sprint", "Gold")]


@pytest.mark.feature("F10.2")
def test_a_booking_by_phone_appears_and_can_be_moved_in_the_portal(known):
    send(known, APPOINTMENT, PAYMENT)
    (booked,) = known.asked_as().appointments("C-ADA")["appointments"]
    assert (booked["changeable"], booked["site_name"]) == (True, "Provider centre Amsterdam")
    known.asked_as().reschedule("C-ADA", booked["appointment_id"], "austin", "2026-12-03T14:30:00+00:00")
    (moved,) = known.asked_as().appointments("C-ADA")["appointments"]
    assert (moved["site"], moved["starts_on"], moved["status"]) == ("austin", "2026-12-03", "paid")


@pytest.mark.feature("F12.2")
def test_bad_records_are_told_by_line_and_harm_no_others(door):
    answers = send(
        door,
        RESULT,
        RESULT,
        {**RESULT, "score": 879},
        {**RESULT, "candidate_id": "C-GRACE"},
        {**RESULT, "id": "VUE-R-2", "exam": "999-999"},
        {**RESULT, "id": "VUE-R-3", "taken_on": "2026-11-22"},
        {**RESULT, "id": "VUE-R-4", "score": 99},
        {**RESULT, "id": ""},
        {**RESULT, "id": "VUE-R-5", "kind": "gossip"},
        {"kind": "check-in", "id": "VUE-C-1", "candidate_id": "C-ADA", "appointment": "VUE-A-9",
         "happening": "check-in", "at": "2026-11-02T08:00:00+00:00"},
        {**APPOINTMENT, "time_zone": "Moon/Crater"},
        {**RESULT, "id": "VUE-R-6", "taken_on": "2026-11-03"},
        first=7,
    )  # fmt: skip
    assert states(answers) == [
        "recorded",
        "known",
        "provider-record-contradicts",
        "provider-record-contradicts",
        "unknown-exam",
        "exam-date-in-future",
        "record-invalid",
        "record-id-missing",
        "record-kind-unknown",
        "unknown-appointment",
        "time-zone-unknown",
        "recorded",
    ]
    assert [answer["line"] for answer in answers] == list(range(7, 19))
    assert answers[6]["details"] == {
        "fields": {"score": ["Must be greater than or equal to 300 and less than or equal to 1000."]}
    }
    assert door.asked_as().history("C-ADA")["total"] == 2


def test_a_record_stays_with_its_candidate_over_calls(door):
    send(door, RESULT, APPOINTMENT)
    others = [{**RESULT, "candidate_id": "C-GRACE"}, {**APPOINTMENT, "candidate_id": "C-GRACE"}]
    assert states(send(door, *others)) == ["provider-record-contradicts"] * 2


@pytest.mark.feature("F6.5")
def test_a_result_may_come_before_its_booking(door):
    assert states(send(door, RESULT)) == ["recorded"]
    booking = {**APPOINTMENT, "exam": "200-301", "starts_at": "2026-11-02T08:00:00+00:00"}
    assert states(send(door, booking)) == ["recorded"]
    assert [line["outcome"] for line in door.asked_as().history("C-ADA")["results"]] == ["pass"]


def test_the_same_page_under_the_same_key_gives_the_first_answers(door):
    page = [{"line": 1, "record": RESULT}, {"line": 2, "record": {**RESULT, "id": "VUE-R-2", "exam": "350-401"}}]
    first = door.asked_as("feed|1").take_records(page)
    assert door.asked_as("feed|1").take_records(page) == first
    assert [answer["state"] for answer in first["answers"]] == ["recorded", "recorded"]
