"""Erasure with time to think, and data whose time is over (R-P1, R-P2)."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect

import contracts
from chassis.clock import Clock
from chassis.errors import NotFound
from chassis.service import Effect
from deploy import backup
from services.identity.projections import log_ins
from services.identity.service import IdentityService
from tests.certification.pages import press
from tests.front_door import Door
from tests.gateway.pages import follow
from tests.identity.front_door import HOME, facts, mailed
from tests.whole_house import whole_house

TWO_WEEKS = 14


@pytest.fixture
def later(frame, monkeypatch):
    def travel(days: int) -> None:
        monkeypatch.setattr(frame, "clock", Clock(offset_days=days, mode="test"))

    return travel


@pytest.mark.rule("R-P1")
@pytest.mark.feature("F2.11")
def test_nothing_is_erased_before_two_weeks_are_over(frame, asked_as, joined, later):
    ada = joined("ada")
    due = asked_as().request_erasure(ada)["erased_on"]
    assert due == (frame.clock.today() + timedelta(TWO_WEEKS)).isoformat()
    later(TWO_WEEKS - 1)
    assert asked_as().daily()["erased"] == 0
    assert asked_as().profile(ada)["erased_on"] == due
    later(TWO_WEEKS)
    assert asked_as().daily()["erased"] == 1
    assert asked_as().daily()["erased"] == 0
    with pytest.raises(NotFound):
        asked_as().profile(ada)
    assert facts(frame).count("account-erased") == 1


@pytest.mark.rule("R-P1")
def test_whoever_thinks_better_of_it_stays(frame, asked_as, joined, later):
    ada = joined("ada")
    asked_as().request_erasure(ada)
    asked_as().withdraw_erasure(ada)
    later(TWO_WEEKS + 1)
    asked_as().daily()
    assert asked_as().profile(ada)["erased_on"] is None
    letters = [told.get("letter") for told in mailed(frame)]
    assert letters[-2:] == ["erasure-requested", "erasure-withdrawn"]


@pytest.mark.rule("R-P1")
def test_asking_twice_makes_nobody_wait_longer(frame, asked_as, joined, later):
    ada = joined("ada")
    due = asked_as().request_erasure(ada)["erased_on"]
    later(5)
    assert asked_as().request_erasure(ada)["erased_on"] == due
    assert facts(frame).count("erasure-requested") == 1


@pytest.mark.rule("R-P2")
def test_who_was_not_seen_for_ten_years_and_holds_nothing_is_erased(frame, asked_as, joined, later):
    ada = joined("ada")
    later(365 * 10)
    asked_as().daily()
    assert asked_as().profile(ada)["name"] == "Ada Lovelace"
    later(366 * 10 + 1)
    assert asked_as().daily()["unseen"] == 1
    with pytest.raises(NotFound):
        asked_as().profile(ada)


@pytest.mark.rule("R-P2")
def test_log_ins_are_forgotten_after_a_year(frame, asked_as, joined, later):
    ada = joined("ada")
    assert [one["what"] for one in asked_as().log_in_history(ada)] == ["succeeded"]
    later(367)
    asked_as().daily()
    assert asked_as().log_in_history(ada) == []
    with frame.database.read() as connection:
        assert connection.execute(log_ins.table.select()).all() == []


@pytest.mark.rule("R-P2")
def test_the_audit_trail_is_kept_for_a_year(asked_as, joined, later):
    ada = joined("ada")
    asked_as().record_access("VERA", "candidate-viewed", about=ada, place="/console/candidates")
    later(360)
    asked_as().daily()
    assert asked_as().accesses(about=ada)["total"] == 1
    later(367)
    asked_as().daily()
    assert asked_as().accesses(about=ada)["total"] == 0


@pytest.mark.feature("F2.9")
def test_a_profile_is_looked_at_again_after_a_year(frame, asked_as, joined, later):
    ada = joined("ada")
    asked_as().give_birth_date(ada, "1990-12-10")
    asked_as().answer_news(ada, False)
    asked_as().change_address(ada, **HOME)
    later(366)
    assert (asked_as().daily()["reviews"], asked_as().daily()["reviews"]) == (1, 0)
    profile = asked_as().profile(ada)
    assert (profile["complete"], profile["missing"]) == (False, ["review"])
    asked_as().confirm_profile(ada)
    assert asked_as().profile(ada)["complete"] is True
    later(366 + 365)
    assert asked_as().daily()["reviews"] == 0


@pytest.mark.rule("R-P1")
def test_after_the_erasure_no_table_and_no_file_knows_anything_personal(frame, asked_as, joined, settings):
    ada = joined("ada")
    asked_as().give_birth_date(ada, "1990-12-10")
    asked_as().change_address(ada, **HOME)
    asked_as().change_company(ada, "Analytical Engines Ltd")
    asked_as().change_job_title(ada, "Countess")
    asked_as().change_local_script(ada, "エイダ", ["神南"])
    asked_as().open_case("other", "I am Ada Lovelace of London.", candidate_id=ada)
    for number, told in enumerate(mailed(frame)):
        asked_as().send_mail(Effect(f"k{number}", "mail", ada, told, frame.clock.now()))
    assert found_in(frame, settings) != set()
    asked_as().erase(ada)
    assert found_in(frame, settings) == set()


@pytest.mark.rule("R-P2")
@pytest.mark.feature("F2.11")
def test_what_people_read_of_themselves_is_everything_but_secrets(asked_as, joined):
    ada = joined("ada")
    asked_as().change_job_title(ada, "Countess")
    facts_told = asked_as().own_account_facts(ada)["facts"]
    told = str(facts_told)
    assert {"Lovelace", "ada@example.org", "Countess", "site-terms"} <= {
        word for word in ("Lovelace", "ada@example.org", "Countess", "site-terms") if word in told
    }
    assert "argon2" not in told
    assert "hash" not in told


@pytest.mark.rule("R-P2")
def test_a_record_that_was_joined_tells_what_the_account_knew_before(asked_as, signed_up, ada):
    booked = {"first_name": "Ada", "last_name": "Lovelace", "email": ada["email"], "booked_on": "2024-01-01"}
    record = asked_as("b").report_candidate(provider_id="VUE-1", **booked)["candidate_id"]
    signed_up("ada")
    assert asked_as().log_in(ada["email"], ada["password"])["candidate_id"] == record
    names = [fact["name"] for fact in asked_as().own_account_facts(record)["facts"]]
    assert {"candidate-shell-created", "account-mapped", "account-registered"} <= set(names)


PERSONAL = ("Lovelace", "ada@example.org", "James's Square", "Analytical", "Countess", "エイダ", "神南", "1990-12-10")


def found_in(frame, settings) -> set[str]:
    """Which of Ada's words stand in any table or file."""
    with frame.database.read() as connection:
        tables = inspect(connection).get_table_names()
        texts = [str(connection.exec_driver_sql(f'select * from "{table}"').all()) for table in tables]
    mails = [file.read_text() for file in (settings.data / "mailbox").glob("*.eml")]
    return {word for word in PERSONAL for text in (*texts, *mails) if word in text}


