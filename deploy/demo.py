"""The demo programme: candidates in every interesting state, made through the same doors as everybody's."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any

from chassis.decider import Rejected
from chassis.errors import Failure
from deploy import demo_exams
from deploy.api import Api, Refused
from deploy.demo_homes import HOMES
from deploy.demo_people import PEOPLE, STAFF, Person
from deploy.environment import Installation, InstallationRefused, write_private
from deploy.operations import caller, show, steps

PASSWORD = "certtrack-demo"  # noqa: S105 - printed for everybody; demo mode only
PATIENCE = 20.0
PAUSE = 0.1
HOUR = 3600
BORN = "1985-04-01"


class DemoFailed(Exception):
    """A step did not come to its end; the message is one sentence."""


def seed_command(parsed: argparse.Namespace) -> int:
    """Make the programme, or only print it when it is there; the exit code."""
    try:
        installation = not_in_production(Installation.load(parsed.data))
        seed(installation)
    except (Refused, DemoFailed, InstallationRefused, Rejected, Failure, OSError) as why:
        print(f"The demo programme is not complete: {why}", file=sys.stderr)
        return 1
    tell(installation)
    return 0


def not_in_production(installation: Installation) -> Installation:
    """The installation, unless real people live in it."""
    if installation.mode == "production":
        raise InstallationRefused("The demo programme is for demo and test mode only.")
    return installation


def seed(installation: Installation) -> None:
    """Make every person; what was made already stays as it is, because all dates hang on the day of the first time."""
    file = installation.data / f"demo-{installation.kind}.json"
    new = {"day": today(installation).isoformat(), "made": []}
    note: dict[str, Any] = json.loads(file.read_text()) if file.exists() else new
    write_private(file, json.dumps(note))
    groups = {person.email: group for person, group in STAFF}
    everybody = (*PEOPLE, *(person for person, _ in STAFF))
    missing = [person for person in everybody if person.email not in note["made"]]
    if not missing:
        return
    call = caller(installation.data)
    provider = call("identity", "issue_token", subject="demo-provider", roles=["provider"], lifetime_seconds=HOUR)
    programme = Programme(
        installation.url, Api(installation.url, provider["token"]), call, date.fromisoformat(note["day"])
    )
    with steps(len(missing)) as begin:
        for person in missing:
            begin(person.name)
            programme.make(person, groups.get(person.email, ""))
            note["made"].append(person.email)
            write_private(file, json.dumps(note))


def today(installation: Installation) -> date:
    """The installation's date."""
    return date.today() + timedelta(days=installation.clock_offset_days)  # noqa: DTZ011 - a day back is early enough


def tell(installation: Installation) -> None:
    """Print who can log in and what there is to see."""
    rows = [(person.email, person.shows) for person in PEOPLE]
    show(f"Demo programme at {installation.url}, password of all: {PASSWORD}", ("e-mail", "what there is to see"), rows)
    house = [(person.email, person.shows) for person, _ in STAFF]
    show(f"The console at {installation.url}/console, the same password", ("e-mail", "who that is"), house)


