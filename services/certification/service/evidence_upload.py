"""Files beside claims: they come and go in pieces, each sealed with the candidate's key (F5.5)."""

from base64 import b64decode
from binascii import Error as NotBase64
from math import ceil
from typing import Any

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.projections import Rows
from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.commands import AttachEvidence
from services.certification.domain.record import record
from services.certification.projections import claims, evidence_files
from services.certification.projections.evidence_files import File
from services.certification.service.parts import Records

PIECE_BYTES = 256 * 1024
"""Small enough for a message, large enough for 25 MB to need a hundred of them."""


class EvidenceUpload(Records):
    """Evidence of claims; its content stands in no fact and goes with the account."""

    @rpc
    def begin_evidence(
        self, candidate_id: str, claim_id: str, file_name: str, content_type: str, size: int
    ) -> dict[str, Any]:
        """Announce a file for one's own claim; gives its id and how large the pieces are to be."""
        asked = schemas.begin_evidence.load(
            {
                "candidate_id": candidate_id,
                "claim_id": claim_id,
                "file_name": file_name,
                "content_type": content_type,
                "size": size,
            }
        )
        self._own_claim(candidate_id, claim_id)
        file = File(
            evidence_id="EV-" + self.desk.new_id("evidence")[:14].upper(),
            candidate_id=candidate_id,
            claim_id=claim_id,
            file_name=self.desk.seal(candidate_id, asked["file_name"]),
            content_type=asked["content_type"],
            size=asked["size"],
            pieces=ceil(asked["size"] / PIECE_BYTES),
            attached_on=None,
        )
        self.desk.write(lambda rows: evidence_files.begin(rows, file))
        return {"evidence_id": file.evidence_id, "piece_bytes": PIECE_BYTES, "pieces": file.pieces}

    @rpc
    def evidence_piece(self, candidate_id: str, evidence_id: str, number: int, data: str) -> dict[str, Any]:
        """One piece, in base64; sent again it replaces itself."""
        file = self._own_file(candidate_id, evidence_id)
        if not 0 <= number < file.pieces:
            raise Rejected("evidence-incomplete")
        expected = PIECE_BYTES if number < file.pieces - 1 else file.size - PIECE_BYTES * (file.pieces - 1)
        if len(_bytes(data)) != expected:
            raise Rejected("evidence-incomplete")
        sealed = self.desk.seal(candidate_id, data).encode()
        self.desk.write(lambda rows: evidence_files.keep_piece(rows, evidence_id, number, sealed))
        return {"evidence_id": evidence_id, "number": number}

    @rpc
    def finish_evidence(self, candidate_id: str, evidence_id: str) -> dict[str, Any]:
        """Lay the complete file beside the claim."""
        file = self._own_file(candidate_id, evidence_id)
        with self.desk.read() as connection:
            if evidence_files.piece_count(connection, evidence_id) != file.pieces:
                raise Rejected("evidence-incomplete")
        command = AttachEvidence(
            claim_id=file.claim_id,
            evidence_id=evidence_id,
            content_type=file.content_type,
            size=file.size,
            file_name=file.file_name,
            today=self.desk.today(),
            catalogue=self.catalogue,
        )

        def attached(rows: Rows) -> None:
            evidence_files.attached(rows, evidence_id, self.desk.today())

        written = self.desk.handle(record, candidate_id, command, subject=candidate_id, also=attached)
        return {"evidence_id": evidence_id, "claim_id": file.claim_id, "written": written.mark}

    @rpc
    def evidence_file(self, evidence_id: str, candidate_id: str | None = None) -> dict[str, Any]:
        """What a file is called and how many pieces it has; of one's own only, if a candidate is named."""
        file = self._file(evidence_id)
        if candidate_id is not None and file.candidate_id != candidate_id:
            raise NotFound("unknown-evidence")
        name = self.desk.unseal(file.candidate_id, file.file_name)
        if name is None:
            raise NotFound("unknown-evidence")
        return {
            "evidence_id": evidence_id,
            "candidate_id": file.candidate_id,
            "claim_id": file.claim_id,
            "file_name": name,
            "content_type": file.content_type,
            "size": file.size,
            "pieces": file.pieces,
        }

    @rpc
    def evidence_data(self, evidence_id: str, number: int) -> dict[str, Any]:
        """One piece of a file, in base64."""
        file = self._file(evidence_id)
        with self.desk.read() as connection:
            sealed = evidence_files.piece(connection, evidence_id, number)
        data = None if sealed is None else self.desk.unseal(file.candidate_id, sealed)
        if data is None:
            raise NotFound("unknown-evidence")
        return {"data": data}

    def _own_claim(self, candidate_id: str, claim_id: str) -> None:
        with self.desk.read() as connection:
            claim = claims.one(connection, claim_id)
        if claim is None or claim.candidate_id != candidate_id:
            raise Rejected("unknown-claim")
        if claim.status not in {"draft", "pending"}:
            raise Rejected("claim-already-decided")

    def _own_file(self, candidate_id: str, evidence_id: str) -> File:
        file = self._file(evidence_id)
        if file.candidate_id != candidate_id:
            raise NotFound("unknown-evidence")
        return file

    def _file(self, evidence_id: str) -> File:
        with self.desk.read() as connection:
            file = evidence_files.one(connection, evidence_id)
        if file is None:
            raise NotFound("unknown-evidence")
        return file


def _bytes(data: str) -> bytes:
    try:
        return b64decode(data, validate=True)
    except NotBase64 as wrong:
        raise Rejected("evidence-incomplete") from wrong
