"""Evidence for challenges: uploaded in sealed parts by the candidate, read by candidate and reviewers."""

from base64 import b64decode
from binascii import Error as Base64Error
from typing import Any

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.projections import Rows
from chassis.service import rpc
from services.testing import schemas
from services.testing.projections import files
from services.testing.service.desk import AtDesk


class Evidence(AtDesk):
    """Files."""

    @rpc
    def begin_file(self, candidate_id: str, name: str, media_type: str) -> dict[str, Any]:
        """Give a file its id, the same for the same command; it goes with its challenge, or with the account."""
        asked = schemas.new_file.load({"candidate_id": candidate_id, "name": name, "media_type": media_type})
        file_id = f"F-{self.desk.new_id('file')[:20]}"
        with self.desk.read() as connection:
            before = files.one(connection, file_id)
        if before is not None:
            return {"file_id": file_id, "complete": before.challenge_id is not None}
        file = files.File(
            file_id=file_id,
            candidate_id=candidate_id,
            name=self.desk.seal(candidate_id, asked["name"]),
            media_type=asked["media_type"],
            size=0,
            challenge_id=None,
        )
        self.desk.write(lambda rows: files.keep(rows, file, self.desk.now()))
        return {"file_id": file_id, "complete": False}

    @rpc
    def add_file_part(self, candidate_id: str, file_id: str, number: int, data: str) -> dict[str, Any]:
        """One more part, sealed before it is stored; parts come in order, and the same part again changes nothing."""
        asked = schemas.file_part.load(
            {"candidate_id": candidate_id, "file_id": file_id, "number": number, "data": data}
        )
        known = self._file_of(candidate_id, file_id)
        if known.challenge_id is not None:
            raise Rejected("file-is-complete")
        try:
            length = len(b64decode(asked["data"], validate=True))
        except (Base64Error, ValueError) as error:
            raise Rejected("file-part-malformed") from error
        size = number * schemas.LARGEST_PART + length
        if size > schemas.LARGEST_FILE:
            raise Rejected("file-too-large", most=schemas.LARGEST_FILE)
        box = self.desk.seal(candidate_id, asked["data"])

        def keep(rows: Rows) -> None:
            files.keep_part(rows, file_id, number, box)
            rows.change(files.table, key=(file_id,), size=max(size, known.size))

        self.desk.write(keep)
        return {"file_id": file_id, "size": max(size, known.size)}

    @rpc
    def file(self, file_id: str, challenge_id: str, candidate_id: str | None = None) -> dict[str, Any]:
        """Name, type and size of a file beside a challenge; with a candidate only the own ones."""
        known = self._file_beside(challenge_id, candidate_id, file_id)
        return {
            "file_id": file_id,
            "name": self.desk.unseal(known.candidate_id, known.name),
            "media_type": known.media_type,
            "size": known.size,
            "parts": -(-known.size // schemas.LARGEST_PART),
        }

    @rpc
    def file_part(
        self, file_id: str, challenge_id: str, number: int, candidate_id: str | None = None
    ) -> dict[str, Any]:
        """One part in Base64."""
        known = self._file_beside(challenge_id, candidate_id, file_id)
        with self.desk.read() as connection:
            box = files.part(connection, file_id, number)
        data = None if box is None else self.desk.unseal(known.candidate_id, box)
        if data is None:
            raise NotFound("unknown-file")
        return {"data": data}

    def _file_beside(self, challenge_id: str, candidate_id: str | None, file_id: str) -> files.File:
        known = self._file_of(candidate_id, file_id)
        if known.challenge_id != challenge_id:
            raise NotFound("unknown-file")
        return known

    def _file_of(self, candidate_id: str | None, file_id: str) -> files.File:
        with self.desk.read() as connection:
            known = files.one(connection, file_id)
        if known is None or not (candidate_id is None or self._is_theirs(candidate_id, known.candidate_id)):
            raise NotFound("unknown-file")
        return known