@dataclass(frozen=True, slots=True)
class Programme:
    """The doors through which the demo is made: gateway, provider API, operators' calls."""

    url: str
    provider: Api
    call: Callable[..., Any]
    day: date

    def make(self, person: Person, group: str = "") -> None:
        """All steps of one person, in the order of life; staff belong to a group."""
        candidate, api = self._account(person)
        if group:
            self.call("identity", "staff_add", email=person.email, group_id=group)
        if person.city:
            api.send("PUT", "/api/v1/me/address", HOMES[person.city], key=f"demo-address-{person.email}")
            self._answers(person, api)
        self._results(person, candidate, api)
        if person.books:
            self._book(person, api)
        if person.emeritus_days_ago is not None:
            self._emeritus(person, candidate, api)
        if person.on_hold:
            self._hold(person, candidate)
        if person.credits:
            self._credits(person, api)
        if person.claims:
            self._claim(person, api)
        if person.transcript:
            self._transcript(person, api)

    def _account(self, person: Person) -> tuple[str, Api]:
        """Sign up, or log in where that was done before."""
        log_in = {"email": person.email, "password": PASSWORD}
        new = log_in | {
            "first_name": person.first_name, "last_name": person.last_name, "country": person.country,
            "privacy_version": "demo-1", "terms_version": "demo-1",
        }  # fmt: skip
        try:
            Api(self.url).send("POST", "/api/v1/accounts", new, key=f"demo-account-{person.email}")
        except Refused as refused:
            if refused.status != HTTPStatus.CONFLICT:
                raise
        self._confirm(person)
        session = self._patiently(lambda: Api(self.url).send("POST", "/api/v1/sessions", log_in), "log-in", person)
        return session["candidate_id"], Api(self.url, session["token"])

    def _answers(self, person: Person, api: Api) -> None:
        """What else is asked before the dashboard opens; answers that were given before are fine."""
        try:
            api.send("PUT", "/api/v1/me/birth-date", {"birth_date": BORN}, key=f"demo-born-{person.email}")
        except Refused as refused:
            if refused.code != "birth-date-given":
                raise
        api.send("PUT", "/api/v1/me/news", {"wanted": False}, key=f"demo-news-{person.email}")

    def _confirm(self, person: Person) -> None:
        """Open the link in the embedded mailbox; one that was opened before is fine."""

        def mailed() -> Any:
            mails = self.call("identity", "mailbox", to=person.email)
            return next((mail["text"] for mail in mails if "/confirm?link=" in mail["text"]), None)

        link = self._patiently(mailed, "confirmation mail", person).partition("link=")[2].split()[0]
        try:
            key = f"demo-confirm-{person.email}"
            Api(self.url).send("POST", "/api/v1/accounts/confirmation", {"link": link}, key=key)
        except Refused as refused:
            if refused.code != "link-not-valid":
                raise

    def _book(self, person: Person, api: Api) -> None:
        def patiently(look: Callable[[], Any]) -> Any:
            return self._patiently(look, "appointment", person)

        exam, site = person.books or ("", "")
        demo_exams.book(api, person.name, exam, site, key=f"demo-book-{person.email}", patiently=patiently)

    def _results(self, person: Person, candidate: str, api: Api) -> None:
        result_id = ""
        for number, sitting in enumerate(person.sittings):
            reference = f"demo-{person.email}-{number}"
            body = {
                "candidate_id": candidate, "exam": sitting.exam, "outcome": sitting.outcome, "score": sitting.score,
                "taken_on": self._day(sitting.days_ago), "provider_reference": reference,
            }  # fmt: skip
            result_id = self.provider.send("POST", "/api/provider/v1/results", body, key=reference)["result_id"]
        if person.objects:
            demo_exams.challenge(api, result_id, key=f"demo-challenge-{person.email}")
        if person.held:
            demo_exams.hold(self.call, candidate, result_id, key=f"hold-{person.email}")
        if person.revoked:
            where = f"/api/provider/v1/results/{result_id}/revocation"
            self.provider.send("POST", where, {"reason": "score-irregular"}, key=f"demo-revoked-{person.email}")

    def _emeritus(self, person: Person, candidate: str, api: Api) -> None:
        def all_results_count() -> Any:
            known = api.send("GET", "/api/v1/me/certifications")["certifications"]
            return next((one for one in known if one["level"] == "expert" and one["status"] == "expired"), None)

        self._patiently(all_results_count, "expert certification", person)
        granted = self._day(person.emeritus_days_ago or 0)
        tries = count()

        def granted_now() -> bool:
            """A result that is still on its way may hold the term shut; a refusal is remembered, so each try is new."""
            command = f"operator|demo|emeritus-{person.email}-{next(tries)}"
            try:
                self.call(
                    "certification", "grant_emeritus", command=command, candidate_id=candidate, granted_on=granted
                )
            except Rejected as refusal:
                if refusal.code != "emeritus-term-not-open":
                    raise
                return False
            return True

        self._patiently(granted_now, "emeritus", person)

    def _hold(self, person: Person, candidate: str) -> None:
        may = ["certifications.hold"]
        key = f"operator|demo|hold-{person.email}"

        def proposed() -> Any:
            """The result may still be on its way; a hold that stands already is one of an earlier start."""
            try:
                return self.call(
                    "certification", "propose", command=key, action="certification-hold", subject=candidate,
                    arguments={"certification": person.on_hold, "reason": "investigation"},
                    reason="A report about the sitting is looked into.", by="demo-one", permissions=may,
                )  # fmt: skip
            except Rejected as refusal:
                if refusal.code == "certification-already-on-hold":
                    return {"proposal_id": None}
                if refusal.code != "certification-not-in-record":
                    raise
                return None

        asked = self._patiently(proposed, "certification to hold", person)["proposal_id"]
        if asked is not None:
            self.call(
                "certification", "approve", command=f"{key}-approved", proposal_id=asked, by="demo-two",
                permissions=may,
            )  # fmt: skip

    def _credits(self, person: Person, api: Api) -> None:
        def terms() -> Any:
            """What there is to accept, once there is a certification to renew."""
            known = api.send("GET", "/api/v1/me/certifications")["certifications"]
            return api.send("GET", "/api/v1/me/credits")["terms"] if len(known) >= len(person.sittings) else None

        version = self._patiently(terms, "certification", person)
        api.send("POST", "/api/v1/me/credits/terms", {"version": version}, key=f"demo-terms-{person.email}")
        lines = [{"item": "DL-SDWAN", "completed_on": self._day(20)}]
        where = "/api/v1/me/credits/claims"
        claim = api.send("POST", where, {"lines": lines}, key=f"demo-credits-{person.email}")["claim_id"]
        api.send("POST", f"{where}/{claim}/submission", {}, key=f"demo-submission-{person.email}")
        if person.credits == "approved":
            command = f"operator|demo|credits-{person.email}"
            self.call("certification", "approve_claim", command=command, claim_id=claim, by="demo-reviewer")

    def _claim(self, person: Person, api: Api) -> None:
        def claimable() -> Any:
            kits = api.send("GET", "/api/v1/me/kits")["kits"]
            return next((kit for kit in kits if kit["certification"] == person.claims and kit["claimable"]), None)

        kit = self._patiently(claimable, f"kit of {person.claims}", person)
        body = {"printed_name": person.name}
        api.send("POST", f"/api/v1/me/kits/{kit['kit_id']}/claim", body, key=f"demo-claim-{person.email}")

    def _transcript(self, person: Person, api: Api) -> None:
        wish = {"show_dates": True, "remarks": "For my next employer."}
        made = api.send("POST", "/api/v1/me/transcripts", wish, key=f"demo-transcript-{person.email}")
        where = f"/api/v1/me/transcripts/{made['transcript_id']}"
        api.send("POST", f"{where}/disclosures", {}, key=f"demo-disclosure-{person.email}")
        if person.transcript == "disabled":
            api.send("POST", f"{where}/disable", {}, key=f"demo-disable-{person.email}")

    def _patiently(self, look: Callable[[], Any], what: str, person: Person) -> Any:
        """What `look` finds once the facts have arrived; DemoFailed after some seconds."""
        deadline = time.monotonic() + PATIENCE
        while not (found := look()):
            if time.monotonic() > deadline:
                raise DemoFailed(f"the {what} of {person.name} has not appeared.")
            time.sleep(PAUSE)
        return found

    def _day(self, days_ago: int) -> str:
        return (self.day - timedelta(days=days_ago)).isoformat()


def main() -> int:
    """`python -m deploy.demo --data FOLDER`, as the supervisor starts it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    return seed_command(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
