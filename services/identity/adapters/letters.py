"""What the mails to candidates say, as plain text and as HTML with the same words."""

from dataclasses import dataclass
from datetime import date
from html import escape
from string import Template

PROMISE = "Please allow 12 to 16 weeks for processing and shipping."
"""The notice on page and mail (F8.3)."""
KITS = {"certificate": "a printed certificate", "plaque": "a plaque"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail, ready to be sent."""

    subject: str
    text: str
    html: str


_TEXT = Template("""\
Dear $name,

congratulations! On $day you met all requirements of $certification.

Your first kit, $kit, is free. To claim it, log in to the Certification
Tracking System, open "Certificates & Plaques" and choose "Claim" beside
the certification. We send the kit to the mailing address of your profile;
it cannot go to a P.O. box.

$promise
""")

_HTML = Template("""\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>$subject</title></head>
<body>
<p>Dear $name,</p>
<p>congratulations! On $day you met all requirements of <strong>$certification</strong>.</p>
<p>Your first kit, $kit, is free. To claim it, log in to the Certification Tracking System, open
<em>Certificates &amp; Plaques</em> and choose <em>Claim</em> beside the certification. We send the kit to the mailing
address of your profile; it cannot go to a P.O. box.</p>
<p>$promise</p>
</body>
</html>
""")


def congratulation(*, name: str, certification: str, kit: str, active_on: date) -> Letter:
    """How to claim the first free kit of a newly earned certification (F8.1)."""
    words = {
        "subject": f"Congratulations on your {certification}",
        "name": name,
        "certification": certification,
        "kit": KITS.get(kit, "a kit"),
        "day": f"{active_on.day} {active_on:%B %Y}",
        "promise": PROMISE,
    }
    return Letter(
        subject=words["subject"],
        text=_TEXT.substitute(words),
        html=_HTML.substitute({key: escape(word) for key, word in words.items()}),
    )
