"""What the mails to candidates say: one table of letters, each as plain text and as HTML with the same words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from pathlib import Path
from string import Template

from babel.dates import format_date, get_timezone

from chassis.languages import SOURCE, Catalogues
from services.identity.adapters.draft import Draft
from services.identity.adapters.person_letters import PERSON_LETTERS
from services.identity.adapters.programme_letters import PROGRAMME_LETTERS

CATALOGUES = Catalogues(Path(__file__).parent / "catalogues", "letters")
LOCALES = {SOURCE: "en_GB"}
"""Days in English as most of the world writes them."""
RIGHT_TO_LEFT = ("ar",)
PROMISE = "Please allow 12 to 16 weeks for processing and shipping."
"""The notice on page and mail (F8.3)."""
ANY_KIT = "a kit"
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
    "authenticator-on": Draft(
        event="AuthenticatorTurnedOn",
        subject="Your log-in now asks for a code",
        paragraphs=(
            "since $moment your log-in asks for a code of your authenticator app, besides the password.",
            "If it was not you, change your password at once and write to Online Support.",
        ),
        button="Log in",
    ),
    "authenticator-off": Draft(
        event="AuthenticatorTurnedOff",
        subject="Your log-in no longer asks for a code",
        paragraphs=(
            "since $moment the password alone opens your account. Your recovery codes are void.",
            "If it was not you, change your password at once and write to Online Support.",
        ),
        button="Log in",
    ),
    "recovery-codes": Draft(
        event="RecoveryCodesIssued",
        subject="You have new recovery codes",
        paragraphs=(
            "on $moment recovery codes were made for your account. All earlier ones are void.",
            "If it was not you, change your password at once and write to Online Support.",
        ),
        button="Log in",
    ),
    "passkey-added": Draft(
        event="PasskeyRegistered",
        subject="A passkey was added to your account",
        paragraphs=(
            "since $moment one more passkey opens your account without a password.",
            "If it was not you, remove it on the page \u201cSecurity\u201d and change your password.",
        ),
        button="Log in",
    ),
    "passkey-removed": Draft(
        event="PasskeyRemoved",
        subject="A passkey was removed from your account",
        paragraphs=(
            "since $moment one passkey less opens your account.",
            "If it was not you, change your password at once and write to Online Support.",
        ),
        button="Log in",
    ),
    "sign-on-added": Draft(
        event="SignOnConnected",
        subject="Another log-in now opens your account",
        paragraphs=(
            "since $moment a log-in at another provider opens your account without its password.",
            "If it was not you, disconnect it on the page \u201cSecurity\u201d and change your password.",
        ),
        button="Log in",
    ),
    "sign-on-removed": Draft(
        event="SignOnDisconnected",
        subject="Your account was disconnected from another log-in",
        paragraphs=(
            "since $moment the log-in at the other provider no longer opens your account.",
            "If it was not you, change your password at once and write to Online Support.",
        ),
        button="Log in",
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
    **PERSON_LETTERS,
    **PROGRAMME_LETTERS,
}
"""Every mail to candidates by its name; identity owns them all, because it alone knows addresses."""

_HTML = """\
<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head><meta charset="utf-8"><title>{subject}</title></head>
<body>
{body}
</body>
</html>
"""


def letter(name: str, words: Mapping[str, str], *, link: str = "", language: str = SOURCE) -> Letter:
    """The letter in the reader's language with its blanks filled; words of people become text, never markup."""
    draft, say = LETTERS[name], CATALOGUES.of(language).gettext
    paragraphs = [say(paragraph) for paragraph in (GREETING, *draft.paragraphs)]
    said = [Template(paragraph).substitute(words) for paragraph in paragraphs]
    shown = {key: escape(word) for key, word in words.items()}
    marked = [Template(escape(paragraph)).substitute(shown) for paragraph in paragraphs]
    subject, button = Template(say(draft.subject)).substitute(words), say(draft.button) if draft.button else ""
    body = [f"<p>{paragraph}</p>" for paragraph in marked] + _button(button, say(PRINTED), link)
    return Letter(
        subject=subject,
        text="\n\n".join([*said, *([f"{button}:\n{link}"] if link else []), say(CLOSING)]) + "\n",
        html=_HTML.format(
            language=language,
            direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
            subject=escape(subject),
            body="\n".join([*body, f"<p>{escape(say(CLOSING))}</p>"]),
        ),
    )


def congratulation(*, name: str, certification: str, kit: str, active_on: date, language: str = SOURCE) -> Letter:
    """How to claim the first free kit of a newly earned certification (F8.1)."""
    say = CATALOGUES.of(language).gettext
    words = {
        "name": name,
        "certification": certification,
        "kit": say(KITS.get(kit, ANY_KIT)),
        "day": in_words(active_on, language),
        "promise": say(PROMISE),
    }
    return letter("congratulation", words, language=language)


def masked(email: str) -> str:
    """An e-mail address as its owner recognises it, and nobody else."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}\u2022\u2022\u2022@{domain[:1]}\u2022\u2022\u2022.{domain.rpartition('.')[2]}"


def all_words() -> set[str]:
    """Everything that translators are asked to say."""
    drafts = {
        text for draft in LETTERS.values() for text in (draft.subject, *draft.paragraphs, draft.button) if text
    } - {"$promise"}
    return drafts | {GREETING, CLOSING, PRINTED, PROMISE, ANY_KIT, *KITS.values()}


def in_words(day: date, language: str = SOURCE) -> str:
    """A date as people write it."""
    return format_date(day, "long", locale=LOCALES.get(language, language))


def moment_in_words(moment: datetime, language: str = SOURCE, zone: str = "UTC") -> str:
    """A moment as people write it, in the time zone of the place."""
    there = moment.astimezone(get_timezone(zone))
    return f"{in_words(there.date(), language)}, {there:%H:%M} {'UTC' if zone == 'UTC' else f'({zone})'}"


def _button(button: str, printed: str, link: str) -> list[str]:
    if not link:
        return []
    address = escape(link)
    return [
        f'<p><a href="{address}"><strong>{escape(button)}</strong></a></p>',
        f"<p>{escape(printed)}<br>{address}</p>",
    ]
