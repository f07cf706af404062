"""The search for personal words in logs finds them; each installation of the tests is searched when it stops."""

import pytest

from tests.log_search import personal

ID = "8EN2QAPRF72SBVHEA29MX1Q3WA"
SECRET = f"{ID}.{'aB3' * 14}x"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('{"event": "mail-sent", "to": "ada@example.org"}', "an e-mail address"),
        ("GET /unlock?email=ada%40example.org", "an e-mail address"),
        ('{"name": "Ada Lovelace"}', "a name"),
        ("password=correct horse battery", "a password"),
        ("Authorization: Bearer eyJhbGciOiJFZDI1NTE5In0x.eyJpc3MiOiJjZXJ0dHJhY2sifQ.c2lnbmF0dXJl", "a token"),
        (f"GET /confirm?link={SECRET}", "the secret of a session or a link"),
    ],
)
def test_what_belongs_to_people_is_found_with_its_place_and_not_repeated(tmp_path, line, kind):
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "identity.log").write_text(f"started\n{line}\n")
    assert personal(tmp_path) == [f"identity.log:2 tells {kind}"]


def test_ids_moments_and_places_are_fine(tmp_path):
    (tmp_path / "supervisor.log").write_text(f'{{"candidate_id": "{ID}", "place": "services.identity.service:12"}}\n')
    assert personal(tmp_path) == []
