"""Verification's entry points: transcripts and their links, verification codes, and the two public answers."""

from typing import Any

import structlog

import contracts
from chassis import activity
from chassis.command_handling import Written
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.four_eyes import FourEyes
from chassis.frame import LEASE_SECONDS
from chassis.sealing import keyed_hash
from chassis.service import Desk, Plan, rpc, subscribe
from services.verification import reactions, schemas
from services.verification.announcements import announce
from services.verification.domain import secret_code
from services.verification.domain.secret_code import SecretCode
from services.verification.domain.transcripts import (
    Command,
    CreateTranscript,
    DeleteTranscript,
    DisableTranscript,
    DiscloseTranscript,
    EnableTranscript,
    transcripts,
)
from services.verification.domain.verification_code import verification_code
from services.verification.projections import METADATA, certifications, codes, disclosures, holders
from services.verification.projections import transcripts as transcript_list
from services.verification.projections.activity import ACTIVITY
from services.verification.projections.merges import MERGES
from services.verification.vocabulary import UPCASTS, VOCABULARY

log = structlog.get_logger()

LEASE_MS = int(LEASE_SECONDS * 1000)
LINK = "transcript-link"
VERIFICATION_CODE = "verification-code"

PLAN = Plan(
    source="verification",
    vocabulary=VOCABULARY,
    upcasts=UPCASTS,
    announce=announce,
    projections=(
        holders.PROJECTION,
        certifications.PROJECTION,
        transcript_list.PROJECTION,
        disclosures.PROJECTION,
        codes.PROJECTION,
        ACTIVITY.projection,
        MERGES.projection,
    ),
    metadata=METADATA,
    reveals=True,
    aliases=MERGES,
)


