"""5. Review continuing education."""

from gateway.guide.parts import Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="continuing-education",
    title=words("Review continuing education"),
    tasks=(
        Task(
            title=words("Review continuing education credit"),
            steps=(
                Step(words("Open %(page)s."), "/certifications/continuing-education"),
                Step(
                    words("The balance towards your next renewal also stands below the list on %(page)s."),
                    "/certifications",
                ),
            ),
            notes=(
                words("Credits renew certifications; they never replace the exams that earn one for the first time."),
            ),
        ),
    ),
)
