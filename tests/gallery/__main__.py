"""`python -m tests.gallery [--url URL] [--guide]`: start the demo programme, or use one, and take pictures."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Template

from deploy.demo import seed
from deploy.environment import ROOT
from tests.gallery.guide import PICTURES
from tests.gallery.shots import Shot, all_shots, unknown
from tests.gallery.studio import LOOKS, Look, PictureFailed, Studio, studio
from tests.system import System

GALLERY = ROOT / "var" / "gallery"
GUIDE = ROOT / "gateway" / "static" / "guide"


def main() -> int:
    """Take the pictures; 1 when a page has none."""
    choices = options()
    shots = [shot for shot in all_shots() if choices.only in shot.name]
    looks = [look for look in LOOKS if choices.look in look.name]
    with portal(choices.url) as origin, studio(origin) as taken:
        missing = take_guide(taken) if choices.guide else take_all(taken, shots, looks)
    for complaint in [*missing, *(f"{path} needs an example in tests/gallery/shots.py" for path in unknown())]:
        print(f"No picture: {complaint}", file=sys.stderr)  # noqa: T201 - this is a command
    return 1 if missing or unknown() else 0


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description="Pictures of every page.")
    parser.add_argument("--url", default="", help="of a running portal with the demo programme; else one is started")
    parser.add_argument("--guide", action="store_true", help="only the pictures of the user guide")
    parser.add_argument("--only", default="", metavar="WORD", help="only pictures with this word in their name")
    parser.add_argument("--look", default="", metavar="WORD", help="only looks with this word in their name")
    return parser.parse_args()


@contextmanager
def portal(url: str) -> Iterator[str]:
    """The address of a portal with the demo programme."""
    if url:
        yield url.rstrip("/")
        return
    with TemporaryDirectory(prefix="certtrack-gallery-") as folder, System(Path(folder), "sqlite") as system:
        seed(system.installation)
        yield system.url


def take_all(taken: Studio, shots: list[Shot], looks: list[Look]) -> list[str]:
    """Every shot in every look, and a page that shows them; what failed."""
    missing = []
    for look in looks:
        folder = GALLERY / look.name
        folder.mkdir(parents=True, exist_ok=True)
        for shot in shots:
            try:
                taken.photograph(look, shot, folder / f"{shot.name}.png")
            except PictureFailed as why:
                missing.append(f"{look.name}, {why}")
    template = Template((Path(__file__).parent / "index.html").read_text("utf-8"), autoescape=True)
    (GALLERY / "index.html").write_text(template.render(shots=shots, looks=looks), "utf-8")
    print(f"{len(shots)} pages in {len(looks)} looks: {GALLERY / 'index.html'}")  # noqa: T201 - this is a command
    return missing


def take_guide(taken: Studio) -> list[str]:
    """The guide's pictures, small; what failed."""
    GUIDE.mkdir(parents=True, exist_ok=True)
    missing = []
    for name, picture in PICTURES.items():
        try:
            taken.crop(LOOKS[0], picture.shot, picture.part, GUIDE / f"{name}.webp")
        except PictureFailed as why:
            missing.append(str(why))
    return missing


if __name__ == "__main__":
    sys.exit(main())
