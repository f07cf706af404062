"""Replay equals live: whatever happened, projecting all facts again gives the same rows."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from chassis.applying import Applying
from chassis.decider import Rejected
from chassis.frame import Frame
from chassis.rebuilding import Rebuilding
from services.identity.domain.account import account
from services.identity.domain.consent import GiveConsent, consent
from services.identity.domain.grant import GiveGrant, ReplaceRefreshToken, grant
from services.identity.domain.partner import AddPartner, RemovePartner, partner
from services.identity.domain.passkey import LogInByPasskey, RegisterPasskey, RenamePasskey
from services.identity.domain.second_factor import Code, TurnOnAuthenticator
from services.identity.projections import (
    accounts,
    announcements,
    clients,
    companies,
    consents,
    credentials,
    grants,
    groups,
    partners,
    people,
    profiles,
    searching,
    sessions,
    shells,
    sign_in,
)
from services.identity.projections.activity import ACTIVITY
from services.identity.service import PLAN
from tests.identity.front_door import mailed_link

pytestmark = pytest.mark.thorough
"""Each is a whole life of everybody."""

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOME = {"country": "GB", "lines": ["12 St James's Square"], "city": "London", "state": "", "postal_code": "SW1Y 4LB"}
NOTICE = {"title": "Hello", "text": "World", "shown_from": "2026-01-01T00:00Z", "shown_until": "2999-01-01T00:00Z"}
TABLES = (
    accounts.table, shells.table, profiles.table, people.table, credentials.table, sessions.table, partners.table,
    groups.table, groups.members, searching.names, sign_in.authenticators, sign_in.passkeys, ACTIVITY.table,
    announcements.table, announcements.dismissed, clients.table, grants.table, consents.table, companies.table,
)  # fmt: skip


def rebuilding(frame: Frame) -> Rebuilding:
    def nobody(*_: object, **__: object) -> None:
        raise AssertionError("identity projects its own facts only")

    applying = Applying(frame.database, frame.committer, frame.revealer, classes={}, react=lambda *_: None)
    return Rebuilding(
        frame.database,
        frame.committer,
        applying,
        frame.revealer,
        source="identity",
        vocabulary=frame.vocabulary,
        projections=PLAN.projections,
        call=nobody,
    )


def more_ways_in(desk, account_id: str) -> None:
    """An authenticator and a passkey."""
    box = desk.seal(account_id, "My phone")
    passkey = {"passkey_id": f"PK-{account_id}", "name": box}
    for command in (
        TurnOnAuthenticator(secret=box, first=Code(1), recovery_hashes=("h1",), at=NOON),
        RegisterPasskey(**passkey, public_key="K", sign_count=0, at=NOON),
        LogInByPasskey(passkey_id=passkey["passkey_id"], sign_count=1, at=NOON),
        RenamePasskey(**passkey),
    ):
        desk.handle(account, account_id, command, subject=account_id)


def rows(frame: Frame) -> dict[str, list[tuple]]:
    with frame.database.read() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=str) for table in TABLES}


@pytest.fixture
def lived(frame, asked_as, ada) -> Frame:
    """Ada is complete and logged in, Grace has logged out, Linus was erased; a partner came, went, came."""
    ids = {}
    booked = {"first_name": "grace", "last_name": "Lovelace", "email": "grace@example.org", "booked_on": "2024-01-01"}
    asked_as().report_candidate(provider_id="VUE-1906", **booked)
    for name in ("ada", "grace", "linus"):
        ids[name] = asked_as(name).register(**ada | {"email": f"{name}@example.org", "first_name": name})[
            "candidate_id"
        ]
        asked_as().confirm_email(mailed_link(frame, "confirm-email", ids[name]))
        opened = asked_as().log_in(f"{name}@example.org", ada["password"])
        ids[name], session = opened["candidate_id"], opened["session"]
        asked_as().change_address(ids[name], **HOME)
        asked_as().change_company(ids[name], "Engines Ltd")
        asked_as().request_erasure(ids[name])
        if name == "grace":
            asked_as().log_out(session)
    with pytest.raises(Rejected):
        asked_as().log_in("ada@example.org", "wrong horse battery")
    for name in ("ada", "linus"):
        asked_as().change_language(ids[name], language="ar")
        asked_as().staff_add(f"{name}@example.org", "support")
        more_ways_in(asked_as().desk, ids[name])
    asked_as().erase(ids["linus"])
    app = asked_as().clients_add("Ada's app", ["https://app.example/back"], ["openid"])["client_id"]
    for name in ("ada", "grace"):
        asked_as().desk.handle(
            consent, f"CONSENT-{name}", GiveConsent(client_id=app, scopes=("openid",)), subject=ids[name]
        )
        given = GiveGrant(client_id=app, scopes=("openid",), refresh_hash="h1", at=datetime.now(UTC))
        asked_as().desk.handle(grant, f"G-{name}", given, subject=ids[name])
        replaced = ReplaceRefreshToken(client_id=app, presented_hash="h1", refresh_hash="h2", at=datetime.now(UTC))
        asked_as().desk.handle(grant, f"G-{name}", replaced, subject=ids[name])
    asked_as().withdraw_program(ids["grace"], app)
    known = ("testing.ExamPassed",)
    for step in (
        AddPartner(name="acme", events=known, start="now", known=known),
        RemovePartner(name="acme"),
        AddPartner(name="acme", events=known, start="beginning", known=known),
    ):
        asked_as().desk.handle(partner, "acme", step, subject="")
    told = asked_as().draft_announcement(by="op", **NOTICE)["announcement_id"]
    asked_as().publish_announcement(told, by="op")
    asked_as().dismiss_announcement(ids["ada"], told)
    return frame


def test_verifying_finds_replay_equal_to_live(lived):
    report = rebuilding(lived).verify()
    assert report["differences"] == {}
    assert report["tables"] == {
        "accounts": 2, "shells": 1,
        "profiles": 2, "people": 2, "credentials": 2, "sessions": 1, "partners": 1, "groups": 4, "group_members": 1,
        "name_words": 4, "held_certifications": 0,
        "activity": 6, "announcements": 1, "dismissed_announcements": 1, "standings": 0,
        "authenticators": 1, "passkeys": 1, "oauth_clients": 1, "oauth_grants": 1, "oauth_consents": 1,
        "companies_to_review": 2,
        "preferences": 1, "cases": 0, "case_messages": 0, "aliases": 0, "open_kits": 0,
    }  # fmt: skip


def test_verifying_finds_a_row_that_was_falsified_by_hand(lived):
    with lived.database.write() as connection:
        connection.execute(update(partners.table).values(generation=7))
    assert rebuilding(lived).verify()["differences"] == {"partners": [["acme"]]}


@pytest.mark.parametrize(
    "name",
    [
        "accounts",
        "shells",
        "profiles",
        "people",
        "credentials",
        "sessions",
        "sign_in",
        "grants",
        "consents",
        "companies",
        "partners",
        "announcements",
    ],
)
def test_a_rebuilt_projection_is_the_live_one(lived, name):
    before = rows(lived)
    rebuilding(lived).rebuild(name)
    assert rows(lived) == before


@pytest.mark.rule("R-P1")
def test_an_erased_person_does_not_come_back_by_a_rebuild(lived):
    rebuilding(lived).rebuild("profiles")
    assert sorted(row[2] for row in rows(lived)["profiles"]) == ["ada", "grace"]
