"""Where the people of the demo programme live: addresses as the post of each country wants them."""

from typing import Any


def _home(country: str, line: str, city: str, postal_code: str = "", state: str = "") -> dict[str, Any]:
    return {"country": country, "lines": [line], "city": city, "state": state, "postal_code": postal_code}


HOMES: dict[str, dict[str, Any]] = {
    "Aarhus": _home("DK", "Banegade 1", "Aarhus C", "8000"),
    "Amsterdam": _home("NL", "Stationsplein 1", "Amsterdam", "1012 AB"),
    "Austin": _home("US", "1 Congress Avenue", "Austin", "78701", "TX"),
    "Boston": _home("US", "1 Station Street", "Boston", "02110", "MA"),
    "Brno": _home("CZ", "Nádražní 1", "Brno", "602 00"),
    "Dubai": _home("AE", "Station Road 1", "", "", "Dubai"),
    "Leipzig": _home("DE", "Bahnhofstraße 1", "Leipzig", "04109"),
    "Osaka": _home("JP", "大阪市北区梅田1-1", "", "530-0001", "大阪府"),
    "Oslo": _home("NO", "Jernbanegata 1", "Oslo", "0154"),
    "Plzen": _home("CZ", "Nádražní 1", "Plzeň", "301 00"),
    "Porto": _home("PT", "Rua da Estação 1", "Porto", "4000-001"),
    "Recife": _home("BR", "Rua da Estação 1", "Recife", "50030-000", "PE"),
    "Seville": _home("ES", "Calle Estación 1", "Sevilla", "41003", "Sevilla"),
    "Singapore": _home("SG", "1 Station Road", "", "018956"),
    "Sofia": _home("BG", "ul. Garova 1", "Sofia", "1000"),
    "Szeged": _home("HU", "Állomás utca 1", "Szeged", "6720"),
    "Uppsala": _home("SE", "Järnvägsgatan 1", "Uppsala", "753 20"),
    "Utrecht": _home("NL", "Stationsplein 1", "Utrecht", "3511 ED"),
    "Zagreb": _home("HR", "Kolodvorska 1", "Zagreb", "10000"),
}
"""By the city that the person says; its post may write it in another way."""
