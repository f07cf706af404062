"""The uses of one voucher: one stream per code, so that none is used more often than it was sold."""

from dataclasses import dataclass
from typing import assert_never

from chassis.decider import Decider, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherUsed:
    """The voucher paid a part of an appointment."""

    voucher: str
    appointment_id: str


Event = VoucherUsed


@dataclass(frozen=True, slots=True, kw_only=True)
class UseVoucher:
    """Let the voucher pay its part; `uses` is how often it may."""

    voucher: str
    appointment_id: str
    uses: int


Command = UseVoucher
State = frozenset[str]
"""The appointments it was used for."""


def evolve(state: State, event: Event) -> State:
    """What it was used for after one more fact."""
    match event:
        case VoucherUsed(appointment_id=appointment_id):
            return state | {appointment_id}
        case _ as unknown:
            assert_never(unknown)


def decide(command: Command, state: State) -> list[Event]:
    """Once per appointment, as long as uses are left; an appointment that is given up does not bring its use back."""
    if command.appointment_id in state:
        return []
    if len(state) >= command.uses:
        raise Rejected("voucher-used-up", voucher=command.voucher)
    return [VoucherUsed(voucher=command.voucher, appointment_id=command.appointment_id)]


vouchers: Decider[Command, State, Event] = Decider(
    category="vouchers", initial=frozenset(), evolve=evolve, decide=decide
)
"""Streams `vouchers-<code>`."""
