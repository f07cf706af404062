"""The portal's side menu: every page of the user guide has its place here (F3.1)."""

from dataclasses import dataclass

from gateway.language import Words, words


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, or a group of pages that opens where the reader is."""

    path: str
    name: Words
    icon: str = ""
    children: tuple["Entry", ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        """Its own address and those below it."""
        return frozenset({self.path, *(child.path for child in self.children)})


@dataclass(frozen=True, slots=True)
class Here:
    """Where in the menu a page stands: the entry, the group around it, and whether it is the entry's own page."""

    entry: Entry
    group: Entry | None
    exact: bool


MENU: tuple[Entry, ...] = (
    Entry("/home", words("Dashboard"), "layout-dashboard"),
    Entry("/personal-info", words("Personal Info"), "user", (
        Entry("/personal-info", words("Addresses")),
        Entry("/personal-info/company", words("Company")),
        Entry("/personal-info/job-title", words("Job title")),
        Entry("/personal-info/external-ids", words("External IDs")),
        Entry("/personal-info/settings", words("Settings")),
    )),
    Entry("/schedule", words("Schedule"), "calendar"),
    Entry("/testing-history", words("Testing History"), "clipboard-list", (
        Entry("/testing-history", words("Tests")),
        Entry("/testing-history/practical", words("Practical Exams")),
        Entry("/testing-history/challenges", words("Challenges")),
    )),
    Entry("/certifications", words("Certifications"), "award", (
        Entry("/certifications", words("Status")),
        Entry("/certifications/history", words("History and Agreement")),
        Entry("/certifications/continuing-education", words("Continuing Education")),
        Entry("/certifications/logos", words("Logos")),
        Entry("/kits", words("Certificates & Plaques")),
        Entry("/benefits", words("Benefits (25YA)")),
    )),
    Entry("/transcripts", words("Transcripts & Digital Badges"), "share-2"),
    Entry("/guide", words("User Guide"), "book-open"),
)  # fmt: skip


ELSEWHERE = {
    "/security": "/personal-info/settings/security",
    "/mapping": "/personal-info/external-ids/mapping",
    "/privacy/data": "/personal-info/privacy",
}
"""Pages whose address does not tell that they stand below an entry."""


def leaves() -> list[tuple[Entry, Entry | None]]:
    """Every entry that leads to a page, with its group."""
    return [
        pair
        for entry in MENU
        for pair in ([(child, entry) for child in entry.children] if entry.children else [(entry, None)])
    ]


def here(template: str) -> Here | None:
    """The entry of a page, or of the nearest page above it."""
    template = ELSEWHERE.get(template, template)
    above = [(entry, group) for entry, group in leaves() if f"{template}/".startswith(f"{entry.path}/")]
    if not above:
        return None
    entry, group = max(above, key=lambda pair: len(pair[0].path))
    return Here(entry, group, template == entry.path)


def trail(template: str) -> list[tuple[str, Words]]:
    """The pages above a page, from the dashboard down."""
    place = here(template)
    if place is None or place.entry == MENU[0]:
        return []
    above = [MENU[0], *([place.group] if place.group else []), *([] if place.exact else [place.entry])]
    found = {entry.path: entry.name for entry in above}  # a group leads to its first page, which is named last
    return [(path, name) for path, name in found.items() if path != template]
