"""Given, when, then: how a decider is tested on facts alone; and an empty database for projections."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, create_engine
from sqlalchemy.pool import StaticPool

from chassis.decider import Decider, Rejected


@dataclass(frozen=True, slots=True)
class When:
    """A command met a history; what came of it is compared exactly."""

    outcome: list[Any] | Rejected

    def then(self, *facts: Any) -> None:
        """Exactly these facts, in this order."""
        if isinstance(self.outcome, Rejected):
            raise AssertionError(  # noqa: TRY004  a failed expectation, not a wrong type
                f"rejected with {self.outcome.code} {self.outcome.details}"
            )
        assert self.outcome == list(facts)

    def then_nothing(self) -> None:
        """No new fact."""
        self.then()

    def then_rejected(self, code: str, **details: Any) -> None:
        """Refused with this code; details are compared where given."""
        assert isinstance(self.outcome, Rejected), f"accepted with {self.outcome}"
        assert self.outcome.code == code
        assert not details or self.outcome.details == details


@dataclass(frozen=True, slots=True)
class Given:
    """A decider and the facts so far."""

    decider: Decider[Any, Any, Any]
    facts: tuple[Any, ...]

    @property
    def state(self) -> Any:
        """The state that the facts fold to."""
        state = self.decider.initial
        for fact in self.facts:
            state = self.decider.evolve(state, fact)
        return state

    def when(self, command: Any) -> When:
        """Decide the command."""
        try:
            return When(self.decider.decide(command, self.state))
        except Rejected as refusal:
            return When(refusal)


def given(decider: Decider[Any, Any, Any], *facts: Any) -> Given:
    """The history that a test starts from."""
    return Given(decider, facts)


@contextmanager
def scratch_database(metadata: MetaData) -> Iterator[Connection]:
    """A database in memory with these tables, empty; it is gone after the block."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            yield connection
    finally:
        engine.dispose()
