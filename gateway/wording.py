"""Words for people: what a rejection means, what a status is called; the only place where codes become sentences."""

import re
from collections.abc import Mapping
from typing import Any

from chassis.languages import SOURCE
from gateway import certification_words, testing_words
from gateway.language import Words, reader, say, words
from gateway.language.saying import day_in_words

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NOT_NOW = words("This is not possible right now.")
PROBLEM = words("Problem")

REJECTIONS: dict[str, Words] = {
    # the request itself
    "invalid": words("Some of what was entered cannot be used. Please look at the fields named here."),
    "json-malformed": words("The body of the request is not a JSON object."),
    "body-too-large": words("The request is larger than this address takes."),
    "body-too-slow": words("The request did not arrive in time."),
    "form-malformed": words("The form could not be read."),
    "content-type-unknown": words("The body must be sent as application/json."),
    "idempotency-key-missing": words(
        "Send an Idempotency-Key header, 1 to 255 visible ASCII characters, new per command."
    ),
    "idempotency-key-malformed": words("The Idempotency-Key must have 1 to 255 visible ASCII characters."),
    "idempotency-key-reused": words("This Idempotency-Key was already used for a different request."),
    "form-expired": words(
        "This form was open for too long or belongs to another log-in. Nothing changed; please try again."
    ),
    "not-found": words("There is nothing here."),
    "method-not-allowed": words("This address does not answer that method."),
    # who is asking
    "log-in-needed": words("Please log in."),
    "token-invalid": words("The access token is missing, expired or not ours."),
    "role-missing": words("Your account may not do this."),
    "log-in-refused": words(
        "E-mail address or password is not right. After five failures the account is locked, and a link that unlocks"
        " it is mailed."
    ),
    "log-in-paused": words("Too many log-ins have failed from your network. Please try again in a quarter of an hour."),
    "email-not-confirmed": words("Please confirm your e-mail address first, by the link that we have mailed to you."),
    "link-not-valid": words("This link was used already, is too old, or was replaced by a newer one."),
    "password-wrong": words("This is not your current password."),
    "password-known": words("This password is easy to guess: it is on lists of known passwords, or close to one."),
    "profile-first": words("Please fill in all required personal data first."),
    "mapping-first": words("Your account must be joined with your record first. Please open a case."),
    "mapping-needs-case": words("People must look at this record first. Please open a case."),
    "mapping-done": words("Your account is joined with a record already. Please open a case."),
    "record-joined-already": words(
        "This is the ID of the record that your account opens already. There is nothing left to join, and nothing"
        " changed."
    ),
    "mapping-not-requested": words("Nobody has asked for this mapping."),
    "record-not-found": words("We find no record with this ID and birth date."),
    "birth-date-given": words("The birth date was given already. Support can correct it."),
    "birth-date-impossible": words("This cannot be a birth date."),
    "too-young": words("You must be at least 13 years old."),
    "account-suspended": words("This account is suspended. If you think that this is wrong, open a case."),
    "birth-date-not-given": words("No birth date was given yet."),
    "minors-are-not-listed": words("Under 18 nobody stands in the directory."),
    "guardian-is-candidate": words("A parent or guardian needs another e-mail address than you."),
    "guardian-not-needed": words("You need no consent of a guardian."),
    "guardian-consented": words("Your guardian has consented already."),
    "company-not-listed": words("This company is not on the list."),
    "company-not-waiting": words("This name was changed or looked at meanwhile. Nothing changed; please look again."),
    "case-closed": words("This case is closed. A reply opens it again."),
    "candidate-not-named": words("Please say which candidate it is about."),
    "minors-get-no-news": words("Under 18 you cannot ask for this mail."),
    "case-unknown": words("There is no such case."),
    "case-full": words("This case has too many messages. Please open another one."),
    "no-mailbox": words("There is no mailbox here."),
    "session-over": words("The session has ended. Please log in again."),
    "code-wrong": words("This code is not right, or was used already. After five failures the account is locked."),
    "second-factor-over": words("That took too long. Please log in again."),
    "client-unknown": words("The program that sent you here is not registered with us."),
    "redirect-unknown": words("The program that sent you here gave an address that is not registered with us."),
    "authorization-malformed": words("Something in the request is missing or wrong."),
    "scope-not-for-people": words(
        "A program that speaks for people may ask for openid, profile, email, offline_access."
    ),
    "scope-not-for-machines": words("A machine may have the scope provider, and needs a secret."),
    "account-locked": words(
        "Your account is locked after too many wrong passwords. We have mailed you a link that unlocks it."
    ),
    "sign-on-over": words("That took too long, or was answered already. Please begin again."),
    "sign-on-refused": words("You turned back at the other log-in. Nothing has changed."),
    "sign-on-failed": words("The other log-in gave an answer that we cannot trust. Please begin again."),
    "sign-on-away": words("The other log-in does not answer at the moment. Please try again, or use your password."),
    "sign-on-email-not-confirmed": words(
        "The other log-in has not confirmed your e-mail address. Please confirm it there, or log in with your password."
    ),
    "sign-on-taken": words("This log-in opens another account already. Log in to that one to disconnect it first."),
    "sign-on-connected": words("Your account is connected already. Please disconnect it first."),
    "sign-on-unknown": words("This log-in opens your account no more. Please log in with your password."),
    "sign-on-not-offered": words("There is no outside log-in here."),
    "last-way-in": words("This is the only way into your account. Choose a password or add a passkey first."),
    "authenticator-on": words("An authenticator is on already."),
    "authenticator-off": words("No authenticator is on."),
    "passkey-refused": words("This passkey could not be used. Please try again, or log in with your password."),
    "passkey-unknown": words("There is no such passkey."),
    "too-many-passkeys": words("There are {most} passkeys already. Please remove one first."),
    # parts away
    "unavailable": words("A part of the system does not answer. Nothing is lost: the same request may be repeated."),
    "failed": words("Something went wrong on our side. The same request may be repeated."),
    "busy": words("Too much is going on at this moment. The same request may be repeated."),
    # rules of the programme
    "same-record": words("These are the same record."),
    "record-already-merged": words("This record was merged into another one already."),
    "record-has-absorbed-others": words("Other records were merged into this one. Make it the main record."),
    "records-not-merged": words("These records are not merged."),
    "merge-undo-too-late": words("A merge can be undone within 14 days. These days are over."),
    "merge-needs-account": words("The main record must be one that somebody logs in to."),
    "erasure-pending": words("One of the two is going to be erased. That has to be withdrawn first."),
    "kit-doubled": words("Another of your records has brought this kit already."),
    "email-taken": words("There is already an account with this e-mail address."),
    "password-too-short": words("The password needs at least 12 characters."),
    "account-erased": words("This account was erased."),
    "account-unknown": words("There is no such account."),
    "candidate-erased": words("This account was erased."),
    "candidate-unknown": words("There is no such account."),
    "po-box-address": words("Kits cannot be sent to a P.O. box. Please give a street address."),
    "unknown-kit": words("There is no such kit."),
    "kit-already-ordered": words("This kit was already ordered."),
    "kit-withdrawn": words("This kit is no longer offered."),
    "certification-not-active": words("A kit can be claimed while the certification is active."),
    "profile-incomplete": words("Please complete your mailing address first."),
    "printed-name-differs": words("The printed name must be your name as it stands in your account."),
    "announcement-unknown": words("There is no such announcement."),
    "announcement-withdrawn": words("This announcement was withdrawn for good."),
    "announcement-ended": words("An announcement must end in the future."),
    "announcement-ends-before-it-begins": words("An announcement must end after it begins."),
    "unknown-transcript": words("There is no such transcript."),
    "transcript-disabled": words("The transcript is switched off. All its links have stopped working."),
    "transcript-expired": words(
        "This transcript can be viewed until %(day)s; that is not the end of any certification.", day="{view_until}"
    ),
    "view-until-in-past": words("Left empty: 90 days from today; at most 730 days."),
    "view-until-too-late": words("Left empty: 90 days from today; at most 730 days."),
    "record-taken": words("Another account opens this record already. Please open a case with Online Support."),
    "extension-too-long": words("By how many days the expire dates move, 730 at most."),
    "transcript-not-shown": words(
        "No transcript is shown under this link. Ask the person who gave it to you for a new one."
    ),
    "code-malformed": words("This is not a verification code."),
    # the console
    "permission-missing": words("Your groups do not allow this ({permission})."),
    "second-person-needed": words("This needs a second person: somebody else has to agree."),
    "proposal-unknown": words("There is no such proposal."),
    "proposal-settled": words("This proposal is settled already ({outcome})."),
    "proposal-of-another": words("Only the person who asked can withdraw this."),
    "action-unknown": words("There is no such action."),
    "group-unknown": words("There is no such group."),
    "member-already": words("This person already belongs to {group}."),
    "last-administrator": words("The last administrator cannot be removed. Make somebody else an administrator first."),
}

