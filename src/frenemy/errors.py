"""Every error that frenemy raises on purpose.

    FrenemyError
    ├── DocumentError            one document could not be read; the batch goes on
    │   ├── UnreadableDocument   missing, unreadable, broken or encrypted
    │   ├── EmptyDocument        nothing to read in it
    │   ├── ForeignLanguage      not English, and not asked for
    │   ├── NotFetched           an address gave nothing; `.lasting` where trying again is of no use
    │   └── NotRead              the reader failed on it, nothing of it is stored; `__cause__` is an EndpointError
    ├── EndpointError            an endpoint did not give what was asked of it
    │   ├── EndpointDown         no connection, too slow, overloaded or broken; retried before
    │   ├── EndpointRefused      it does not take the question: key, model, size; not retried
    │   └── EndpointNonsense     what it answers is not what was asked for
    ├── LedgerError
    │   ├── NotALedger           the path is a folder, another file or a ledger of another version
    │   ├── LedgerLocked         another process holds it
    │   └── FalseQuote           a quote does not stand at its offsets
    ├── ActorError
    │   ├── UnknownActor         nobody in the ledger bears the name
    │   └── AmbiguousActor       several do; `.choices` lists them
    ├── WatchlistError           a watchlist file is not one; the message names the line
    ├── UnusableModel            an entity model is not there, cannot be loaded or finds no actors
    ├── PatternError             a file of patterns of conflict is not one; the message names the line
    ├── FalseCertificate         a certificate does not prove the bound that it should
    ├── NotASignedNetwork        edges, a frame or a file that no signed network can be made of
    ├── RuleError                a file of alarm rules is not one; the message names the rule
    ├── NotDelivered             an alarm could not be handed over; it is kept and sent again
    ├── PlotError                there is nothing to draw, or no file to draw it into
    └── MissingExtra             an optional library is not installed

Each message says what is wrong and what to do next. Only the views turn them into text for people.
"""

from __future__ import annotations

from collections.abc import Sequence


class FrenemyError(Exception):
    """The root of the tree."""


class DocumentError(FrenemyError):
    """One document could not be read; `source` names it, the message says why."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class UnreadableDocument(DocumentError):
    """The file is missing, unreadable, broken or encrypted."""


class EmptyDocument(DocumentError):
    """There is no text in the file."""


class ForeignLanguage(DocumentError):
    """The text is not English and `any_language` was not asked for."""


class NotFetched(DocumentError):
    """An address gave nothing. `lasting` where trying again is of no use, `after` is how many seconds the server asks to wait."""

    def __init__(self, source: str, reason: str, *, lasting: bool, after: float | None = None) -> None:
        super().__init__(source, reason)
        self.lasting = lasting
        self.after = after


class NotRead(DocumentError):
    """The reader failed on the document; nothing of it is stored, so the same command tries it again. `document` is its id."""

    def __init__(self, source: str, reason: str, document: str) -> None:
        super().__init__(source, reason)
        self.document = document


class EndpointError(FrenemyError):
    """An endpoint that a reader asks did not give what was asked of it."""


class EndpointDown(EndpointError):
    """There is no connection, or it is too slow, overloaded or broken, however often it was asked."""


class EndpointRefused(EndpointError):
    """The endpoint does not take the question: a wrong key or model, or more text than it holds."""


class EndpointNonsense(EndpointError):
    """What the endpoint answers is not what was asked for."""


class LedgerError(FrenemyError):
    """The ledger cannot do what was asked."""


class NotALedger(LedgerError):
    """The path is a folder, some other file, or a ledger of another version."""


class LedgerLocked(LedgerError):
    """Another process has the ledger open for writing."""


class FalseQuote(LedgerError):
    """A quote that does not equal its slice of the document was offered to the ledger."""


class ActorError(FrenemyError):
    """A name does not lead to one actor."""


class UnknownActor(ActorError):
    """Nobody in the ledger bears the name."""


class AmbiguousActor(ActorError):
    """Several actors bear the name; `choices` lists their full names."""

    def __init__(self, name: str, choices: Sequence[str]) -> None:
        super().__init__(f"{name!r} may be {', '.join(choices)}. Give more of the name, or what stands in brackets.")
        self.choices = list(choices)


class WatchlistError(FrenemyError):
    """A watchlist file that cannot be taken in; the message names the line, and nothing of it was added."""


class PatternError(FrenemyError):
    """A file of patterns of conflict that cannot be used; the message names the line and the pattern."""


class UnusableModel(FrenemyError):
    """An entity model that was asked for by name is not there, cannot be loaded, or finds no actors."""


class FalseCertificate(FrenemyError):
    """A certificate does not prove what it says; the message names the obstruction that is none."""


class NotASignedNetwork(FrenemyError):
    """Edges, a frame or a file that no signed network can be made of; the message names the edge or column."""


class RuleError(FrenemyError):
    """A file of alarm rules that cannot be used; the message names the rule."""


class NotDelivered(FrenemyError):
    """An alarm could not be handed over. It is kept and sent again, unless `lasting`: then whoever it is for wants no more."""

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.lasting = lasting


class PlotError(FrenemyError):
    """There is nothing to draw, or no file to draw it into."""


class MissingExtra(FrenemyError):
    """An optional library is not installed; the message holds the exact command."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'frenemy[{extra}]'")
