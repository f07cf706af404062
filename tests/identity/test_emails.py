# ruff: noqa: RUF001 - letters of other scripts that look like ours are what is tested
import pytest

from services.identity.domain.email import same_for_all_spellings


@pytest.mark.feature("F1.1")
@pytest.mark.parametrize("spelling", ["ada@example.org", "Ada@Example.ORG", "  ADA@example.org ", "ａｄａ@example.org"])
def test_case_width_and_space_make_no_other_log_in(spelling):
    assert same_for_all_spellings(spelling) == "ada@example.org"


def test_other_addresses_stay_other_log_ins():
    assert same_for_all_spellings("ada+exams@example.org") != same_for_all_spellings("ada@example.org")
