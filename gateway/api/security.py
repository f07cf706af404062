"""Opening and keeping an account: confirmation, lost passwords, sessions, history of log-ins (F1.6 to F1.8, F1.14)."""

from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation

SENT = "Answered alike whether or not the address is known."
LINK = {409: "The link was used, replaced, is too old, or was never ours."}


async def mail_confirmation(ask: Ask) -> Answer:
    """Mail the confirmation link again."""
    return Answer(await ask.command("identity", "mail_confirmation", **ask.body), 202)


async def confirm(ask: Ask) -> Answer:
    """Use the link that was mailed after signing up."""
    await ask.command("identity", "confirm_email", **ask.body)
    return Answer(status=204)


async def mail_unlock(ask: Ask) -> Answer:
    """Mail the link that unlocks the account."""
    return Answer(await ask.command("identity", "mail_unlock", **ask.body), 202)


async def unlock(ask: Ask) -> Answer:
    """Use the link that was mailed when the account was locked."""
    await ask.command("identity", "unlock_account", **ask.body)
    return Answer(status=204)


async def mail_password(ask: Ask) -> Answer:
    """Mail the link for a new password."""
    return Answer(await ask.command("identity", "mail_password_link", **ask.body), 202)


async def remind_of_email(ask: Ask) -> Answer:
    """Mail the address of the log-in to whoever is meant."""
    return Answer(await ask.command("identity", "remind_of_email", **ask.body), 202)


async def reset_password(ask: Ask) -> Answer:
    """Choose a new password by a mailed link."""
    await ask.command("identity", "reset_password", **ask.body)
    return Answer(status=204)


async def change_password(ask: Ask) -> Answer:
    """Choose a new password by the old one; all other sessions end."""
    me, here = ask.candidate_id, ask.principal.session
    await ask.command("identity", "change_password", candidate_id=me, session_id=here, **ask.body)
    return Answer(status=204)


async def sessions(ask: Ask) -> Answer:
    """Open sessions, the newest first."""
    return Answer({"sessions": await ask.caller.result("identity", "sessions", candidate_id=ask.candidate_id)})


async def end_session(ask: Ask) -> Answer:
    """Log one device out."""
    await ask.command("identity", "end_session", candidate_id=ask.candidate_id, **ask.path)
    return Answer(status=204)


async def end_sessions(ask: Ask) -> Answer:
    """Log out everywhere, here as well."""
    return Answer(await ask.command("identity", "log_out_everywhere", candidate_id=ask.candidate_id))


async def history(ask: Ask) -> Answer:
    """The last attempts to log in."""
    return Answer({"log_ins": await ask.caller.result("identity", "log_in_history", candidate_id=ask.candidate_id)})


async def programs(ask: Ask) -> Answer:
    """Which programs may know something."""
    return Answer({"programs": await ask.caller.result("identity", "programs", candidate_id=ask.candidate_id)})


async def withdraw(ask: Ask) -> Answer:
    """Let a program know nothing more."""
    return Answer(await ask.command("identity", "withdraw_program", candidate_id=ask.candidate_id, **ask.path))


OPERATIONS = (
    Operation(
        method="POST", path="/api/v1/accounts/confirmation-mail", summary="Mail the confirmation again. " + SENT,
        handler=mail_confirmation, body=schemas.EmailOnly(), answer=answers.Sent(), status=202, writes=True,
        visitor=True,
    ),
    Operation(
        method="POST", path="/api/v1/accounts/confirmation", summary="Confirm the e-mail address", handler=confirm,
        body=schemas.MailedLink(), answer=schemas.Empty(), status=204, writes=True, also=LINK,
    ),
    Operation(
        method="POST", path="/api/v1/accounts/unlock-mail", summary="Mail a link that unlocks. " + SENT,
        handler=mail_unlock, body=schemas.EmailOnly(), answer=answers.Sent(), status=202, writes=True, visitor=True,
    ),
    Operation(
        method="POST", path="/api/v1/accounts/unlock", summary="Unlock the account", handler=unlock,
        body=schemas.MailedLink(), answer=schemas.Empty(), status=204, writes=True, also=LINK,
    ),
    Operation(
        method="POST", path="/api/v1/accounts/password-mail", summary="Mail a link for a new password. " + SENT,
        handler=mail_password, body=schemas.EmailOnly(), answer=answers.Sent(), status=202, writes=True, visitor=True,
    ),
    Operation(
        method="POST", path="/api/v1/accounts/email-reminder",
        summary="Mail the forgotten address to itself. Answered alike whether or not somebody was found.",
        handler=remind_of_email, body=schemas.ForgottenEmail(), answer=answers.Sent(), status=202, writes=True,
    ),
    Operation(
        method="POST", path="/api/v1/accounts/password", summary="Choose a new password by a mailed link",
        handler=reset_password, body=schemas.ResetPassword(), answer=schemas.Empty(), status=204, writes=True,
        also=LINK,
    ),
    Operation(
        method="PUT", path="/api/v1/me/password", before="mapping",
        summary="Change the password", handler=change_password,
        body=schemas.ChangePassword(), answer=schemas.Empty(), status=204, writes=True,
        also={409: "The current password is wrong, or the new one is too short or known."},
    ),
    Operation(
        method="GET", path="/api/v1/me/sessions", before="mapping",
        summary="Open sessions", handler=sessions,
        answer=answers.Sessions(),
    ),
    Operation(
        method="DELETE", path="/api/v1/me/sessions/{session_id}", before="mapping",
        summary="Log one device out", handler=end_session,
        answer=schemas.Empty(), status=204,
    ),
    Operation(
        method="DELETE", path="/api/v1/me/sessions", before="mapping",
        summary="Log out everywhere", handler=end_sessions,
        answer=answers.Ended(),
    ),
    Operation(
        method="GET", path="/api/v1/me/programs", before="mapping",
        summary="Programs that may know something of you", handler=programs,
        answer=answers.Programs(),
    ),
    Operation(
        method="DELETE", path="/api/v1/me/programs/{client_id}", before="mapping",
        summary="Let a program know nothing more. Its tokens are void at once.", handler=withdraw,
        answer=answers.Ended(),
    ),
    Operation(
        method="GET", path="/api/v1/me/log-ins", before="mapping",
        summary="History of log-ins", handler=history,
        answer=answers.LogIns(),
    ),
)  # fmt: skip
