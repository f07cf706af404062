"""From the search for an exam to the score report, at the front door of the service."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from chassis.errors import NotFound, Rejected
from services.testing.domain.sanctions import ImposeSanction, sanctions

CARD = "4242 4242 4242 4242"
START = "2026-12-01T08:00:00+00:00"
WISH = {"exam": "200-301", "site": "amsterdam", "starts_at": START, "confirmed_name": "Ada Lovelace", "card": CARD}


def book(door, candidate_id="C-ADA", **otherwise):
    return door.asked_as().book(candidate_id, **{**WISH, **otherwise})["appointment_id"]


def refused(code, call, *positional, **named):
    with pytest.raises(Rejected) as refusal:
        call(*positional, **named)
    assert refusal.value.code == code
    return refusal.value.details


def result(door, exam, day, outcome, candidate_id="C-ADA"):
    return door.asked_as().report_result(
        candidate_id=candidate_id, exam=exam, taken_on=day, outcome=outcome, provider_reference=f"{exam}/{day}"
    )["result_id"]


@pytest.mark.feature("F10.3")
def test_exams_are_found_by_words_in_groups_and_private_ones_by_their_code(door):
    found = door.asked_as().find_exams(words="enterprise core")
    assert [(group["name"], [exam["exam"] for exam in group["exams"]]) for group in found["groups"]] == [
        ("Proctored Exams", ["350-401"]),
        ("Entry and Specialist Exams", []),
        ("Practical Exams", []),
    ]
    private = door.asked_as().find_exams(access_code="partner-2026")
    assert {exam["exam"] for group in private["groups"] for exam in group["exams"]} == {"820-605", "810-110"}
    assert "820-605" not in str(door.asked_as().find_exams())
    refused("unknown-access-code", door.asked_as().find_exams, access_code="GUESS")


@pytest.mark.feature("F10.5")
def test_the_providers_own_pages_are_data(door):
    assert door.asked_as().provider_pages() == {
        "profile": "https://www.example.org/test-provider/profile",
        "self_service": "https://www.example.org/test-provider/self-service",
    }


def test_an_exam_past_its_last_test_day_is_not_offered(door):
    assert door.asked_as().find_exams(words="300-425")["total"] == 0


@pytest.mark.feature("F10.1")
def test_times_are_those_of_the_place_and_seats_are_counted(known):
    first, second = known.asked_as().sessions("200-301", "amsterdam", "2026-12-01", 1)
    assert (first["clock"], first["starts_at"], first["seats_left"]) == ("09:00", START, 6)
    book(known)
    again, _ = known.asked_as().sessions("200-301", "amsterdam", "2026-12-01", 1)
    assert (again["seats_left"], second["clock"]) == (5, "13:00")
    assert known.asked_as().sessions("200-301", "amsterdam", "2026-12-05", 2) == []
    (east,) = known.asked_as().sessions("200-301", "kiritimati", "2026-12-01", 1)
    assert (east["day"], east["starts_at"]) == ("2026-12-01", "2026-11-30T20:00:00+00:00")


@pytest.mark.feature("F10.10")
def test_a_booking_is_paid_with_voucher_and_tax_and_has_a_receipt(known):
    quote = known.asked_as().quote("C-ADA", "200-301", "amsterdam", "learn50")
    assert (quote["price"], quote["discount"], quote["tax"], quote["total"]) == (30_000, 15_000, 3_150, 18_150)
    one = book(known, voucher="learn50")
    receipt = known.asked_as().receipt("C-ADA", one)
    assert (receipt["total"], receipt["voucher"], receipt["currency"]) == (18_150, "LEARN50", "USD")
    assert receipt["order_number"].startswith("P-")
    with pytest.raises(NotFound):
        known.asked_as().receipt("C-GRACE", one)


@pytest.mark.parametrize(
    ("otherwise", "code"),
    [
        ({"card": "4000 0000 0000 0002"}, "payment-declined"),
        ({"card": "1234"}, "test-card-needed"),
        ({"voucher": "FREE"}, "unknown-voucher"),
        ({"confirmed_name": "Ada King"}, "name-not-confirmed"),
        ({"starts_at": "2026-12-01T08:30:00+00:00"}, "no-such-session"),
        ({"site": "brussels-lab"}, "no-such-session"),
        ({"accommodations": ["a-butler"]}, "unknown-accommodation"),
        ({"exam": "999-999"}, "unknown-exam"),
        ({"starts_at": "2027-03-01T08:00:00+00:00"}, "beyond-the-calendar"),
    ],
)
@pytest.mark.feature("F10.6")
def test_a_booking_that_cannot_be_takes_no_seat(known, otherwise, code):
    refused(code, book, known, **otherwise)
    first, _ = known.asked_as().sessions("200-301", "amsterdam", "2026-12-01", 1)
    assert first["seats_left"] == 6
    assert known.asked_as().appointments("C-ADA") == {"appointments": [], "total": 0}


@pytest.mark.feature("F10.6")
def test_retake_wait_ban_and_qualifier_are_checked_with_what_is_known(known):
    result(known, "200-301", "2026-11-19", "fail")
    early = {"site": "online", "starts_at": "2026-11-24T09:00:00+00:00"}
    details = refused("retake-too-early", book, known, **early)
    assert details == {"exam": "200-301", "next_allowed_on": "2026-11-25"}
    book(known, site="online", starts_at="2026-11-25T09:00:00+00:00")
    lab = {"exam": "LAB-EI", "site": "brussels-lab", "starts_at": "2026-12-01T07:00:00+00:00"}
    assert refused("qualifier-missing", book, known, **lab) == {"qualifiers": "350-401"}
    result(known, "350-401", "2026-11-02", "pass")
    book(known, **lab)
    ban = ImposeSanction(
        sanction_id="S-1", kind="ban", reason="item-disclosure", today=known.frame.clock.today(),
        imposed_by="S-REVIEWER", appeal_days=14, banned_until=known.frame.clock.today().replace(year=2027),
    )  # fmt: skip
    known.asked_as().desk.handle(sanctions, "C-ADA", ban, subject="C-ADA")
    assert refused("candidate-banned", book, known, exam="300-410") == {"until": "2027-11-20"}


@pytest.mark.feature("F10.1")
def test_the_last_seat_is_sold_once_however_many_ask(known):
    wish = {**WISH, "site": "kiritimati", "starts_at": "2026-11-30T20:00:00+00:00"}
    people = {"C-ADA": "Ada Lovelace", "C-GRACE": "Grace Hopper", "C-LINUS": "Linus Berg"}

    def attempt(candidate_id):
        try:
            return known.asked_as().book(candidate_id, **{**wish, "confirmed_name": people[candidate_id]})
        except Rejected as refusal:
            return refusal.code

    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(attempt, people))
    assert sorted(str(one) for one in outcomes if isinstance(one, str)) == ["no-seat-left", "no-seat-left"]
    (session,) = known.asked_as().sessions("200-301", "kiritimati", "2026-12-01", 1)
    assert session["seats_left"] == 0
    booked = [known.asked_as().appointments(one)["total"] for one in people]
    assert sorted(booked) == [0, 0, 1]


@pytest.mark.feature("F10.7")
def test_a_moved_appointment_changes_its_seat_and_a_cancelled_one_frees_it(known):
    one = book(known)
    known.asked_as().reschedule("C-ADA", one, "amsterdam", "2026-12-01T12:00:00+00:00")
    first, second = known.asked_as().sessions("200-301", "amsterdam", "2026-12-01", 1)
    assert (first["seats_left"], second["seats_left"]) == (6, 5)
    known.asked_as().cancel("C-ADA", one)
    (booked,) = known.asked_as().appointments("C-ADA")["appointments"]
    assert (booked["status"], booked["refunded"], booked["changeable"]) == ("cancelled", True, False)
    assert known.asked_as().receipt("C-ADA", one)["refunded_at"] is not None
    _, again = known.asked_as().sessions("200-301", "amsterdam", "2026-12-01", 1)
    assert again["seats_left"] == 6


def test_nobody_moves_the_appointment_of_somebody_else(known):
    one = book(known)
    with pytest.raises(NotFound):
        known.asked_as().cancel("C-GRACE", one)


def test_an_unpaid_lab_lapses_after_its_due_date_and_frees_its_seat(known):
    result(known, "350-401", "2026-11-02", "pass")
    lab = {"exam": "LAB-EI", "site": "brussels-lab", "starts_at": "2027-03-01T07:00:00+00:00"}
    one = book(known, **lab, card="", pay_later=True)
    (booked,) = known.asked_as().appointments("C-ADA")["appointments"]
    assert (booked["status"], booked["payment_due_on"]) == ("booked", "2026-12-01")
    known.frame.clock.at = datetime.fromisoformat("2026-12-01T12:00:00+00:00")
    assert known.asked_as().lapse_unpaid() == {"lapsed": 0}
    known.frame.clock.pass_days(1)
    assert known.asked_as().lapse_unpaid() == {"lapsed": 1}
    assert known.asked_as().lapse_unpaid() == {"lapsed": 0}
    (session,) = known.asked_as().sessions("LAB-EI", "brussels-lab", "2027-03-01", 1)
    assert session["seats_left"] == 2
    refused("appointment-not-open", known.asked_as().pay, "C-ADA", one, CARD)


@pytest.mark.feature("F10.8")
def test_accommodations_are_granted_before_the_booking_and_come_with_it(known):
    asked = known.asked_as().request_accommodation("C-ADA", "extra-time", "I read slowly.")["request_id"]
    refused("accommodation-asked-before", known.asked_as().request_accommodation, "C-ADA", "extra-time", "Again.")
    details = refused("accommodation-not-approved", book, known, accommodations=["extra-time"])
    assert details == {"accommodation": "extra-time"}
    (waiting,) = known.asked_as().accommodation_queue()
    assert (waiting["request_id"], waiting["candidate_id"], waiting["statement"]) == (asked, "C-ADA", "I read slowly.")
    known.asked_as().decide_accommodation(asked, "S-ONE", approved=True)
    known.asked_as().decide_accommodation(asked, "S-TWO", approved=True)
    refused("accommodation-decided", known.asked_as().decide_accommodation, asked, "S-TWO", approved=False)
    assert known.asked_as().accommodation_queue() == []
    book(known, accommodations=["extra-time"])
    (booked,) = known.asked_as().appointments("C-ADA")["appointments"]
    assert booked["accommodations"] == ["extra-time"]


@pytest.mark.feature("F10.8")
def test_a_denied_accommodation_may_be_asked_for_again(known):
    first = known.asked_as().request_accommodation("C-ADA", "screen-reader", "Please.")["request_id"]
    known.asked_as().decide_accommodation(first, "S-ONE", approved=False, reason="letter-missing")
    known.asked_as().request_accommodation("C-ADA", "screen-reader", "With a letter.")
    told = known.asked_as().accommodations("C-ADA")["requests"]
    assert sorted((one["status"], one["reason"]) for one in told) == [("denied", "letter-missing"), ("pending", None)]
    refused("unknown-accommodation", known.asked_as().request_accommodation, "C-ADA", "a-butler", "Please.")


@pytest.mark.feature("F10.10")
def test_a_voucher_is_used_as_often_as_it_was_sold(known):
    book(known, voucher="ONCE25")
    grace = {"candidate_id": "C-GRACE", "confirmed_name": "Grace Hopper", "voucher": "ONCE25"}
    assert refused("voucher-used-up", book, known, **grace) == {"voucher": "ONCE25"}
    assert known.asked_as().appointments("C-GRACE")["total"] == 0
    first, _ = known.asked_as().sessions("200-301", "amsterdam", "2026-12-01", 1)
    assert first["seats_left"] == 5


@pytest.mark.feature("F10.7")
@pytest.mark.feature("F10.10")
def test_a_voucher_has_its_use_back_when_its_appointment_is_given_up_in_time(known):
    one = book(known, voucher="ONCE25")
    for _ in range(2):
        known.asked_as().cancel("C-ADA", one)
    assert known.asked_as().receipt("C-ADA", one)["refunded_at"] is not None
    grace = {"candidate_id": "C-GRACE", "confirmed_name": "Grace Hopper", "voucher": "ONCE25"}
    book(known, **grace)
    refused("voucher-used-up", book, known, voucher="ONCE25")


@pytest.mark.feature("F10.7")
def test_a_voucher_is_lost_with_the_fee_and_pays_nothing_that_is_free(known):
    one = book(known, voucher="ONCE25")
    known.frame.clock.at = datetime.fromisoformat("2026-11-30T08:00:01+00:00")
    known.asked_as().cancel("C-ADA", one)
    assert known.asked_as().receipt("C-ADA", one)["refunded_at"] is None
    later = {"starts_at": "2026-12-02T08:00:00+00:00"}
    refused("voucher-used-up", book, known, voucher="ONCE25", **later)
    two = book(known, voucher="LEARN50", **later)
    for happening in ("check-in", "start", "interrupt"):
        known.asked_as().note_at_centre(two, happening)
    free = book(known, voucher="TEAM100", card="", starts_at="2026-12-03T08:00:00+00:00")
    receipt = known.asked_as().receipt("C-ADA", free)
    assert (receipt["total"], receipt["voucher"]) == (0, None)


def test_a_lab_that_is_paid_later_takes_its_voucher_then(known):
    result(known, "350-401", "2026-11-02", "pass")
    lab = {"exam": "LAB-EI", "site": "brussels-lab", "starts_at": "2027-03-01T07:00:00+00:00", "card": ""}
    refused("voucher-when-paying", book, known, **lab, pay_later=True, voucher="ONCE25")
    one = book(known, **lab, pay_later=True)
    known.asked_as().pay("C-ADA", one, CARD, "ONCE25")
    assert known.asked_as().receipt("C-ADA", one)["voucher"] == "ONCE25"


@pytest.mark.feature("F10.9")
def test_an_exam_is_delivered_and_scored_by_the_test_centre(known):
    one = book(known)
    for happening in ("check-in", "start", "deliver"):
        known.asked_as().note_at_centre(one, happening)
    (line,) = known.asked_as().history("C-ADA")["results"]
    assert (line["outcome"], line["missing_from"], line["score_report"]) == ("pending", "2026-11-30", False)
    scored = known.asked_as().score(one, "pass", 850, [{"name": "Security", "percent": 71}])
    report = known.asked_as().score_report("C-ADA", scored["result_id"])
    assert (report["score"], report["outcome"], report["site"]) == (850, "pass", "Certtrack Test Centre Amsterdam")
    assert report["domains"] == [{"name": "Security", "percent": 71}]
    with pytest.raises(NotFound):
        known.asked_as().score_report("C-GRACE", scored["result_id"])


def test_the_centre_names_the_next_day_on_which_somebody_comes(known):
    book(known)
    book(known, candidate_id="C-GRACE", confirmed_name="Grace Hopper", site="austin",
         starts_at="2026-12-03T14:30:00+00:00")  # fmt: skip
    days = [known.asked_as().centre(day)["next_day"] for day in ("2026-11-30", "2026-12-01", "2026-12-03")]
    assert days == ["2026-12-01", "2026-12-03", None]
    assert known.asked_as().centre("2026-11-30", "austin")["next_day"] == "2026-12-03"


@pytest.mark.rule("R-T5")
def test_a_no_show_stands_in_the_history_and_is_no_attempt(known):
    known.asked_as().note_at_centre(book(known), "no-show")
    (line,) = known.asked_as().history("C-ADA")["results"]
    assert (line["outcome"], line["attempt"], line["next_allowed_on"]) == ("no-show", None, None)
    book(known, starts_at="2026-12-01T12:00:00+00:00")


@pytest.mark.rule("R-T5")
def test_after_an_interruption_the_next_booking_is_free(known):
    one = book(known)
    for happening in ("check-in", "start", "interrupt"):
        known.asked_as().note_at_centre(one, happening, "power-failure" if happening == "interrupt" else "")
    assert known.asked_as().quote("C-ADA", "200-301", "amsterdam")["total"] == 0
    again = book(known, starts_at="2026-12-01T12:00:00+00:00", card="")
    assert known.asked_as().receipt("C-ADA", again)["total"] == 0
    assert known.asked_as().history("C-ADA")["results"] == []


@pytest.mark.feature("F6.3")
def test_practical_exams_name_track_qualifier_and_its_last_day(known):
    result(known, "350-401", "2026-05-01", "pass")
    result(known, "LAB-EI", "2026-10-05", "fail")
    (line,) = known.asked_as().practical_exams("C-ADA")
    assert (line["track"], line["qualifier"], line["qualifier_until"], line["next_allowed_on"]) == (
        "enterprise",
        "350-401",
        "2029-05-01",
        "2026-11-05",
    )


def test_a_name_is_gone_with_its_account(known, keys):
    import contracts

    known.tell(contracts.AccountErased(candidate_id="C-ADA", erased_on=known.frame.clock.today()))
    keys.erased.add("C-ADA")
    refused("name-not-confirmed", book, known)
