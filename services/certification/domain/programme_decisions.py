"""What the programme's people and the candidate decide about titles: sanctions, holds, the agreement, emeritus."""

from datetime import date

from chassis.decider import Rejected
from services.certification.domain.commands import (
    ApplyForEmeritus,
    Command,
    HoldCertification,
    LiftHold,
    PayEmeritus,
    RecordAgreement,
    RestoreCertification,
    RevokeCertification,
)
from services.certification.domain.days import years_after
from services.certification.domain.emeritus import eligible_on
from services.certification.domain.evidence import EmeritusGrant, Evidence, Hold, HoldLifted, Sanction, SanctionLifted
from services.certification.domain.facts import EmeritusRecorded, Event
from services.certification.domain.fold import fold
from services.certification.domain.programme_facts import (
    AgreementRecorded,
    CertificationHeld,
    CertificationHoldLifted,
    EmeritusApplied,
    EmeritusPaid,
    SanctionRecorded,
)
from services.certification.domain.programme_facts import SanctionLifted as SanctionLiftedFact
from services.certification.domain.scribe import Scribe
from services.certification.domain.state import State, acceptances, day_of, evolve, folded, news_of, with_news
from services.certification.domain.told import ToldTitle


def revoke_certification(command: RevokeCertification, state: State) -> list[Event]:
    """One certification, whatever the results say; what was told as revoked is refused (R-X4)."""
    if any(isinstance(each, Sanction) and each.sanction_id == command.sanction_id for each in state.evidence):
        return []
    if _told(command.certification, state).status == "revoked":
        raise Rejected("certification-already-revoked")
    fact = SanctionRecorded(
        sanction_id=command.sanction_id,
        certification=command.certification,
        revoked_on=day_of(state, command),
        reason=command.reason,
        recorded_on=command.today,
    )
    return with_news(fact, command, state, "sanction")


def restore_certification(command: RestoreCertification, state: State) -> list[Event]:
    """Lift the sanctions of one certification; what a void result took away comes back by its result alone (R-X3)."""
    lifted = {each.sanction_id for each in state.evidence if isinstance(each, SanctionLifted)}
    standing = [
        each
        for each in state.evidence
        if isinstance(each, Sanction) and each.certification == command.certification and each.sanction_id not in lifted
    ]
    if not standing:
        raise Rejected("no-sanction-to-lift")
    facts: list[Event] = []
    for sanction in standing:
        fact = SanctionLiftedFact(
            sanction_id=sanction.sanction_id,
            lifted_on=day_of(state, command),
            reason=command.reason,
            recorded_on=command.today,
        )
        facts.append(fact)
        state = evolve(state, fact)
    return [*facts, *news_of(state, command, "sanction-lifted")]


def hold_certification(command: HoldCertification, state: State) -> list[Event]:
    """Only what somebody could rely on can be held; its dates run on."""
    if any(isinstance(each, Hold) and each.hold_id == command.hold_id for each in state.evidence):
        return []
    title = _told(command.certification, state)
    if title.status not in {"active", "emeritus", "lifetime_emeritus"}:
        raise Rejected("certification-not-held-by-anybody")
    if _open_hold(command.certification, state) is not None:
        raise Rejected("certification-already-on-hold")
    return [
        CertificationHeld(
            hold_id=command.hold_id,
            heading=_scribe(command, state).heading(command.certification, command.today, title.heading),
            reason=command.reason,
            held_on=day_of(state, command),
            recorded_on=command.today,
        )
    ]


def lift_hold(command: LiftHold, state: State) -> list[Event]:
    """The certification stands as its dates say again."""
    hold = _open_hold(command.certification, state)
    if hold is None:
        raise Rejected("certification-not-on-hold")
    known = _told(command.certification, state).heading
    return [
        CertificationHoldLifted(
            hold_id=hold.hold_id,
            heading=_scribe(command, state).heading(command.certification, command.today, known),
            reason=command.reason,
            lifted_on=day_of(state, command),
            recorded_on=command.today,
        )
    ]


