"""What audiences are chosen from is what the programme has."""

import yaml

from contracts.catalogue import FOLDER
from gateway.console.audiences import LEVELS, TRACKS


def test_levels_and_tracks_are_those_of_the_catalogue():
    catalogue = yaml.safe_load((FOLDER / "certifications.yaml").read_text("utf-8"))
    assert list(LEVELS) == [level["id"] for level in catalogue["levels"]]
    assert list(TRACKS) == sorted({one["track"] for one in catalogue["certifications"]})
