import pytest

from services.fulfillment.domain.printed_name import same_name


@pytest.mark.rule("R-N1")
@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("ADA  LOVELACE ", "Ada Lovelace"),
        ("Jean Luc Picard", "Jean-Luc Picard"),
        ("Jean\u2010Luc Picard", "Jean-Luc Picard"),
        ("Gro\u00df", "GROSS"),
        ("Zoe\u0308 Noe\u0308l", "Zo\u00eb No\u00ebl"),
        ("Zoe Noel", "Zo\u00eb No\u00ebl"),
        ("\uff21\uff44\uff41 Lovelace", "Ada Lovelace"),
        ("\u0130pek", "ipek"),
    ],
)
def test_spellings_of_one_name_agree(typed, known):
    assert same_name(typed, known)


@pytest.mark.rule("R-N1")
@pytest.mark.parametrize(
    ("typed", "known"),
    [("Ada King", "Ada Lovelace"), ("Lovelace Ada", "Ada Lovelace"), ("Adalovelace", "Ada Lovelace"), ("", "Ada")],
)
def test_other_names_differ(typed, known):
    assert not same_name(typed, known)
