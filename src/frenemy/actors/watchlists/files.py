"""Which format a watchlist file has, and the reading of it as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frenemy.actors.watchlists.draft import Draft
from frenemy.actors.watchlists.entities import take_entity
from frenemy.actors.watchlists.tables import take_table
from frenemy.errors import WatchlistError
from frenemy.model import Watchlist

if TYPE_CHECKING:
    from yaml.nodes import Node

ENDINGS = {
    ".csv": "table",
    ".tsv": "table",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "lines",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".ijson": "lines",
}


def load_watchlist(path: str | Path, *, name: str | None = None) -> Watchlist:
    """The list that a file holds, under `name` or the file's own. `WatchlistError` says what is wrong with a bad one, and where.

    >>> load_watchlist("nowhere.csv")
    Traceback (most recent call last):
    ...
    frenemy.errors.WatchlistError: nowhere.csv: No such file or directory.
    """
    path = Path(path)
    draft, text = Draft(path), _text(path)
    shape = ENDINGS.get(path.suffix.casefold())
    if shape is None:
        raise WatchlistError(f"{path}: a watchlist is a .csv, .yaml, .json or .jsonl file.")
    {"table": take_table, "yaml": _take_yaml, "lines": _take_lines}[shape](draft, text)
    if not draft.entries:
        raise draft.fail(None, "there is no actor in it.")
    label = " ".join((name or _stem(path)).split())
    if not label:
        raise draft.fail(None, "the name of a watchlist must not be empty.")
    return Watchlist(name=label, source=path.name, entries=tuple(draft.entries), left_out=tuple(sorted(draft.left_out.items())))


def _stem(path: Path) -> str:
    """The file's name without its endings: "targets" for targets.nested.json."""
    return path.name.split(".")[0] or path.stem


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WatchlistError(f"{path}: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise WatchlistError(f"{path}, line {line}: not text in UTF-8. Nothing was added.") from None


def _take_lines(draft: Draft, text: str) -> None:
    """JSON lines: entities of FollowTheMoney, or objects with the fields of a plain list."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if line.lstrip().startswith("["):
            raise draft.fail(number, "an array. Write one object a line (`jq -c '.[]'` does).")
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise draft.fail(number, f"not JSON ({getattr(error, 'msg', 'nested too deep')}).") from None
        if not isinstance(value, dict):
            raise draft.fail(number, "not an object.")
        if "schema" in value or "properties" in value:
            take_entity(draft, number, value)
        else:
            draft.plain_row(number, value)


def _take_yaml(draft: Draft, text: str) -> None:
    """A list of objects with the fields of a plain list, or of bare names; it may stand under the key `actors`."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "nested too deep"
        raise draft.fail(mark.line + 1 if mark else None, f"not YAML ({reason}).") from None
    if isinstance(root, yaml.MappingNode):
        root = next((value for key, value in root.value if key.value == "actors"), None)
    if not isinstance(root, yaml.SequenceNode):
        if root is None and not text.strip():
            return
        raise draft.fail(1, "a watchlist in YAML is a list of names, or of objects with a name.")
    for node in root.value:
        draft.plain_row(node.start_mark.line + 1, _plain(draft, node))


def _plain(draft: Draft, node: Node) -> dict[str, Any]:
    import yaml

    line = node.start_mark.line + 1
    loader = yaml.SafeLoader("")
    try:
        value = loader.construct_document(node)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise draft.fail(line, f"not YAML ({getattr(error, 'problem', None) or error}).") from None
    if isinstance(value, str):
        return {"name": value}
    if not isinstance(value, dict):
        raise draft.fail(line, "neither a name nor an object with a name.")
    fields = {str(key).casefold(): field for key, field in value.items()}
    for alias, name in (("alias", "aliases"), ("qid", "wikidata"), ("type", "kind")):
        if alias in fields:
            fields.setdefault(name, fields.pop(alias))
    return fields
