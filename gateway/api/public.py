"""Public answers for machines (F9.10, F11.1, F11.2)."""

from marshmallow import Schema

from gateway import public
from gateway.api import answers
from gateway.api.operation import Answer, Ask, Operation
from gateway.problems import MEDIA_TYPE, Problem

TRANSCRIPT = answers.PublicTranscript()
VERIFICATION = answers.Verification()


async def transcript(ask: Ask) -> Answer:
    """A transcript as it stands now; unknown, disabled, expired, deleted and erased look the same."""
    return shown(await public.ask(ask.caller, public.TRANSCRIPT, ask.path["code"]), TRANSCRIPT, "transcript-not-shown")


async def verify(ask: Ask) -> Answer:
    """What stands behind a verification code; a well-formed code that we do not know is an answer, too."""
    return shown(await public.ask(ask.caller, public.VERIFICATION, ask.path["code"]), VERIFICATION, "code-malformed")


def shown(found: public.Found, schema: Schema, missing: str) -> Answer:
    """Only what the schema names leaves the house."""
    if found.answer is None:
        return Answer(Problem(404, missing).document(), 404, media_type=MEDIA_TYPE, found=found)
    return Answer(schema.dump(found.answer), found=found)


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/public/transcripts/{code}", summary="Read a shared transcript", handler=transcript,
        answer=TRANSCRIPT, also={404: "No transcript is shown under this code."},
    ),
    Operation(
        method="GET", path="/api/v1/public/verify/{code}", summary="Check a verification code", handler=verify,
        answer=VERIFICATION, also={404: "This cannot be a verification code."},
    ),
)  # fmt: skip
