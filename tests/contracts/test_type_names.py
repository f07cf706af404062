"""Every event has a name of its own, and is found by it."""

import dataclasses

import pytest

import contracts
from contracts import catalogue


@pytest.mark.feature("F13.1")
def test_an_event_is_named_by_source_name_and_version():
    assert contracts.type_name(contracts.ExamPassed) == "certtrack.testing.ExamPassed.v1"
    assert contracts.schema_name(contracts.ExamPassed) == "urn:certtrack:schema:testing:ExamPassed:v1"


@pytest.mark.parametrize("event", contracts.ALL, ids=contracts.type_name)
def test_an_event_is_found_by_its_type(event):
    assert contracts.by_type(contracts.type_name(event)) is event


def test_an_unknown_type_is_nothing_to_fail_about():
    assert contracts.by_type("certtrack.testing.ExamDreamt.v9") is None


def test_every_exported_event_is_in_the_list_of_all():
    exported = {name for name in contracts.__all__ if dataclasses.is_dataclass(getattr(contracts, name))}
    assert {event.__name__ for event in contracts.ALL} == exported
    assert len(contracts.ALL) == len(exported)


@pytest.mark.parametrize("event", contracts.ALL, ids=contracts.type_name)
def test_every_event_begins_with_whom_it_is_about_and_belongs_to_the_module_of_its_source(event):
    names = [field.name for field in dataclasses.fields(event)]
    nobody = "catalogue" if event is contracts.CatalogueActivated else "announcement_id"
    assert names[0] == ("candidate_id" if "candidate_id" in names else nobody)
    assert event.__module__ == f"contracts.{event.source}"


def test_only_names_and_addresses_travel_sealed():
    sealed = [event.event_name for event in contracts.ALL if event.sealed]
    assert sealed == ["NameChanged", "AddressChanged"]


def test_the_catalogue_of_the_programme_lies_where_the_package_says():
    names = sorted(path.name for path in catalogue.FOLDER.glob("*.yaml"))
    assert names == [
        "ce_items.yaml",
        "certifications.yaml",
        "exams.yaml",
        "policies.yaml",
        "programme.yaml",
        "recertification.yaml",
        "requirements.yaml",
    ]