def record_agreement(command: RecordAgreement, state: State) -> list[Event]:
    """Once per version and day; earnings that waited for it are told now (R-Q1)."""
    if command.version not in {each.version for each in command.catalogue.agreements}:
        raise Rejected("agreement-version-unknown", version=command.version)
    if any(each.version == command.version for each in acceptances(state, command.catalogue)):
        return []
    fact = AgreementRecorded(version=command.version, accepted_on=command.accepted_on, place=command.place)
    return [fact, *news_of(evolve(state, fact), command, "late-evidence")]


def apply_for_emeritus(command: ApplyForEmeritus, state: State) -> list[Event]:
    """From nine years and nine months on, one application at a time, for a term that would change something (R-E1)."""
    if state.application is not None and state.application.application_id == command.application_id:
        return []
    if command.application_id in state.paid:
        return []
    if state.application is not None:
        raise Rejected("emeritus-application-open")
    first = folded(state, command).first_expert_on
    if first is None:
        raise Rejected("no-expert-certification")
    eligible = eligible_on(first, command.catalogue.emeritus_rules)
    if command.today < eligible:
        raise Rejected("emeritus-too-early", eligible_on=eligible.isoformat())
    a_term_must_be_open(command, state, _granted_on(first, command.today, command))
    fee = command.catalogue.emeritus_rules.fee_usd
    return [EmeritusApplied(application_id=command.application_id, fee_usd=fee, applied_on=command.today)]


def a_term_must_be_open(command: Command, state: State, granted_on: date) -> None:
    """A grant on that day would start or prolong a term."""
    today = max(day_of(state, command), granted_on)
    more = (*state.all_evidence(), EmeritusGrant(granted_on=granted_on, known_on=today))
    if _terms(state.all_evidence(), command, today) == _terms(more, command, today):
        raise Rejected("emeritus-term-not-open")


def pay_emeritus(command: PayEmeritus, state: State) -> list[Event]:
    """The term is granted as of the application; before the payment nothing shows of it (R-E1)."""
    if command.application_id in state.paid:
        return []
    application = state.application
    if application is None or application.application_id != command.application_id:
        raise Rejected("unknown-emeritus-application")
    if command.paid_on > command.today:
        raise Rejected("paid-in-future")
    first = folded(state, command).first_expert_on
    if first is None:
        raise Rejected("no-expert-certification")
    paid = EmeritusPaid(application_id=command.application_id, payment=command.payment, paid_on=command.paid_on)
    granted = EmeritusRecorded(
        granted_on=_granted_on(first, application.applied_on, command), recorded_on=command.today
    )
    return [paid, *with_news(granted, command, evolve(state, paid), "late-evidence")]


def _granted_on(first_expert_on: date, applied_on: date, command: Command) -> date:
    """Asked for early, granted on the tenth anniversary."""
    return max(applied_on, years_after(first_expert_on, command.catalogue.emeritus_rules.eligible_after_years))


def _terms(evidence: tuple[Evidence, ...], command: Command, today: date) -> dict[str, date | None]:
    record = fold(evidence, command.catalogue, today)
    return {name: standing.current.emeritus_until for name, standing in record.standings.items()}


def _told(certification: str, state: State) -> ToldTitle:
    title = state.told.titles.get(certification)
    if title is None:
        raise Rejected("certification-not-in-record", certification=certification)
    return title


def _open_hold(certification: str, state: State) -> Hold | None:
    lifted = {each.hold_id for each in state.evidence if isinstance(each, HoldLifted)}
    holds = [each for each in state.evidence if isinstance(each, Hold) and each.certification == certification]
    return next((hold for hold in holds if hold.hold_id not in lifted), None)


def _scribe(command: Command, state: State) -> Scribe:
    return Scribe(command.catalogue, day_of(state, command), "late-evidence")