@pytest.mark.rule("R-P1")
def test_whoever_comes_back_from_an_older_backup_is_erased_again(frame, settings, tmp_path, asked_as, joined):
    ada, grace = joined("ada"), joined("grace", email="grace@example.org")
    copy = tmp_path / "copy"
    backup.copy_out(settings.database_url, copy)
    asked_as().erase(ada)
    erased = backup.erased_in(settings.database_url)
    assert erased == [ada]
    frame.database.close()
    backup.copy_in(copy, settings.database_url)
    backup.erase_again(settings.database_url, erased)
    frame.revealer.forget(ada)
    frame.committer._deciding.streams.forget([f"account-{ada}"])
    assert asked_as().profile(ada)["email"] == "ada@example.org"
    assert asked_as().daily()["restored"] == 1
    with pytest.raises(NotFound):
        asked_as().profile(ada)
    assert asked_as().profile(grace)["email"] == "grace@example.org"
    assert asked_as().daily()["restored"] == 0


@pytest.mark.rule("R-P1")
def test_no_page_of_the_file_keeps_what_was_erased(frame, settings, asked_as, joined):
    if frame.database.is_postgresql:
        pytest.skip("PostgreSQL cleans its pages by itself")
    ada = joined("ada", first_name="Zqxvbnm")
    asked_as().change_address(ada, **HOME | {"city": "Zqxvbnmton"})
    frame.database.sweep()
    assert "Zqxvbnm" in _bytes(settings)
    asked_as().erase(ada)
    frame.database.sweep()
    assert "Zqxvbnm" not in _bytes(settings)


