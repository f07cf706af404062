"""The uses of one voucher: one stream per code, so that none is used more often than it was sold."""

from dataclasses import dataclass
from typing import assert_never

from chassis.decider import Decider, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherUsed:
    """The voucher paid a part of an appointment."""

    voucher: str
    appointment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherReturned:
    """The appointment was given up in time, so the voucher has the use back."""

    voucher: str
    appointment_id: str


Event = VoucherUsed | VoucherReturned


@dataclass(frozen=True, slots=True, kw_only=True)
class UseVoucher:
    """Let the voucher pay its part; `uses` is how often it may."""

    voucher: str
    appointment_id: str
    uses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnVoucher:
    """Give the use back, as the fee goes back."""

    voucher: str
    appointment_id: str


Command = UseVoucher | ReturnVoucher
State = frozenset[str]
"""The appointments that it pays a part of."""


def evolve(state: State, event: Event) -> State:
    """What it was used for after one more fact."""
    match event:
        case VoucherUsed(appointment_id=appointment_id):
            return state | {appointment_id}
        case VoucherReturned(appointment_id=appointment_id):
            return state - {appointment_id}
        case _ as unknown:
            assert_never(unknown)


def use_voucher(command: UseVoucher, state: State) -> list[Event]:
    """Once per appointment, as long as uses are left."""
    if command.appointment_id in state:
        return []
    if len(state) >= command.uses:
        raise Rejected("voucher-used-up", voucher=command.voucher)
    return [VoucherUsed(voucher=command.voucher, appointment_id=command.appointment_id)]


def return_voucher(command: ReturnVoucher, state: State) -> list[Event]:
    """A use comes back once."""
    if command.appointment_id not in state:
        return []
    return [VoucherReturned(voucher=command.voucher, appointment_id=command.appointment_id)]


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds; raises Rejected."""
    match command:
        case UseVoucher():
            return use_voucher(command, state)
        case ReturnVoucher():
            return return_voucher(command, state)
        case _ as unknown:
            assert_never(unknown)


vouchers: Decider[Command, State, Event] = Decider(
    category="vouchers", initial=frozenset(), evolve=evolve, decide=decide
)
"""Streams `vouchers-<code>`."""
