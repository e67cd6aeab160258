"""The rules of who is who as the ledger wants them, loaded when there is something to resolve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frenemy.ledger.watching import Watcher
from frenemy.model import Chain, Company, Judgement, Lead, NameKey, Resolution, Settled


class Rules:
    """`frenemy.actors` as the ledger wants it. The rules load only when there is something to resolve."""

    def keys(self, name: str, kind: str, also: Sequence[str], described: bool) -> Sequence[NameKey]:
        """What the name has in common with others."""
        from frenemy.actors import name_keys

        return name_keys(name, kind, also, described=described)

    def lead_handles(self, led: str) -> Sequence[str]:
        """What roles may call who leads `led`."""
        from frenemy.actors import lead_handles

        return lead_handles(led)

    def subject_key(self, subject: str) -> str:
        """The bond of the names that a subject of a judgement speaks of."""
        from frenemy.actors import subject_key

        return subject_key(subject)

    def decide(
        self, chains: Iterable[Chain], judgements: Sequence[Judgement], settled: Sequence[Settled], company: Company, leads: Sequence[Lead]
    ) -> Resolution:
        """Who is who."""
        from frenemy.actors import decide

        return decide(chains, judgements, settled=settled, company=company, leads=leads)


def watcher() -> Watcher:
    """The rules that match actors to watchlists, loaded when there is something to match."""
    from frenemy.actors import watching

    return watching
