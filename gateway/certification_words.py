"""Words about certifications, continuing education and expert status; `wording` takes them up."""

from gateway.language import Words, words

REJECTIONS: dict[str, Words] = {
    "day-in-future": words("This day lies in the future."),
    "exam-not-available": words("This exam is not offered on that day."),
    "what-if-day-out-of-range": words("Please choose a day from {first} to {last}."),
    "unknown-certification": words("There is no such certification."),
    "certification-not-in-record": words("This candidate has no such certification."),
    "certification-already-revoked": words("This certification is revoked already."),
    "no-sanction-to-lift": words("No sanction stands against this certification."),
    "certification-already-on-hold": words("This certification is on hold already."),
    "certification-not-on-hold": words("This certification is not on hold."),
    "certification-not-held-by-anybody": words("Only a certification that is active or emeritus can be put on hold."),
    "extension-is-for-everybody": words("An extension is for everybody; it cannot name a person."),
    "extended-in-future": words("An extension cannot begin in the future."),
    "catalogue-broken": words("The catalogue does not fit together. {complaint}"),
    "catalogue-unchanged": words("These tables say what is in force already."),
    "catalogue-change-unknown": words("There is no such change of the catalogue."),
    "catalogue-base-changed": words(
        "Another version of the catalogue has come into force since the preview. Please hand the change in again."
    ),
    "catalogue-in-force-already": words("This change was put in force already."),
    "catalogue-preview-unfinished": words("The preview has not reached every candidate yet."),
    "catalogue-is-for-everybody": words("A catalogue is for everybody; it cannot name a person."),
    "catalogue-files-unknown": words("Please give tables of the catalogue in YAML, named {tables}."),
    "catalogue-zip-broken": words("The ZIP cannot be opened."),
    "catalogue-file-size": words("A table must not be empty or larger than 250 KB."),
    "catalogue-not-utf8": words("A table must be text in UTF-8."),
    "agreement-version-unknown": words("There is no such version of the agreement."),
    # emeritus
    "no-expert-certification": words("Emeritus status is for holders of an expert certification."),
    "emeritus-too-early": words("Emeritus status can be asked for from {eligible_on} on."),
    "emeritus-term-not-open": words(
        "No term of Emeritus can be asked for now: it follows the end of the validity, and"
        " another one can be asked for in the last three months of a term."
    ),
    "emeritus-application-open": words("Your application waits for its payment."),
    "unknown-emeritus-application": words("There is no such application."),
    "paid-in-future": words("The day of the payment lies in the future."),
    # continuing education
    "credit-terms-not-accepted": words("Please accept the terms of continuing education first."),
    "credit-terms-unknown": words("There is no such version of the terms."),
    "not-in-item-catalogue": words("Only listed items earn credits."),
    "claim-without-items": words("Please name at least one item with the day of its completion."),
    "claim-too-long": words("A claim can hold {most} items at most."),
    "completed-in-future": words("The day of completion lies in the future."),
    "submitted-late": words("More than 90 days have passed since the completion."),
    "claimed-already": words("This item was claimed already."),
    "repeated-in-cycle": words("The same item counts once per cycle."),
    "completed-without-active-certification": words(
        "On the day of completion an active certification of associate level or higher is needed."
    ),
    "evidence-missing": words("This item is proved by a document. Please add the file first."),
    "evidence-incomplete": words("The file did not arrive whole. Please send it again."),
    "evidence-type-unknown": words("Please send a PDF, a PNG or JPEG picture, or plain text."),
    "evidence-already-requested": words("The candidate has been asked already."),
    "length-needed": words("Please send the length of the file with it."),
    "file-too-large": words("The file is larger than 25 MB."),
    "too-many-files": words("A claim can hold {most} files at most."),
    "unknown-claim": words("There is no such claim."),
    "unknown-evidence": words("There is no such file."),
    "claim-not-a-draft": words("Only a draft can be changed."),
    "claim-already-decided": words("This claim is decided already."),
    "claim-not-pending": words("This claim does not wait for a decision."),
    "claim-not-approved": words("Only an approved claim can be taken back."),
    "refusal-reason-unknown": words("Please choose one of the reasons."),
    "submitted-before-completion": words("The claim was handed in before the completion."),
    "decided-before-submission": words("The decision lies before the claim."),
    "decided-in-future": words("The decision lies in the future."),
    "granted-in-future": words("The grant lies in the future."),
    "calendar-unknown": words("There is no such calendar."),
}

