"""What people are written about the programme: certifications that end, claims, appointments, sanctions."""

from services.identity.adapters.draft import Draft

PROGRAMME_LETTERS: dict[str, Draft] = {
    "expiry-reminder": Draft(
        event="ExpiryReminderDue",
        subject="$certification is valid until $day",
        paragraphs=(
            "your certification $certification is valid until $day; that day still counts.",
            "By the link you see every way to renew it, and what is still missing.",
        ),
        button="See how to renew",
    ),
    "expiry-today": Draft(
        event="ExpiryReminderDue",
        subject="$certification ends today",
        paragraphs=(
            "today is the last day of your certification $certification.",
            "An exam that you pass today, or credits that you complete today, still renew it.",
        ),
        button="See how to renew",
    ),
    "claim-approved": Draft(
        event="CreditClaimApproved",
        subject="Your credits count",
        paragraphs=("your claim of continuing-education credits was approved.",),
        button="Open the claim",
    ),
    "claim-rejected": Draft(
        event="CreditClaimRejected",
        subject="Your claim was not approved",
        paragraphs=("your claim of continuing-education credits was not approved. By the link you read why.",),
        button="Open the claim",
    ),
    "claim-revoked": Draft(
        event="CreditClaimRevoked",
        subject="Your claim was taken back",
        paragraphs=(
            "an approved claim of continuing-education credits was taken back. What rested on it was judged anew.",
            "By the link you read why.",
        ),
        button="Open the claim",
    ),
    "claim-evidence": Draft(
        event="CreditEvidenceRequested",
        subject="Your claim needs more evidence",
        paragraphs=("whoever looks at your claim wants to see more. By the link you read what, and can send it.",),
        button="Open the claim",
    ),
    "appointment-booked": Draft(
        event="AppointmentBooked",
        subject="Your appointment for $exam",
        paragraphs=(
            "your exam $exam is booked for $moment. The place: $site.",
            "Please bring government ID with exactly the name of your account.",
        ),
        button="Open my appointments",
    ),
    "appointment-moved": Draft(
        event="AppointmentRescheduled",
        subject="Your appointment for $exam was moved",
        paragraphs=("your exam $exam is on $moment now. The place: $site.",),
        button="Open my appointments",
    ),
    "appointment-cancelled": Draft(
        event="AppointmentCancelled",
        subject="Your appointment for $exam was cancelled",
        paragraphs=("your appointment for the exam $exam was cancelled.",),
        button="Open my appointments",
    ),
    "sanction-imposed": Draft(
        event="SanctionImposed",
        subject="A decision about you",
        paragraphs=(
            "the programme has imposed a sanction. By the link you read which one and why.",
            "You can appeal until $day; another reviewer decides then.",
        ),
        button="Read and appeal",
    ),
    "sanction-lifted": Draft(
        event="SanctionLifted",
        subject="A sanction was lifted",
        paragraphs=("a sanction that the programme had imposed on you was lifted.",),
        button="Open my testing history",
    ),
}
