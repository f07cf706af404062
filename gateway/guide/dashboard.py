"""3. Landing page."""

from gateway.guide.parts import Picture, Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="landing-page",
    title=words("Landing page"),
    tasks=(
        Task(
            title=words("Landing page (announcements, recent activity, upcoming expirations)"),
            text=(
                words(
                    "The dashboard opens after the log-in. It shows what waits for you, what is new, what you did "
                    "lately and what expires within 180 days, with the cheapest way to renew it."
                ),
            ),
            steps=(
                Step(words("Open %(page)s at any time by the menu."), "/home"),
                Step(
                    words("Press %(name)s to see how and where exams are booked."), "/home", words("Schedule an Exam")
                ),
                Step(
                    words("Under %(name)s each line leads to the page that tells more."),
                    "/home",
                    words("Recent activity"),
                ),
                Step(
                    words("%(name)s lists active certifications that end within 180 days, soonest first."),
                    "/home",
                    words("Upcoming expirations"),
                ),
            ),
            notes=(
                words(
                    "If a part of the system does not answer, its place says so. Nothing is lost; reload the page in a "
                    "moment."
                ),
            ),
            picture=Picture("dashboard", words("The dashboard after the log-in")),
        ),
    ),
)
