"""6. Review testing history."""

from gateway.guide.parts import Picture, Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="testing-history",
    title=words("Review testing history"),
    tasks=(
        Task(
            title=words("Test information history view (page layout)"),
            text=(
                words(
                    "Each line is one sitting: exam date, code, title, version, attempt, result and score, and from "
                    "which day you may sit the exam again."
                ),
            ),
            steps=(Step(words("Open %(page)s."), "/testing-history"),),
            notes=(words("Results arrive one or two business days after the exam; allow five."),),
            picture=Picture("testing-history", words("The list of exam results")),
        ),
        Task(
            title=words("Test information history view (sort by)"),
            steps=(
                Step(
                    words(
                        "Press the head of a column, for example %(name)s, to sort by it; press it again to turn round."
                    ),
                    "/testing-history",
                    words("Score"),
                ),
            ),
        ),
        Task(
            title=words("Practical exams"),
            steps=(
                Step(
                    words("Open %(page)s. It lists your lab exams, and until when your qualifying exam allows one."),
                    "/testing-history/practical",
                ),
            ),
        ),
        Task(
            title=words("Challenges"),
            steps=(
                Step(words("Open %(page)s if you believe that a result is wrong."), "/testing-history/challenges"),
                Step(
                    words("Press %(name)s, choose what it is about, and say what is wrong."),
                    "/testing-history/challenges",
                    words("Open a challenge"),
                ),
            ),
            notes=(words("Each kind of challenge has its own days after an exam; the page names the last one."),),
        ),
    ),
)
