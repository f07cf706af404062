"""Words for stored facts and what they hold, for whoever reads their own data or a candidate's line of time."""

from gateway.language import Words, words

SHORT = {"csco", "vue", "id", "pdf", "usd", "url", "uris"}
"""Words of codes that are written in capitals."""

FACTS: dict[str, Words] = {
    "account-registered": words("Signed up"),
    "email-verified": words("E-mail address confirmed"),
    "email-changed": words("E-mail address changed"),
    "login-succeeded": words("Logged in"),
    "login-failed": words("Wrong password"),
    "password-set": words("Password chosen"),
    "account-mapping-requested": words("Account mapping waits for a case"),
    "account-mapping-refused": words("Account mapping refused"),
    "account-mapped": words("Account joined with the record"),
    "candidate-shell-created": words("Record made by a booking"),
    "legal-name-corrected": words("Legal name changed"),
    "notification-preference-changed": words("Question about news answered"),
    "accounts-merged": words("Another record merged into this one"),
    "account-absorbed": words("Merged into another record"),
    "accounts-separated": words("Merge undone"),
    "account-released": words("Record stands for itself again"),
    "grant-given": words("Program allowed"),
    "refresh-token-replaced": words("Program came back"),
    "grant-ended": words("Program stopped"),
    "sign-on-connected": words("Outside provider connected"),
    "sign-on-disconnected": words("Outside provider disconnected"),
    "guardian-consent-taken-back": words("Guardian's consent taken back"),
    "directory-opted-in": words("Listed in the directory"),
    "directory-opted-out": words("Taken out of the directory"),
    "code-minted": words("Verification code made"),
    "transcript-disclosed": words("Transcript shared"),
    "candidate-no-showed": words("No-show"),
}
"""Facts whose stored name is not what people would call them."""

FIELDS: dict[str, Words] = {
    "absorbed_id": words("Record that was merged"),
    "kept_id": words("Record that stands for both"),
    "csco_id": words("CSCO ID"),
    "vue_id": words("VUE ID"),
    "email": words("E-mail address"),
    "wanted": words("Mail about news wanted"),
    "by": words("Done by"),
    "opened_by": words("Opened by"),
    "client_id": words("Program"),
    "scopes": words("May know"),
    "written": words("In local script"),
    "listed": words("On the managed list"),
    "consents": words("Accepted documents"),
    "files": words("Files"),
    "fee_cents": words("Fee in cents"),
    "amount_cents": words("Amount in cents"),
    "pdf": words("Certificate as PDF"),
}
"""Fields whose stored name is not what people would call them."""


def name(code: str) -> str:
    """What happened, in words."""
    return str(FACTS.get(code) or plain(code))


def field(code: str) -> str:
    """What a value of a fact is."""
    return str(FIELDS.get(code) or plain(code))


def plain(code: str) -> str:
    """A code as words where nobody has written better ones: `result_id` is a result ID."""
    said = code.replace("_", " ").replace("-", " ").replace(".", " ").split()
    shown = [word.upper() if word in SHORT else word for word in said]
    return " ".join([shown[0][:1].upper() + shown[0][1:], *shown[1:]]) if shown else ""