def _bytes(settings) -> str:
    """Everything in the database's files, page by page, the write-ahead log too."""
    file = backup.sqlite_file(settings.database_url)
    return "".join(one.read_bytes().decode("latin-1") for one in file.parent.glob(f"{file.name}*"))


@pytest.fixture
def on_its_way(frame, joined):
    """Ada has ordered a kit today."""
    ada = joined("ada")
    claimed = contracts.KitClaimed(
        candidate_id=ada, kit_id="K-1", certification="ccna", kind="certificate", order_number="ORD-1",
        claimed_on=frame.clock.today(),
    )  # fmt: skip
    Door(IdentityService, frame).tell(claimed)
    return ada


@pytest.mark.rule("R-P1")
def test_an_erasure_waits_until_the_kit_has_arrived(frame, asked_as, on_its_way, later):
    until = frame.clock.today() + timedelta(weeks=16)
    assert asked_as().open_kits(on_its_way) == {"until": until.isoformat(), "given_up": False}
    asked_as().request_erasure(on_its_way)
    later(TWO_WEEKS + 1)
    assert asked_as().daily()["erased"] == 0
    later(16 * 7 + 1)
    assert asked_as().daily()["erased"] == 1


@pytest.mark.rule("R-P1")
def test_whoever_gives_the_kit_up_later_is_erased_on_the_first_day(frame, asked_as, on_its_way, later):
    due = asked_as().request_erasure(on_its_way)["erased_on"]
    assert asked_as().request_erasure(on_its_way, give_up_kits=True)["erased_on"] == due
    asked_as().request_erasure(on_its_way, give_up_kits=True)
    assert facts(frame).count("erasure-requested") == 2
    later(TWO_WEEKS)
    assert asked_as().daily()["erased"] == 1


@pytest.mark.rule("R-P1")
def test_whoever_stays_has_given_nothing_up(asked_as, on_its_way):
    asked_as().request_erasure(on_its_way, give_up_kits=True)
    asked_as().withdraw_erasure(on_its_way)
    assert asked_as().open_kits(on_its_way)["given_up"] is False


@pytest.mark.rule("R-P1")
@pytest.mark.feature("F2.11")
def test_the_page_and_the_api_say_for_what_the_erasure_waits(tmp_path):
    with whole_house(tmp_path) as house:
        ada = house.person("ada@example.org")
        today = house.clock.today()
        house.doors["identity"].tell(
            contracts.KitClaimed(
                candidate_id=ada, kit_id="K-1", certification="ccna", kind="certificate", order_number="ORD-1",
                claimed_on=today,
            )
        )  # fmt: skip
        browser = house.portal.browser(ada)
        page = follow(browser, "/personal-info/erase")
        assert ("A kit is on its way to you." in page.text, "I give up the kit" in page.text) == (True, True)
        waiting = press(browser, "/personal-info/erase", "/personal-info/erase")
        assert "Give the kit up" in waiting.text
        assert "A kit is on its way" not in press(browser, "/personal-info/erase", "/personal-info/erase").text
        assert house.ask("identity").open_kits(ada)["given_up"] is True
        client = house.portal.client(ada)
        asked = client.delete("/api/v1/me?give_up_kits=perhaps", headers={"Idempotency-Key": "e1"})
        assert asked.status_code == 422
        asked = client.delete("/api/v1/me?give_up_kits=true", headers={"Idempotency-Key": "e2"})
        assert (asked.status_code, asked.json()["erased_on"]) == (202, (today + timedelta(TWO_WEEKS)).isoformat())
