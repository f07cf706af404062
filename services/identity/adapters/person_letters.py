"""What people are written about themselves: guardian, farewell, acts of support."""

from services.identity.adapters.draft import Draft

PERSON_LETTERS: dict[str, Draft] = {
    "guardian": Draft(
        event="GuardianAsked",
        subject="$candidate asks for your consent",
        paragraphs=(
            (
                "$candidate is under 18 and has named you as parent or guardian. Exams can be booked with your consent"
                " only. By the link you see what it is about, and consent or refuse. It waits for 14 days."
            ),
            "Please keep this mail: by the same link you can take your consent back at any time.",
        ),
        button="Read and answer",
    ),
    "guardian-consented": Draft(
        event="GuardianConsentRecorded",
        subject="Your guardian has consented",
        paragraphs=("your guardian has consented. You can book exams now.",),
        button="Open the dashboard",
    ),
    "guardian-revoked": Draft(
        event="GuardianConsentTakenBack",
        subject="Your guardian does not consent",
        paragraphs=("your guardian has refused or taken back the consent. Until it is given you cannot book exams.",),
        button="Open the dashboard",
    ),
    "erasure-requested": Draft(
        event="ErasureRequested",
        subject="Your account will be erased on $day",
        paragraphs=(
            "you have asked us to erase your account. On $day everything personal is destroyed; nobody can undo that.",
            "Until then you can log in as before, download your data, and change your mind by the link.",
        ),
        button="See or withdraw the request",
    ),
    "erasure-withdrawn": Draft(
        event="ErasureWithdrawn",
        subject="Your account stays",
        paragraphs=("you have changed your mind. Your account stays as it is.",),
        button="Open my data",
    ),
    "email-changed": Draft(
        event="EmailChanged",
        subject="Another log-in for your account",
        paragraphs=(
            (
                "support has changed the e-mail address with which you log in, as you asked in a case. This address"
                " opens nothing any more, and you were logged out everywhere."
            ),
            "If you did not ask for it, write to Online Support at once.",
        ),
        button="Open Online Support",
    ),
    "name-changed": Draft(
        event="LegalNameCorrected",
        subject="Your legal name was changed",
        paragraphs=(
            "support has changed your legal name, as you asked in a case.",
            "Certificates that were printed before keep the old name until they are replaced.",
        ),
        button="Open Online Support",
    ),
    "birth-date-changed": Draft(
        event="BirthDateCorrected",
        subject="Your birth date was corrected",
        paragraphs=("support has corrected your birth date, as you asked in a case.",),
        button="Open Online Support",
    ),
    "account-suspended": Draft(
        event="AccountSuspended",
        subject="Your account was suspended",
        paragraphs=(
            "your account was suspended. Until that is lifted nobody can log in with it.",
            "If you think that this is wrong, write to Online Support; you need no log-in for it.",
        ),
        button="Open Online Support",
    ),
    "account-reinstated": Draft(
        event="AccountReinstated",
        subject="Your account is open again",
        paragraphs=("the suspension of your account was lifted. You can log in again.",),
        button="Log in",
    ),
    "records-merged": Draft(
        event="AccountsMerged",
        subject="Two of your records are one now",
        paragraphs=(
            (
                "since $day two records of yours are one: exams, certifications, kits and transcripts of both are shown"
                " together. The e-mail addresses of both log in, with the password of the record that stands for both."
            ),
            "If you did not ask for it, write to Online Support at once. Within 14 days it can be undone.",
        ),
        button="Open Online Support",
    ),
    "records-separated": Draft(
        event="AccountsSeparated",
        subject="Your records are two again",
        paragraphs=(
            (
                "on $day the merge of two records was undone. Each has its own exams, certifications, kits and"
                " transcripts again, and each e-mail address logs in with its own password, as before."
            ),
            "If you think that this is wrong, write to Online Support.",
        ),
        button="Open Online Support",
    ),
    "review-required": Draft(
        event="ProfileReviewRequired",
        subject="Is your personal data still right?",
        paragraphs=("it is a year ago that you last looked at your personal data. Please look at it again.",),
        button="Look at my data",
    ),
}
