"""How tests start Debian's Chromium: never a downloaded one, and nothing in it calls home."""

from typing import Any

from tests.judges.programs import program

QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
)  # fmt: skip
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def launch_options() -> dict[str, Any]:
    """For `playwright.chromium.launch`; JudgeMissing where there is no Chromium."""
    return {"executable_path": program("chromium"), "chromium_sandbox": False, "args": list(QUIET)}
