"""What audiences of announcements are chosen from: levels and tracks of the programme, in words."""

from gateway.language import Words, words

LEVELS: dict[str, Words] = {
    "entry": words("Entry"),
    "associate": words("Associate"),
    "specialist": words("Specialist"),
    "professional": words("Professional"),
    "expert": words("Expert"),
}

TRACKS: dict[str, Words] = {
    "ai": words("AI"),
    "automation": words("Automation"),
    "collaboration": words("Collaboration"),
    "customer-success": words("Customer Success"),
    "cybersecurity": words("Cybersecurity"),
    "data-center": words("Data Center"),
    "design": words("Design"),
    "enterprise": words("Enterprise"),
    "field": words("Field"),
    "it-support": words("IT Support"),
    "meraki": words("Meraki"),
    "networking": words("Networking"),
    "security": words("Security"),
    "service-provider": words("Service Provider"),
    "wireless": words("Wireless"),
}
