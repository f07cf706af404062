import json
import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event as engine_events
from sqlalchemy import select

import contracts
from chassis.errors import NotFound, Rejected
from chassis.tables import commands_seen, events, outbox
from services.verification.projections import METADATA

EARNED = contracts.CertificationEarned(
    candidate_id="C-ADA",
    certification="ccna",
    name="Certified Associate",
    abbreviation="CCNA",
    group="Associate",
    level="associate",
    track="networking",
    kit="certificate",
    pdf=True,
    active_on=date(2024, 11, 20),
    expires_on=date(2026, 11, 20),
    evidence=("R-1",),
    catalogue="2026-11",
)
FOR_EVER = replace(EARNED, certification="ccst", name="Certified Technician", kit="none", expires_on=None)
EXPERT = replace(EARNED, certification="ccie", name="Certified Expert", expires_on=date(2027, 5, 1))
REVOKED = contracts.CertificationRevoked(
    candidate_id="C-ADA", certification="ccna", revoked_on=date(2026, 11, 19), reason="result-revoked"
)
ERASED = contracts.AccountErased(candidate_id="C-ADA", erased_on=date(2026, 11, 20))


@pytest.fixture
def ada(told, sealed):
    address = json.dumps({"lines": ["12 St James's Square"], "city": "London", "country": "GB"})
    told(
        contracts.NameChanged(candidate_id="C-ADA", name=sealed("C-ADA", "Ada Lovelace")),
        contracts.AddressChanged(candidate_id="C-ADA", country="GB", address=sealed("C-ADA", address)),
        EARNED,
        FOR_EVER,
    )
    return "C-ADA"


@pytest.fixture
def link(ada, asked_as):
    """A transcript of everything, given away once."""

    def give(**wishes):
        transcript_id = asked_as().create_transcript(ada, **wishes)["transcript_id"]
        return transcript_id, asked_as().disclose_transcript(ada, transcript_id)["code"]

    return give


def not_shown(service, code):
    with pytest.raises(NotFound) as nothing:
        service.public_transcript(code)
    return nothing.value.code, nothing.value.details


CCNA = {
    "certification": "ccna",
    "name": "Certified Associate",
    "status": "active",
    "active_on": "2024-11-20",
    "expires_on": "2026-11-20",
}
CCST = {
    "certification": "ccst",
    "name": "Certified Technician",
    "status": "never_expires",
    "active_on": "2024-11-20",
    "expires_on": None,
}

# -- transcripts -------------------------------------------------------------------------------------------------------


@pytest.mark.feature("F9.7")
@pytest.mark.feature("F9.10")
@pytest.mark.rule("R-G6")
def test_a_reader_sees_the_holder_and_what_they_hold_today(link, asked_as):
    _, code = link(remarks="For Acme", private_notes="second try")
    assert asked_as().public_transcript(code) == {
        "holder": "Ada Lovelace",
        "remarks": "For Acme",
        "view_until": "2027-02-18",
        "address": None,
        "certifications": [CCNA, CCST],
        "as_of": "2026-11-20",
        "lease_ms": 500,
    }


@pytest.mark.rule("R-G6")
@pytest.mark.feature("F9.5")
def test_dates_are_shown_only_if_chosen(link, asked_as):
    _, code = link(show_dates=False)
    assert asked_as().public_transcript(code)["certifications"] == [
        {**CCNA, "active_on": None, "expires_on": None},
        {**CCST, "active_on": None},
    ]


@pytest.mark.rule("R-G6")
@pytest.mark.feature("F9.5")
def test_the_address_is_shown_only_if_chosen(link, asked_as):
    _, code = link(show_address=True)
    assert asked_as().public_transcript(code)["address"] == {
        "lines": ["12 St James's Square"],
        "city": "London",
        "country": "GB",
    }


@pytest.mark.feature("F9.6")
def test_single_certifications_can_be_chosen(link, asked_as):
    _, code = link(certifications=["ccst"])
    assert asked_as().public_transcript(code)["certifications"] == [CCST]


@pytest.mark.feature("F9.6")
@pytest.mark.feature("F9.10")
def test_the_day_after_the_expire_date_only_a_transcript_with_expired_ones_shows_it(link, asked_as, frame):
    _, without = link()
    _, with_expired = link(include_expired=True)
    frame.clock.pass_days(1)
    assert asked_as().public_transcript(without)["certifications"] == [CCST]
    assert asked_as().public_transcript(with_expired)["certifications"] == [{**CCNA, "status": "expired"}, CCST]


@pytest.mark.rule("R-X1")
def test_a_revoked_certification_is_not_passed_over_in_silence(link, asked_as, told):
    _, code = link()
    told(REVOKED)
    assert asked_as().public_transcript(code)["certifications"] == [{**CCNA, "status": "revoked"}, CCST]


