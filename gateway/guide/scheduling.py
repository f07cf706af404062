"""10. Schedule certification exams, score reports, exam receipts."""

from gateway.guide.parts import Picture, Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="scheduling",
    title=words("Schedule certification exams, score reports, exam receipts"),
    tasks=(
        Task(
            title=words("How to schedule an exam"),
            steps=(
                Step(words("On %(page)s, press %(name)s."), "/home", words("Schedule an Exam")),
                Step(
                    words("On %(page)s, look for the exam under %(name)s; a private access code opens others."),
                    "/schedule",
                    words("Find an Exam"),
                ),
                Step(words("Choose the exam and press %(name)s."), "/schedule", words("Next")),
                Step(words("Choose a test centre or online, a day and a time.")),
                Step(words("Give your name as on your government ID, pay by card or voucher, and confirm.")),
            ),
            notes=(
                words("If the name differs from your ID, you are turned away at the test site without refund."),
                words("Appointments can be moved or cancelled up to 24 hours before the exam."),
            ),
            picture=Picture("schedule", words("The search for an exam")),
        ),
        Task(
            title=words("Move, cancel or pay an appointment"),
            steps=(
                Step(
                    words("Open %(page)s. It lists your appointments with what can be done."), "/schedule/appointments"
                ),
            ),
        ),
        Task(
            title=words("What you need at the test site"),
            steps=(
                Step(
                    words("On %(page)s, choose %(name)s and say why you need it."),
                    "/schedule/accommodations",
                    words("What you need"),
                ),
                Step(words("Once it is approved, choose it while you book; it cannot be added later.")),
            ),
        ),
        Task(
            title=words("Score reports and exam receipts"),
            steps=(
                Step(words("Open %(page)s."), "/schedule/dashboard"),
                Step(
                    words("Press %(name)s for results with percentages for each domain."),
                    "/schedule/dashboard",
                    words("View score report"),
                ),
                Step(words("Press %(name)s for what you have paid."), "/schedule/dashboard", words("My receipts")),
                Step(words("Each report and each receipt can be downloaded as PDF.")),
            ),
        ),
    ),
)
