import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.verification.domain.secret_code import ALPHABET, LENGTH, as_typed


@pytest.mark.rule("R-G4")
def test_a_code_has_at_least_77_random_bits_and_no_look_alikes():
    assert (LENGTH, len(set(ALPHABET))) == (16, len(ALPHABET))
    assert LENGTH * math.log2(len(ALPHABET)) >= 77
    assert set("0OILU") & set(ALPHABET) == set()


@pytest.mark.feature("F11.1")
@pytest.mark.parametrize("typed", ["ABCD2345EFGH6789", "abcd-2345-efgh-6789", " ABCD 2345 EFGH 6789\n"])
def test_a_code_may_be_typed_in_groups_and_any_case(typed):
    assert as_typed(typed) == "ABCD2345EFGH6789"


@given(st.text() | st.none() | st.integers() | st.text(st.characters(categories=["Cs", "Cc"])))
def test_whatever_is_typed_is_no_error(typed):
    assert as_typed(typed).isascii()
