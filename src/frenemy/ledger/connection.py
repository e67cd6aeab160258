"""Opening the file: what can be wrong with a path, said in one line each."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path

import duckdb

from frenemy.errors import LedgerLocked, NotALedger

SCHEMA_VERSION = "2"
WEIGHED = (files("frenemy.ledger") / "weighed.sql").read_text(encoding="utf-8")
"""The derived tables that stance is made from; a ledger from before them gets them when it is opened."""
SCHEMA = (files("frenemy.ledger") / "schema.sql").read_text(encoding="utf-8") + WEIGHED


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the ledger at `path`, made new where there is none (unless `read_only`)."""
    if path.is_dir():
        raise NotALedger(f"{path} is a folder. Give the ledger a file name, such as {path / 'frenemy.duckdb'}.")
    if not path.exists():
        if read_only:
            raise NotALedger(f"There is no ledger at {path}. Make one with `frenemy read SOURCE... --ledger {path}`.")
        create(path)
    if path.stat().st_size == 0:
        raise NotALedger(f"{path} is an empty file, not a ledger. Remove it or give another path.")
    try:
        connection = duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        raise _explain(path, error) from None
    try:
        _check_version(path, connection)
    except NotALedger:
        connection.close()
        raise
    if connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'actor_numbers'").fetchall():
        return connection
    connection.close()
    _complete(path)
    return connect(path, read_only=read_only)


def _complete(path: Path) -> None:
    """Add the derived tables that an older ledger lacks, and have all that is derived made anew."""
    try:
        with duckdb.connect(str(path)) as connection:
            older = "".join(f"DROP TABLE IF EXISTS {table};" for table in ("stories", "story_bands", "evidence"))
            connection.execute(f"BEGIN; {older} {WEIGHED} UPDATE meta SET value = '' WHERE key = 'resolved'; COMMIT")
    except duckdb.Error as error:
        raise _explain(path, error) from None


def create(path: Path) -> None:
    """Write an empty ledger beside the path and move it there, so that a half-made file never bears the name."""
    if not path.parent.is_dir():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotALedger(f"Cannot make the folder {path.parent} for the ledger: {error.strerror}.") from None
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(draft)) as connection:
            connection.begin()
            connection.execute(SCHEMA)
            connection.execute("INSERT INTO meta VALUES ('schema', ?), ('resolved', ''), ('judged', '0')", [SCHEMA_VERSION])
            connection.commit()
        _move_new(draft, path)
    except (duckdb.Error, OSError) as error:
        raise NotALedger(f"Cannot make a ledger at {path}: {str(error).splitlines()[0]}") from None
    finally:
        draft.unlink(missing_ok=True)


def _move_new(draft: Path, path: Path) -> None:
    """Give the draft its name unless another process was quicker; that one's ledger is as good."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            draft.rename(path)


def _check_version(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    try:
        rows = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall()
    except duckdb.CatalogException:
        raise NotALedger(f"{path} is a DuckDB file, but not a ledger of frenemy. Give another path.") from None
    if rows != [(SCHEMA_VERSION,)]:
        version = rows[0][0] if rows else "none"
        raise NotALedger(
            f"{path} has schema {version}, this frenemy reads schema {SCHEMA_VERSION}. Read the sources again into a new ledger."
        )


def _explain(path: Path, error: duckdb.Error) -> NotALedger | LedgerLocked:
    message = str(error)
    if "lock" in message.lower():
        holder = re.search(r"PID (\d+)", message)
        who = f"process {holder[1]}" if holder else "another process"
        return LedgerLocked(f"{path} is in use by {who}. Wait until it is done, or stop it, and run this again.")
    if isinstance(error, duckdb.IOException) and "permission" in message.lower():
        return NotALedger(f"{path} cannot be opened: permission denied.")
    return NotALedger(f"{path} is not a ledger. Give another path, or remove the file.")
