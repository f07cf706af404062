"""What is known of an account once its facts are folded."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from chassis.decider import Rejected
from services.identity.domain import account_facts as facts
from services.identity.domain import person_facts, person_state, sign_in_facts, sign_in_state
from services.identity.domain.account_facts import Purpose
from services.identity.domain.person_state import Person
from services.identity.domain.sign_in_state import SignIn


@dataclass(frozen=True, slots=True)
class Absent:
    """Nobody has registered this account, or nobody has confirmed it in time."""

    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link that was mailed and not used yet."""

    secret_hash: str
    issued_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An account."""

    confirmed: bool = False
    """Its e-mail address was shown to belong to the person."""
    mapped: str = ""
    """How it was joined with a candidate's record; empty while it is not."""
    mapping_reason: str = ""
    """Why people must look at the mapping."""
    has_password: bool = False
    """None was ever chosen where an outside provider opens the account from its beginning."""
    failures: int = 0
    """Wrong passwords since the last right one."""
    locked: bool = False
    links: Mapping[Purpose, Link] = field(default_factory=dict)
    reminded_at: datetime | None = None
    sign_in: SignIn = field(default_factory=SignIn)
    address: facts.AddressChanged | None = None
    has_birth_date: bool = False
    wants_news: bool | None = None
    """None until the question was answered."""
    complete: bool = False
    person: Person = field(default_factory=Person)

    @property
    def lacks_something(self) -> bool:
        """Whether a required answer was never given (F1.12)."""
        return self.address is None or not self.has_birth_date or self.wants_news is None


@dataclass(frozen=True, slots=True)
class Erased:
    """The person is forgotten; the id stays as a pseudonym."""


State: TypeAlias = Absent | Registered | Erased


def evolve(state: State, event: facts.Event) -> State:
    """The state after one more fact."""
    match event:
        case facts.AccountRegistered():
            return Registered()
        case facts.RegistrationLapsed():
            return Absent(lapsed=True)
        case facts.AccountErased():
            return Erased()
        case _ if isinstance(state, Registered):
            return _lived(state, event)
        case _:
            return state


def _lived(account: Registered, event: facts.Event) -> Registered:  # noqa: C901, PLR0911, PLR0912  a fold names every fact
    """What happens to an account while there is one."""
    if isinstance(event, person_facts.Event):
        return _told_of_person(replace(account, person=person_state.evolve(account.person, event)), event)
    if isinstance(event, sign_in_facts.Event):
        return replace(account, sign_in=sign_in_state.evolve(account.sign_in, event))
    match event:
        case facts.LinkIssued():
            link = Link(event.secret_hash, event.issued_at, event.until)
            return replace(account, links={**account.links, event.purpose: link})
        case facts.EmailVerified():
            return replace(account, confirmed=True, links=_without(account, "confirm-email"))
        case facts.PasswordSet():
            return replace(account, has_password=True, failures=0, links=_without(account, "reset-password"))
        case facts.AccountMapped():
            return replace(account, mapped=event.outcome, mapping_reason="", confirmed=True)
        case facts.AccountMappingRequested():
            return replace(account, mapping_reason=event.reason)
        case facts.AccountMappingRefused():
            return replace(account, mapping_reason="")
        case facts.BirthDateGiven():
            return replace(account, has_birth_date=True)
        case facts.NotificationPreferenceChanged():
            return replace(account, wants_news=event.wanted)
        case facts.AddressChanged():
            return replace(account, address=event)
        case facts.ProfileCompleted():
            return replace(account, complete=True)
        case facts.LoginSucceeded():
            return replace(account, failures=0)
        case facts.LoginFailed():
            return replace(account, failures=account.failures + 1)
        case facts.AccountLocked():
            return replace(account, locked=True)
        case facts.AccountUnlocked():
            return replace(account, locked=False, failures=0, links=_without(account, "unlock"))
        case facts.EmailReminderMailed():
            return replace(account, reminded_at=event.at)
        case facts.NameChanged() | facts.AccountRegistered() | facts.RegistrationLapsed() | facts.AccountErased():
            return account
        case _ as unknown:
            assert_never(unknown)


def _told_of_person(account: Registered, event: person_facts.Event) -> Registered:
    """A review is asked for anew; another log-in of support's making (F1.10) is opened by no outside provider yet."""
    match event:
        case person_facts.ProfileReviewRequired():
            return replace(account, complete=False)
        case person_facts.EmailChanged():
            return replace(account, sign_in=replace(account.sign_in, signs_on=False))
        case _:
            return account


def _without(account: Registered, purpose: Purpose) -> Mapping[Purpose, Link]:
    return {name: link for name, link in account.links.items() if name != purpose}


def only_registered_accounts_change(state: State) -> Registered:
    """The account, if there is one to act on."""
    match state:
        case Registered():
            return state
        case Absent():
            raise Rejected("account-unknown")
        case Erased():
            raise Rejected("account-erased")
        case _ as unknown:
            assert_never(unknown)
