"""Transcripts and codes of two records of one person, once one stands for both (F1.13)."""

from dataclasses import replace
from datetime import date

import pytest

import contracts
from chassis.errors import NotFound
from tests.verification.test_verification_front_door import EARNED, ada

assert ada, "a fixture"

DAY = date(2026, 11, 20)
MERGED = contracts.AccountsMerged(candidate_id="C-ADA", absorbed_id="C-TWIN", merged_on=DAY)
SEPARATED = contracts.AccountsSeparated(candidate_id="C-ADA", absorbed_id="C-TWIN", separated_on=DAY)
THEIRS = replace(EARNED, candidate_id="C-TWIN", certification="ccnp", name="Certified Professional")
JOINED = replace(THEIRS, candidate_id="C-ADA", kit="none")
TAKEN_BACK = contracts.CertificationRevoked(
    candidate_id="C-ADA", certification="ccnp", revoked_on=DAY, reason=contracts.MERGE_UNDONE
)


@pytest.fixture
def twin(told, ada, sealed, asked_as) -> tuple[str, str]:
    """A transcript of Ada's other record: its id, and the code of the link that she gave away."""
    told(contracts.NameChanged(candidate_id="C-TWIN", name=sealed("C-TWIN", "A. Lovelace")), THEIRS)
    transcript_id = asked_as().create_transcript("C-TWIN")["transcript_id"]
    return transcript_id, asked_as().disclose_transcript("C-TWIN", transcript_id)["code"]


def shown(asked_as, code: str) -> tuple[str, list[str]]:
    page = asked_as().public_transcript(code)
    return page["holder"], sorted(line["certification"] for line in page["certifications"])


@pytest.mark.feature("F1.13")
@pytest.mark.rule("R-G6")
def test_an_old_link_shows_the_holder_of_both_with_all_that_they_hold(told, asked_as, twin):
    _, code = twin
    assert shown(asked_as, code) == ("A. Lovelace", ["ccnp"])
    told(MERGED, JOINED)
    assert shown(asked_as, code) == ("Ada Lovelace", ["ccna", "ccnp", "ccst"])


@pytest.mark.feature("F1.13")
def test_the_holder_lists_and_withdraws_the_transcripts_of_both(told, asked_as, twin):
    transcript_id, code = twin
    with pytest.raises(NotFound):
        asked_as().disable_transcript("C-ADA", transcript_id)
    told(MERGED)
    assert [one["transcript_id"] for one in asked_as().transcripts("C-ADA")] == [transcript_id]
    [link] = asked_as().transcripts("C-ADA")[0]["disclosures"]
    assert link["code"] == code
    asked_as().disable_transcript("C-ADA", transcript_id)
    with pytest.raises(NotFound):
        asked_as().public_transcript(code)


@pytest.mark.feature("F1.13")
@pytest.mark.parametrize("joined", [False, True], ids=["before certification has joined them", "afterwards"])
def test_an_old_verification_code_says_the_same_under_the_name_of_both(told, asked_as, twin, joined):
    [line] = asked_as().codes("C-TWIN")
    told(MERGED, *([JOINED] if joined else []))
    said = asked_as().verify(line["code"])
    assert (said["holder"], said["certification"], said["answer"]) == ("Ada Lovelace", "ccnp", "valid-until")
    assert sorted(one["certification"] for one in asked_as().codes("C-ADA")) == ["ccna", "ccnp", "ccst"]


@pytest.mark.feature("F1.13")
def test_undone_link_and_code_speak_of_the_other_record_again(told, asked_as, twin):
    _, code = twin
    [line] = asked_as().codes("C-TWIN")
    told(MERGED, JOINED, SEPARATED, TAKEN_BACK)
    assert shown(asked_as, code) == ("A. Lovelace", ["ccnp"])
    assert asked_as().verify(line["code"])["holder"] == "A. Lovelace"
    assert asked_as().transcripts("C-ADA") == []
