"""What every part of the gateway shares: settings, keys, the client to the services, tokens, what is kept in memory."""

from dataclasses import dataclass, field

from gateway import rpc
from gateway.answers import Answers
from gateway.ear import Ear
from gateway.public_cache import PublicCache
from gateway.settings import Settings
from gateway.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Keys:
    """Derived keys, each for one purpose."""

    visitor: bytes = field(repr=False)
    body: bytes = field(repr=False)
    forms: bytes = field(repr=False)
    cookies: bytes = field(repr=False)
    network: bytes = field(repr=False)

    @classmethod
    def of(cls, settings: Settings) -> "Keys":
        """Derive them."""
        return cls(*(settings.key(purpose) for purpose in ("visitor", "body", "forms", "cookies", "network")))


@dataclass(frozen=True, slots=True)
class House:
    """One gateway process."""

    settings: Settings
    client: rpc.Client
    tokens: Tokens
    cache: PublicCache
    keys: Keys
    answers: Answers
    ear: Ear

    @classmethod
    def of(cls, settings: Settings) -> "House":
        """A house whose client is not started yet."""
        client = rpc.Client(settings.amqp_uri)
        answers = Answers(settings.remembered)
        return cls(
            settings, client, Tokens(client), PublicCache(), Keys.of(settings), answers, Ear(settings.amqp_uri, answers)
        )