STATUSES: dict[str, Words] = {
    "active": words("Active"),
    "expired": words("Expired"),
    "revoked": words("Revoked"),
    "emeritus": words("Emeritus"),
    "in_progress": words("In Progress"),
    "never_expires": words("Never expires"),
    "on_hold": words("On Hold"),
    "pending": words("Pending"),
    "approved": words("Approved"),
    "ordered": words("Ordered"),
    "withdrawn": words("Withdrawn"),
    "enabled": words("Enabled"),
    "draft": words("Draft"),
    "published": words("Published"),
    "disabled": words("Disabled"),
    "pass": words("Pass"),
    "fail": words("Fail"),
    "invalidated": words("Invalidated"),
    "held": words("Held"),
    "no-show": words("No-show"),
    "booked": words("Booked, not paid"),
    "paid": words("Booked"),
    "lapsed": words("Lapsed"),
    "cancelled": words("Cancelled"),
    "checked-in": words("Checked in"),
    "turned-away": words("Turned away"),
    "declined": words("Agreement declined"),
    "running": words("In the exam room"),
    "delivered": words("Delivered"),
    "interrupted": words("Interrupted"),
    "opened": words("Opened"),
    "under-review": words("Under review"),
    "waiting": words("Waiting for your answer"),
    "proposed": words("Ruling proposed"),
    "upheld": words("Upheld"),
    "denied": words("Denied"),
}