@pytest.mark.rule("R-P3")
@pytest.mark.feature("F9.9")
def test_unknown_malformed_disabled_deleted_and_expired_are_answered_alike(link, asked_as, ada, frame):
    disabled, disabled_code = link()
    deleted, deleted_code = link()
    _, expired_code = link(view_until="2026-11-20")
    asked_as().disable_transcript(ada, disabled)
    asked_as().delete_transcript(ada, deleted)
    frame.clock.pass_days(1)
    codes = [disabled_code, deleted_code, expired_code, "ABCD2345EFGH6789", "", "\x00\ud800", None, 7]
    answers = [not_shown(asked_as(), code) for code in codes]
    assert answers == [("transcript-not-shown", {})] * len(codes)


@pytest.mark.rule("R-P1")
def test_an_erased_candidate_is_shown_to_nobody(link, asked_as, told, keys, ada):
    _, code = link()
    keys.erased.add(ada)
    told(ERASED)
    assert not_shown(asked_as(), code) == ("transcript-not-shown", {})
    assert asked_as().transcripts(ada) == []
    with pytest.raises(Rejected) as refusal:
        asked_as().create_transcript(ada)
    assert refusal.value.code == "candidate-erased"


@pytest.mark.feature("F9.9")
def test_enabling_brings_the_links_back(link, asked_as, ada):
    transcript_id, code = link()
    asked_as().disable_transcript(ada, transcript_id)
    asked_as().enable_transcript(ada, transcript_id)
    assert asked_as().public_transcript(code)["holder"] == "Ada Lovelace"


@pytest.mark.feature("F9.4")
@pytest.mark.feature("F9.5")
def test_the_holder_sees_transcripts_with_notes_and_links(link, asked_as, ada):
    transcript_id, code = link(certifications=["ccst", "ccna", "ccst"], remarks="For Acme", private_notes="second try")
    (mine,) = asked_as().transcripts(ada)
    (given,) = mine.pop("disclosures")
    assert mine == {
        "transcript_id": transcript_id,
        "state": "enabled",
        "view_until": "2027-02-18",
        "show_dates": True,
        "show_address": False,
        "include_expired": False,
        "certifications": ["ccna", "ccst"],
        "remarks": "For Acme",
        "private_notes": "second try",
    }
    assert (given["code"], given["until"]) == (code, "2027-02-18")
    assert given["disclosed_at"] == "2026-11-20T12:00:00+00:00"


@pytest.mark.rule("R-P3")
def test_a_stranger_has_no_transcript_of_others(link, asked_as):
    transcript_id, code = link()
    for call in ("disclose_transcript", "disable_transcript", "enable_transcript", "delete_transcript"):
        with pytest.raises(NotFound):
            getattr(asked_as(), call)("C-GRACE", transcript_id)
    assert asked_as().transcripts("C-GRACE") == []
    assert asked_as().public_transcript(code)["holder"] == "Ada Lovelace"


def test_a_retry_gives_the_same_link(ada, asked_as):
    first = asked_as("ada|create|1").create_transcript(ada)
    assert asked_as("ada|create|1").create_transcript(ada) == first
    link = asked_as("ada|disclose|1").disclose_transcript(ada, first["transcript_id"])
    assert asked_as("ada|disclose|1").disclose_transcript(ada, first["transcript_id"]) == link
    assert len(asked_as().transcripts(ada)[0]["disclosures"]) == 1


def test_deleting_again_with_the_same_key_gives_the_first_answer(link, asked_as, ada):
    transcript_id, _ = link()
    first = asked_as("ada|delete|1").delete_transcript(ada, transcript_id)
    assert asked_as("ada|delete|1").delete_transcript(ada, transcript_id) == first


def test_codes_and_texts_are_never_written_in_the_clear(link, asked_as, ada, frame):
    _, code = link(private_notes="second try", remarks="For Acme")
    codes = [line["code"] for line in asked_as().codes(ada)]
    with frame.database.read() as connection:
        private = [str(tuple(row)) for table in METADATA.sorted_tables for row in connection.execute(select(table))]
        facts = [
            str(tuple(row)) for table in (events, outbox, commands_seen) for row in connection.execute(select(table))
        ]
    for secret in (code, *codes, "second try"):
        assert [row for row in (*private, *facts) if secret in row] == []
    for personal in ("Ada Lovelace", "For Acme", "James"):
        assert [row for row in facts if personal in row] == []


@pytest.mark.feature("F9.10")
def test_the_public_page_costs_one_statement(link, asked_as, frame):
    _, code = link()
    statements = []
    with frame.database.read() as connection:
        engine = connection.engine

    def note(_connection, _cursor, statement, *_others):
        statements.append(statement)

    engine_events.listen(engine, "before_cursor_execute", note)
    asked_as().public_transcript(code)
    asked_as().verify("ABCD2345EFGH6789")
    engine_events.remove(engine, "before_cursor_execute", note)
    assert len(statements) == 2


# -- verification codes ------------------------------------------------------------------------------------------------

VALID = {
    "answer": "valid-until",
    "holder": "Ada Lovelace",
    "certification": "ccna",
    "name": "Certified Associate",
    "active_on": "2024-11-20",
    "expires_on": "2026-11-20",
    "revoked_on": None,
    "lease_ms": 500,
}
NOTHING = {
    "holder": None,
    "certification": None,
    "name": None,
    "active_on": None,
    "expires_on": None,
    "revoked_on": None,
    "lease_ms": 500,
}


