"""2. Confirm personal information."""

from gateway.guide.parts import Picture, Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="personal-information",
    title=words("Confirm personal information"),
    tasks=(
        Task(
            title=words("Update existing personal information (address)"),
            steps=(
                Step(words("Open %(page)s."), "/personal-info"),
                Step(words("Choose the country, and fill in the address.")),
                Step(
                    words("For another country press %(name)s first."),
                    "/personal-info",
                    words("Show the form of this country"),
                ),
                Step(words("Press %(name)s."), "/personal-info", words("Update")),
            ),
            notes=(
                words("P.O. boxes are refused, because certificates and plaques cannot be sent there."),
                words("Your name can be read here, but not changed: certificates bear the name that was checked."),
            ),
            picture=Picture("addresses", words("The page with your name and your mailing address")),
        ),
        Task(
            title=words("Update personal information (company)"),
            steps=(Step(words("Open %(page)s. It says which company is recorded for you."), "/personal-info/company"),),
        ),
        Task(
            title=words("Update job title"),
            steps=(Step(words("Open %(page)s. It says what is recorded for you."), "/personal-info/job-title"),),
        ),
        Task(
            title=words("Review external IDs"),
            steps=(
                Step(
                    words("Open %(page)s. It shows the numbers that test providers and badge platforms use for you."),
                    "/personal-info/external-ids",
                ),
            ),
        ),
        Task(
            title=words("Update personal information (settings)"),
            text=(words("Language, time zone and form of dates are the same on every device."),),
            steps=(
                Step(words("Open %(page)s."), "/personal-info/settings"),
                Step(
                    words("Choose language, time zone and form of dates, then press %(name)s."),
                    "/personal-info/settings",
                    words("Save preferences"),
                ),
                Step(
                    words("Choose light or dark colours, then press %(name)s."),
                    "/personal-info/settings",
                    words("Save"),
                ),
            ),
            notes=(words("The language can also be changed at the end of every page."),),
            picture=Picture("settings", words("The settings with language, time zone and form of dates")),
        ),
        Task(
            title=words("Protect your account"),
            steps=(
                Step(words("Open %(page)s. It lists where you are logged in, and recent log-ins."), "/security"),
                Step(words("Press %(name)s to end every session."), "/security", words("Log out everywhere")),
                Step(words("To set another password, press %(name)s."), "/security", words("Change password")),
                Step(
                    words("For a code after the password, press %(name)s."),
                    "/security",
                    words("Turn on an authenticator"),
                ),
                Step(words("To log in without a password, press %(name)s."), "/security", words("Add a passkey")),
                Step(
                    words("Under %(name)s, see which programs know something of you, and withdraw what you want."),
                    "/security",
                    words("Programs that you allow"),
                ),
            ),
        ),
        Task(
            title=words("Erase your account"),
            steps=(
                Step(words("Open %(page)s and read what it means."), "/personal-info/erase"),
                Step(words("Press %(name)s."), "/personal-info/erase", words("Erase for good")),
            ),
            notes=(
                words("It happens two weeks later. Until then the same page takes it back."),
                words("This cannot be undone. Transcripts stop working, and verification codes answer “Withdrawn”."),
            ),
        ),
    ),
)
