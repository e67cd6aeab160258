"""`frenemy check`: does every quote still equal its slice, is every row's document there."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import duckdb

CHECKS = (files("frenemy.ledger") / "check.sql").read_text(encoding="utf-8")


def false_rows(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A line for each thing that is wrong; none in a sound ledger."""
    wrong = [
        f"document {name}: its text is no longer the one it was stored with"
        for document_id, name, text in _documents(connection)
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != document_id
    ]
    rows = connection.execute(CHECKS).fetchall()
    wrong += [
        f"{what} in document {doc or '(missing)'} at {start}:{end}: {text[:60]!r} does not stand there"
        for what, doc, start, end, text in rows
    ]
    return wrong


def _documents(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return connection.execute("SELECT id, name, text FROM documents ORDER BY name, id").fetchall()
