"""7. Download certification logos."""

from gateway.guide.parts import Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="logos",
    title=words("Download certification logos"),
    tasks=(
        Task(
            title=words("How to download certification logos"),
            steps=(
                Step(
                    words("Open %(page)s. It lists the logos of your active certifications."), "/certifications/logos"
                ),
            ),
            notes=(words("The logo terms say how a logo may be used; it may be used only while you are certified."),),
        ),
    ),
)
