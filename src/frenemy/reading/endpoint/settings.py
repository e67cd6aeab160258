"""What the endpoint reader is told, and what it counts."""

from __future__ import annotations

from dataclasses import astuple, dataclass

KEY_VARIABLE = "FRENEMY_ENDPOINT_KEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where the model is and how it is asked.

    `url` is the base that ends before `/chat/completions`. The key is never held here: `key_variable` names the environment variable
    that has it. `passage` is in characters, `tokens` bounds the answer about one passage, `timeout` holds for a whole answer, in seconds.
    """

    url: str
    model: str
    key_variable: str = KEY_VARIABLE
    timeout: float = 300.0
    retries: int = 4
    tokens: int = 4096
    passage: int = 4000
    concurrency: int = 2

    @property
    def address(self) -> str:
        """What is posted to.

        >>> Endpoint(url="http://127.0.0.1:8080/v1/", model="m").address
        'http://127.0.0.1:8080/v1/chat/completions'
        """
        return self.url.rstrip("/") + "/chat/completions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a million tokens cost, in any one currency: those sent and those answered."""

    tokens_in: float
    tokens_out: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What reading took and what came of it.

    Ties are `kept` or turned down: `unquoted` (the quote is not in the passage), `unnamed` (an actor is not), `unfit` (a type, sign or
    status that does not exist, or no proper record). `repaired` are kept ties whose quote was mended to what the passage says.

    >>> (Usage(requests=1, tokens_in=900, kept=2) + Usage(requests=1, tokens_in=100, unquoted=1)).rejected
    1
    """

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    kept: int = 0
    repaired: int = 0
    unquoted: int = 0
    unnamed: int = 0
    unfit: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(**dict(zip(self.__slots__, map(sum, zip(astuple(self), astuple(other), strict=True)), strict=True)))

    @property
    def rejected(self) -> int:
        """Ties that were offered and turned down."""
        return self.unquoted + self.unnamed + self.unfit

    def cost(self, prices: Prices) -> float:
        """What the tokens cost.

        >>> Usage(tokens_in=2_000_000, tokens_out=500_000).cost(Prices(tokens_in=0.5, tokens_out=2.0))
        2.0
        """
        return (self.tokens_in * prices.tokens_in + self.tokens_out * prices.tokens_out) / 1_000_000
