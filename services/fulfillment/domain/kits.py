"""All kits of one candidate: one free kit per newly earned certification, claimed at most once (R-G1, R-G2)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import Literal, assert_never

from chassis.decider import Decider, Rejected, Sealed
from services.fulfillment.domain.printed_name import same_name

PROMISE_FROM = timedelta(weeks=12)
PROMISE_UNTIL = timedelta(weeks=16)
ONE_EARNING = timedelta(days=3 * 365)
"""How long after one offer another one of the same certification may be of the same earning."""

Kind = Literal["certificate", "plaque"]
Status = Literal["pending", "ordered", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KitOffered:
    """A newly earned certification brought a free kit."""

    kit_id: str
    certification: str
    name: str
    kind: Kind
    offered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KitClaimed:
    """The candidate ordered the kit; printed name and address are frozen as they stood."""

    kit_id: str
    certification: str
    kind: Kind
    order_number: str
    claimed_on: date
    promise_from: date
    promise_until: date
    printed_name: Sealed
    address: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class KitOfferWithdrawn:
    """The offer ended before it was claimed."""

    kit_id: str
    certification: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersClosed:
    """The candidate was erased; whatever is offered later is withdrawn at once."""

    closed_on: date


Event = KitOffered | KitClaimed | KitOfferWithdrawn | OffersClosed


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a certification stands, as far as kits are concerned; `expires_on` is inclusive, None means never."""

    active: bool
    expires_on: date | None

    def active_on(self, day: date) -> bool:
        """Whether the certification is active on that day (R-V2)."""
        return self.active and (self.expires_on is None or day <= self.expires_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a kit is made and sent with; only a complete profile has it."""

    name: str = field(repr=False)
    address: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferKit:
    """Offer the kit of a certification that was earned; the earning is told apart by its active date."""

    kit_id: str
    certification: str
    name: str
    kind: Kind
    offered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimKit:
    """Order a kit; `confirmed_name` is what the candidate confirmed, `printed_name` the same text sealed."""

    kit_id: str
    order_number: str
    today: date
    confirmed_name: str = field(repr=False)
    printed_name: Sealed
    profile: Profile | None
    """None while it is not complete."""
    standing: Standing | None
    """Of the kit's certification; None where nothing is known of it."""
    doubled: bool = False
    """Whether another record of the same person has brought the same kit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawOffers:
    """Take back what is still pending of one certification."""

    certification: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOffers:
    """Take back what is pending, now and ever: the candidate was erased."""

    closed_on: date


Command = OfferKit | ClaimKit | WithdrawOffers | CloseOffers


@dataclass(frozen=True, slots=True)
class Kit:
    """One kit of the candidate."""

    kit_id: str
    certification: str
    kind: Kind
    status: Status


@dataclass(frozen=True, slots=True)
class Kits:
    """The candidate's kits in the order of their offers."""

    all: tuple[Kit, ...] = ()
    closed: bool = False

    def find(self, kit_id: str) -> Kit | None:
        """The kit with this id."""
        return next((kit for kit in self.all if kit.kit_id == kit_id), None)

    def now(self, kit_id: str, status: Status) -> "Kits":
        """The kits after one of them changed its status."""
        return replace(
            self, all=tuple(replace(kit, status=status) if kit.kit_id == kit_id else kit for kit in self.all)
        )


def evolve(state: Kits, event: Event) -> Kits:
    """The candidate's kits after one more fact."""
    match event:
        case KitOffered(kit_id=kit_id, certification=certification, kind=kind):
            return replace(state, all=(*state.all, Kit(kit_id, certification, kind, "pending")))
        case KitClaimed(kit_id=kit_id):
            return state.now(kit_id, "ordered")
        case KitOfferWithdrawn(kit_id=kit_id):
            return state.now(kit_id, "withdrawn")
        case OffersClosed():
            return replace(state, closed=True)
        case _ as unknown:
            assert_never(unknown)


def kit_id_of(candidate_id: str, certification: str, active_on: date) -> str:
    """One kit per earning: the same earning always has the same kit id (R-G1)."""
    earning = f"{candidate_id}\x1f{certification}\x1f{active_on.isoformat()}"
    return "K-" + blake2b(earning.encode(), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A kit as one of the records of a person has brought it; `own` if that is the record that stands for all."""

    kit_id: str
    certification: str
    status: Status
    offered_on: date
    own: bool


def doubled(kits: Sequence[Brought]) -> set[str]:
    """Kits that another record of the same person has brought too (F1.13): one free kit per earning (R-G1).

    What was ordered stands; of two that wait the own one does. After three years it is another earning.
    """
    return {
        kit.kit_id
        for kit in kits
        if kit.status == "pending"
        and any(
            other.own != kit.own
            and other.certification == kit.certification
            and abs(other.offered_on - kit.offered_on) < ONE_EARNING
            and (other.status == "ordered" or (other.own and other.status == "pending"))
            for other in kits
        )
    }


def why_not_claimable(status: Status, standing: Standing | None, *, profile_complete: bool, today: date) -> str | None:
    """What stands in the way of claiming a kit, as a code; None if nothing does (R-G2)."""
    if status == "ordered":
        return "kit-already-ordered"
    if status == "withdrawn":
        return "kit-withdrawn"
    if standing is None or not standing.active_on(today):
        return "certification-not-active"
    return None if profile_complete else "profile-incomplete"


def offer_kit(command: OfferKit, state: Kits) -> list[Event]:
    """Each earning offers once; an erased candidate's offer ends where it began, whichever news came first."""
    if state.find(command.kit_id) is not None:
        return []
    offered = KitOffered(
        kit_id=command.kit_id,
        certification=command.certification,
        name=command.name,
        kind=command.kind,
        offered_on=command.offered_on,
    )
    if not state.closed:
        return [offered]
    return [
        offered,
        KitOfferWithdrawn(kit_id=command.kit_id, certification=command.certification, reason="account-erased"),
    ]


def claim_kit(command: ClaimKit, state: Kits) -> list[Event]:
    """A pending kit is ordered once, by a candidate who may have it and confirmed the name on it (R-G2, R-G3)."""
    kit = state.find(command.kit_id)
    if kit is None:
        raise Rejected("unknown-kit")
    profile = _claimable(command, kit)
    if not same_name(command.confirmed_name, profile.name):
        raise Rejected("printed-name-differs")
    return [
        KitClaimed(
            kit_id=kit.kit_id,
            certification=kit.certification,
            kind=kit.kind,
            order_number=command.order_number,
            claimed_on=command.today,
            promise_from=command.today + PROMISE_FROM,
            promise_until=command.today + PROMISE_UNTIL,
            printed_name=command.printed_name,
            address=profile.address,
        )
    ]


def withdraw_offers(command: WithdrawOffers, state: Kits) -> list[Event]:
    """Only what is still pending is taken back; an ordered kit stays ordered."""
    return [
        KitOfferWithdrawn(kit_id=kit.kit_id, certification=kit.certification, reason=command.reason)
        for kit in state.all
        if kit.status == "pending" and kit.certification == command.certification
    ]


def close_offers(command: CloseOffers, state: Kits) -> list[Event]:
    """Take back every pending kit, once and for all."""
    if state.closed:
        return []
    return [
        *(
            KitOfferWithdrawn(kit_id=kit.kit_id, certification=kit.certification, reason="account-erased")
            for kit in state.all
            if kit.status == "pending"
        ),
        OffersClosed(closed_on=command.closed_on),
    ]


def _claimable(command: ClaimKit, kit: Kit) -> Profile:
    if command.doubled and kit.status == "pending":
        raise Rejected("kit-doubled")
    complete = command.profile is not None
    obstacle = why_not_claimable(kit.status, command.standing, profile_complete=complete, today=command.today)
    if obstacle is not None or command.profile is None:
        raise Rejected(obstacle or "profile-incomplete")
    return command.profile


def decide(command: Command, state: Kits) -> list[Event]:
    """The facts that a command adds; raises Rejected."""
    match command:
        case OfferKit():
            return offer_kit(command, state)
        case ClaimKit():
            return claim_kit(command, state)
        case WithdrawOffers():
            return withdraw_offers(command, state)
        case CloseOffers():
            return close_offers(command, state)
        case _ as unknown:
            assert_never(unknown)


kits: Decider[Command, Kits, Event] = Decider(category="kits", initial=Kits(), evolve=evolve, decide=decide)
