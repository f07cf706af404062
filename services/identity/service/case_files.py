"""Evidence in cases: sent in sealed parts by whoever opened the case, read by them and by support (F1.16)."""

from base64 import b64decode
from binascii import Error as Base64Error
from datetime import UTC, datetime
from typing import Any

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.projections import case_files
from services.identity.projections.case_files import File
from services.identity.service.own_cases import own_case

MOST_FILES = 20
"""A case with more than this needs another way."""


class CaseFiles:
    """Files of cases; without an owner's id or key they are read by support."""

    desk: DeskAtWork

    @rpc
    def begin_file(
        self, case_id: str, name: str, media_type: str, candidate_id: str = "", key: str = ""
    ) -> dict[str, Any]:
        """Give a file its id, the same for the same command; a message that names it makes it part of the case."""
        asked = schemas.new_file.load({"name": name, "media_type": media_type})
        found = own_case(self.desk, case_id, candidate_id, key)
        file_id = f"F-{self.desk.new_id('file')[:20]}"
        with self.desk.read() as connection:
            before, many = case_files.one(connection, file_id), case_files.count(connection, case_id)
        if before is not None:
            return {"file_id": file_id, "complete": before.attached}
        if many >= MOST_FILES:
            raise Rejected("case-full")
        file = File(
            file_id=file_id,
            case_id=case_id,
            owner=found.owner,
            name=self.desk.seal(found.owner, asked["name"]),
            media_type=asked["media_type"],
            size=0,
            attached=False,
        )
        self.desk.write(lambda rows: case_files.keep(rows, file, datetime.now(UTC)))
        return {"file_id": file_id, "complete": False}

    @rpc
    def add_file_part(
        self, case_id: str, file_id: str, number: int, data: str, candidate_id: str = "", key: str = ""
    ) -> dict[str, Any]:
        """One more part, sealed before it is stored; the same part again changes nothing."""
        asked = schemas.file_part.load({"number": number, "data": data})
        own_case(self.desk, case_id, candidate_id, key)
        known = self._file(case_id, file_id)
        if known.attached:
            raise Rejected("file-is-complete")
        size = asked["number"] * schemas.LARGEST_PART + _length(asked["data"])
        if size > schemas.LARGEST_FILE:
            raise Rejected("file-too-large", most=schemas.LARGEST_FILE)
        box, size = self.desk.seal(known.owner, asked["data"]), max(size, known.size)
        self.desk.write(lambda rows: case_files.keep_part(rows, file_id, number, box, size))
        return {"file_id": file_id, "size": size}

    @rpc
    def file(self, case_id: str, file_id: str, candidate_id: str = "", key: str = "") -> dict[str, Any]:
        """Name, type and size of a file, for whoever opened the case."""
        own_case(self.desk, case_id, candidate_id, key)
        return self._shown(self._file(case_id, file_id))

    @rpc
    def file_part(
        self, case_id: str, file_id: str, number: int, candidate_id: str = "", key: str = ""
    ) -> dict[str, Any]:
        """One part in Base64, for whoever opened the case."""
        own_case(self.desk, case_id, candidate_id, key)
        return self._part(case_id, file_id, number)

    @rpc
    def file_at_work(self, case_id: str, file_id: str) -> dict[str, Any]:
        """The same for support."""
        return self._shown(self._file(case_id, file_id))

    @rpc
    def file_part_at_work(self, case_id: str, file_id: str, number: int) -> dict[str, Any]:
        """One part in Base64, for support."""
        return self._part(case_id, file_id, number)

    def _file(self, case_id: str, file_id: str) -> File:
        with self.desk.read() as connection:
            known = case_files.one(connection, file_id)
        if known is None or known.case_id != case_id:
            raise NotFound("unknown-file")
        return known

    def _shown(self, known: File) -> dict[str, Any]:
        return {
            "file_id": known.file_id,
            "name": self.desk.unseal(known.owner, known.name),
            "media_type": known.media_type,
            "size": known.size,
            "parts": -(-known.size // schemas.LARGEST_PART),
        }

    def _part(self, case_id: str, file_id: str, number: int) -> dict[str, Any]:
        known = self._file(case_id, file_id)
        with self.desk.read() as connection:
            box = case_files.part(connection, file_id, number)
        data = None if box is None else self.desk.unseal(known.owner, box)
        if data is None:
            raise NotFound("unknown-file")
        return {"data": data}


def _length(data: str) -> int:
    try:
        return len(b64decode(data, validate=True))
    except (Base64Error, ValueError) as error:
        raise Rejected("file-part-malformed") from error
