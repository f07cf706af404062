"""The catalogue as a value, and complaints about a broken one."""

import re

import pytest

from services.certification.adapters.catalogue_files import TABLES, read
from services.certification.domain.catalogue import CatalogueError
from tests.certification.examples import CATALOGUE, day

LEVELS = """
levels: [{id: associate, rank: 0, ce_eligible: true}]
certifications:
- {id: ccna, abbreviation: CCNA, group: Associate, level: associate, track: networking, validity_years: 3,
   kit: certificate, pdf: true, retired_on: null, names: [{from: null, name: Old}, {from: 2026-02-03, name: New}]}
"""
EXAMS = "exams: [{code: 200-301, role: associate}]"
NEEDS = "requirements: [{certification: ccna, window_years: null, all_of: [{group: exam, any_of: [{exam: 200-301}]}]}]"
RENEWALS = """
levels: [{level: associate, points_required: 30}]
points: {associate: {associate: 30}}
continuing_education: {submit_within_days_of_completion: 90, credit_lifetime_years: 3}
emeritus: {eligible_after_years: 10, term_months: 12, reapply_window_months: 3}
"""
GOOD = dict(zip(TABLES, (EXAMS, LEVELS, NEEDS, RENEWALS), strict=True))


def built(**changed: str):
    return read({table: text.encode() for table, text in (GOOD | changed).items()})


def test_the_programme_has_63_exams_and_70_certifications():
    assert (len(CATALOGUE.exams), len(CATALOGUE.certifications)) == (63, 70)


def test_a_renamed_certification_has_the_name_of_the_day():
    title = built().certifications["ccna"]
    assert [title.name_on(day("2026-02-02")), title.name_on(day("2026-02-03"))] == ["Old", "New"]


def test_another_content_is_another_version():
    assert built().version == built().version
    assert built().version != built(exams=EXAMS + " # reviewed").version


@pytest.mark.parametrize(
    ("table", "old", "new", "complaint"),
    [
        ("requirements", "exam: 200-301", "exam: 200-302", "requirements.yaml: ccna: unknown exam 200-302"),
        ("requirements", "certification: ccna", "certification: ccnx", "requirements.yaml: unknown certification ccnx"),
        ("requirements", r"requirements: \[.*", "requirements: []", "requirements.yaml: nothing earns ccna"),
        ("certifications", "level: associate", "level: expert", "certifications.yaml: ccna: unknown level expert"),
        ("certifications", "kit: certificate", "kit: medal", "certifications.yaml: ccna: unknown kit medal"),
        ("certifications", "rank: 0", "rank: 1", "certifications.yaml: the ranks of the levels must be 0, 1, 2"),
        ("certifications", "id: ccna, ", "", "catalogue: the field 'id' is missing"),
        ("exams", "role: associate", "role: core", "exams.yaml: exam 200-301: no points for role core"),
        ("exams", r"\]", ", {code: 200-301, role: associate}]", "exams.yaml: exam 200-301 stands there twice"),
        (
            "recertification",
            "level: associate",
            "level: x",
            "recertification.yaml: no renewal rule for level associate",
        ),
        ("exams", "exams:", "exams: :", "exams.yaml: "),
        ("exams", "exams: .*", "exams: 7", "catalogue: a field has the wrong type"),
    ],
)
def test_a_broken_reference_is_named(table, old, new, complaint):
    with pytest.raises(CatalogueError) as refusal:
        built(**{table: re.sub(old, new, GOOD[table])})
    assert re.sub(r"line \d+: ", "", str(refusal.value)).startswith(complaint)
