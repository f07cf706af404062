"""What the entry points share, put together once per process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from chassis.command_handling import Unit
from chassis.frame import Frame
from chassis.projections import Rows
from chassis.sealing import keyed_hash
from chassis.settings import Settings
from services.identity.adapters.authenticators import Authenticators
from services.identity.adapters.broker_management import Management
from services.identity.adapters.broker_partners import BrokerPartners
from services.identity.adapters.challenges import Challenges
from services.identity.adapters.keys import LocalKeys
from services.identity.adapters.links import Links
from services.identity.adapters.mail import Mail
from services.identity.adapters.oauth_codes import Codes
from services.identity.adapters.openid_client import OpenIdClient
from services.identity.adapters.passkeys import NAME, Passkeys
from services.identity.adapters.passwords import Passwords
from services.identity.adapters.public_logs import PublicLogs
from services.identity.adapters.tokens import Tokens
from services.identity.domain.email import same_for_all_spellings
from services.identity.domain.partner import Mark, Partner
from services.identity.projections import keys, partners, signing_keys

WRITE_SECONDS = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The adapters of one process; `partners` is None without a management API, `sign_on` without a provider."""

    keys: LocalKeys
    passwords: Passwords
    tokens: Tokens
    mail: Mail
    links: Links
    challenges: Challenges
    authenticators: Authenticators
    passkeys: Passkeys
    codes: Codes
    partners: BrokerPartners | None
    sign_on: OpenIdClient | None


@cache
def parts_of(frame: Frame) -> Parts:
    """The one set of adapters of this process."""
    settings = frame.settings
    return Parts(
        keys=local_keys(frame),
        passwords=Passwords(fast=settings.argon2 == "fast"),
        tokens=Tokens(settings.master_key, signing_keys, read=frame.database.read, write=_writer(frame)),
        mail=Mail(settings.smtp_url, settings.data / "mailbox"),
        links=Links(settings.master_key, settings.public_url),
        challenges=Challenges(settings.master_key),
        authenticators=Authenticators(settings.master_key, NAME),
        passkeys=Passkeys(settings.public_url),
        codes=Codes(settings.master_key),
        partners=_broker_partners(frame) if settings.management_url else None,
        sign_on=OpenIdClient(settings.master_key, settings.sign_on, settings.public_url) if settings.sign_on else None,
    )


def local_keys(frame: Frame) -> LocalKeys:
    """Candidates' keys from this service's own database."""
    return LocalKeys(frame.settings.master_key, keys, read=frame.database.read, write=_writer(frame))


class PartnerTables:
    """The registry of partners in this service's own database."""

    def __init__(self, frame: Frame) -> None:
        self._read = frame.database.read
        self._write = _writer(frame)

    def everyone(self) -> list[Partner]:
        """All partners, the removed ones too."""
        with self._read() as connection:
            return partners.everyone(connection)

    def marks(self, partner: Partner) -> list[Mark]:
        """Up to where the partner has certainly read."""
        with self._read() as connection:
            return partners.marks_of(connection, partner.name, partner.generation)

    def set_marks(self, partner: Partner, marks: Sequence[Mark]) -> None:
        """Remember it."""
        self._write(lambda rows: partners.set_marks(rows, partner.name, partner.generation, marks))


def email_hash(settings: Settings, email: str) -> str:
    """The look-up value of an e-mail, the same in whatever spelling."""
    return keyed_hash(settings.master_key, "email", same_for_all_spellings(email))


def _broker_partners(frame: Frame) -> BrokerPartners:
    settings = frame.settings
    return BrokerPartners(
        settings.master_key,
        amqp_uri=settings.amqp_uri,
        partitions=settings.partitions,
        management=Management(settings.management_url, settings.amqp_uri),
        sources=PublicLogs(frame.client.call),
        registry=PartnerTables(frame),
    )


def _writer(frame: Frame) -> Callable[[Callable[[Rows], None]], object]:
    """Units of their own for rows that are no facts; the committer is there only when the first one comes."""
    return lambda function: frame.committer.perform(Unit(writes=[function]), timeout=WRITE_SECONDS)
