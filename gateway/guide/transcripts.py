"""9. Digital badges and transcript."""

from gateway.guide.parts import Picture, Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="transcripts",
    title=words("Digital badges and transcript: third-party verification disclosure"),
    tasks=(
        Task(
            title=words("How to disclose a transcript to third parties"),
            text=(words("A transcript shows employers the certifications that you choose, as they stand today."),),
            steps=(
                Step(words("Open %(page)s."), "/transcripts"),
                Step(words("Press %(name)s."), "/transcripts", words("Create new transcript")),
                Step(
                    words("Choose the certifications and what the reader sees. Under %(name)s give the last day."),
                    "/transcripts/new",
                    words("Can be viewed until"),
                ),
                Step(words("Press %(name)s."), "/transcripts/new", words("Create")),
            ),
            picture=Picture("new-transcript", words("The form that makes a transcript")),
        ),
        Task(
            title=words("Share it by a link"),
            text=(words("Once a transcript is made, you can share it by a link."),),
            steps=(
                Step(
                    words("On %(page)s, press %(name)s beside the transcript, and give the link to your reader."),
                    "/transcripts",
                    words("Make a link"),
                ),
            ),
            notes=(
                words("Anybody who has the link can read the transcript, without an account."),
                words("The last day on which a link works is not the end of any certification."),
            ),
            picture=Picture("transcripts", words("A transcript with its link")),
        ),
        Task(
            title=words("Take a transcript back"),
            steps=(
                Step(
                    words("On %(page)s, press %(name)s: at once none of its links works."),
                    "/transcripts",
                    words("Switch off"),
                ),
                Step(words("Press %(name)s to end it for good."), "/transcripts", words("Delete")),
            ),
        ),
        Task(
            title=words("What your reader sees"),
            text=(
                words(
                    "The reader sees your name, the chosen certifications and their status at that moment. Scores, "
                    "e-mail address and private notes are never shown."
                ),
            ),
            picture=Picture("public-transcript", words("A transcript as its reader sees it")),
        ),
    ),
)
