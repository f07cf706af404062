"""5. Review continuing education."""

from gateway.guide.parts import Picture, Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="continuing-education",
    title=words("Review continuing education"),
    tasks=(
        Task(
            title=words("Review continuing education credit"),
            steps=(
                Step(
                    words("Open %(page)s. It shows your balance, when the cycle ends, and every claim."),
                    "/certifications/continuing-education",
                ),
            ),
            picture=Picture("credits", words("The balance of credits and the claims")),
            notes=(
                words("Credits renew certifications; they never replace the exams that earn one for the first time."),
            ),
        ),
        Task(
            title=words("Claim credits"),
            steps=(
                Step(
                    words("On %(page)s, accept the terms before your first claim, then press %(name)s."),
                    "/certifications/continuing-education",
                    words("Claim credits"),
                ),
                Step(
                    words("Choose the item, give the day of completion, and press %(name)s."),
                    "/certifications/continuing-education/new",
                    words("Save and go on"),
                ),
                Step(words("Add the evidence that the item asks for, and hand the claim in.")),
            ),
            notes=(words("A claim must come within 90 days of the completion."),),
        ),
    ),
)
