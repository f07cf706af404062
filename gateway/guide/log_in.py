"""1. Log in."""

from gateway.guide.parts import Picture, Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="log-in",
    title=words("Log in"),
    tasks=(
        Task(
            title=words("How to log in (existing users)"),
            steps=(
                Step(words("Open %(page)s and enter your e-mail address."), "/login"),
                Step(words("Press %(name)s."), "/login", words("Next")),
                Step(words("Enter your password and press %(name)s."), "/login", words("Log in"), "/login/password"),
            ),
            notes=(
                words(
                    "After five wrong passwords the account is locked. Use the link “Unlock account?” beside the "
                    "log-in; the mailed link works for 30 minutes."
                ),
                words(
                    "Where the log-in offers another button, such as “Log in with Cisco.com ID”, that log-in opens the "
                    "account without a password. Log in once with your password, and connect both when asked."
                ),
                words("Whoever wants to log in with another e-mail address opens a case with Online Support."),
            ),
            picture=Picture("log-in", words("The first step of the log-in, which asks for the e-mail address")),
        ),
        Task(
            title=words("First time log in"),
            steps=(
                Step(words("On %(page)s, press %(name)s."), "/login", words("Sign up")),
                Step(words("On %(page)s, fill in all fields that are marked with a star."), "/sign-up"),
                Step(
                    words("Read the privacy statement and the site terms, then press %(name)s."),
                    "/sign-up",
                    words("Register"),
                ),
                Step(words("Open the link in the e-mail that we send you. It works for 24 hours and once.")),
                Step(words("Log in on %(page)s with your e-mail address and password."), "/login"),
            ),
            notes=(
                words(
                    "Give your name as it stands on your government identity document. It is printed on certificates."
                ),
                words("The password needs at least 12 characters, and must not be on a list of known passwords."),
            ),
            picture=Picture("sign-up", words("The form that creates an account")),
        ),
        Task(
            title=words("Forgot password, or account locked"),
            steps=(
                Step(
                    words("On %(page)s, enter your e-mail address and press %(name)s."),
                    "/password/forgotten",
                    words("Send me the link"),
                ),
                Step(words("Open the link in the e-mail within 30 minutes, and choose a new password.")),
                Step(words("If the account is locked, ask for a link on %(page)s instead."), "/unlock"),
            ),
        ),
        Task(
            title=words("Ask Online Support"),
            steps=(
                Step(words("Open %(page)s. It is there for everybody, logged in or not."), "/support"),
                Step(
                    words("Say what it is about, write your message, and press %(name)s."),
                    "/support",
                    words("Open the case"),
                ),
            ),
            notes=(words("We answer by e-mail and on the same page. Never write passwords or card numbers."),),
            picture=Picture("support", words("The form that opens a case")),
        ),
        Task(
            title=words("After account mapping completion"),
            text=(
                words(
                    "With your first log-in, your account is joined with your exams and certifications. You are then "
                    "asked for your mailing address; when it is saved, the dashboard opens."
                ),
            ),
            steps=(
                Step(words("On %(page)s, fill in the address and press %(name)s."), "/personal-info", words("Update")),
            ),
        ),
    ),
)