@pytest.fixture
def code_of(ada, asked_as):
    return lambda certification: next(
        line["code"] for line in asked_as().codes(ada) if line["certification"] == certification
    )


@pytest.mark.rule("R-G4")
def test_each_certification_has_a_code_of_its_own_kept_when_it_is_earned_again(ada, asked_as, told):
    codes = asked_as().codes(ada)
    assert [line["certification"] for line in codes] == ["ccna", "ccst"]
    assert len({line["code"] for line in codes}) == 2
    assert all(re.fullmatch("[ABCDEFGHJKMNPQRSTVWXYZ123456789]{16}", line["code"]) for line in codes)
    told(replace(EARNED, active_on=date(2026, 11, 20), expires_on=date(2029, 11, 20)))
    assert asked_as().codes(ada) == codes


@pytest.mark.feature("F11.1")
@pytest.mark.feature("F11.2")
def test_a_code_tells_how_the_certification_stands(code_of, asked_as, frame):
    assert asked_as().verify(code_of("ccna")) == VALID
    assert asked_as().verify(code_of("ccna").lower()) == VALID
    assert asked_as().verify(code_of("ccst")) == {
        **VALID,
        "answer": "valid-without-expiry",
        "certification": "ccst",
        "name": "Certified Technician",
        "expires_on": None,
    }
    frame.clock.pass_days(1)
    assert asked_as().verify(code_of("ccna")) == {**VALID, "answer": "expired"}


@pytest.mark.feature("F11.2")
def test_a_code_of_a_revoked_certification_says_since_when(code_of, asked_as, told):
    told(REVOKED)
    assert asked_as().verify(code_of("ccna")) == {**VALID, "answer": "revoked", "revoked_on": "2026-11-19"}


@pytest.mark.feature("F11.2")
@pytest.mark.rule("R-E1")
def test_a_code_of_an_emeritus_says_until_when(code_of, asked_as, told):
    told(EXPERT, contracts.EmeritusGranted(candidate_id="C-ADA", certification="ccie", until=date(2027, 11, 1)))
    assert asked_as().verify(code_of("ccie")) == {
        **VALID,
        "answer": "emeritus",
        "certification": "ccie",
        "name": "Certified Expert",
        "expires_on": "2027-11-01",
    }


@pytest.mark.feature("F11.2")
@pytest.mark.rule("R-P1")
def test_a_code_of_an_erased_candidate_says_that_it_was_withdrawn_and_nothing_else(code_of, asked_as, told, keys):
    code = code_of("ccna")
    keys.erased.add("C-ADA")
    told(ERASED)
    assert asked_as().verify(code) == {"answer": "withdrawn", **NOTHING}
    assert asked_as().codes("C-ADA") == []


@pytest.mark.feature("F11.2")
@pytest.mark.parametrize("code", ["ABCD2345EFGH6789", "", "x" * 10_000, "\x00", "\ud800", None, 7, ["A"]])
def test_any_other_code_is_unknown_and_never_an_error(asked_as, code):
    assert asked_as().verify(code) == {"answer": "unknown", **NOTHING}


@pytest.mark.rule("R-P1")
def test_a_certification_heard_of_after_the_erasure_brings_no_code(told, keys, asked_as):
    keys.erased.add("C-ADA")
    told(ERASED, EARNED)
    assert asked_as().codes("C-ADA") == []


@pytest.mark.rule("R-P3")
def test_a_link_code_verifies_nothing_and_a_verification_code_opens_no_transcript(link, code_of, asked_as):
    _, code = link()
    assert asked_as().verify(code) == {"answer": "unknown", **NOTHING}
    assert not_shown(asked_as(), code_of("ccna")) == ("transcript-not-shown", {})


@pytest.mark.feature("F9.9")
def test_a_withdrawal_is_answered_only_when_no_gateway_shows_it_any_more(link, asked_as, ada):
    transcript_id, code = link()
    service = asked_as()
    seen = []
    service.desk.hold_out_lease = lambda: seen.append(not_shown(asked_as(), code))
    service.disable_transcript(ada, transcript_id)
    service.delete_transcript(ada, transcript_id)
    assert seen == [("transcript-not-shown", {})] * 2


@pytest.mark.feature("F3.4")
def test_the_dashboard_is_told_of_transcripts_and_when_each_code_was_made(ada, link, asked_as):
    transcript_id, _ = link()
    asked_as().delete_transcript(ada, transcript_id)

    overview = asked_as().overview(ada)

    assert [line["code"] for line in overview["activity"]] == [
        "transcript-deleted",
        "transcript-disclosed",
        "transcript-created",
    ]
    assert sorted(overview["minted"]) == ["ccna", "ccst"]
    assert all(overview["minted"].values())
    assert overview["transcripts"] == []
    assert [line["code"] for line in asked_as().activity(ada, 2)] == ["transcript-deleted", "transcript-disclosed"]
