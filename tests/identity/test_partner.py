import pytest

from chassis.testing import given
from services.identity.domain.partner import AddPartner, Partner, PartnerAdded, PartnerRemoved, RemovePartner, partner

KNOWN = ("certification.CertificationEarned", "fulfillment.KitClaimed", "testing.ExamPassed")
ADD_ACME = AddPartner(name="acme", events=("testing.ExamPassed",), start="now", known=KNOWN)
ACME = PartnerAdded(name="acme", events=("testing.ExamPassed",), start="now", generation=1)


def test_a_partner_is_added_for_the_events_it_asked_for():
    given(partner).when(ADD_ACME).then(ACME)


def test_events_are_kept_once_and_in_order():
    asked = ("testing.ExamPassed", "fulfillment.KitClaimed", "testing.ExamPassed")
    twice = AddPartner(name="acme", events=asked, start="now", known=KNOWN)
    kept = PartnerAdded(name="acme", events=("fulfillment.KitClaimed", "testing.ExamPassed"), start="now", generation=1)
    given(partner).when(twice).then(kept)


def test_adding_the_same_partner_again_changes_nothing():
    given(partner, ACME).when(ADD_ACME).then_nothing()


def test_the_same_name_for_other_events_is_refused():
    other = AddPartner(name="acme", events=("fulfillment.KitClaimed",), start="now", known=KNOWN)
    given(partner, ACME).when(other).then_rejected("partner-exists", name="acme")


@pytest.mark.rule("R-P3")
def test_events_that_carry_sealed_data_are_unknown_to_partners():
    curious = AddPartner(name="acme", events=("identity.NameChanged",), start="now", known=KNOWN)
    given(partner).when(curious).then_rejected("event-unknown", events=["identity.NameChanged"])


def test_a_partner_without_events_is_refused():
    idle = AddPartner(name="acme", events=(), start="now", known=KNOWN)
    given(partner).when(idle).then_rejected("partner-without-events", name="acme")


@pytest.mark.parametrize("name", ["ab", "Acme", "acme corp", "acme.*", "a" * 41, "acmé", "acme\n", "partner#1"])
def test_a_name_that_could_mean_more_than_one_queue_is_refused(name):
    odd = AddPartner(name=name, events=("testing.ExamPassed",), start="now", known=KNOWN)
    given(partner).when(odd).then_rejected("partner-name-invalid", name=name)


def test_a_removed_partner_comes_back_with_another_generation():
    removed = PartnerRemoved(name="acme")
    given(partner, ACME).when(RemovePartner(name="acme")).then(removed)
    given(partner, ACME, removed).when(RemovePartner(name="acme")).then_nothing()
    again = PartnerAdded(name="acme", events=("testing.ExamPassed",), start="now", generation=2)
    given(partner, ACME, removed).when(ADD_ACME).then(again)


def test_a_partner_that_never_was_cannot_be_removed():
    given(partner).when(RemovePartner(name="acme")).then_rejected("partner-unknown", name="acme")


def test_queue_and_user_carry_the_partners_name():
    acme = Partner(
        name="acme",
        events=("fulfillment.KitClaimed", "testing.ExamFailed", "testing.ExamPassed"),
        start="now",
        generation=1,
        removed=False,
    )
    assert (acme.queue, acme.user, acme.sources) == ("partner.acme", "partner-acme", ("fulfillment", "testing"))