KINDS: dict[str, Words] = {"certificate": words("Certificate"), "plaque": words("Plaque")}

ANSWERS: dict[str, tuple[Words, Words]] = {
    "valid-until": (words("Valid"), words("This certification is valid.")),
    "valid-without-expiry": (words("Valid"), words("This certification is valid and does not expire.")),
    "emeritus": (words("Emeritus"), words("The holder has Emeritus status.")),
    "expired": (words("Expired"), words("This certification has expired.")),
    "revoked": (words("Revoked"), words("This certification was revoked.")),
    "withdrawn": (words("Withdrawn"), words("The holder has withdrawn from the programme.")),
    "unknown": (words("Unknown"), words("We know no certification under this code.")),
}
"""Answers of public verification: the tag and the sentence."""

FACTS: dict[str, Words] = {
    "earned": words("Certification earned"),
    "renewed": words("Certification renewed"),
    "recertified": words("Certification renewed"),
    "extended": words("Validity extended"),
    "expiry-corrected": words("Expire date corrected"),
    "corrected": words("Expire date corrected"),
    "expired": words("Certification expired"),
    "reinstated": words("Certification reinstated"),
    "revoked": words("Certification revoked"),
    "progressed": words("First part passed"),
    "progress-lapsed": words("First part no longer counts"),
    "emeritus-granted": words("Emeritus status granted"),
    "emeritus-lapsed": words("Emeritus status ended"),
}

