"""A file of alarm rules: what to ring on and where, as YAML or TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from frenemy.analysis.alarms import KINDS, Rule
from frenemy.errors import RuleError
from frenemy.model import POLARITIES, STATUSES, TIE_TYPES

ALLOWED = {"types": tuple(TIE_TYPES), "signs": POLARITIES, "statuses": STATUSES}
LISTS = ("actors", "between", "types", "signs", "statuses")
WORDS = {"with": "+", "against": "-", "neutral": "0"}
ONLY_TIES = ("types", "signs", "statuses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a file of rules holds: the rules, and where to ring, each as its table."""

    rules: tuple[Rule, ...]
    bells: tuple[Mapping[str, Any], ...] = ()


def load_rules(path: str | Path) -> Settings:
    """Read a file of rules, TOML where it ends in .toml, YAML otherwise; raises `RuleError`, which names the rule that is wrong."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RuleError(f"{path} is not text in UTF-8.") from None
    table = _table(text, path)
    unknown = sorted(set(table) - {"alarms", "bells"})
    if unknown:
        raise RuleError(f"{path}: {unknown[0]!r} means nothing here; a file of rules holds `alarms` and `bells`.")
    alarms, bells = (_tables(table.get(name) or [], name, path) for name in ("alarms", "bells"))
    rules = [parse_rule(row, f"{path}, alarm {number}") for number, row in enumerate(alarms, start=1)]
    return Settings(rules=tuple(rules), bells=tuple(bells))


def _table(text: str, path: Path) -> Mapping[str, Any]:
    import yaml

    try:
        table = tomllib.loads(text) if path.suffix.lower() == ".toml" else yaml.safe_load(text)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError) as error:
        raise RuleError(f"{path}: {' '.join(str(error).split())}") from None
    if not isinstance(table, dict):
        raise RuleError(f"{path} holds no table; docs/watch.md shows one.")
    return table


def _tables(rows: Any, name: str, path: Path) -> Sequence[Mapping[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RuleError(f"{path}: `{name}` must be a list of tables.")
    return rows


def parse_rule(row: Mapping[str, Any], where: str = "the rule") -> Rule:
    """A table as a rule.

    >>> parse_rule({"kind": "tie", "between": ["Ann", "Bob"], "signs": "against"}).signs
    ('-',)
    >>> parse_rule({"kind": "quarrel"}, "rules.yaml, alarm 1")
    Traceback (most recent call last):
    ...
    frenemy.errors.RuleError: rules.yaml, alarm 1: `kind` is 'quarrel'; it must be tie, shift, dispute or conflict.
    """
    known = {field.name for field in fields(Rule)}
    unknown = sorted(set(map(str, row)) - known)
    if unknown:
        raise RuleError(f"{where}: {unknown[0]!r} means nothing here; a rule has {', '.join(sorted(known))}.")
    kind = row.get("kind")
    if kind not in KINDS:
        raise RuleError(f"{where}: `kind` is {kind!r}; it must be {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    lists = {name: _values(row.get(name, ()), name, where) for name in LISTS}
    if lists["between"] and len(lists["between"]) != 2:
        raise RuleError(f"{where}: `between` must name two actors.")
    if kind != "tie" and (wrong := next((name for name in ONLY_TIES if lists[name]), None)):
        raise RuleError(f"{where}: `{wrong}` is for rules on ties.")
    least = row.get("min_confidence", 0.0)
    if not isinstance(least, int | float) or not 0 <= least <= 1:
        raise RuleError(f"{where}: `min_confidence` must be a number between 0 and 1.")
    return Rule(name=str(row.get("name") or _called(str(kind), lists)), kind=str(kind), min_confidence=float(least), **lists)


def _values(given: Any, name: str, where: str) -> tuple[str, ...]:
    rows = [given] if isinstance(given, str) else given
    if not isinstance(rows, list | tuple) or not all(isinstance(value, str) and value.strip() for value in rows):
        raise RuleError(f"{where}: `{name}` must be a list of words, in quotes where they are signs.")
    values = tuple(WORDS.get(value, value) if name == "signs" else value.strip() for value in map(str, rows))
    values = tuple(value.upper() for value in values) if name == "types" else values
    if wrong := next((value for value in values if value not in ALLOWED.get(name, (value,))), None):
        raise RuleError(f"{where}: {wrong!r} in `{name}` is none of {', '.join(ALLOWED[name])}.")
    return values


def _called(kind: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """What to call a rule without a name."""
    if lists["between"]:
        return f"{kind} between {' and '.join(lists['between'])}"
    return f"{kind} of {', '.join(lists['actors'])}" if lists["actors"] else f"any {kind}"
