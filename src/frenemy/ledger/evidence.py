"""The ties as stance weighs them, kept ready: by actor, story and pair, so that ten million are asked about fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb

from frenemy.ledger import stories
from frenemy.model import STATUSES, TIE_TYPES, Evidence
from frenemy.model.evidence import COLUMNS, DTYPES, NO_DAY, TYPES, WORDS, EvidenceTable

MAKE = (files("frenemy.ledger") / "evidence.sql").read_text(encoding="utf-8")
TABLE = (files("frenemy.ledger") / "evidence_table.sql").read_text(encoding="utf-8")
LAW = (
    r"\b(sue[sd]?|suing|lawsuits?|litigat\w*|court|indict\w*|prosecut\w*|criminal\w*|charged with|class action|antitrust|injunction"
    r"|plaintiffs?|defendants?|legal action|complaint (against|filed)|filed a complaint)\b"
)
"""Words by which a quote speaks of the law: what is before a court lasts longer than a jibe of the same type."""

NUMBER = """
INSERT INTO actor_numbers
SELECT id, (SELECT coalesce(max(number), 0) FROM actor_numbers) + row_number() OVER (ORDER BY id)
FROM actors ANTI JOIN actor_numbers USING (id)
"""
DATED = (
    "bool_or(coalesce(evidence.since, evidence.until, published) <= $until"
    " AND greatest(evidence.until, published, coalesce(evidence.since, evidence.until, published)) >= $since)"
)
ROWS = """
SELECT
    tie, one.id, other.id, mutual, type, polarity, status, word, since, until, published, origin, confidence, legal
FROM evidence
JOIN actor_numbers AS one ON one.number = source
JOIN actor_numbers AS other ON other.number = target
WHERE {where}
ORDER BY tie
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFilter:
    """What a question about stance keeps: pairs among some actors (`among`), pairs with any of some (`touching`); only signed ties of pairs
    with friendly and hostile ones (`divided`), of which one may be dated from `since` to `until`. None and False keep all.
    """

    among: tuple[str, ...] | None = None
    touching: tuple[str, ...] | None = None
    divided: bool = False
    since: date | None = None
    until: date | None = None


def refresh(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the evidence of the documents anew whose actors or stories changed; those with other actors are in the table `regrouped`."""
    stories.refresh(connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE stale AS SELECT document FROM regrouped UNION SELECT document FROM moved_stories")
    connection.execute("DELETE FROM evidence WHERE document IN (SELECT document FROM stale)")
    connection.execute(NUMBER)
    standing = [name for name, kind in TIE_TYPES.items() if not kind.is_act]
    connection.execute(MAKE, {"standing": standing, "law": LAW})


def _numbers(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> list[int]:
    """The numbers of actors; those that have no tie have none."""
    sql = "SELECT number FROM actor_numbers WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY number"
    rows = connection.execute(sql, [list(ids)]).fetchall()
    return [number for (number,) in rows]


def select_evidence(connection: duckdb.DuckDBPyConnection, wanted: EvidenceFilter) -> tuple[str, dict[str, Any]]:
    """The condition on evidence that a filter is, and its parameters."""
    clauses, parameters = ["true"], dict[str, Any]()
    if connection.execute("SELECT 1 FROM wrong_ties LIMIT 1").fetchall():  # the ids of ten million ties are long to read
        clauses.append("tie NOT IN (SELECT tie FROM wrong_ties)")
    if wanted.among is not None:
        numbers = _numbers(connection, wanted.among)
        if len(numbers) == 2:
            clauses.append("pair = $pair")
            parameters["pair"] = numbers[0] << 31 | numbers[1]
        else:
            clauses.append("source IN (SELECT unnest($among::INTEGER[])) AND target IN (SELECT unnest($among::INTEGER[]))")
            parameters["among"] = numbers
    if wanted.touching is not None:
        clauses.append("(source IN (SELECT unnest($touching::INTEGER[])) OR target IN (SELECT unnest($touching::INTEGER[])))")
        parameters["touching"] = _numbers(connection, wanted.touching)
    if wanted.divided:
        clauses.append("polarity <> '0'")
        signed = " AND ".join(clauses)
        having = ["bool_or(polarity = '+')", "bool_or(polarity = '-')"]
        if wanted.since is not None or wanted.until is not None:
            having.append(DATED)
            parameters.update(since=wanted.since or date.min, until=wanted.until or date.max)
        clauses.append(f"pair IN (SELECT pair FROM evidence WHERE {signed} GROUP BY pair HAVING {' AND '.join(having)})")
    return " AND ".join(clauses), parameters


def evidence_rows(connection: duckdb.DuckDBPyConnection, wanted: EvidenceFilter) -> list[Evidence]:
    """The evidence as values, by id of the tie."""
    where, parameters = select_evidence(connection, wanted)
    rows = connection.execute(ROWS.format(where=where), parameters).fetchall()
    return [Evidence(**dict(zip(Evidence.__slots__, row, strict=True))) for row in rows]


def evidence_table(connection: duckdb.DuckDBPyConnection, wanted: EvidenceFilter, *, named: bool = True) -> EvidenceTable:
    """The evidence as columns. `tie` holds ids, in their order, or else row numbers in any order, which `tie_ids` turns into ids."""
    import numpy as np

    where, parameters = select_evidence(connection, wanted)
    sql = TABLE.format(tie="tie" if named else "rowid", where=where, order="ORDER BY tie" if named else "")
    coded = {"types": list(TYPES), "statuses": list(STATUSES), "words": list(WORDS), "unknown": NO_DAY}
    found = connection.execute(sql, {**parameters, **coded}).fetchnumpy()
    columns = {name: np.ma.getdata(found.pop(name)).astype(DTYPES[name], copy=False) for name in COLUMNS if name != "tie"}
    numbers, ends = np.unique(np.concatenate((columns["source"], columns["target"])), return_inverse=True)
    names = np.array(_names(connection, numbers.tolist()), dtype=object)
    order = np.argsort(names)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    columns["source"], columns["target"] = np.split(place[ends], 2)
    return EvidenceTable(actors=names[order].tolist(), tie=np.ma.getdata(found["tie"]), **columns)


def latest_day(connection: duckdb.DuckDBPyConnection, *, today: date) -> date | None:
    """The latest day up to today that a tie speaks of or was printed on."""
    where, parameters = select_evidence(connection, EvidenceFilter())
    days = "coalesce(since, until, published)"
    sql = f"SELECT greatest(max(published) FILTER (published <= $today), max({days}) FILTER ({days} <= $today)) FROM evidence WHERE {where}"
    [(latest,)] = connection.execute(sql, {**parameters, "today": today}).fetchall()
    return None if latest is None else date.fromordinal(latest.toordinal())


def _names(connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> list[str]:
    """The ids of actors, in the order of their numbers."""
    rows = connection.execute(
        "SELECT id FROM actor_numbers WHERE number IN (SELECT unnest(?::INTEGER[])) ORDER BY number", [numbers]
    ).fetchall()
    return [name for (name,) in rows]


def tie_ids(connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> dict[int, str]:
    """The ids of ties by the row numbers of a table without names."""
    sql = "SELECT rowid, tie FROM evidence WHERE rowid IN (SELECT unnest(?::BIGINT[]))"
    return dict(connection.execute(sql, [list(numbers)]).fetchall())