STATUSES: dict[str, Words] = {
    "lifetime_emeritus": words("Lifetime Emeritus"),
    "draft": words("Draft"),
    "approved": words("Approved"),
    "rejected": words("Rejected"),
    "used": words("Used"),
    "lost": words("Lost"),
    # reasons and options of history lines
    "exam": words("Exams"),
    "credits": words("Continuing education"),
    "mixed": words("Exams and continuing education"),
    "cascade": words("Renewed together with another certification"),
    "late-evidence": words("Evidence that arrived late"),
    "result-revoked": words("A result was taken back"),
    "result-restored": words("A result was given back"),
    "claim-revoked": words("A claim was taken back"),
    "sanction": words("A sanction"),
    "sanction-lifted": words("A sanction was lifted"),
    "catalogue-changed": words("The programme's rules changed"),
    "blanket-extension": words("Extended for everybody"),
    "misconduct": words("Misconduct"),
    "investigation": words("Investigation"),
    "cleared": words("Cleared"),
    "appeal": words("Appeal upheld"),
    "score-irregular": words("Irregular score"),
    "identity-doubt": words("Doubt about the identity"),
    # levels, parts, roles, places
    "entry": words("Entry"),
    "associate": words("Associate"),
    "specialist": words("Specialist"),
    "professional": words("Professional"),
    "expert": words("Expert"),
    "core": words("Core exam"),
    "concentration": words("Concentration exam"),
    "qualifier": words("Qualifying exam"),
    "lab": words("Lab or practical exam"),
    "expert_written": words("Expert written exam"),
    "test-site": words("Test site"),
    "portal": words("Portal"),
    "ccie": words("CCIE"),
    "ccde": words("CCDE"),
}

FACTS: dict[str, Words] = {
    "restored": words("Certification restored"),
    "reactivated": words("Active again after Emeritus"),
    "lifetime-emeritus-granted": words("Lifetime Emeritus granted"),
    "held": words("Put on hold"),
    "hold-lifted": words("Hold lifted"),
}

ANSWERS: dict[str, tuple[Words, Words]] = {
    "lifetime-emeritus": (words("Lifetime Emeritus"), words("The holder has Emeritus status for life.")),
    "on-hold": (words("On hold"), words("This certification is on hold. Please ask again later.")),
}

NOTICES: dict[str, Words] = {
    "agreement-accepted": words("Thank you. The agreement is accepted."),
    "emeritus-applied": words("Your application is registered. The status begins once the fee is paid."),
    "terms-accepted": words("Thank you. You can claim credits now."),
    "claim-drafted": words("The draft is saved. Add files if you like, then hand it in."),
    "claim-submitted": words("Your claim is handed in and waits for its decision."),
    "claim-withdrawn": words("Your claim was withdrawn."),
    "evidence-added": words("The file is laid beside your claim."),
    "evidence-supplied": words("Thank you. The reviewer sees your files now."),
    "calendar-made": words("Your calendar link is ready. Keep it to yourself."),
    "calendar-revoked": words("The calendar link has stopped working."),
    "catalogue-handed-in": words("The tables fit together. The preview over all candidates runs."),
    "claim-approved": words("The claim is approved. Its credits count."),
    "claim-rejected": words("The claim is refused. The candidate sees the reason."),
    "evidence-requested": words("The candidate is asked for more evidence."),
    "certification-held": words("The certification is on hold."),
    "hold-lifted": words("The hold is lifted."),
}
