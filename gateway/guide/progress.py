"""4. Review certification progress and certification agreement."""

from gateway.guide.parts import Picture, Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="certification-progress",
    title=words("Review certification progress and certification agreement"),
    tasks=(
        Task(
            title=words("Certification status view (page layout)"),
            text=(
                words(
                    "Each line is a certification with its name, abbreviation, group, status, active date and expire "
                    "date. Certifications of which only the first part is passed are “In Progress”."
                ),
            ),
            picture=Picture("certifications", words("The list of certifications with status and dates")),
        ),
        Task(
            title=words("How to review certification status"),
            steps=(
                Step(words("Open %(page)s."), "/certifications"),
                Step(words("Look at the column %(name)s."), "/certifications", words("Expire date")),
                Step(
                    words("Give the code of the column %(name)s to somebody who wants to check the certification."),
                    "/certifications",
                    words("Verification code"),
                ),
                Step(words("Anybody can enter that code on %(page)s and press %(name)s."), "/verify", words("Check")),
            ),
            notes=(words("An expire date is a day on the calendar; it is the same in every time zone."),),
            picture=Picture("verify", words("The page on which anybody can check a code")),
        ),
        Task(
            title=words("How to renew a certification"),
            steps=(
                Step(
                    words("On %(page)s, follow %(name)s. It lists every way to renew, cheapest first."),
                    "/certifications",
                    words("How to renew, and what an exam would bring"),
                ),
            ),
        ),
        Task(
            title=words("Certification history and exam agreement"),
            steps=(
                Step(
                    words("Open %(page)s. Each line is something that earned, renewed or ended a certification."),
                    "/certifications/history",
                ),
                Step(
                    words("To read or accept the agreement, follow %(name)s on %(page)s."),
                    "/certifications",
                    words("Exam Agreement"),
                ),
                Step(
                    words("If a new version waits for you, press %(name)s."),
                    "/certifications/agreement",
                    words("I accept the agreement"),
                ),
            ),
            picture=Picture("certification-history", words("The history of certifications")),
            notes=(words("The certification and confidentiality agreement is accepted at the start of every exam."),),
        ),
    ),
)
