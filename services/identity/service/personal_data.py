"""Personal data: what the profile shows, and the answers that complete it (F1.12, F1.15, F2.1, F2.3, F2.6)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection

from chassis.command_handling import Written
from chassis.decider import Rejected
from chassis.errors import Invalid, NotFound
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters.address_forms import form_of
from services.identity.domain.account import account
from services.identity.domain.address import Address, only_addresses_that_parcels_reach
from services.identity.domain.address_form import complaints, tidied
from services.identity.domain.profile import (
    OF_AGE,
    AnswerNews,
    ChangeAddress,
    GiveBirthDate,
    age_of,
    age_on,
    of_age_on,
    only_people_of_age_13,
)
from services.identity.projections import accounts, companies, guardians, people, profiles, shells
from services.identity.projections.accounts import Account
from services.identity.projections.profiles import Profile
from services.identity.service.open_sessions import account_of
from services.identity.service.work import told


class PersonalData:
    """A candidate's own data."""

    desk: DeskAtWork

    @rpc
    def profile(self, candidate_id: str) -> dict[str, Any]:
        """The personal data (F2.1, F2.6, F2.7); raises NotFound for an unknown or erased candidate.

        `missing` names what has to be filled in before anything else opens (F1.12); `mapping` says why people must
        look at the mapping first.
        """
        return self.personal(candidate_id)

    def personal(self, candidate_id: str) -> dict[str, Any]:
        """The personal data as it travels."""
        with self.desk.read() as connection:
            found = profiles.of_candidate(connection, candidate_id)
            opened = accounts.of_candidate(connection, candidate_id)
            booked = shells.with_id(connection, candidate_id)
            person = people.of_candidate(connection, candidate_id)
            guardian, company_waits = _of_few(connection, person)
        if found is None:
            raise NotFound("candidate-unknown")
        return {
            "candidate_id": found.candidate_id,
            "name": found.name,
            "first_name": found.first_name,
            "last_name": found.last_name,
            "email": found.email,
            "country": found.country,
            "address": found.address,
            "birth_date": found.birth_date,
            "wants_news": found.wants_news,
            "external_ids": {
                "cisco_com": found.email,
                "csco": found.csco_id,
                "vue": "" if booked is None else booked.vue_id,
                "credly": "",
            },
            "complete": found.complete,
            "missing": missing(found),
            "mapping": "" if opened is None else opened.mapping_reason,
            **told(person, guardian),
            "company_waits": company_waits,
        }

    @rpc
    def address_form(self, country: str) -> dict[str, Any]:
        """Which parts an address of this country has, in which order, under which names."""
        form = form_of(schemas.address_country.load({"country": country})["country"])
        return {
            "order": list(form.order),
            "required": sorted(form.required),
            "state_kind": form.state_kind,
            "city_kind": form.city_kind,
            "postal_kind": form.postal_kind,
            "states": [{"key": one.key, "names": list(one.names)} for one in form.states],
            "postal_example": next(iter(form.postal_examples), ""),
        }

    @rpc
    def change_address(
        self, candidate_id: str, country: str, lines: Sequence[str], city: str, state: str, postal_code: str
    ) -> dict[str, Any]:
        """Replace the mailing address (F2.1) by what the country's post delivers to; a P.O. box is refused (F2.2)."""
        asked = schemas.change_address.load(
            {"country": country, "lines": lines, "city": city, "state": state, "postal_code": postal_code}
        )
        address = good_address(asked)
        written = self._change_address(account_of(self.desk, candidate_id), address)
        return {"candidate_id": candidate_id, "warnings": list(address.warnings), "written": written.mark}

    @rpc
    def give_birth_date(self, candidate_id: str, birth_date: str) -> dict[str, Any]:
        """Say once when one was born (F1.15); children under 13 are refused (R-M1)."""
        born = schemas.birth_date.load({"birth_date": birth_date})["birth_date"]
        only_people_of_age_13(born, self.desk.today())
        found = account_of(self.desk, candidate_id)
        written = self._give_birth_date(found, born)
        if age_on(born, self.desk.today()) < OF_AGE:
            no = AnswerNews(wanted=False)
            written = self.desk.handle(account, found.account_id, no, subject=found.candidate_id)
        return {"candidate_id": candidate_id, "written": written.mark}

    @rpc
    def answer_news(self, candidate_id: str, wanted: bool) -> dict[str, Any]:
        """Answer whether mail about training, offers and events is wanted (F2.3)."""
        asked = schemas.news.load({"wanted": wanted})
        found = account_of(self.desk, candidate_id)
        if asked["wanted"] and self._is_minor(candidate_id):
            raise Rejected("minors-get-no-news")
        written = self.desk.handle(
            account, found.account_id, AnswerNews(wanted=asked["wanted"]), subject=found.candidate_id
        )
        return {"candidate_id": candidate_id, "written": written.mark}

    def _is_minor(self, candidate_id: str) -> bool:
        """Whether the person is known to be under 18 today (R-M1)."""
        with self.desk.read() as connection:
            found = profiles.of_candidate(connection, candidate_id)
        if found is None or found.birth_date is None:
            return False
        return age_of(found.birth_date, self.desk.today()) < OF_AGE

    def _change_address(self, found: Account, address: Address) -> Written:
        box = self.desk.seal(found.candidate_id, orjson.dumps(address.as_plain()).decode())
        command = ChangeAddress(country=address.country, address=box)
        return self.desk.handle(account, found.account_id, command, subject=found.candidate_id)

    def _give_birth_date(self, found: Account, born: date) -> Written:
        is_minor = age_on(born, self.desk.today()) < OF_AGE
        command = GiveBirthDate(
            birth_date=self.desk.seal(found.candidate_id, born.isoformat()),
            of_age_on=self.desk.seal(found.candidate_id, of_age_on(born).isoformat()) if is_minor else None,
        )
        return self.desk.handle(account, found.account_id, command, subject=found.candidate_id)


COMPLAINTS = {
    "missing": "Missing data for required field.",
    "state-unknown": "Not a state, province or region of this country.",
    "postal-code-wrong": "Not a postal code of this country or state.",
}
"""What the answer says about a part of an address."""


def good_address(asked: Address) -> Address:
    """The address as the post writes it; raises Rejected for a P.O. box, and Invalid with what its country misses."""
    only_addresses_that_parcels_reach(asked)
    address = tidied(asked, form_of(asked.country))
    wrong = complaints(address, form_of(address.country, address.state))
    if wrong:
        raise Invalid("invalid-fields", fields={part: [COMPLAINTS[code]] for part, code in wrong.items()})
    return address


def missing(found: Profile) -> list[str]:
    """What is still asked for, in the order of the form; nothing once the profile was complete."""
    if found.complete:
        return []
    answers = {"address": found.address, "birth_date": found.birth_date, "wants_news": found.wants_news}
    return [name for name, answer in answers.items() if answer is None] or ["review"]


def _of_few(connection: Connection, person: people.Person | None) -> tuple[guardians.Guardian | None, bool]:
    """The guardian, and whether the company's name waits; looked for only where there can be one."""
    if person is None:
        return None, False
    has_guardian = person.guardian != "not-needed"
    has_own_company = bool(person.company) and not person.company_listed
    guardian = guardians.of_candidate(connection, person.candidate_id) if has_guardian else None
    return guardian, has_own_company and companies.waits(connection, person.candidate_id)