NOTICES: dict[str, Words] = {
    "accommodation-requested": words("We have your request. The answer will stand here."),
    "exam-booked": words("The exam is booked."),
    "exam-moved": words("The appointment was moved."),
    "exam-cancelled": words("The appointment was cancelled."),
    "exam-paid": words("The exam is paid."),
    "challenge-opened": words("The challenge was opened. The answer comes by the day named."),
    "challenge-answered": words("Your answer was sent."),
    "challenge-withdrawn": words("The challenge was withdrawn."),
    "centre-noted": words("It was noted."),
    "exam-scored": words("The exam is scored."),
    "review-noted": words("It was noted."),
    "confirmed": words("Your e-mail address is confirmed. Please log in."),
    "unlocked": words("Your account is unlocked. Please log in."),
    "password-set": words("Your new password is set. Please log in with it."),
    "password-changed": words("Your password was changed. Other devices are being logged out."),
    "session-ended": words("The device is being logged out."),
    "second-factor-over": words("That took too long. Please log in again."),
    "authenticator-off": words("Your log-in asks for no code any more."),
    "passkey-added": words("The passkey was added. It opens your account from now on."),
    "sign-on-over": words("That took too long. Please begin again."),
    "program-withdrawn": words("The program may know nothing more of you."),
    "sign-on-known": words("There is an account with your e-mail address already. Log in once, and then connect both."),
    "sign-on-connected": words("It opens your account from now on."),
    "sign-on-disconnected": words("It opens your account no more."),
    "passkey-renamed": words("The passkey has a new name."),
    "passkey-removed": words("The passkey was removed. It opens nothing any more."),
    "logged-out": words("You have logged out."),
    "case-opened": words("Your case is open. We mail you when we have answered."),
    "case-mailed": words("Your case is open. We have mailed you a link to it."),
    "case-replied": words("Your message was sent."),
    "profile-confirmed": words("Thank you. Everything stays as it is."),
    "guardian-asked": words("We have mailed your parent or guardian."),
    "guardian-consented": words("Thank you. Your consent was recorded."),
    "guardian-revoked": words("Your answer was recorded. No further exam can be booked."),
    "erasure-requested": words("You have asked us to erase your account. We have mailed you the day."),
    "erasure-withdrawn": words("Your account stays."),
    "profile-saved": words("Your personal data was saved."),
    "profile-saved-mailbox": words(
        "Your personal data was saved. The address names a private mailbox (PMB): please make sure that parcels are"
        " taken there."
    ),
    "record-joined": words("Your account and your record are joined. Please log in again."),
    "address-saved": words("Your mailing address was saved."),
    "preferences-saved": words("Your preferences were saved."),
    "kit-ordered": words("Your kit is ordered. Please allow 12 to 16 weeks for processing and shipping."),
    "transcript-created": words("The transcript was created."),
    "transcript-shared": words("A new link was made. Anyone who has it can read the transcript."),
    "transcript-disabled": words("The transcript is switched off. All its links have stopped working."),
    "transcript-enabled": words("The transcript is switched on. Its links work again."),
    "transcript-deleted": words("The transcript was deleted. Its links no longer work."),
    "case-answered": words("Your answer was sent."),
    "case-closed": words("The case is closed."),
    "company-reviewed": words("The company's name was looked at. It waits no more."),
    "record-merged": words("The record that you asked for was merged into this one."),
    "proposal-made": words("You have asked for it. A second person has to agree now."),
    "proposal-approved": words("Granted. It has happened."),
    "proposal-declined": words("Declined. Whoever asked can read your reason."),
    "proposal-withdrawn": words("Your proposal is withdrawn."),
    "group-created": words("The group was created."),
    "announcement-drafted": words("The announcement was saved as a draft. Nobody sees it yet."),
    "announcement-changed": words("The announcement was changed."),
    "announcement-published": words("The announcement is published."),
    "announcement-withdrawn": words("The announcement was withdrawn. Nobody sees it any more."),
    "group-renamed": words("The group has a new name."),
    "group-permissions-changed": words("The permissions were saved. They hold for everybody within ten minutes."),
    "member-added": words("The new member belongs to the group from the next log-in on."),
    "member-removed": words("The member was removed and logged out everywhere."),
    "withdrawn": words("Nobody can read it any more."),
    "withdrawing": words("It is withdrawn. The public pages are following right now."),
    "erased": words("Your account was erased and your public pages are gone."),
    "erasing": words("Your account was erased. Your public pages are being taken down right now."),
}

