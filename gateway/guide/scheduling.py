"""10. Schedule certification exams, score reports, exam receipts."""

from gateway.guide.parts import Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="scheduling",
    title=words("Schedule certification exams, score reports, exam receipts"),
    tasks=(
        Task(
            title=words("How to schedule an exam"),
            steps=(
                Step(words("On %(page)s, press %(name)s."), "/home", words("Schedule an Exam")),
                Step(words("Read on %(page)s how to book with the test provider."), "/schedule"),
            ),
            notes=(
                words("Book with the e-mail address of this account, so that the result finds you."),
                words("Appointments can be moved or cancelled up to 24 hours before the exam."),
            ),
        ),
        Task(
            title=words("Score reports and exam receipts"),
            text=(
                words(
                    "Results and scores stand in your testing history. Receipts come from the test provider that took "
                    "the payment."
                ),
            ),
            steps=(Step(words("Open %(page)s."), "/testing-history"),),
        ),
    ),
)
