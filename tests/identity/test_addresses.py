# ruff: noqa: RUF001 - letters of other scripts that look like ours are what is tested
import pytest

from chassis.decider import Rejected
from services.identity.domain.address import Address, only_addresses_that_parcels_reach
from services.identity.domain.po_boxes import is_po_box
from tests.identity import address_lines

REFUSED_BY_THE_RULE = ["PO Box 12", "P.O.Box 12", "p o box 7", "Postfach 10 01", "Apartado 44"]
PASSED_BY_THE_RULE = ["12 Box Hill Road", "Postbusstraat 4", "Apt 5", "Boxberger Str. 3"]

BOXES = {
    "US": ["P.O. BOX 77", "Post Office Box 3", "PO BOX A-12", "POB 1200", "P O B 5", "c/o Smith, PO Box 12"],
    "GB": ["P O Box No. 9", "Po.Box 4", "PO-Box 18", "P.0. Box 6"],
    "IN": ["Post Box No. 4021", "P.O. Box No 15, Fort"],
    "DE": ["Postfach", "Post-Fach 12 34", "POSTFACH 100", "Postfach10"],
    "AT": ["Postfach 5, 1010 Wien"],
    "CH": ["Case postale 88", "Casella postale 7"],
    "FR": ["BP 12", "B.P. 512", "BP n° 4", "Boîte postale 9", "BOITE POSTALE 41", "12 rue Neuve BP 7"],
    "CI": ["01 BP 1234 Abidjan 01", "Zone du Parc BP 12"],
    "ES": ["Apartado de Correos 19", "Apdo. 33", "Apartado postal nº 5"],
    "MX": ["Apdo. Postal 20", "APARTADO POSTAL 9", "Centro Doc Apartado 9"],
    "CO": ["Apartado Aéreo 4976"],
    "IT": ["Casella Postale 101", "CASELLA POSTALE"],
    "BR": ["Caixa Postal 6023", "Cx. Postal 44"],
    "PT": ["Apartado 1013"],
    "NL": ["Postbus 20", "postbus 90801", "Post bus 7"],
    "ZA": ["Posbus 54"],
    "SE": ["Box 12", "BOX 7004", "Box nr 5", "Box 12A"],
    "NO": ["Postboks 1423"],
    "PL": ["Skrytka pocztowa 11"],
    "TR": ["Posta kutusu 8"],
    "GR": ["Τ.Θ. 1234", "Ταχ. Θυρίδα 7"],
    "RU": ["а/я 12", "А/Я № 7", "а / я 100", "абонентский ящик 5"],
    "JP": ["新宿郵便局私書箱12号", "私書箱 4"],
    "CN": ["北京市100信箱 邮政信箱12"],
    "SA": ["ص.ب. 123", "صندوق بريد 99"],
    "IL": ["ת.ד. 45"],
    "everywhere": [
        "ＰＯ ＢＯＸ ５",
        "P\u200bO Bo\u200bx 5",
        "  p  .o.   box   9 ",
        "P.O.\u00a0Box 3",
        "P\u0332O\u0332 Box 3",
    ],
}
STREETS = {
    "US": ["1 Boxwood Lane", "PMB 12, 345 Main St", "Post Office Road 5", "123 Any Street", "Apt 5, Box Elder County"],
    "GB": ["Old Post Office, Box Lane", "Boxall House", "3 The Box", "Poborough 7"],
    "DE": ["Postfachstraße 3", "Am Postplatz 10", "Boxhagener Str. 12", "Fach 5"],
    "FR": ["12 rue des Postes", "Bât. B, P 3", "BP Relais Autoroute", "5 bis rue Bp"],
    "ES": ["Calle del Apartado 10", "Apartamento 4", "Calle Correos 5"],
    "IT": ["Via Po 12", "Via Po B 12", "Corso Casella 4"],
    "NL": ["Postbusstraat 12", "Busstation 4", "Boxtelseweg 7"],
    "SE": ["Boxholmsvägen 3", "Box 12 Hill Street"],
    "MX": ["C.P. 06600", "Calle Apartado 5", "C/ Apartado 5"],
    "BR": ["Rua Caixa 5", "Avenida Postal 9"],
    "RU": ["ул. Ящикова 5", "ул. Ленина, д. 12"],
    "JP": ["東京都新宿区西新宿2-8-1", "箱根町5"],
    "GR": ["Θησέως 12", "Τρικούπη 4"],
    "PL": ["ul. Pocztowa 5"],
    "IL": ["רחוב הדוד 5"],
}


