"""Language, time zone and form of dates: chosen by the candidate, gone with the account."""

import pytest
from marshmallow import ValidationError
from sqlalchemy import func, select

from chassis.errors import NotFound
from chassis.testing import given
from services.identity.domain.preferences import ChangeLanguage, ChangePreferences, PreferencesChanged, preferences
from services.identity.projections import preferred
from tests.identity.front_door import facts

ARABIC = {"language": "ar", "time_zone": "Asia/Riyadh", "date_format": "day-first"}
NOTHING = {"language": None, "time_zone": None, "date_format": None}
CHOSEN = PreferencesChanged(**ARABIC)


# -- decisions ---------------------------------------------------------------------------------------------------------


def test_a_choice_is_a_fact():
    given(preferences).when(ChangePreferences(**ARABIC)).then(CHOSEN)


def test_the_same_choice_again_is_no_new_fact():
    given(preferences, CHOSEN).when(ChangePreferences(**ARABIC)).then_nothing()
    given(preferences).when(ChangePreferences(**NOTHING)).then_nothing()


def test_a_language_alone_leaves_the_rest_as_it_was():
    changed = PreferencesChanged(language="ja", time_zone="Asia/Riyadh", date_format="day-first")
    given(preferences, CHOSEN).when(ChangeLanguage(language="ja")).then(changed)
    given(preferences, CHOSEN).when(ChangeLanguage(language="ar")).then_nothing()


def test_a_choice_can_be_taken_back():
    given(preferences, CHOSEN).when(ChangePreferences(**NOTHING)).then(PreferencesChanged(**NOTHING))


# -- the service -------------------------------------------------------------------------------------------------------


def test_a_choice_is_kept_and_told(asked_as, registered_ada):
    assert asked_as().preferences(registered_ada) == NOTHING
    answer = asked_as("1").change_preferences(registered_ada, **ARABIC)
    assert {name: answer[name] for name in ARABIC} == ARABIC
    assert asked_as().preferences(registered_ada) == ARABIC
    asked_as("2").change_language(registered_ada, language="en")
    assert asked_as().preferences(registered_ada) == {**ARABIC, "language": "en"}


def test_the_same_command_twice_writes_once(asked_as, frame, registered_ada):
    for _ in range(2):
        asked_as("1").change_preferences(registered_ada, **ARABIC)
    assert facts(frame).count("preferences-changed") == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "tlh"), ("language", "EN"), ("language", ""),
        ("time_zone", "Mars/Olympus"), ("time_zone", "../../etc/passwd"), ("time_zone", ""),
        ("date_format", "yyyy"), ("date_format", ""),
    ],
)  # fmt: skip
def test_what_does_not_exist_cannot_be_chosen(asked_as, registered_ada, field, value):
    with pytest.raises(ValidationError) as refusal:
        asked_as().change_preferences(registered_ada, **{**ARABIC, field: value})
    assert list(refusal.value.messages) == [field]
    assert asked_as().preferences(registered_ada) == NOTHING


def test_nobody_chooses_for_an_unknown_account(asked_as):
    with pytest.raises(NotFound, match="candidate-unknown"):
        asked_as().change_preferences("nobody", **ARABIC)
    with pytest.raises(NotFound, match="candidate-unknown"):
        asked_as().change_language("nobody", language="es")


@pytest.mark.rule("R-P1")
def test_an_erased_account_leaves_no_preferences(asked_as, frame, registered_ada):
    asked_as().change_preferences(registered_ada, **ARABIC)
    asked_as().erase(registered_ada)
    with frame.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(preferred.table)).scalar_one() == 0
