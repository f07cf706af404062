"""Company, job title, local script, directory: what a person may say besides the required data."""

import pytest
from marshmallow import ValidationError

from chassis.errors import NotFound
from tests.identity.front_door import facts, refused


@pytest.mark.feature("F2.4")
def test_a_company_of_the_list_is_written_as_the_list_writes_it(asked_as, registered_ada):
    assert "Cisco Systems" in asked_as().company_names()
    asked_as().change_company(registered_ada, "cisco systems")
    profile = asked_as().profile(registered_ada)
    assert (profile["company"], profile["company_listed"]) == ("Cisco Systems", True)
    asked_as().change_company(registered_ada, "Analytical Engines Ltd")
    profile = asked_as().profile(registered_ada)
    assert (profile["company"], profile["company_listed"]) == ("Analytical Engines Ltd", False)


@pytest.mark.feature("F2.5")
def test_a_job_title_is_kept_sealed(frame, asked_as, registered_ada):
    asked_as().change_job_title(registered_ada, "Countess of computing")
    assert asked_as().profile(registered_ada)["job_title"] == "Countess of computing"
    with frame.database.read() as connection:
        assert "Countess" not in str(connection.exec_driver_sql("select data from events").scalars().all())


@pytest.mark.feature("F2.8")
def test_name_and_lines_in_local_script(asked_as, registered_ada):
    asked_as().change_local_script(registered_ada, "エイダ", ["東京都渋谷区神南", ""])
    assert asked_as().profile(registered_ada)["local_script"] == {"name": "エイダ", "lines": ["東京都渋谷区神南"]}
    with pytest.raises(ValidationError) as invalid:
        asked_as().change_local_script(registered_ada, "x" * 201, [])
    assert list(invalid.value.messages) == ["name"]


@pytest.mark.feature("F2.10")
def test_the_directory_is_off_until_somebody_turns_it_on(frame, asked_as, registered_ada):
    asked_as().give_birth_date(registered_ada, "1990-12-10")
    assert asked_as().profile(registered_ada)["directory"] == []
    asked_as().choose_directory(registered_ada, True, ["city", "certifications"])
    asked_as().choose_directory(registered_ada, True, ["certifications", "city"])
    assert asked_as().profile(registered_ada)["directory"] == ["name", "certifications", "city"]
    asked_as().choose_directory(registered_ada, False)
    assert asked_as().profile(registered_ada)["directory"] == []
    assert (facts(frame).count("directory-opted-in"), facts(frame).count("directory-opted-out")) == (1, 1)


@pytest.mark.feature("F2.10")
@pytest.mark.rule("R-M1")
def test_minors_stand_in_no_directory(asked_as, registered_ada):
    refused("minors-are-not-listed", asked_as().choose_directory, registered_ada, True)
    asked_as().give_birth_date(registered_ada, "2012-12-10")
    refused("minors-are-not-listed", asked_as().choose_directory, registered_ada, True)


def test_an_erased_person_says_nothing_more(asked_as, registered_ada):
    asked_as().change_company(registered_ada, "IBM")
    asked_as().erase(registered_ada)
    with pytest.raises(NotFound):
        asked_as().profile(registered_ada)
    refused("candidate-erased", asked_as().change_company, registered_ada, "IBM")
