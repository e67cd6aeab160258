"""The derived actor tables, brought up to date by what is new.

A name is dirty when a new document has it, when a new judgement speaks of it, or when it shares a bond with a dirty name, or is short for
one. Dirty names are resolved anew. Actors that they may be short for take part as they stand. All else stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, Protocol

import duckdb

from frenemy.ledger.rows import COLUMN_TYPES, Row, columns
from frenemy.model import Actor, Chain, Company, Judgement, Lead, NameKey, Reason, Resolution, Settled

CHAINS = (files("frenemy.ledger") / "chains.sql").read_text(encoding="utf-8")

NEW_DOCUMENTS = """
CREATE OR REPLACE TEMP TABLE new_documents AS
SELECT m.document, m.mentions, coalesce(t.ties, 0) AS ties
FROM (SELECT document, count(*) AS mentions FROM mentions GROUP BY document) AS m
LEFT JOIN (SELECT document, count(*) AS ties FROM ties GROUP BY document) AS t ON t.document = m.document
ANTI JOIN derived_from AS d ON d.document = m.document AND d.mentions = m.mentions AND d.ties = coalesce(t.ties, 0)
"""
BY_BOND = """
INSERT INTO dirty
SELECT DISTINCT other.name
FROM dirty
JOIN actor_keys AS own ON own.name = dirty.name AND own.role = 'bond'
JOIN actor_keys AS other ON other.key = own.key AND other.role = 'bond'
ANTI JOIN dirty AS known ON known.name = other.name
"""
BY_JUDGEMENT = """
INSERT INTO dirty
SELECT DISTINCT other.name
FROM dirty
JOIN actor_keys AS own ON own.name = dirty.name AND own.role = 'bond'
JOIN judged_pairs AS pair ON pair.one = own.key
JOIN actor_keys AS other ON other.key = pair.other AND other.role = 'bond'
ANTI JOIN dirty AS known ON known.name = other.name
"""
BY_SHORT = """
INSERT INTO dirty
SELECT DISTINCT short.name
FROM dirty
JOIN actor_keys AS own ON own.name = dirty.name AND own.role = 'handle'
JOIN actor_keys AS short ON short.key = own.key AND short.role = 'short'
ANTI JOIN dirty AS known ON known.name = short.name
"""
REMADE = """
CREATE OR REPLACE TEMP TABLE remade AS
SELECT DISTINCT actor FROM actor_members JOIN dirty ON dirty.name = actor_members.name WHERE NOT placed
"""
STANDING = """
CREATE OR REPLACE TEMP TABLE standing AS
SELECT DISTINCT actor
FROM (
    SELECT member.actor
    FROM dirty
    JOIN actor_keys AS own ON own.name = dirty.name AND own.role = 'short'
    JOIN actor_keys AS full_name ON full_name.key = own.key AND full_name.role = 'handle'
    JOIN actor_members AS member ON member.name = full_name.name
    UNION ALL
    SELECT member.actor FROM actor_members AS member JOIN dirty ON dirty.name = member.name
) AS found
ANTI JOIN remade ON remade.actor = found.actor
"""
SAME_ID = """
INSERT INTO standing
SELECT DISTINCT other_member.actor
FROM standing
JOIN actor_members AS member ON member.actor = standing.actor
JOIN actor_keys AS own ON own.name = member.name AND own.role = 'bond' AND own.key LIKE 'n:%'
JOIN actor_keys AS other ON other.key = own.key AND other.role = 'bond'
JOIN actor_members AS other_member ON other_member.name = other.name
ANTI JOIN standing AS known ON known.actor = other_member.actor
ANTI JOIN remade ON remade.actor = other_member.actor
"""
REGROUPED = """
CREATE OR REPLACE TEMP TABLE regrouped AS
WITH present AS (SELECT document, name, actor FROM actor_members WHERE actor IN (SELECT unnest(?::VARCHAR[])))
SELECT document FROM (FROM former EXCEPT FROM present)
UNION
SELECT document FROM (FROM present EXCEPT FROM former)
UNION
SELECT document FROM new_documents
"""
"""The documents with a name that means another actor than before, and the new ones."""
LEADS = """
SELECT ties.source_name, ties.document, ties.target_name, ties.quote, ties.when_start, ties.when_end, documents.published
FROM ties LEFT JOIN documents ON documents.id = ties.document
WHERE ties.type = 'LEADS' AND ties.polarity <> '-' AND ties.status = 'asserted' AND ({where})
ORDER BY ALL
"""


class Resolver(Protocol):
    """What decides who is who: `frenemy.actors`, handed in by the pipeline."""

    def keys(self, name: str, kind: str, also: Sequence[str], described: bool) -> Sequence[NameKey]:
        """What the name has in common with others."""
        ...

    def lead_handles(self, led: str) -> Sequence[str]:
        """What roles may call who leads `led`."""
        ...

    def subject_key(self, subject: str) -> str:
        """The bond of the names that a subject of a judgement speaks of."""
        ...

    def decide(
        self, chains: Iterable[Chain], judgements: Sequence[Judgement], settled: Sequence[Settled], company: Company, leads: Sequence[Lead]
    ) -> Resolution:
        """Who is who."""
        ...


class Derivation:
    """One bringing up to date, inside the transaction of the connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def update(self, resolver: Resolver, judgements: Sequence[Judgement]) -> None:
        """Make the derived tables what the rows of the ledger now say."""
        self._run(NEW_DOCUMENTS)
        self._add_keys(resolver)
        self._find_dirty(resolver, judgements)
        self._run(REMADE)
        self._run(STANDING)
        self._grow("standing", SAME_ID)
        settled = self._settled()
        resolution = resolver.decide(self._dirty_chains(), judgements, settled, self._company, self._leads(settled))
        self._replace(resolution)
        self._run("DELETE FROM derived_from WHERE document IN (SELECT document FROM new_documents)")
        self._run("INSERT INTO derived_from BY NAME FROM new_documents")
        self._run("UPDATE meta SET value = (SELECT CAST(count(*) AS VARCHAR) FROM judgements) WHERE key = 'judged'")

    def chains(self, where: str = "true", parameters: Any = None) -> list[Chain]:
        """The chains of the mentions that a condition keeps, by document and name."""
        rows = self._run(CHAINS.format(where=where), parameters)
        return [
            Chain(document=d, name=name, kind=kind, count=count, also=tuple(also), described=described, published=published)
            for d, name, kind, count, also, described, published in rows
        ]

    # --- what is dirty ------------------------------------------------------------------------------------------------------------------

    def _add_keys(self, resolver: Resolver) -> None:
        """The keys of the new documents' names, and the handles of who leads something there."""
        new = self.chains("document IN (SELECT document FROM new_documents)")
        seen = dict.fromkeys((chain.name, chain.kind, chain.also, chain.described) for chain in new if chain.name.strip())
        rows: dict[Row, None] = {}
        for name, kind, also, described in seen:
            rows.update(dict.fromkeys((name, key.key, key.role) for key in resolver.keys(name, kind, also, described)))
        for leader, led in self._run(
            "SELECT DISTINCT source_name, target_name FROM ties WHERE type = 'LEADS' AND document IN (SELECT document FROM new_documents)"
        ):
            rows.update(dict.fromkeys((leader, handle, "handle") for handle in resolver.lead_handles(led)))
        self._run("CREATE OR REPLACE TEMP TABLE new_keys (name VARCHAR, key VARCHAR, role VARCHAR)")
        self._insert("new_keys", list(rows), COLUMN_TYPES["actor_keys"])
        self._run("INSERT INTO actor_keys SELECT * FROM new_keys ANTI JOIN actor_keys USING (name, key, role)")

    def _find_dirty(self, resolver: Resolver, judgements: Sequence[Judgement]) -> None:
        """Names to resolve again, in the table `dirty`."""
        self._run("CREATE OR REPLACE TEMP TABLE dirty AS SELECT DISTINCT name FROM mentions SEMI JOIN new_documents USING (document)")
        [(known,)] = self._run("SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'judged'")
        new = self._run("SELECT subjects FROM judgements WHERE rowid IN (SELECT rowid FROM judgements ORDER BY rowid OFFSET ?)", [known])
        keys = sorted({resolver.subject_key(subject) for (subjects,) in new for subject in subjects})
        self._run("INSERT INTO dirty SELECT DISTINCT name FROM actor_keys WHERE list_contains(?, key) AND role = 'bond'", [keys])
        pairs = {
            pair
            for judgement in judgements
            if judgement.kind in ("same", "different") and len(judgement.subjects) == 2
            for one, other in [tuple(resolver.subject_key(subject) for subject in judgement.subjects)]
            for pair in ((one, other), (other, one))
        }
        self._run("CREATE OR REPLACE TEMP TABLE judged_pairs (one VARCHAR, other VARCHAR)")
        self._insert("judged_pairs", sorted(pairs), ("VARCHAR", "VARCHAR"))
        self._grow("dirty", BY_BOND, BY_JUDGEMENT, BY_SHORT)

    def _grow(self, table: str, *steps: str) -> None:
        """Repeat the steps until the table grows no more."""
        size = -1
        while size != (size := self._run(f"SELECT count(*) FROM {table}")[0][0]):
            for step in steps:
                self._run(step)

    # --- what takes part ----------------------------------------------------------------------------------------------------------------

    def _dirty_chains(self) -> list[Chain]:
        return self.chains("name IN (SELECT name FROM dirty)")

    def _settled(self) -> list[Settled]:
        """The actors that stand, without their dirty names."""
        members = self._run(
            "SELECT actor, document, name, placed FROM actor_members SEMI JOIN standing USING (actor) "
            "WHERE name NOT IN (SELECT name FROM dirty) ORDER BY ALL"
        )
        documents = sorted({document for _, document, _, _ in members})
        names = sorted({name for _, _, name, _ in members})
        found = (
            self.chains("list_contains($documents, document) AND list_contains($names, name)", {"documents": documents, "names": names})
            if members
            else []
        )
        by_place = {(chain.document, chain.name): chain for chain in found}
        chains: dict[str, list[Chain]] = defaultdict(list)
        placed: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for actor, document, name, alone in members:
            chains[actor].append(by_place[document, name])
            if alone:
                placed[actor].add((document, name))
        reasons: dict[str, list[Reason]] = defaultdict(list)
        for actor, name, other, rule, score, document in self._run(
            "SELECT actor, name, joined_to, rule, score, document FROM actor_reasons SEMI JOIN standing USING (actor) "
            "WHERE name NOT IN (SELECT name FROM dirty) ORDER BY ALL"
        ):
            reasons[actor].append(Reason(name=name, to=other, rule=rule, score=score, document=document))
        return [Settled(chains=tuple(own), placed=frozenset(placed[actor]), reasons=tuple(reasons[actor])) for actor, own in chains.items()]

    def _company(self, documents: Iterable[str]) -> Mapping[str, Iterable[Chain]]:
        """All chains of the documents."""
        wanted = list(documents)
        found: dict[str, list[Chain]] = {document: [] for document in wanted}
        self._run("CREATE OR REPLACE TEMP TABLE wanted (document VARCHAR)")
        self._insert("wanted", [(document,) for document in wanted], ("VARCHAR",))
        for chain in self.chains("document IN (SELECT document FROM wanted)"):
            found[chain.document].append(chain)
        return found

    def _leads(self, settled: Sequence[Settled]) -> list[Lead]:
        """The LEADS ties of the actors that take part, where a role is asked for."""
        if not self._run("SELECT 1 FROM dirty JOIN actor_keys USING (name) WHERE role = 'short' AND key LIKE 'r:%' LIMIT 1"):
            return []
        names = sorted({chain.name for one in settled for chain in one.chains})
        rows = self._run(LEADS.format(where="list_contains(?, ties.source_name) OR ties.source_name IN (SELECT name FROM dirty)"), [names])
        return [
            Lead(leader=leader, document=document, led=led, quote=quote, since=since, until=until, published=published)
            for leader, document, led, quote, since, until, published in rows
        ]

    # --- what comes out -----------------------------------------------------------------------------------------------------------------

    def _replace(self, resolution: Resolution) -> None:
        """Put what was decided in the place of what it replaces."""
        self._run("CREATE OR REPLACE TEMP TABLE gone AS FROM remade UNION FROM standing")
        self._run("CREATE OR REPLACE TEMP TABLE former AS SELECT document, name, actor FROM actor_members SEMI JOIN gone USING (actor)")
        self._run("DELETE FROM actors WHERE id IN (SELECT actor FROM gone)")
        for table in ("actor_members", "actor_reasons"):
            self._run(f"DELETE FROM {table} WHERE actor IN (SELECT actor FROM gone)")
        self._run("DELETE FROM quarantined WHERE name IN (SELECT name FROM dirty)")
        self._run("DELETE FROM doubts WHERE owner IN (SELECT name FROM dirty)")
        for table, rows in derived_rows(resolution).items():
            self._insert(table, rows, COLUMN_TYPES[table])
        self._run(REGROUPED, [[actor.id for actor in resolution.actors]])

    def _insert(self, table: str, rows: Sequence[Row], types: Sequence[str]) -> None:
        if rows:
            lists = ", ".join(f"unnest(?::{kind}[])" for kind in types)
            self._connection.execute(f"INSERT INTO {table} SELECT {lists}", columns(rows))

    def _run(self, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, parameters).fetchall()


def derived_rows(resolution: Resolution) -> dict[str, list[Row]]:
    """A resolution as rows of the derived tables.

    >>> {table: len(rows) for table, rows in derived_rows(Resolution()).items()}
    {'actors': 0, 'actor_members': 0, 'actor_reasons': 0, 'quarantined': 0, 'doubts': 0}
    """
    actors: Sequence[Actor] = resolution.actors
    placed = {actor.id: frozenset(actor.placed) for actor in actors}
    return {
        "actors": [(actor.id, actor.name, actor.kind, list(actor.aliases)) for actor in actors],
        "actor_members": [(a.id, document, name, (document, name) in placed[a.id]) for a in actors for document, name in a.members],
        "actor_reasons": [(a.id, r.name, r.to, r.rule, r.score, r.document) for a in actors for r in a.reasons],
        "quarantined": [(q.document, q.name, q.kind, q.reason) for q in resolution.quarantined],
        "doubts": [
            (d.kind, list(d.subjects), d.score, d.reason, d.subjects[0].rpartition(" @ ")[0] or d.subjects[0]) for d in resolution.doubts
        ],
    }
