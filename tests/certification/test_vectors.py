"""The programme's worked examples, computed by somebody else's fold."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.certification.adapters.histories import answers
from tests.certification.examples import CATALOGUE

PAGE = Path(__file__).with_name("vectors.yaml")
VECTORS = yaml.safe_load(PAGE.read_text("utf-8"))["vectors"]
ANSWERS = {answer["id"]: answer for answer in answers(PAGE.read_text("utf-8"), CATALOGUE)}


def on_the_wire(value: Any) -> Any:
    """Dates as the answer spells them."""
    match value:
        case date():
            return value.isoformat()
        case list():
            return [on_the_wire(each) for each in value]
        case dict():
            return {key: on_the_wire(each) for key, each in value.items()}
    return value


def test_there_is_one_answer_per_history_in_their_order():
    assert list(ANSWERS) == [vector["id"] for vector in VECTORS]


@pytest.mark.parametrize(
    "vector",
    [
        pytest.param(vector, id=vector["id"], marks=[pytest.mark.rule(rule) for rule in vector["rules"]])
        for vector in VECTORS
    ],
)
def test_the_fold_answers_as_the_programme_expects(vector):
    wanted = {"id": vector["id"], "checks": on_the_wire(vector["checks"])}
    assert ANSWERS[vector["id"]] == wanted
