"""Preferences: how a candidate wants to be spoken to."""

from dataclasses import asdict
from typing import Any

from chassis.errors import NotFound
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.preferences import ChangeLanguage, ChangePreferences, Command, preferences
from services.identity.projections import preferred, profiles


class CandidatePreferences:
    """Language, time zone and form of dates."""

    desk: DeskAtWork

    @rpc
    def preferences(self, candidate_id: str) -> dict[str, Any]:
        """What was chosen; null is left to the browser."""
        with self.desk.read() as connection:
            return asdict(preferred.of_candidate(connection, candidate_id))

    @rpc
    def change_preferences(
        self, candidate_id: str, language: str | None, time_zone: str | None, date_format: str | None
    ) -> dict[str, Any]:
        """Replace the whole choice."""
        asked = schemas.change_preferences.load(
            {"language": language, "time_zone": time_zone, "date_format": date_format}
        )
        return {**asked, "written": self._change(candidate_id, ChangePreferences(**asked))}

    @rpc
    def change_language(self, candidate_id: str, language: str) -> dict[str, Any]:
        """Replace the language and leave the rest."""
        asked = schemas.change_language.load({"language": language})
        return {**asked, "written": self._change(candidate_id, ChangeLanguage(**asked))}

    def _change(self, candidate_id: str, command: Command) -> Any:
        with self.desk.read() as connection:
            if profiles.of_candidate(connection, candidate_id) is None:
                raise NotFound("candidate-unknown")
        return self.desk.handle(preferences, candidate_id, command, subject=candidate_id).mark