MAILED: dict[str, dict[str, Words]] = {
    "confirm": {
        "title": words("Confirm your e-mail address"),
        "ask": words("We mail you another link. Earlier ones stop working."),
        "sent": words(
            "If there is an account with this address that waits for its confirmation, we have mailed a link. It works"
            " for 24 hours."
        ),
        "opened": words("Confirm your e-mail address"),
        "explain": words("One more step: confirm that this e-mail address is yours."),
        "button": words("Confirm e-mail address"),
    },
    "unlock": {
        "title": words("Unlock account"),
        "ask": words(
            "After five log-ins with a wrong password an account is locked. We mail you a link that unlocks it."
        ),
        "sent": words(
            "If there is a locked account with this address, we have mailed a link. It works for 30 minutes."
        ),
        "opened": words("Unlock your account"),
        "explain": words("Your account opens again, and you are logged out on other devices."),
        "button": words("Unlock account"),
    },
    "password": {
        "title": words("Forgot password"),
        "ask": words("We mail you a link by which you choose a new password."),
        "sent": words("If there is an account with this address, we have mailed a link. It works for 30 minutes."),
        "opened": words("Choose a new password"),
        "button": words("Set password"),
    },
    "email": {
        "title": words("Forgot e-mail address"),
        "ask": words("Tell us who you are. If it matches an account, we write to the e-mail address that it has."),
        "sent": words("If it matches an account, we wrote to the e-mail address of that account."),
    },
}
"""Words of the pages about mailed links."""

MAPPING_REASONS: dict[str, Words] = {
    "legacy-booking": words(
        "You booked a test before September 27, 2022 and have never logged in. Please open a case with Online Support"
        " to map your profile."
    ),
    "name-differs": words(
        "There is a record with your e-mail address under another name. Please open a case with Online Support."
    ),
    "several-records": words(
        "There are several records with your e-mail address. Please open a case with Online Support."
    ),
    "record-taken": words("Another account opens this record already. Please open a case with Online Support."),
}
"""Why people must look at a mapping (F1.9)."""

CASE_KINDS: dict[str, Words] = {
    "map-my-profile": words("Map my profile"),
    "change-cisco-id": words("Change or add a Cisco.com ID"),
    "legacy-booking": words("Booking before September 27, 2022"),
    "merge": words("Merge two records"),
    "name-change": words("Change my legal name"),
    "other": words("Something else"),
}

CASE_STATES: dict[str, Words] = {
    "open": words("Open"),
    "waiting": words("Waiting for you"),
    "solved": words("Solved"),
    "refused": words("Closed without a solution"),
}

LOG_INS: dict[str, Words] = {
    "succeeded": words("Logged in"),
    "failed": words("Wrong password"),
    "locked": words("Account locked"),
    "unlocked": words("Account unlocked"),
    "password-set": words("Password changed"),
    "code-wrong": words("Wrong code"),
    "second-factor-on": words("Authenticator turned on"),
    "second-factor-off": words("Authenticator turned off"),
    "recovery-codes": words("New recovery codes"),
    "passkey-added": words("Passkey added"),
    "passkey-removed": words("Passkey removed"),
    "by-provider": words("Logged in by the outside provider"),
    "sign-on-added": words("Outside provider connected"),
    "sign-on-removed": words("Outside provider disconnected"),
}

SCOPES: dict[str, Words] = {
    "openid": words("that it is you"),
    "profile": words("your name"),
    "email": words("your e-mail address"),
    "offline_access": words("all this also while you are away"),
}
"""What a program asks for."""

WAYS_IN: dict[str, Words] = {
    "password": words("Password"),
    "code": words("Password and code"),
    "recovery-code": words("Password and recovery code"),
    "passkey": words("Passkey"),
    "provider": words("Outside provider"),
    "provider-code": words("Outside provider and code"),
}
"""How a session was opened."""

TITLES: dict[int, Words] = {
    400: words("Request not understood"),
    401: words("Log-in needed"),
    403: words("Not allowed"),
    404: words("Not found"),
    405: words("Method not allowed"),
    408: words("Request too slow"),
    409: words("Not possible"),
    413: words("Request too large"),
    415: words("Content type not supported"),
    422: words("Please check your entries"),
    429: words("Too many tries"),
    500: words("Something went wrong"),
    503: words("Not available right now"),
}


