"""The verification code of one certification of one candidate: minted once, kept over renewals (R-G4)."""

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from chassis.decider import Decider, Sealed
from services.verification.domain.secret_code import SecretCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMinted:
    """The certification got its verification code."""

    certification: str
    code_hash: str
    code: Sealed
    minted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MintCode:
    """Give the certification a code, unless it has one."""

    certification: str
    code: SecretCode
    today: date


Event = CodeMinted
Command = MintCode


@dataclass(frozen=True, slots=True)
class Code:
    """Whether there is a code already."""

    minted: bool = False


def evolve(state: Code, event: Event) -> Code:
    """The state after one more fact."""
    del state
    match event:
        case CodeMinted():
            return Code(minted=True)
        case _ as unknown:
            assert_never(unknown)


def mint_code(command: MintCode, state: Code) -> list[Event]:
    """Earning the certification again keeps its code."""
    if state.minted:
        return []
    return [
        CodeMinted(
            certification=command.certification,
            code_hash=command.code.hash,
            code=command.code.box,
            minted_on=command.today,
        )
    ]


def code_id_of(candidate_id: str, certification: str) -> str:
    """One stream per candidate and certification."""
    return f"{candidate_id}.{certification}"


verification_code: Decider[Command, Code, Event] = Decider(
    category="code", initial=Code(), evolve=evolve, decide=mint_code
)
