"""Fulfillment's entry points: kits are offered and withdrawn by events, and claimed by candidates."""

from datetime import date
from typing import Any

import contracts
from chassis import activity
from chassis.errors import NotFound
from chassis.four_eyes import FourEyes
from chassis.service import Desk, Plan, rpc, subscribe
from services.fulfillment import reactions, schemas
from services.fulfillment.announcements import announce
from services.fulfillment.domain.kits import Brought, ClaimKit, Profile, doubled, kits, why_not_claimable
from services.fulfillment.projections import METADATA, holders, overdue, standings
from services.fulfillment.projections import kits as kit_list
from services.fulfillment.projections.activity import ACTIVITY
from services.fulfillment.projections.merges import MERGES
from services.fulfillment.vocabulary import UPCASTS, VOCABULARY

PLAN = Plan(
    source="fulfillment",
    vocabulary=VOCABULARY,
    upcasts=UPCASTS,
    announce=announce,
    projections=(kit_list.PROJECTION, standings.PROJECTION, holders.PROJECTION, ACTIVITY.projection, MERGES.projection),
    metadata=METADATA,
    reveals=True,
    aliases=MERGES,
)


class FulfillmentService(FourEyes):
    """Kits."""

    name = "fulfillment"
    desk = Desk(PLAN)

    @subscribe(contracts.CertificationEarned)
    def on_certification_earned(self, event: contracts.CertificationEarned) -> None:
        """Offer the kit (R-G1)."""
        for candidate_id, command in reactions.on_certification_earned(event, self.desk.today()):
            self.desk.handle(kits, candidate_id, command, subject=event.candidate_id)

    @subscribe(contracts.CertificationRevoked)
    def on_certification_revoked(self, event: contracts.CertificationRevoked) -> None:
        """Take back what is pending."""
        for candidate_id, command in reactions.on_certification_revoked(event):
            self.desk.handle(kits, candidate_id, command, subject=event.candidate_id)

    @subscribe(contracts.AccountErased)
    def on_account_erased(self, event: contracts.AccountErased) -> None:
        """Take back what is pending, for good."""
        for candidate_id, command in reactions.on_account_erased(event):
            self.desk.handle(kits, candidate_id, command, subject=event.candidate_id)
        self.desk.frame.revealer.forget(event.candidate_id)

    @subscribe(contracts.CertificationRecertified)
    @subscribe(contracts.CertificationExtended)
    @subscribe(contracts.CertificationExpiryCorrected)
    @subscribe(contracts.CertificationExpired)
    @subscribe(contracts.CertificationReinstated)
    @subscribe(contracts.EmeritusGranted)
    @subscribe(contracts.EmeritusLapsed)
    @subscribe(contracts.LifetimeEmeritusGranted)
    @subscribe(contracts.CertificationRestored)
    @subscribe(contracts.CertificationReactivated)
    @subscribe(contracts.CertificationHeld)
    @subscribe(contracts.CertificationHoldLifted)
    def on_standing_changed(self, event: contracts.Event) -> None:
        """Claims read it from the projections; nothing is decided."""

    @subscribe(contracts.AccountsMerged)
    @subscribe(contracts.AccountsSeparated)
    def on_records_joined_or_parted(self, event: contracts.Event) -> None:
        """Lists and claims look at both records (F1.13); nothing is decided."""

    @subscribe(contracts.NameChanged)
    @subscribe(contracts.AddressChanged)
    @subscribe(contracts.ProfileCompleted)
    def on_profile_changed(self, event: contracts.Event) -> None:
        """Claims read it from the projections; nothing is decided."""

    @rpc
    def claim_kit(self, candidate_id: str, kit_id: str, printed_name: str) -> dict[str, Any]:
        """Order a pending kit; raises NotFound, or Rejected with the code of what stands in the way (R-G2)."""
        asked = schemas.claim_kit.load({"candidate_id": candidate_id, "kit_id": kit_id, "printed_name": printed_name})
        with self.desk.read() as connection:
            holder = holders.with_complete_profile(connection, candidate_id)
            found = kit_list.of_candidate(connection, candidate_id)
            standing_of = standings.of_candidate(connection, candidate_id)
        kit = next((one for one in found if one.kit_id == kit_id), None)
        if kit is None:
            raise NotFound("unknown-kit")
        owner = kit.candidate_id
        command = ClaimKit(
            kit_id=kit_id,
            order_number=self._order_number(),
            today=self.desk.today(),
            confirmed_name=asked["printed_name"],
            printed_name=self.desk.seal(owner, asked["printed_name"]),
            profile=self._profile(candidate_id, holder, owner),
            standing=standing_of.get(kit.certification),
            doubled=kit_id in _doubled(found, candidate_id),
        )
        written = self.desk.handle(kits, owner, command, subject=owner)
        return {"kit_id": kit_id, "order_number": command.order_number, "written": written.mark}

    @rpc
    def kits(self, candidate_id: str) -> list[dict[str, Any]]:
        """The candidate's kits, each with whether it can be claimed today and, if not, why (F8.2)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        with self.desk.read() as connection:
            found = kit_list.of_candidate(connection, candidate_id)
        today, twice = self.desk.today(), _doubled(found, candidate_id)
        return [_line(kit, today, doubled=kit.kit_id in twice) for kit in found]

    @rpc
    def activity(self, candidate_id: str, limit: int = 10) -> list[dict[str, Any]]:
        """The newest entries, in codes (F3.4)."""
        asked = schemas.activity.load({"candidate_id": candidate_id, "limit": limit})
        with self.desk.read() as connection:
            return activity.shown(ACTIVITY.newest(connection, **asked), asked["limit"])

    @rpc
    def overview(self, candidate_id: str) -> dict[str, Any]:
        """What the dashboard shows of kits: all of them, recent activity, and when each was offered."""
        found = self.kits(candidate_id)
        names = {kit["kit_id"]: kit["name"] for kit in found}
        with self.desk.read() as connection:
            lines = ACTIVITY.newest(connection, candidate_id, activity.ENOUGH)
        offered = {line.details["kit_id"]: line.at.isoformat() for line in lines if line.code == "kit-offered"}
        entries = activity.shown(lines, 10)
        for entry in entries:
            entry["details"].setdefault("name", names.get(entry["details"]["kit_id"], ""))
        return {"kits": found, "activity": entries, "offered": offered}

    @rpc
    def report_kits_overdue(self, after: str = "") -> dict[str, Any]:
        """Ordered kits whose sixteen weeks are over (R-G3), the longest overdue first; go on after `next`."""
        today = self.desk.today()
        with self.desk.read() as connection:
            found = overdue.page(connection, today, schemas.place_of(after))
        last = found[-1] if len(found) == overdue.PAGE_SIZE else None
        return {
            "rows": [_late(kit, today) for kit in found],
            "next": last and f"{last.promise_until.isoformat()}|{last.candidate_id}|{last.kit_id}",
        }

    def _profile(self, candidate_id: str, holder: holders.Holder | None, owner: str) -> Profile | None:
        """Name and address, sealed for the record that the kit stands in."""
        name = None if holder is None else self.desk.unseal(candidate_id, holder.name)
        if holder is None or name is None:
            return None
        if owner == candidate_id:
            return Profile(name=name, address=holder.address)
        address = self.desk.unseal(candidate_id, holder.address)
        return None if address is None else Profile(name=name, address=self.desk.seal(owner, address))

    def _order_number(self) -> str:
        """Readable, 50 bits wide, and the same when the command is repeated."""
        digits = self.desk.new_id("order")
        return f"ORD-{digits[:5]}-{digits[5:10]}"


def _doubled(found: list[kit_list.Kit], candidate_id: str) -> set[str]:
    return doubled(
        [
            Brought(
                kit_id=kit.kit_id,
                certification=kit.certification,
                status=kit.status,
                offered_on=kit.offered_on,
                own=kit.candidate_id == candidate_id,
            )
            for kit in found
        ]
    )


def _line(kit: kit_list.Kit, today: date, *, doubled: bool) -> dict[str, Any]:
    why_not = why_not_claimable(kit.status, kit.standing, profile_complete=kit.profile_complete, today=today)
    if doubled:
        why_not = "kit-doubled"
    return {
        "kit_id": kit.kit_id,
        "certification": kit.certification,
        "name": kit.name,
        "kind": kit.kind,
        "status": kit.status,
        "offered_on": kit.offered_on.isoformat(),
        "claimed_on": _iso(kit.claimed_on),
        "order_number": kit.order_number,
        "promise_from": _iso(kit.promise_from),
        "promise_until": _iso(kit.promise_until),
        "claimable": why_not is None,
        "why_not": why_not,
    }


def _late(kit: overdue.Overdue, today: date) -> dict[str, Any]:
    return {
        "order_number": kit.order_number,
        "name": kit.name,
        "kind": kit.kind,
        "claimed_on": kit.claimed_on.isoformat(),
        "promise_until": kit.promise_until.isoformat(),
        "days_late": (today - kit.promise_until).days,
        "candidate_id": kit.candidate_id,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
