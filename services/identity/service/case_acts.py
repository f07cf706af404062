"""What support does by a case, and only with a second person: name, log-in, birth date, suspension (F1.10, F2.7)."""

from datetime import UTC, date, datetime
from typing import Any

from chassis.command_handling import NewEffect, Order
from chassis.decider import Rejected, Sealed
from chassis.errors import NotFound
from chassis.four_eyes import Action, Asked, Change
from chassis.projections import Rows
from chassis.service import DeskAtWork
from services.identity import schemas
from services.identity.domain.account import account
from services.identity.domain.case import CloseCase, case
from services.identity.domain.profile import OF_AGE, age_on, of_age_on, only_people_of_age_13
from services.identity.domain.session import EndSession, session
from services.identity.domain.support_acts import (
    ChangeEmail,
    CorrectBirthDate,
    CorrectName,
    ReinstateAccount,
    SuspendAccount,
)
from services.identity.projections import cases, emails, people, profiles, sessions, sign_ons
from services.identity.projections.profiles import Profile
from services.identity.service.open_sessions import account_of
from services.identity.service.parts import email_hash

SEALED = ("email", "first_name", "last_name", "birth_date")
"""Arguments that are sealed before they are proposed."""


def sealed_arguments(desk: DeskAtWork, candidate_id: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments as a proposal may keep them."""
    return {name: desk.seal(candidate_id, value) if name in SEALED else value for name, value in arguments.items()}


# -- log-in ------------------------------------------------------------------------------------------------------------


def email_changed(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """The old log-in opens nothing from then on, all sessions end, and the old address hears of it."""
    found, profile = account_of(desk, asked.subject), _profile(desk, asked.subject)
    new = _opened(desk, asked, "email")
    wanted = email_hash(desk.settings, new)
    _only_free(desk, wanted, found.account_id)

    def claim(rows: Rows) -> None:
        emails.forget(rows, found.account_id)
        sign_ons.forget(rows, found.account_id)
        emails.claim(rows, wanted, found.account_id)

    command = ChangeEmail(email=desk.seal(asked.subject, new), by=asked.by)
    told = {"letter": "email-changed", "to": desk.seal(asked.subject, profile.email)}
    mail = NewEffect(key=f"email-changed/{desk.new_id('email')}", kind="mail", subject=asked.subject, payload=told)
    return [
        desk.order(account, found.account_id, command, subject=asked.subject, also=claim, effects=(mail,)),
        *_all_logged_out(desk, asked.subject),
        solved(desk, asked),
    ]


def email_previewed(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Which log-in replaces which."""
    open_case(desk, asked)
    found, new = account_of(desk, asked.subject), _opened(desk, asked, "email")
    _only_free(desk, email_hash(desk.settings, new), found.account_id)
    return [Change(what="email", before=_profile(desk, asked.subject).email, after=new)]


def _only_free(desk: DeskAtWork, wanted: str, account_id: str) -> None:
    with desk.read() as connection:
        if emails.account_with(connection, wanted) not in {None, account_id}:
            raise Rejected("email-taken")


# -- legal name and birth date -----------------------------------------------------------------------------------------


def name_corrected(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """The name on everything that is made from then on."""
    first, last = _opened(desk, asked, "first_name"), _opened(desk, asked, "last_name")
    command = CorrectName(
        first_name=desk.seal(asked.subject, first),
        last_name=desk.seal(asked.subject, last),
        name=desk.seal(asked.subject, f"{first} {last}"),
        by=asked.by,
    )
    return [_order(desk, asked, command, "name-changed"), solved(desk, asked)]


def name_previewed(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Which name replaces which."""
    open_case(desk, asked)
    new = f"{_opened(desk, asked, 'first_name')} {_opened(desk, asked, 'last_name')}"
    return [Change(what="name", before=_profile(desk, asked.subject).name, after=new)]


def birth_date_corrected(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """The birth date, and with it whether a guardian is needed (R-M1)."""
    born = _born(desk, asked)
    is_minor = age_on(born, desk.today()) < OF_AGE
    command = CorrectBirthDate(
        birth_date=desk.seal(asked.subject, born.isoformat()),
        of_age_on=desk.seal(asked.subject, of_age_on(born).isoformat()) if is_minor else None,
        on=desk.today(),
        by=asked.by,
    )
    return [_order(desk, asked, command, "birth-date-changed"), solved(desk, asked)]


def birth_date_previewed(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Which day replaces which."""
    open_case(desk, asked)
    before = _profile(desk, asked.subject).birth_date
    if before is None:
        raise Rejected("birth-date-not-given")
    return [Change(what="birth-date", before=before, after=_born(desk, asked).isoformat())]


def _born(desk: DeskAtWork, asked: Asked) -> date:
    return only_people_of_age_13(date.fromisoformat(_opened(desk, asked, "birth_date")), desk.today())


# -- suspension --------------------------------------------------------------------------------------------------------


def suspended(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """Nobody logs in; open sessions end."""
    command = SuspendAccount(by=asked.by)
    return [_order(desk, asked, command, "account-suspended"), *_all_logged_out(desk, asked.subject)]


def suspension_previewed(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Whether it is suspended already."""
    if _is_suspended(desk, asked.subject):
        raise Rejected("nothing-would-change")
    return [Change(what="account", before="open", after="suspended")]


def reinstated(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """The account opens again."""
    return [_order(desk, asked, ReinstateAccount(by=asked.by), "account-reinstated")]


def reinstatement_previewed(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Whether there is anything to lift."""
    if not _is_suspended(desk, asked.subject):
        raise Rejected("nothing-would-change")
    return [Change(what="account", before="suspended", after="open")]


def _is_suspended(desk: DeskAtWork, candidate_id: str) -> bool:
    with desk.read() as connection:
        person = people.of_candidate(connection, candidate_id)
    if person is None:
        raise NotFound("candidate-unknown")
    return person.suspended


# -- what they share ---------------------------------------------------------------------------------------------------


def _order(desk: DeskAtWork, asked: Asked, command: object, letter: str) -> Order:
    """The command on the candidate's account, with the mail about it."""
    key = f"{letter}/{desk.new_id(letter)}"
    mail = NewEffect(key=key, kind="mail", subject=asked.subject, payload={"letter": letter, "page": "/support"})
    found = account_of(desk, asked.subject)
    return desk.order(account, found.account_id, command, subject=asked.subject, effects=(mail,))


def solved(desk: DeskAtWork, asked: Asked) -> Order:
    """The case in whose course it happens ends well; each act has a letter of its own."""
    found = open_case(desk, asked)
    closing = CloseCase(outcome="solved", by=asked.by[-1], at=datetime.now(UTC))
    return desk.order(case, found.case_id, closing, subject=found.owner)


def open_case(desk: DeskAtWork, asked: Asked) -> cases.Case:
    """The case in whose course it happens, which must still be open."""
    with desk.read() as connection:
        found = cases.with_id(connection, asked.arguments["case_id"])
    if found is None:
        raise NotFound("case-unknown")
    if found.state not in {"open", "waiting"}:
        raise Rejected("case-closed")
    return found


def _all_logged_out(desk: DeskAtWork, candidate_id: str) -> list[Order]:
    with desk.read() as connection:
        known = sessions.of_candidate(connection, candidate_id)
    end = EndSession(at=datetime.now(UTC))
    return [desk.order(session, one, end, subject=candidate_id) for one in known]


def _profile(desk: DeskAtWork, candidate_id: str) -> Profile:
    with desk.read() as connection:
        profile = profiles.of_candidate(connection, candidate_id)
    if profile is None:
        raise NotFound("candidate-unknown")
    return profile


def _opened(desk: DeskAtWork, asked: Asked, name: str) -> str:
    text = desk.unseal(asked.subject, Sealed(asked.arguments[name]))
    if text is None:
        raise Rejected("candidate-erased")
    return text


ACTIONS = (
    Action(
        code="email-change",
        permission="names.change",
        load=schemas.email_change.load,
        orders=email_changed,
        preview=email_previewed,
    ),
    Action(
        code="name-change",
        permission="names.change",
        load=schemas.name_change.load,
        orders=name_corrected,
        preview=name_previewed,
    ),
    Action(
        code="birth-date-change",
        permission="names.change",
        load=schemas.birth_date_change.load,
        orders=birth_date_corrected,
        preview=birth_date_previewed,
    ),
    Action(
        code="account-suspend",
        permission="accounts.suspend",
        load=schemas.nothing.load,
        orders=suspended,
        preview=suspension_previewed,
    ),
    Action(
        code="account-reinstate",
        permission="accounts.suspend",
        load=schemas.nothing.load,
        orders=reinstated,
        preview=reinstatement_previewed,
    ),
)
