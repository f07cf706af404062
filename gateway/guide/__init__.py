"""The user guide as data: one file per section, in the order in which candidates need them (F3.7)."""

from gateway.guide import (
    continuing_education,
    dashboard,
    kits,
    log_in,
    logos,
    personal_info,
    progress,
    scheduling,
    testing_history,
    transcripts,
)
from gateway.guide.parts import Section

SECTIONS: tuple[Section, ...] = (
    log_in.SECTION,
    personal_info.SECTION,
    dashboard.SECTION,
    progress.SECTION,
    continuing_education.SECTION,
    testing_history.SECTION,
    logos.SECTION,
    kits.SECTION,
    transcripts.SECTION,
    scheduling.SECTION,
)
