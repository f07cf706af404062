"""How a candidate wants to be spoken to: language, time zone, form of dates; one stream per candidate."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from chassis.decider import Decider

# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferencesChanged:
    """From now on pages and letters follow this choice; None leaves it to the browser."""

    language: str | None
    time_zone: str | None
    date_format: str | None


Event: TypeAlias = PreferencesChanged

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePreferences:
    """Replace the whole choice by one that was checked."""

    language: str | None
    time_zone: str | None
    date_format: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLanguage:
    """Replace the language and leave the rest."""

    language: str


Command: TypeAlias = ChangePreferences | ChangeLanguage

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What was chosen so far."""

    language: str | None = None
    time_zone: str | None = None
    date_format: str | None = None


State: TypeAlias = Preferences


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    match event:
        case PreferencesChanged(language=language, time_zone=zone, date_format=form):
            return replace(state, language=language, time_zone=zone, date_format=form)
        case _ as unknown:
            assert_never(unknown)


# -- decisions ---------------------------------------------------------------------------------------------------------


def decide(command: Command, state: State) -> list[Event]:
    """A choice that is the same as before is no new fact."""
    match command:
        case ChangePreferences(language=language, time_zone=zone, date_format=form):
            wanted = Preferences(language=language, time_zone=zone, date_format=form)
        case ChangeLanguage(language=language):
            wanted = replace(state, language=language)
        case _ as unknown:
            assert_never(unknown)
    if wanted == state:
        return []
    return [PreferencesChanged(language=wanted.language, time_zone=wanted.time_zone, date_format=wanted.date_format)]


preferences: Decider[Command, State, Event] = Decider(
    category="preferences", initial=Preferences(), evolve=evolve, decide=decide
)
