"""One challenge as everybody reads it who has to do with it."""

from typing import Any

from chassis.errors import NotFound
from services.testing.domain.challenges import challenges
from services.testing.projections import challenges as challenge_list
from services.testing.projections import files
from services.testing.projections.challenges import Challenge
from services.testing.service.desk import AtDesk
from services.testing.service.reading import iso


class Dossier(AtDesk):
    """What candidates and reviewers look at."""

    def _told(self, candidate_id: str, challenge_id: str, command: object) -> dict[str, Any]:
        written = self.desk.handle(challenges, candidate_id, command, subject=candidate_id)
        return {"challenge_id": challenge_id, "written": written.mark}

    def _known_challenge(self, challenge_id: str) -> Challenge:
        with self.desk.read() as connection:
            known = challenge_list.one(connection, challenge_id)
        if known is None:
            raise NotFound("unknown-challenge")
        return known

    def _shown(self, known: Challenge) -> dict[str, Any]:
        with self.desk.read() as connection:
            messages = challenge_list.said(connection, known.challenge_id)
            attached = {key: files.one(connection, key) for message in messages for key in message.files}
        said = [
            {
                "by": message.by,
                "at": message.at.isoformat(),
                "text": self.desk.unseal(known.candidate_id, message.text),
                "files": [self._file(attached[key]) for key in message.files if attached[key]],
            }
            for message in messages
        ]
        return {**line_of(known), "messages": said}

    def _file(self, file: files.File | None) -> dict[str, Any]:
        assert file is not None
        return {
            "file_id": file.file_id,
            "name": self.desk.unseal(file.candidate_id, file.name),
            "media_type": file.media_type,
            "size": file.size,
        }


def line_of(one: Challenge) -> dict[str, Any]:
    """A challenge as lists show it."""
    return {
        "challenge_id": one.challenge_id,
        "kind": one.kind,
        "matter_kind": one.matter_kind,
        "matter_id": one.matter_id,
        "exam": one.exam,
        "question": one.question,
        "status": "under-review" if one.status == "proposed" else one.status,
        "opened_on": one.opened_at.date().isoformat(),
        "answer_until": one.answer_until.isoformat(),
        "fee_cents": one.fee_cents,
        "reason": one.reason if one.decided_at else None,
        "decided_on": iso(one.decided_at and one.decided_at.date()),
    }