ENTRIES: dict[str, Words] = {
    "Missing data for required field.": words("Please fill this in."),
    "Field may not be null.": words("Please fill this in."),
    "Not a valid email address.": words("This is not an e-mail address."),
    "Not a valid date.": words("Please give a date."),
    "Not a valid datetime.": words("Please give a day and a time."),
    "Not a valid aware datetime.": words("Please give a day and a time."),
    "Not a valid integer.": words("Please give a whole number."),
    "Not a valid number.": words("Please give a number."),
    "Two capital letters, as in ISO 3166.": words("Please select a country or region."),
    "Characters that cannot be printed are not allowed.": words("Please leave out characters that cannot be printed."),
    "The address needs a line with street and number.": words("Please give street and number."),
    "Not a state, province or region of this country.": words("Please choose one of this country."),
    "Not a postal code of this country or state.": words("This is not a postal code of this country or state."),
    "An external ID or the day of an exam is needed.": words(
        "Please give one of your IDs, or the day of an exam that you have taken."
    ),
    "A time zone such as Europe/Berlin, as in the IANA database.": words("Please choose a time zone from the list."),
}
"""What people read instead of a schema's own messages."""

PATTERNS: tuple[tuple[re.Pattern[str], Words], ...] = (
    (re.compile(r"Must be one of: .*"), words("Please choose one of the entries.")),
    (re.compile(r"Shorter than minimum length (?P<least>\d+)\."), words("At least %(least)s characters, please.")),
    (re.compile(r"Longer than maximum length (?P<most>\d+)\."), words("At most %(most)s characters, please.")),
    (
        re.compile(r"Length must be between (?P<least>\d+) and (?P<most>\d+)\."),
        words("Between %(least)s and %(most)s characters, please."),
    ),
    (
        re.compile(r"Must be greater than or equal to (?P<least>\S+) and less than or equal to (?P<most>\S+)\."),
        words("Between %(least)s and %(most)s, please."),
    ),
)
"""Messages that name a limit."""
NOT_USABLE = words("This entry cannot be used.")


class _Told(dict[str, Any]):
    """What a service told beside a code: days in the reader's words, nothing for what is missing."""

    def __getitem__(self, key: str) -> Any:
        value = self.get(key, "")
        return day_in_words(value, reader()) if isinstance(value, str) and DAY.fullmatch(value) else value


REJECTIONS |= testing_words.REJECTIONS | certification_words.REJECTIONS
STATUSES |= certification_words.STATUSES
FACTS |= certification_words.FACTS
ANSWERS |= certification_words.ANSWERS
NOTICES |= certification_words.NOTICES


def sentence(code: str, details: Mapping[str, Any] | None = None) -> str:
    """What a code means, in a sentence; `{name}` in it is filled from the details."""
    known = str(REJECTIONS.get(code, NOT_NOW))
    return known.format_map(_Told(details or {})) if "{" in known else known


def entry(message: str) -> str:
    """What is wrong with an entry, for people; a message that nobody has put into words yet is told in English only."""
    if message in ENTRIES:
        return str(ENTRIES[message])
    for pattern, told in PATTERNS:
        found = pattern.fullmatch(message)
        if found:
            return say(told.text, **found.groupdict())
    return message if reader().language == SOURCE else str(NOT_USABLE)


def status(code: str) -> str:
    """A status as a word."""
    return str(STATUSES.get(code) or code.replace("_", " ").replace("-", " ").capitalize())


def fact(code: str) -> str:
    """What happened, in words."""
    return str(FACTS.get(code.replace("_", "-")) or status(code))


def kind(code: str) -> str:
    """What a kit is."""
    return str(KINDS.get(code, code))


def title(status: int) -> str:
    """The heading of a page that tells a problem."""
    return str(TITLES.get(status, PROBLEM))


def notice(code: str) -> str:
    """What has just been done; nothing for a code that we do not know."""
    return str(NOTICES.get(code, ""))
