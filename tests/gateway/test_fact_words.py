"""How stored facts are called where people read them."""

import dataclasses
import re
from importlib import import_module

import pytest

from deploy.environment import SERVICES
from gateway import fact_words

KINDS = {
    name: kind
    for service in SERVICES
    for (name, _), kind in import_module(f"services.{service}.vocabulary").VOCABULARY.items()
}
FIELDS = {field.name for kind in KINDS.values() for field in dataclasses.fields(kind)}
CODES = re.compile(r"\b(id|csco|vue|usd|url|pdf)\b|[_-]{2}|_|\bId\b|\bCsco\b")


@pytest.mark.feature("F2.11")
@pytest.mark.rule("R-P2")
def test_no_fact_and_no_field_is_shown_as_a_code():
    shown = [fact_words.name(name) for name in KINDS] + [fact_words.field(name) for name in FIELDS]
    assert [words for words in shown if CODES.search(words)] == []
    assert (fact_words.field("csco_id"), fact_words.field("result_id")) == ("CSCO ID", "Result ID")
    assert (fact_words.name("account-registered"), fact_words.name("kit-claimed")) == ("Signed up", "Kit claimed")


def test_words_are_kept_only_for_facts_and_fields_that_there_are():
    assert (set(fact_words.FACTS) - set(KINDS), set(fact_words.FIELDS) - FIELDS) == (set(), set())
