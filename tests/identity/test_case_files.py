"""Evidence in cases: sent by candidates and by people without a log-in, read by them and by support (F1.16)."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from chassis.errors import NotFound
from services.identity.projections import case_files, cases
from services.identity.schemas import LARGEST_FILE, LARGEST_PART
from services.identity.service.parts import parts_of
from tests.gateway.pages import checked, follow
from tests.identity.front_door import facts, refused
from tests.whole_house import WholeHouse, whole_house

PNG = b"\x89PNG\r\n\x1a\n" + b"passport" * 20_000
MAY = ("cases.work",)

# -- at the door -------------------------------------------------------------------------------------------------------


@pytest.fixture
def case_id(asked_as, registered_ada) -> str:
    return asked_as().open_case("name-change", "My new name.", candidate_id=registered_ada)["case_id"]


@pytest.fixture
def sent(asked_as, registered_ada, case_id):
    """Send a file in two parts; gives its id."""
    mine = {"case_id": case_id, "candidate_id": registered_ada}

    def send() -> str:
        file_id = asked_as("send").begin_file(name="Pass Ada.png", media_type="image/png", **mine)["file_id"]
        for number, data in enumerate((PNG[:LARGEST_PART], PNG[LARGEST_PART:])):
            piece = b64encode(data[:LARGEST_PART]).decode()
            asked_as().add_file_part(file_id=file_id, number=number, data=piece, **mine)
        return file_id

    return send


@pytest.mark.feature("F1.16")
@pytest.mark.rule("R-P1")
def test_evidence_is_kept_sealed_and_goes_with_the_person(frame, asked_as, registered_ada, case_id, sent):
    file_id = sent()
    asked_as().reply_to_case(case_id, "Here it is.", candidate_id=registered_ada, files=[file_id])
    [*_, message] = asked_as().case_at_work(case_id)["messages"]
    assert [(one["name"], one["media_type"]) for one in message["files"]] == [("Pass Ada.png", "image/png")]
    assert facts(frame)[-1] == "case-replied"
    with frame.database.read() as connection:
        stored = str([connection.execute(select(one)).all() for one in (case_files.table, case_files.parts)])
    assert ("Pass Ada" in stored, b64encode(b"passportpass").decode() in stored) == (False, False)
    asked_as().erase(registered_ada)
    with frame.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(case_files.parts)).scalar_one() == 0


@pytest.mark.feature("F1.16")
def test_nobody_else_reads_or_sends_files(asked_as, joined, registered_ada, case_id, sent):
    file_id = sent()
    grace = joined("grace", email="grace@example.org")
    for stranger in ({"candidate_id": grace}, {"key": "guessed"}, {}):
        with pytest.raises(NotFound):
            asked_as().file(case_id, file_id, **stranger)
        with pytest.raises(NotFound):
            asked_as().begin_file(case_id, "a.png", "image/png", **stranger)
    other = asked_as().open_case("other", "Mine.", candidate_id=grace)["case_id"]
    with pytest.raises(NotFound):
        asked_as().reply_to_case(other, "Not mine.", candidate_id=grace, files=[file_id])


@pytest.mark.feature("F1.16")
def test_what_is_too_much_is_refused(asked_as, registered_ada, case_id, sent):
    mine = {"case_id": case_id, "candidate_id": registered_ada}
    file_id = sent()
    last = LARGEST_FILE // LARGEST_PART
    refused("file-too-large", asked_as().add_file_part, file_id=file_id, number=last, data="A" * 65536, **mine)
    refused("file-part-malformed", asked_as().add_file_part, file_id=file_id, number=0, data="?", **mine)
    for _ in range(19):
        asked_as().begin_file(name="more.txt", media_type="text/plain", **mine)
    refused("case-full", asked_as().begin_file, name="more.txt", media_type="text/plain", **mine)


@pytest.mark.rule("R-P2")
def test_files_go_three_years_after_the_case_and_forgotten_ones_after_a_day(
    frame, asked_as, registered_ada, case_id, sent
):
    asked_as().reply_to_case(case_id, "Here.", candidate_id=registered_ada, files=[sent()])
    left = asked_as().begin_file(case_id, "left.txt", "text/plain", candidate_id=registered_ada)["file_id"]
    asked_as().close_case(case_id, "solved", "VERA")
    long_ago = datetime.now(UTC) - timedelta(days=2)
    with frame.database.write() as connection:
        connection.execute(update(case_files.table).values(uploaded_at=long_ago))
    asked_as().daily()
    assert [one["file_id"] == left for one in _files(frame)] == [False]
    with frame.database.write() as connection:
        connection.execute(update(cases.table).values(changed_at=datetime.now(UTC) - timedelta(days=3 * 366)))
    asked_as().daily()
    assert _files(frame) == []


def _files(frame) -> list[dict]:
    with frame.database.read() as connection:
        return [dict(row._mapping) for row in connection.execute(select(case_files.table))]


# -- through the portal ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    with whole_house(tmp_path_factory.mktemp("cases")) as opened:
        yield opened


def posted(browser, page: str, **files: tuple[str, bytes]):
    form = follow(browser, page)
    where = page.partition("?")[0]
    entries = {name: value for name, value in form.forms[where].items() if name != "file"}
    return browser.post(where, data={**entries, "text": "Here it is."}, files=files)


@pytest.mark.feature("F1.16")
def test_a_candidate_sends_a_file_and_support_opens_it(house):
    ada = house.person("ada@example.org")
    case_id = house.ask("identity").open_case("name-change", "My new name.", candidate_id=ada)["case_id"]
    browser = house.portal.browser(ada)
    answer = posted(browser, f"/support/cases/{case_id}", file=("pass.png", PNG))
    assert "Your message was sent." in follow(browser, answer.headers["location"]).text
    [*_, message] = house.ask("identity").case_at_work(case_id)["messages"]
    [file] = message["files"]
    assert browser.get(f"/support/cases/{case_id}/files/{file['file_id']}").content == PNG
    vera = house.staff("VERA", *MAY)
    page = follow(vera, f"/console/cases/{case_id}")
    assert f"/console/cases/{case_id}/files/{file['file_id']}" in page.links
    got = vera.get(f"/console/cases/{case_id}/files/{file['file_id']}")
    assert (got.content, got.headers["content-disposition"]) == (PNG, "attachment; filename*=UTF-8''pass.png")
    assert house.ask("identity").accesses(by="VERA", what="case-file-opened")["total"] == 1


@pytest.mark.feature("F1.16")
def test_a_visitor_sends_one_by_the_mailed_link_and_what_is_no_document_is_refused(house):
    case_id = house.ask("identity").open_case("other", "I cannot log in.", email="grace@example.org")["case_id"]
    key = parts_of(house.doors["identity"].frame).links.case_key(case_id)
    browser = house.portal.anybody()
    page = f"/support/cases/{case_id}?key={key}"
    wrong = posted(browser, page, file=("tool.exe", b"MZ\x00\x01" * 100))
    assert (wrong.status_code, "#file" in checked(wrong).links) == (415, True)
    answer = posted(browser, page, file=("note.txt", b"I was there."))
    assert "note.txt" in follow(browser, answer.headers["location"]).text
    [*_, message] = house.ask("identity").case_at_work(case_id)["messages"]
    where = f"/support/cases/{case_id}/files/{message['files'][0]['file_id']}"
    assert browser.get(f"{where}?key={key}").content == b"I was there."
    assert browser.get(where).status_code == 404


@pytest.mark.feature("F1.16")
def test_files_through_the_api(house):
    ada = house.person("api@example.org")
    case_id = house.ask("identity").open_case("name-change", "My new name.", candidate_id=ada)["case_id"]
    client, where = house.portal.client(ada), f"/api/v1/me/cases/{case_id}"
    headers = {"Content-Type": "application/octet-stream", "File-Name": "pass.png", "Idempotency-Key": "f1"}
    sent = client.post(f"{where}/files", content=PNG, headers=headers)
    assert sent.status_code == 201
    file_id = sent.json()["file_id"]
    told = client.post(
        f"{where}/messages", json={"text": "Here.", "files": [file_id]}, headers={"Idempotency-Key": "m1"}
    )
    assert told.status_code == 200
    assert client.get(f"{where}/files/{file_id}").content == PNG
    vera = house.portal.client("VERA", *MAY)
    assert vera.get(f"/api/console/v1/cases/{case_id}/files/{file_id}").content == PNG
    odd = client.post(f"{where}/files", content=b"\x00\x01\x02", headers=headers | {"Idempotency-Key": "f2"})
    assert (odd.status_code, odd.json()["code"]) == (415, "file-type-unknown")
    assert house.portal.client("EVE").get(f"{where}/files/{file_id}").status_code == 404
