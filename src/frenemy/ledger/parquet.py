"""All tables as Parquet files, out and in; an export is what another ledger, or pandas, reads."""

from __future__ import annotations

from pathlib import Path

import duckdb

from frenemy.errors import LedgerError

TABLES = (
    *("documents", "mentions", "ties", "figures", "judgements", "watchlists", "watchlist_entries"),
    *("actors", "actor_members", "meta"),
)


def export_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Write each table to `folder`/<table>.parquet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"Cannot write to {folder}: {error.strerror}. Give a folder.") from None
    paths = [folder / f"{table}.parquet" for table in TABLES]
    for table, path in zip(TABLES, paths, strict=True):
        connection.table(table).write_parquet(str(path))
    return paths


def import_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Add the documents that are not known yet with all their rows, and the judgements; one transaction."""
    missing = [table for table in TABLES if not (folder / f"{table}.parquet").is_file()]
    if missing:
        raise LedgerError(f"{folder} is not an export of a ledger: {missing[0]}.parquet is not there.")
    connection.begin()
    try:
        for table in TABLES:
            connection.read_parquet(str(folder / f"{table}.parquet")).create_view(f"incoming_{table}", replace=True)
        same = connection.execute("SELECT count(*) FROM incoming_meta JOIN meta USING (key, value) WHERE key = 'schema'").fetchall()
        if same != [(1,)]:
            raise LedgerError(f"{folder} was exported with another schema. Export it again with this frenemy.")
        connection.execute("CREATE TEMP TABLE fresh AS SELECT id FROM incoming_documents ANTI JOIN documents USING (id)")
        connection.execute("INSERT INTO documents BY NAME SELECT * FROM incoming_documents WHERE id IN (FROM fresh)")
        for table in ("mentions", "ties", "figures"):
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming_{table} WHERE document IN (FROM fresh)")
        for table in ("judgements", "watchlists", "watchlist_entries"):
            connection.execute(f"INSERT INTO {table} BY NAME (FROM incoming_{table} EXCEPT FROM {table})")
        [(count,)] = connection.execute("SELECT count(*) FROM fresh").fetchall()
        connection.execute("DROP TABLE fresh")
        for table in TABLES:
            connection.execute(f"DROP VIEW incoming_{table}")
        connection.commit()
    except duckdb.Error as error:
        connection.rollback()
        raise LedgerError(f"{folder} is not an export of a ledger: {str(error).splitlines()[0]}") from None
    except LedgerError:
        connection.rollback()
        raise
    return int(count)