class VerificationService(FourEyes):
    """Transcripts and verification codes."""

    name = "verification"
    desk = Desk(PLAN)

    @subscribe(contracts.CertificationEarned)
    def on_certification_earned(self, event: contracts.CertificationEarned) -> None:
        """Mint the verification code (R-G4); without a key to seal it with there is nobody to show it to."""
        try:
            code, _ = self._new_code(event.candidate_id, VERIFICATION_CODE)
        except Rejected as refusal:
            log.info("code-not-minted", reason=refusal.code, candidate_id=event.candidate_id)
            return
        for stream, command in reactions.on_certification_earned(event, code, self.desk.today()):
            self.desk.handle(verification_code, stream, command, subject=event.candidate_id)

    @subscribe(contracts.AccountErased)
    def on_account_erased(self, event: contracts.AccountErased) -> None:
        """Delete all transcripts."""
        for candidate_id, command in reactions.on_account_erased(event):
            self.desk.handle(transcripts, candidate_id, command, subject=event.candidate_id)
        self.desk.frame.revealer.forget(event.candidate_id)

    @subscribe(contracts.CertificationRecertified)
    @subscribe(contracts.CertificationExtended)
    @subscribe(contracts.CertificationExpiryCorrected)
    @subscribe(contracts.CertificationExpired)
    @subscribe(contracts.CertificationReinstated)
    @subscribe(contracts.CertificationRevoked)
    @subscribe(contracts.EmeritusGranted)
    @subscribe(contracts.EmeritusLapsed)
    @subscribe(contracts.LifetimeEmeritusGranted)
    @subscribe(contracts.CertificationRestored)
    @subscribe(contracts.CertificationReactivated)
    @subscribe(contracts.CertificationHeld)
    @subscribe(contracts.CertificationHoldLifted)
    def on_standing_changed(self, event: contracts.Event) -> None:
        """Readers see it from the projections; nothing is decided."""

    @subscribe(contracts.AccountsMerged)
    @subscribe(contracts.AccountsSeparated)
    def on_records_joined_or_parted(self, event: contracts.Event) -> None:
        """Readers and holders are shown both records as one (F1.13); nothing is decided."""

    @subscribe(contracts.NameChanged)
    @subscribe(contracts.AddressChanged)
    def on_holder_changed(self, event: contracts.Event) -> None:
        """Readers see it from the projections; nothing is decided."""

    @rpc
    def create_transcript(
        self,
        candidate_id: str,
        certifications: list[str] | None = None,
        include_expired: bool = False,
        show_dates: bool = True,
        show_address: bool = False,
        view_until: str | None = None,
        remarks: str = "",
        private_notes: str = "",
    ) -> dict[str, Any]:
        """Put a transcript together; `certifications` None means all, `view_until` None 90 days (R-G5)."""
        asked = schemas.create_transcript.load(
            {
                "candidate_id": candidate_id,
                "certifications": certifications,
                "include_expired": include_expired,
                "show_dates": show_dates,
                "show_address": show_address,
                "view_until": view_until,
                "remarks": remarks,
                "private_notes": private_notes,
            }
        )
        chosen = asked["certifications"]
        command = CreateTranscript(
            transcript_id=self.desk.new_id("transcript"),
            certifications=None if chosen is None else tuple(sorted(set(chosen))),
            include_expired=asked["include_expired"],
            show_dates=asked["show_dates"],
            show_address=asked["show_address"],
            view_until=asked["view_until"],
            remarks=self.desk.seal(candidate_id, asked["remarks"]),
            private_notes=self.desk.seal(candidate_id, asked["private_notes"]),
            today=self.desk.today(),
        )
        written = self._change(candidate_id, command)
        return {"transcript_id": command.transcript_id, "written": written.mark}

    @rpc
    def disclose_transcript(self, candidate_id: str, transcript_id: str) -> dict[str, Any]:
        """Make a link of its own for one reader; its code is told here, and kept sealed."""
        schemas.one_transcript.load({"candidate_id": candidate_id, "transcript_id": transcript_id})
        code, clear = self._new_code(self._owner(candidate_id, transcript_id), LINK)
        command = DiscloseTranscript(
            transcript_id=transcript_id,
            disclosure_id=self.desk.new_id("disclosure"),
            code=code,
            today=self.desk.today(),
            disclosed_at=self.desk.now(),
        )
        written = self._change(self._owner(candidate_id, transcript_id), command)
        return {"disclosure_id": command.disclosure_id, "code": clear, "written": written.mark}

    @rpc
    def disable_transcript(self, candidate_id: str, transcript_id: str) -> dict[str, Any]:
        """Close all links; once this is answered no reader is shown the transcript (F9.9)."""
        return self._withdraw(candidate_id, transcript_id, DisableTranscript(transcript_id=transcript_id))

    @rpc
    def enable_transcript(self, candidate_id: str, transcript_id: str) -> dict[str, Any]:
        """Open the links again."""
        schemas.one_transcript.load({"candidate_id": candidate_id, "transcript_id": transcript_id})
        written = self._change(self._owner(candidate_id, transcript_id), EnableTranscript(transcript_id=transcript_id))
        return {"transcript_id": transcript_id, "written": written.mark}

    @rpc
    def delete_transcript(self, candidate_id: str, transcript_id: str) -> dict[str, Any]:
        """Remove transcript and links; once this is answered no reader is shown it."""
        return self._withdraw(candidate_id, transcript_id, DeleteTranscript(transcript_id=transcript_id))

    @rpc
    def transcripts(self, candidate_id: str) -> list[dict[str, Any]]:
        """The candidate's transcripts with their links, opened for the candidate alone (F9.4)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        with self.desk.read() as connection:
            mine = transcript_list.of_candidate(connection, candidate_id)
            links = disclosures.of_candidate(connection, candidate_id) if mine else []
        return [self._line(transcript.candidate_id, transcript, links) for transcript in mine]

    @rpc
    def activity(self, candidate_id: str, limit: int = 10) -> list[dict[str, Any]]:
        """The newest entries, in codes (F3.4)."""
        asked = schemas.activity.load({"candidate_id": candidate_id, "limit": limit})
        with self.desk.read() as connection:
            return activity.shown(ACTIVITY.newest(connection, candidate_id, activity.ENOUGH), asked["limit"])

    @rpc
    def overview(self, candidate_id: str) -> dict[str, Any]:
        """What the dashboard shows of transcripts and codes: the list, recent activity, when each code was made."""
        mine = self.transcripts(candidate_id)
        with self.desk.read() as connection:
            lines = ACTIVITY.newest(connection, candidate_id, activity.ENOUGH)
            minted: dict[str, str | None] = dict.fromkeys(codes.minted_for(connection, candidate_id))
        minted.update(
            (line.details["certification"], line.at.isoformat()) for line in lines if line.code == "code-minted"
        )
        return {"transcripts": mine, "activity": activity.shown(lines, 10), "minted": minted}

    @rpc
    def public_transcript(self, code: str) -> dict[str, Any]:
        """What the reader of a link sees today; NotFound alike for whatever is not shown (R-P3, R-G6)."""
        today = self.desk.today()
        code_hash = self._hash(LINK, secret_code.as_typed(code))
        with self.desk.read() as connection:
            shown = disclosures.shown(connection, code_hash, today)
            wants_address = shown is not None and shown.show_address
            address = holders.address_of(connection, shown.candidate_id) if shown and wants_address else None
        if shown is None:
            raise NotFound("transcript-not-shown")
        return {**schemas.public_page(shown, address, today), "lease_ms": LEASE_MS}

    @rpc
    def codes(self, candidate_id: str) -> list[dict[str, Any]]:
        """The candidate's verification codes."""
        schemas.candidate.load({"candidate_id": candidate_id})
        with self.desk.read() as connection:
            mine = codes.of_candidate(connection, candidate_id)
        opened = ((one.certification, self.desk.unseal(one.candidate_id, one.code)) for one in mine)
        return [{"certification": certification, "code": code} for certification, code in opened if code is not None]

    @rpc
    def verify(self, code: str) -> dict[str, Any]:
        """What a verification code says today (F11.2); a malformed one is unknown like any other."""
        code_hash = self._hash(VERIFICATION_CODE, secret_code.as_typed(code))
        with self.desk.read() as connection:
            meant = codes.meant(connection, code_hash)
        return {**schemas.verdict(meant, self.desk.today()), "lease_ms": LEASE_MS}

    def _owner(self, candidate_id: str, transcript_id: str) -> str:
        with self.desk.read() as connection:
            return transcript_list.owner_of(connection, candidate_id, transcript_id)

    def _change(self, candidate_id: str, command: Command) -> Written:
        """Handle a command of the holder; a transcript that is not theirs does not exist for them."""
        try:
            written: Written = self.desk.handle(transcripts, candidate_id, command, subject=candidate_id)
        except Rejected as refusal:
            if refusal.code == "unknown-transcript":
                raise NotFound(refusal.code) from refusal
            raise
        return written

    def _withdraw(self, candidate_id: str, transcript_id: str, command: Command) -> dict[str, Any]:
        schemas.one_transcript.load({"candidate_id": candidate_id, "transcript_id": transcript_id})
        written = self._change(self._owner(candidate_id, transcript_id), command)
        self.desk.hold_out_lease()
        return {"transcript_id": transcript_id, "written": written.mark}

    def _new_code(self, candidate_id: str, kind: str) -> tuple[SecretCode, str]:
        """A code as facts keep it, and in the clear; Rejected for an erased candidate."""
        clear = self.desk.secret_code(kind, alphabet=secret_code.ALPHABET, length=secret_code.LENGTH)
        return SecretCode(hash=self._hash(kind, clear), box=self.desk.seal(candidate_id, clear)), clear

    def _hash(self, kind: str, code: str) -> str:
        return keyed_hash(self.desk.settings.master_key, kind, code)

    def _line(
        self, candidate_id: str, transcript: transcript_list.Transcript, links: list[disclosures.Disclosure]
    ) -> dict[str, Any]:
        notes = self.desk.unseal(candidate_id, transcript.private_notes)
        own = [link for link in links if link.transcript_id == transcript.transcript_id]
        return {
            "transcript_id": transcript.transcript_id,
            "view_until": transcript.view_until.isoformat(),
            "show_dates": transcript.show_dates,
            "show_address": transcript.show_address,
            "include_expired": transcript.include_expired,
            "certifications": transcript.chosen,
            "remarks": transcript.remarks,
            "state": transcript.state_on(self.desk.today()),
            "private_notes": notes,
            "disclosures": [self._link(candidate_id, link) for link in own],
        }

    def _link(self, candidate_id: str, link: disclosures.Disclosure) -> dict[str, Any]:
        return {
            "disclosure_id": link.disclosure_id,
            "until": link.until.isoformat(),
            "disclosed_at": link.disclosed_at.isoformat(),
            "code": self.desk.unseal(candidate_id, link.code),
        }
