"""What the mails to candidates say: one table of letters, each as plain text and as HTML with the same words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from string import Template

PROMISE = "Please allow 12 to 16 weeks for processing and shipping."
"""The notice on page and mail (F8.3)."""
KITS = {"certificate": "a printed certificate", "plaque": "a plaque"}
GREETING = "Dear $name,"
CLOSING = "Certification Tracking System"
PRINTED = "If the button does not work, copy this address into your browser:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail, ready to be sent."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter with blanks: `$name` and whatever else its event tells; `button` names its link, if it has one."""

    event: str
    """The fact that it is about."""
    subject: str
    paragraphs: tuple[str, ...]
    button: str = ""


LETTERS: Mapping[str, Draft] = {
    "confirm-email": Draft(
        event="AccountRegistered",
        subject="Please confirm your e-mail address",
        paragraphs=(
            (
                "somebody, probably you, has created an account with this e-mail address. To use it, please confirm"
                " that the address is yours. The link works once and for 24 hours."
            ),
            "If it was not you, do nothing: without the confirmation the account disappears after seven days.",
        ),
        button="Confirm e-mail address",
    ),
    "unlock": Draft(
        event="AccountLocked",
        subject="Your account was locked",
        paragraphs=(
            (
                "after five log-ins with a wrong password we locked your account. To unlock it, use the link. It works"
                " once and for 30 minutes; on other devices you will be logged out."
            ),
            "If it was not you who tried, your password is still safe. You may want to choose a new one all the same.",
        ),
        button="Unlock account",
    ),
    "reset-password": Draft(
        event="LinkIssued",
        subject="Choose a new password",
        paragraphs=(
            (
                "somebody, probably you, has asked for a new password. To choose it, use the link. It works once and"
                " for 30 minutes; afterwards you will be logged out everywhere."
            ),
            "If it was not you, do nothing: your password stays as it is.",
        ),
        button="Choose a new password",
    ),
    "forgotten-email": Draft(
        event="EmailReminderMailed",
        subject="Your e-mail address for the log-in",
        paragraphs=(
            (
                "somebody, probably you, has asked with which e-mail address you log in. It is the one to which this"
                " mail was sent, $hint."
            ),
            "If it was not you, do nothing: nobody but you was told.",
        ),
        button="Log in",
    ),
    "password-changed": Draft(
        event="PasswordSet",
        subject="Your password was changed",
        paragraphs=(
            "the password of your account was changed on $moment.",
            (
                "If it was not you, choose a new password at once:"
                " on the log-in page, select \u201cForgot password?\u201d."
            ),
        ),
        button="Log in",
    ),
    "case-opened": Draft(
        event="CaseOpened",
        subject="We have received your case",
        paragraphs=(
            "thank you for writing to Online Support. We have opened a case, and mail you when we have answered.",
            "By the link you see the case and can write again.",
        ),
        button="Open the case",
    ),
    "case-answered": Draft(
        event="CaseAnswered",
        subject="An answer to your case",
        paragraphs=("Online Support has written to you. By the link you read the answer and can write back.",),
        button="Open the case",
    ),
    "case-closed": Draft(
        event="CaseClosed",
        subject="Your case was closed",
        paragraphs=("Online Support has closed your case. By the link you see how it ended. A reply opens it again.",),
        button="Open the case",
    ),
    "congratulation": Draft(
        event="CertificationEarned",
        subject="Congratulations on your $certification",
        paragraphs=(
            "congratulations! On $day you met all requirements of $certification.",
            (
                "Your first kit, $kit, is free. To claim it, log in to the Certification Tracking System, open"
                " \u201cCertificates & Plaques\u201d and choose \u201cClaim\u201d beside the certification."
                " We send the kit to the mailing address of your profile; it cannot go to a P.O. box."
            ),
            "$promise",
        ),
    ),
}
"""Every mail to candidates by its name; identity owns them all, because it alone knows addresses."""

_HTML = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{subject}</title></head>
<body>
{body}
</body>
</html>
"""


def letter(name: str, words: Mapping[str, str], *, link: str = "") -> Letter:
    """The letter with its blanks filled; words of people become text, never markup or another blank."""
    draft = LETTERS[name]
    said = [Template(paragraph).substitute(words) for paragraph in (GREETING, *draft.paragraphs)]
    shown = {key: escape(word) for key, word in words.items()}
    marked = [Template(escape(paragraph)).substitute(shown) for paragraph in (GREETING, *draft.paragraphs)]
    subject = Template(draft.subject).substitute(words)
    return Letter(
        subject=subject,
        text="\n\n".join([*said, *([f"{draft.button}:\n{link}"] if link else []), CLOSING]) + "\n",
        html=_HTML.format(subject=escape(subject), body="\n".join([*_paragraphs(marked), *_button(draft, link)])),
    )


def congratulation(*, name: str, certification: str, kit: str, active_on: date) -> Letter:
    """How to claim the first free kit of a newly earned certification (F8.1)."""
    words = {
        "name": name,
        "certification": certification,
        "kit": KITS.get(kit, "a kit"),
        "day": in_words(active_on),
        "promise": PROMISE,
    }
    return letter("congratulation", words)


def masked(email: str) -> str:
    """An e-mail address as its owner recognises it, and nobody else."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}\u2022\u2022\u2022@{domain[:1]}\u2022\u2022\u2022.{domain.rpartition('.')[2]}"


def in_words(day: date) -> str:
    """A date as people write it."""
    return f"{day.day} {day:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    """A moment in UTC as people write it."""
    return f"{in_words(moment)}, {moment:%H:%M} UTC"


def _paragraphs(marked: list[str]) -> list[str]:
    return [f"<p>{paragraph}</p>" for paragraph in marked]


def _button(draft: Draft, link: str) -> list[str]:
    if not link:
        return [f"<p>{escape(CLOSING)}</p>"]
    address = escape(link)
    return [
        f'<p><a href="{address}"><strong>{escape(draft.button)}</strong></a></p>',
        f"<p>{escape(PRINTED)}<br>{address}</p>",
        f"<p>{escape(CLOSING)}</p>",
    ]
