"""Score reports and receipts on paper (F10.9, F10.10)."""

from datetime import UTC, datetime
from typing import Any

from gateway import wording
from gateway.documents.printing import Bar, Party, Sheet
from gateway.language import reader, say
from gateway.language.saying import country, day_in_words, moment_in_words
from gateway.pages.exam_words import money


def score_report(report: dict[str, Any], profile: dict[str, Any]) -> Sheet:
    """A result with its percentages per domain, never a single question."""
    facts = [(say("Result"), wording.status(report["outcome"]))]
    if report["score"] is not None:
        facts.append((say("Scaled score"), say("%(score)s of 1000", score=report["score"])))
    facts += [
        (say("Exam date"), day_in_words(report["taken_on"], reader())),
        (say("Version"), report["exam_version"] or ""),
        (say("Attempt"), str(report["attempt"])),
        (say("Place"), report["site"] or ""),
    ]
    if report["next_allowed_on"]:
        facts.append((say("May be sat again from"), day_in_words(report["next_allowed_on"], reader())))
    return Sheet(
        title=say("Score report"),
        subject=f"{report['exam']} {report['title']}",
        made_on=_today(),
        footer=say("Printed on %(day)s", day=day_in_words(_today(), reader())),
        parties=(_candidate(profile, say("Candidate")),),
        facts=tuple((label, words) for label, words in facts if words),
        bars_title=say("Domains of the exam"),
        bars_hint=say("How much of each domain you answered well. Single questions are never disclosed."),
        bars=tuple(
            Bar(name=one["name"], percent=one["percent"], words=f"{one['percent']} %") for one in report["domains"]
        ),
        notes=(say("The scale begins at 300; the passing score is not published."),),
    )


def receipt(paid: dict[str, Any], profile: dict[str, Any]) -> Sheet:
    """A payment with everything that an employer or a tax office asks for."""
    currency = paid["currency"]
    sums = [(say("Price"), money(paid["price"], currency))]
    if paid["discount"]:
        voucher = f" ({paid['voucher']})" if paid["voucher"] else ""
        sums.append((say("Discount") + voucher, "−" + money(paid["discount"], currency)))  # noqa: RUF001 - a minus
    sums.append((say("Tax"), money(paid["tax"], currency)))
    facts = [
        (say("Order number"), paid["order_number"]),
        (say("For"), _item(paid)),
        (say("Date"), _at(paid["paid_at"])),
    ]
    total = (say("Paid"), money(paid["total"], currency))
    if paid["refunded_at"]:
        facts.append((say("Refunded"), _at(paid["refunded_at"])))
        sums.append(total)
        total = (say("Refunded"), money(paid["total"], currency))
    return Sheet(
        title=say("Receipt"),
        subject=paid["order_number"],
        made_on=_today(),
        footer=say("Printed on %(day)s", day=day_in_words(_today(), reader())),
        parties=(_seller(paid), _candidate(profile, say("Billed to"), address=True)),
        facts=tuple(facts),
        sums=tuple(sums),
        total=total,
    )


def _item(paid: dict[str, Any]) -> str:
    about = " ".join(one for one in (paid["exam"], paid["title"]) if one)
    return f"{say('Challenge fee')}: {about}" if paid["item"] == "challenge" else about


def _at(moment: str) -> str:
    return moment_in_words(datetime.fromisoformat(moment), reader())


def _seller(paid: dict[str, Any]) -> Party:
    return Party(label=say("Sold by"), lines=tuple(paid["seller"]))


def _candidate(profile: dict[str, Any], label: str, *, address: bool = False) -> Party:
    known = profile["address"] if address and profile["address"] else None
    lines = [profile["name"]]
    if known:
        city = " ".join(one for one in (known["postal_code"], known["city"], known["state"]) if one)
        lines += [*known["lines"], city, country(known["country"])]
    elif not address:
        lines.append(profile["candidate_id"])
    return Party(label=label, lines=tuple(one for one in lines if one))


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
