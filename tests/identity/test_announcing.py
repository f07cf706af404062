"""Announcements: written, published, shown to their audience in their time, put away for good (F3.3)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

import contracts
from chassis.decider import Fact
from chassis.errors import NotFound
from chassis.projections import Rows
from chassis.testing import given, scratch_database
from services.identity.domain.announcement import (
    AnnouncementChanged,
    AnnouncementDrafted,
    AnnouncementPublished,
    AnnouncementWithdrawn,
    Audience,
    ChangeAnnouncement,
    DraftAnnouncement,
    Held,
    Notice,
    PublishAnnouncement,
    Reader,
    WithdrawAnnouncement,
    announcement,
    reaches,
)
from services.identity.domain.dismissals import AnnouncementDismissed, DismissAnnouncement, dismissals
from services.identity.projections import METADATA, announcements, profiles, standings
from tests.front_door import NOON, Noon
from tests.identity.front_door import facts, refused

GERMAN_CCNP = Audience(levels=("professional",), countries=("DE",))
NOTICE = Notice(
    title="New lab in Berlin",
    text="Opens in May.",
    shown_from=NOON,
    shown_until=NOON + timedelta(days=7),
    audience=GERMAN_CCNP,
)
DRAFTED = AnnouncementDrafted(notice=NOTICE, by="op")
PUBLISHED = AnnouncementPublished(by="op")
WITHDRAWN = AnnouncementWithdrawn(by="op")

# -- decisions


def test_a_draft_becomes_public_by_its_publication():
    given(announcement).when(DraftAnnouncement(notice=NOTICE, by="op", now=NOON)).then(DRAFTED)
    given(announcement, DRAFTED).when(PublishAnnouncement(by="op", now=NOON)).then(PUBLISHED)
    given(announcement, DRAFTED, PUBLISHED).when(PublishAnnouncement(by="op", now=NOON)).then_nothing()


def test_a_change_says_everything_anew_and_the_same_again_is_none():
    shorter = replace(NOTICE, text="Opens in June.")
    change = ChangeAnnouncement(notice=shorter, by="eve", now=NOON)
    changed = AnnouncementChanged(notice=shorter, by="eve")
    given(announcement, DRAFTED, PUBLISHED).when(change).then(changed)
    given(announcement, DRAFTED, PUBLISHED, changed).when(change).then_nothing()


def test_what_was_withdrawn_stays_so():
    given(announcement, DRAFTED, PUBLISHED).when(WithdrawAnnouncement(by="op")).then(WITHDRAWN)
    given(announcement, DRAFTED, WITHDRAWN).when(WithdrawAnnouncement(by="op")).then_nothing()
    given(announcement, DRAFTED, WITHDRAWN).when(PublishAnnouncement(by="op", now=NOON)).then_rejected(
        "announcement-withdrawn"
    )


def test_there_is_nothing_to_do_with_an_announcement_that_nobody_wrote():
    given(announcement).when(WithdrawAnnouncement(by="op")).then_rejected("announcement-unknown")


@pytest.mark.parametrize(
    ("until", "code"),
    [(NOON, "announcement-ends-before-it-begins"), (NOON + timedelta(hours=1), "announcement-ended")],
)
def test_an_announcement_that_nobody_could_see_is_refused(until, code):
    late = DraftAnnouncement(notice=replace(NOTICE, shown_until=until), by="op", now=NOON + timedelta(hours=1))
    given(announcement).when(late).then_rejected(code)


def test_an_announcement_is_put_away_once():
    away = DismissAnnouncement(announcement_id="A1", is_shown=True, at=NOON)
    given(dismissals).when(away).then(AnnouncementDismissed(announcement_id="A1", at=NOON))
    given(dismissals, AnnouncementDismissed(announcement_id="A1", at=NOON)).when(away).then_nothing()
    given(dismissals).when(replace(away, is_shown=False)).then_rejected("announcement-unknown")


# -- audiences

PROFESSIONAL = Held(level="professional", track="enterprise")
ASSOCIATE = Held(level="associate", track="security")


@pytest.mark.feature("F3.3")
@pytest.mark.parametrize(
    ("reader", "is_meant"),
    [
        (Reader("DE", "", (PROFESSIONAL,)), True),
        (Reader("FR", "", (PROFESSIONAL,)), False),
        (Reader("DE", "", (ASSOCIATE,)), False),
        (Reader("DE", "", ()), False),
    ],
)
def test_german_holders_of_a_professional_certification_are_meant_and_nobody_else(reader, is_meant):
    assert reaches(GERMAN_CCNP, reader) is is_meant


def test_level_and_track_speak_of_the_same_certification():
    both = Audience(levels=("professional",), tracks=("security",))
    assert not reaches(both, Reader(country="DE", language="", held=(PROFESSIONAL, ASSOCIATE)))
    assert reaches(both, Reader(country="DE", language="", held=(replace(PROFESSIONAL, track="security"),)))


def test_a_language_leaves_out_those_who_chose_another_one():
    japanese = Audience(languages=("ja",))
    assert [reaches(japanese, Reader("JP", language, ())) for language in ("ja", "en", "")] == [True, False, True]


LEVELS, TRACKS, COUNTRIES = ("associate", "professional"), ("enterprise", "security"), ("DE", "FR")
HELD = st.builds(Held, level=st.sampled_from(LEVELS), track=st.sampled_from(TRACKS))
PEOPLE = st.lists(st.tuples(st.sampled_from(COUNTRIES), st.lists(HELD, max_size=3)), max_size=6)
AUDIENCES = st.builds(
    Audience,
    levels=st.lists(st.sampled_from(LEVELS), unique=True).map(tuple),
    tracks=st.lists(st.sampled_from(TRACKS), unique=True).map(tuple),
    countries=st.lists(st.sampled_from(COUNTRIES), unique=True).map(tuple),
)


@settings(deadline=None)
@drawn(people=PEOPLE, audience=AUDIENCES)
def test_the_count_of_the_preview_is_the_number_of_those_who_would_see_it(people, audience):
    readers = [Reader(country=country, language="", held=tuple(held)) for country, held in people]
    with scratch_database(METADATA) as connection:
        rows = Rows(connection)
        for number, reader in enumerate(readers):
            rows.put(profiles.table, candidate_id=f"C{number}", country=reader.country, complete=True)
            for place, held in enumerate(reader.held):
                rows.put(
                    standings.table, candidate_id=f"C{number}", certification=f"c{place}", level=held.level,
                    track=held.track, active=True, on_hold=False, expires_on=None,
                )  # fmt: skip
        rows.flush()
        counted = announcements.reach(connection, audience, date(2026, 11, 27))
    assert counted == sum(reaches(audience, reader) for reader in readers)


# -- standings


def told(event, number):
    return Fact(
        event=event, source="certification", subject=event.candidate_id, number=number, recorded_at=NOON,
    )  # fmt: skip


def earned(candidate_id="ADA", level="professional", expires_on=date(2029, 5, 21)):
    return contracts.CertificationEarned(
        candidate_id=candidate_id, certification="ccnp-enterprise", name="CCNP", abbreviation="CCNP",
        group="Professional", level=level, track="enterprise", kit="none", pdf=False, active_on=date(2026, 5, 21),
        expires_on=expires_on, evidence=(), catalogue="1",
    )  # fmt: skip


@pytest.mark.rule("R-V2")
def test_a_certification_counts_up_to_its_last_day():
    with scratch_database(METADATA) as connection:
        rows = Rows(connection)
        standings.project(rows, told(earned(), 1))
        rows.flush()
        days = (date(2029, 5, 21), date(2029, 5, 22))
        assert [len(standings.held(connection, "ADA", day)) for day in days] == [1, 0]


@pytest.mark.parametrize(
    ("event", "left"),
    [
        (contracts.CertificationRevoked(candidate_id="ADA", certification="ccnp-enterprise",
                                        revoked_on=date(2026, 6, 1), reason="x"), 0),
        (contracts.EmeritusGranted(candidate_id="ADA", certification="ccnp-enterprise", until=date(2030, 1, 1)), 0),
        (contracts.CertificationExtended(candidate_id="ADA", certification="ccnp-enterprise",
                                         old_expires_on=date(2029, 5, 21), expires_on=date(2029, 11, 17),
                                         reason="x"), 1),
    ],
)  # fmt: skip
def test_what_ends_a_certification_ends_it_for_audiences(event, left):
    with scratch_database(METADATA) as connection:
        rows = Rows(connection)
        standings.project(rows, told(earned(), 1))
        standings.project(rows, told(event, 2))
        rows.flush()
        assert len(standings.held(connection, "ADA", date(2029, 5, 22))) == left


# -- the front door


@pytest.fixture
def noon(frame):
    frame.clock = Noon()
    return frame.clock


@pytest.fixture
def holders(frame, asked_as, ada):
    """Ada and Grace live in Germany, Linus in France; Ada and Linus hold a professional certification."""
    ids = {}
    for name, country in (("ada", "DE"), ("grace", "DE"), ("linus", "FR")):
        person = ada | {"email": f"{name}@example.org", "first_name": name, "country": country}
        ids[name] = asked_as(name).register(**person)["candidate_id"]

    def hold(rows):
        for number, name in enumerate(("ada", "linus")):
            standings.project(rows, told(earned(ids[name]), number + 1))

    asked_as().desk.write(hold)
    return ids


BERLIN = {
    "title": "New lab in Berlin",
    "text": "Opens in May.\r\nSeats are few.",
    "shown_from": "2026-11-21T12:00:00+00:00",
    "shown_until": "2026-11-23T13:00:00+01:00",
    "audience": {"levels": ["professional"], "countries": ["DE"]},
}


@pytest.fixture
def berlin(noon, asked_as):
    """A published announcement for German professionals, for two days from tomorrow noon."""
    announcement_id = asked_as("op|draft").draft_announcement(by="op", **BERLIN)["announcement_id"]
    asked_as().publish_announcement(announcement_id, by="op")
    return announcement_id


def titles(asked_as, candidate_id, language=""):
    return [one["title"] for one in asked_as().announcements(candidate_id, language)]


@pytest.mark.feature("F3.3")
def test_an_announcement_is_shown_to_its_audience_in_its_time(noon, asked_as, holders, berlin):
    seen = []
    for _ in range(4):
        seen.append({name: titles(asked_as, candidate_id) for name, candidate_id in holders.items()})
        noon.pass_days(1)
    nobody = {"ada": [], "grace": [], "linus": []}
    assert seen == [nobody, nobody | {"ada": ["New lab in Berlin"]}, nobody | {"ada": ["New lab in Berlin"]}, nobody]


def test_the_boundaries_are_moments(noon, asked_as, holders, berlin):
    noon.at = datetime(2026, 11, 21, 11, 59, 59, tzinfo=UTC)
    assert titles(asked_as, holders["ada"]) == []
    noon.at = datetime(2026, 11, 23, 11, 59, 59, tzinfo=UTC)
    assert titles(asked_as, holders["ada"]) == ["New lab in Berlin"]
    noon.at = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
    assert titles(asked_as, holders["ada"]) == []


def test_an_answer_says_how_long_it_stays_right(noon, asked_as, holders, berlin):
    noon.at = datetime(2026, 11, 21, 11, 59, 30, tzinfo=UTC)
    assert asked_as().overview(holders["ada"])["good_for"] == 30
    assert asked_as().overview(holders["grace"])["good_for"] == 60
    noon.at = datetime(2026, 11, 23, 11, 59, 50, tzinfo=UTC)
    assert asked_as().overview(holders["ada"])["good_for"] == 10


@pytest.mark.feature("F3.3")
def test_what_is_put_away_does_not_come_back(noon, asked_as, frame, holders, berlin):
    noon.pass_days(1)
    for _ in range(2):
        asked_as().dismiss_announcement(holders["ada"], berlin)
    assert titles(asked_as, holders["ada"]) == []
    assert facts(frame)[-1] == "announcement-dismissed"
    assert facts(frame).count("announcement-dismissed") == 1
    asked_as().change_announcement(berlin, by="op", **BERLIN | {"title": "Newer"})
    assert titles(asked_as, holders["ada"]) == []


def test_nobody_puts_away_what_is_not_for_them(noon, asked_as, holders, berlin):
    noon.pass_days(1)
    refused("announcement-unknown", asked_as().dismiss_announcement, holders["grace"], berlin)


def test_a_withdrawn_announcement_is_gone(noon, asked_as, holders, berlin):
    noon.pass_days(1)
    asked_as().withdraw_announcement(berlin, by="op")
    assert titles(asked_as, holders["ada"]) == []
    assert asked_as().announcement(berlin)["state"] == "withdrawn"


def test_a_draft_is_seen_by_staff_only(noon, asked_as, holders):
    draft = asked_as().draft_announcement(by="op", **BERLIN)["announcement_id"]
    noon.pass_days(1)
    assert titles(asked_as, holders["ada"]) == []
    assert [one["announcement_id"] for one in asked_as().announcements_list()] == [draft]


def test_the_preview_counts_whom_it_reaches(noon, asked_as, holders, berlin):
    assert asked_as().announcement(berlin)["reach"] == 1
    assert asked_as().announcement_reach(countries=["DE"]) == {"reach": 2}
    assert asked_as().announcement_reach() == {"reach": 3}


def test_a_repeated_draft_is_one_announcement(noon, asked_as):
    first, second = (asked_as("op|same").draft_announcement(by="op", **BERLIN) for _ in range(2))
    assert first == second
    assert len(asked_as().announcements_list()) == 1


def test_lines_stay_lines_and_are_cleaned(noon, asked_as, berlin):
    assert asked_as().announcement(berlin)["text"] == "Opens in May.\nSeats are few."


def test_an_unknown_announcement_is_not_found(asked_as):
    with pytest.raises(NotFound):
        asked_as().announcement("nowhere")


# -- activity


@pytest.mark.feature("F3.4")
def test_the_account_tells_of_its_making_and_of_addresses(asked_as, registered_ada):
    home = {"country": "GB", "lines": ["12 Box Hill Road"], "city": "Dorking", "state": "", "postal_code": "RH5 6BY"}
    asked_as().change_address(registered_ada, **home)
    asked_as().log_in("ada@example.org", "correct horse battery")
    assert [line["code"] for line in asked_as().activity(registered_ada)] == ["address-changed", "account-created"]
    assert [line["code"] for line in asked_as().overview(registered_ada)["activity"]] == [
        "address-changed",
        "account-created",
    ]
