"""From the programme's tables, as plain dictionaries, to the catalogue; every broken reference is named."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from services.certification.domain.catalogue import (
    AgreementVersion,
    Catalogue,
    CatalogueError,
    Certification,
    CreditCatalogue,
    CreditItem,
    CreditKind,
    CreditRules,
    DatedName,
    EmeritusRules,
    Exam,
    ExamName,
    ExamsNeeded,
    Group,
    Level,
    Qualifying,
    RenewalOption,
    Requirement,
)

Table: TypeAlias = Mapping[str, Any]
KITS = ("none", "certificate", "plaque")
OWN = "own"
LAB_GROUPS = {"qualifier", "lab"}


def catalogue_of(
    *,
    version: str,
    exams: Table,
    certifications: Table,
    requirements: Table,
    recertification: Table,
    ce_items: Table | None = None,
    programme: Table | None = None,
) -> Catalogue:
    """The catalogue that these tables describe; raises CatalogueError."""
    try:
        built = _built(version, exams, certifications, requirements, recertification)
        return _completed(built, ce_items or {}, programme or {})
    except KeyError as missing:
        raise CatalogueError(f"catalogue: the field {missing} is missing") from missing
    except (TypeError, AttributeError) as wrong:
        raise CatalogueError(f"catalogue: a field has the wrong type ({wrong})") from wrong


def _built(version: str, exams: Table, certifications: Table, requirements: Table, recertification: Table) -> Catalogue:
    levels = _levels(certifications["levels"], recertification["levels"])
    known_exams = _exams(exams["exams"], recertification["points"], levels)
    needs = _requirements(requirements["requirements"], known_exams, certifications["certifications"])
    titles = [_certification(entry, levels, needs, known_exams) for entry in certifications["certifications"]]
    education, emeritus = recertification["continuing_education"], recertification["emeritus"]
    return Catalogue(
        version=version,
        levels=tuple(levels.values()),
        exams=known_exams,
        certifications=_unique("certifications.yaml", "certification", ((title.id, title) for title in titles)),
        credit_rules=CreditRules(
            claim_days=education["submit_within_days_of_completion"], lifetime_years=education["credit_lifetime_years"]
        ),
        emeritus_rules=_emeritus(emeritus),
        usd_per_credit=education.get("usd_per_credit", 0),
    )


def _completed(catalogue: Catalogue, ce_items: Table, programme: Table) -> Catalogue:
    """With continuing education, agreements and expert numbers, which the fold does not need."""
    agreements = [
        AgreementVersion(version=each["version"], starts_on=each["from"], needed_from=each.get("needed_from"))
        for each in programme.get("agreements", ())
    ]
    series = ((each["id"], each["first"]) for each in programme.get("expert_series", ()))
    return replace(
        catalogue,
        credits=_credits(ce_items),
        agreements=tuple(sorted(agreements, key=lambda each: each.starts_on)),
        expert_series=_unique("programme.yaml", "series", series),
    )


def _credits(entry: Table) -> CreditCatalogue:
    found = (
        (each["id"], CreditKind(id=each["id"], label=each["label"], evidence=each["evidence"]))
        for each in entry.get("kinds", ())
    )
    kinds = _unique("ce_items.yaml", "kind", found)
    items = ((each["code"], _item(each, kinds, entry["kinds"])) for each in entry.get("items", ()))
    return CreditCatalogue(
        terms=(entry.get("terms") or {}).get("version", ""),
        items=_unique("ce_items.yaml", "item", items),
        refusals={each["id"].replace("_", "-"): each["reason"] for each in entry.get("ineligible", ())},
    )


def _item(entry: Table, kinds: Mapping[str, CreditKind], ranges: Iterable[Table]) -> CreditItem:
    where = f"ce_items.yaml: item {entry['code']}"
    kind = _known(kinds, entry["kind"], f"{where}: unknown kind")
    limits = next(each for each in ranges if each["id"] == kind.id)
    if not limits["min_credits"] <= entry["credits"] <= limits["max_credits"]:
        raise CatalogueError(f"{where}: {entry['credits']} credits are out of the range of {kind.id}")
    return CreditItem(
        code=entry["code"],
        kind=kind,
        title=entry["title"],
        provider=entry["provider"],
        credits=entry["credits"],
    )


def _levels(entries: Iterable[Table], renewals: Iterable[Table]) -> dict[str, Level]:
    rules = {renewal["level"]: renewal for renewal in renewals}
    levels = [_level(entry, _known(rules, entry["id"], _NO_RULE)) for entry in entries]
    ordered = sorted(levels, key=lambda level: level.rank)
    if [level.rank for level in ordered] != list(range(len(ordered))):
        raise CatalogueError("certifications.yaml: the ranks of the levels must be 0, 1, 2 and so on")
    return _unique("certifications.yaml", "level", ((level.id, level) for level in ordered))


def _emeritus(entry: Table) -> EmeritusRules:
    apply_from, back = entry.get("apply_from") or {"years": 9, "months": 9}, entry.get("return_to_active") or {}
    return EmeritusRules(
        eligible_after_years=entry["eligible_after_years"],
        term_months=entry["term_months"],
        reapply_months=entry["reapply_window_months"],
        apply_after_months=12 * apply_from["years"] + apply_from["months"],
        lifetime_after_years=entry.get("lifetime_after_consecutive_years"),
        return_via=frozenset(back.get("via", ())),
        return_within_years=back.get("within_years", 0),
        fee_usd=entry.get("fee_usd", 0),
    )


_NO_RULE = "recertification.yaml: no renewal rule for level"


def _level(entry: Table, rule: Table) -> Level:
    return Level(
        id=entry["id"],
        rank=entry["rank"],
        earns_credits=entry["ce_eligible"],
        points_required=rule["points_required"],
        options=tuple(_option(option) for option in rule.get("options", ())),
    )


def _option(entry: Table) -> RenewalOption:
    """`any: 1, roles`, also with `plus`; `ce: 40, and_any: 1, roles`; `own_exam`."""
    needed = []
    if entry.get("own_exam"):
        needed.append(ExamsNeeded(count=1, own=True))
    for part in (entry, entry.get("plus") or {}):
        count = part.get("any", part.get("and_any", 0))
        if count:
            needed.append(ExamsNeeded(count=count, roles=frozenset(part["roles"])))
    return RenewalOption(id=entry["id"], exams=tuple(needed), credits=entry.get("ce", 0))


def _exams(entries: Iterable[Table], points: Table, levels: Mapping[str, Level]) -> dict[str, Exam]:
    return _unique("exams.yaml", "exam", ((entry["code"], _exam(entry, points, levels)) for entry in entries))


def _exam(entry: Table, points: Table, levels: Mapping[str, Level]) -> Exam:
    code = entry["code"]
    worth = _known(points, entry["role"], f"exams.yaml: exam {code}: no points for role")
    nowhere = f"recertification.yaml: role {entry['role']}: no points at level"
    at_each = [_known(worth, level, nowhere) for level in levels]
    return Exam(
        code=code,
        role=entry["role"],
        points=tuple(0 if value == OWN else value for value in at_each),
        renews_own=OWN in at_each,
        track=entry.get("track", ""),
        price_usd=entry.get("price_usd"),
        available_from=entry.get("available_from"),
        last_test_on=entry.get("last_test_on"),
        names=tuple(
            ExamName(starts_on=each["from"], acronym=each["acronym"], title=each["title"])
            for each in entry.get("names", ())
        ),
    )


def _requirements(
    entries: Iterable[Table], exams: Mapping[str, Exam], certifications: Iterable[Table]
) -> dict[str, Requirement]:
    ids = {entry["id"]: entry for entry in certifications}
    for entry in entries:
        _known(ids, entry["certification"], "requirements.yaml: unknown certification")
    found = ((entry["certification"], _requirement(entry, exams)) for entry in entries)
    return _unique("requirements.yaml", "requirement of", found)


def _requirement(entry: Table, exams: Mapping[str, Exam]) -> Requirement:
    where = f"requirements.yaml: {entry['certification']}"
    groups = tuple(_group(group, exams, where) for group in entry["all_of"])
    if not groups:
        raise CatalogueError(f"{where}: there is no group")
    first_lab_months = entry.get("first_lab_months")
    if first_lab_months is not None and {group.id for group in groups} != LAB_GROUPS:
        raise CatalogueError(f"{where}: first_lab_months needs the groups qualifier and lab")
    return Requirement(groups=groups, window_years=entry["window_years"], first_lab_months=first_lab_months)


def _group(entry: Table, exams: Mapping[str, Exam], where: str) -> Group:
    for option in entry["any_of"]:
        _known(exams, option["exam"], f"{where}: unknown exam")
    exams_of_group = (Qualifying(exam=each["exam"], pass_until=each.get("pass_until")) for each in entry["any_of"])
    return Group(id=entry["group"], exams=tuple(exams_of_group))


def _certification(
    entry: Table, levels: Mapping[str, Level], requirements: Mapping[str, Requirement], exams: Mapping[str, Exam]
) -> Certification:
    where = f"certifications.yaml: {entry['id']}"
    level = _known(levels, entry["level"], f"{where}: unknown level")
    requirement = _known(requirements, entry["id"], "requirements.yaml: nothing earns")
    if entry["kit"] not in KITS:
        raise CatalogueError(f"{where}: unknown kit {entry['kit']}")
    names = [DatedName(starts_on=each["from"], name=each["name"]) for each in entry["names"]]
    if not names:
        raise CatalogueError(f"{where}: there is no name")
    return Certification(
        id=entry["id"],
        abbreviation=entry["abbreviation"],
        group=entry["group"],
        level=level,
        track=entry["track"],
        validity_years=entry["validity_years"],
        kit=entry["kit"],
        pdf=entry["pdf"],
        retired_on=entry["retired_on"],
        names=tuple(sorted(names, key=lambda dated: (dated.starts_on is not None, dated.starts_on))),
        requirement=requirement,
        own_exams=_own_exams(requirement, exams),
    )


def _own_exams(requirement: Requirement, exams: Mapping[str, Exam]) -> frozenset[str]:
    """Exams that renew the certification that they earn, and nothing else (RC-S2)."""
    codes = (qualifying.exam for group in requirement.groups for qualifying in group.exams)
    return frozenset(code for code in codes if exams[code].renews_own)


def _known(table: Mapping[str, Any], key: str, complaint: str) -> Any:
    if key not in table:
        raise CatalogueError(f"{complaint} {key}")
    return table[key]


def _unique(file: str, what: str, pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise CatalogueError(f"{file}: {what} {key} stands there twice")
        found[key] = value
    return found