def address(*lines: str, city: str = "London", state: str = "") -> Address:
    return Address(country="GB", lines=lines, city=city, state=state, postal_code="SW1Y 4LB")


def each(corpus: dict[str, list[str]]) -> list:
    return [pytest.param(line, id=f"{place}: {line}") for place, lines in corpus.items() for line in lines]


@pytest.mark.rule("R-D2")
@pytest.mark.parametrize("line", REFUSED_BY_THE_RULE)
def test_the_rules_own_examples_of_boxes_are_refused(line):
    with pytest.raises(Rejected) as refusal:
        only_addresses_that_parcels_reach(address(line))
    assert (refusal.value.code, refusal.value.details) == ("po-box-address", {"line": 1})


@pytest.mark.rule("R-D2")
@pytest.mark.parametrize("line", PASSED_BY_THE_RULE)
def test_the_rules_own_examples_of_streets_pass(line):
    assert only_addresses_that_parcels_reach(address(line)) == address(line)


@pytest.mark.rule("R-D1")
@pytest.mark.feature("F2.2")
@pytest.mark.parametrize("line", each(BOXES))
def test_a_box_is_recognised_in_many_languages(line):
    assert is_po_box(line)


@pytest.mark.rule("R-D1")
@pytest.mark.parametrize("line", each(STREETS))
def test_a_street_that_only_sounds_like_a_box_passes(line):
    assert not is_po_box(line)


@pytest.mark.rule("R-D1")
@pytest.mark.rule("R-D2")
@pytest.mark.parametrize("country", address_lines.BOXES)
def test_lines_as_people_of_fifteen_countries_write_them(country):
    boxes, streets = address_lines.BOXES[country], address_lines.STREETS[country]
    assert [line for line in (*boxes, *streets) if is_po_box(line)] == boxes


def test_at_least_half_of_a_hundred_and_fifty_lines_must_pass():
    boxes, streets = (sum(map(len, lines.values())) for lines in (address_lines.BOXES, address_lines.STREETS))
    assert len(address_lines.BOXES) == 15
    assert boxes + streets >= 150
    assert streets >= boxes


@pytest.mark.rule("R-D1")
@pytest.mark.parametrize("box", ["PO Box 12", "Postfach 1", "а/я 9"])
def test_upper_case_lower_case_and_missing_spaces_make_no_difference(box):
    assert [is_po_box(spelling) for spelling in (box.upper(), box.lower(), box.replace(" ", ""))] == [True, True, True]


@pytest.mark.rule("R-D1")
@pytest.mark.feature("F2.2")
@pytest.mark.parametrize(
    ("where", "lines", "city", "state"),
    [
        (1, ("PO Box 1",), "London", ""),
        (2, ("12 St James's Square", "PO Box 1"), "London", ""),
        (3, ("12 St James's Square", "Flat 2", "PO Box 1"), "London", ""),
        ("city", ("12 St James's Square",), "PO Box 1", ""),
        ("state", ("12 St James's Square",), "London", "PO Box 1"),
    ],
)
def test_the_refusal_names_the_line_and_never_its_text(where, lines, city, state):
    with pytest.raises(Rejected) as refusal:
        only_addresses_that_parcels_reach(address(*lines, city=city, state=state))
    assert refusal.value.details == {"line": where}


@pytest.mark.rule("R-D2")
def test_a_private_mailbox_passes_with_a_warning():
    assert address("345 Main St", "PMB 12").warnings == ("private-mailbox",)
    assert address("345 Main St", "P.M.B. #12").warnings == ("private-mailbox",)
    assert address("345 Main St").warnings == ()
    only_addresses_that_parcels_reach(address("345 Main St", "PMB 12"))
