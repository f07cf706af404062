"""8. Certificates and plaques."""

from gateway.guide.parts import Picture, Section, Step, Task
from gateway.language import words

SECTION = Section(
    id="certificates-and-plaques",
    title=words("Certificates and plaques"),
    tasks=(
        Task(
            title=words("Claim initial certification kit"),
            text=(
                words(
                    "When you have met all requirements of a certification, we congratulate you by e-mail and offer "
                    "you a free kit: a printed certificate, or a plaque at expert level."
                ),
            ),
            steps=(
                Step(words("Open %(page)s."), "/kits"),
                Step(words("Press %(name)s beside the certification."), "/kits", words("Claim")),
                Step(
                    words("Check your name under %(name)s and the mailing address."),
                    "/kits",
                    words("Printed name"),
                    "/kits/{kit_id}/claim",
                ),
                Step(words("Press %(name)s."), "/kits", words("Claim"), "/kits/{kit_id}/claim"),
            ),
            notes=(
                words("A kit that is not claimed yet is “Pending”, a claimed one is “Ordered”."),
                words("Please allow 12 to 16 weeks for processing and shipping."),
            ),
            picture=Picture("claim-kit", words("The form that orders a kit")),
        ),
        Task(
            title=words("Certification fulfillment kit history and status"),
            steps=(
                Step(
                    words("Open %(page)s. It lists every kit with its status, order number and expected days."), "/kits"
                ),
            ),
            picture=Picture("kits", words("The list of kits with their status")),
        ),
        Task(
            title=words("How to download your PDF certificate"),
            text=(
                words(
                    "A certification that is active has a verification code on the page Certifications, which anybody "
                    "can check today. PDF certificates are offered for qualifying certifications that are active."
                ),
            ),
        ),
        Task(
            title=words("Benefits after 25 years (25YA)"),
            steps=(Step(words("Open %(page)s."), "/benefits"),),
            notes=(words("Those who may have the benefit get an e-mail on or after the day of their 25 years."),),
        ),
    ),
)
