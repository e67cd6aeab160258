"""Patterns from YAML, with errors that name the line and say what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn

from frenemy.analysis.conflicts.patterns import ORDER, TOGETHER, Hop, Pattern, Role, Way
from frenemy.errors import PatternError
from frenemy.model import KINDS, STATUSES, TIE_TYPES

LONGEST = 1_000_000
"""Bytes of a file of patterns."""
MOST_HOPS = 8
KEYS = ("title", "check", "roles", "about", "hops", "wholes", "overlap", "near")
NAME = re.compile(r"[a-z][a-z0-9-]*")


def shipped_patterns() -> tuple[Pattern, ...]:
    """The patterns that come with frenemy, from `patterns.yaml`.

    >>> "own-company-is-paid" in [pattern.name for pattern in shipped_patterns()]
    True
    """
    return parse_patterns((files("frenemy.analysis.conflicts") / "patterns.yaml").read_text(encoding="utf-8"), "patterns.yaml")


def load_patterns(path: str | Path) -> tuple[Pattern, ...]:
    """The patterns of a YAML file; `PatternError` where it is not one."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise PatternError(f"{path}: {error.strerror}. Give a YAML file of patterns.") from None
    if len(raw) > LONGEST:
        raise PatternError(f"{path} is larger than {LONGEST:,} bytes, so it is no file of patterns.")
    try:
        return parse_patterns(raw.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise PatternError(f"{path} is not text in UTF-8. Save it as UTF-8.") from None


def with_own(shipped: Iterable[Pattern], own: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """Both, an own pattern in the place of a shipped one of its name."""
    return tuple({pattern.name: pattern for pattern in (*shipped, *own)}.values())


def parse_patterns(text: str, source: str = "patterns") -> tuple[Pattern, ...]:
    """The patterns of a YAML text; `source` names it in errors.

    >>> [pattern] = parse_patterns('''
    ... both-sides:
    ...   title: works for both sides of a deal
    ...   roles: {person: [person], one: any, other: any}
    ...   hops:
    ...     first: person WORKS_FOR one
    ...     second: person WORKS_FOR|ADVISES other
    ...     deal: one COOPERATE other
    ... ''')
    >>> [str(hop.ways[0]) for hop in pattern.hops]
    ['person WORKS_FOR one', 'person WORKS_FOR|ADVISES other', 'one COOPERATE other']
    >>> parse_patterns("loop:\\n  title: t\\n  roles: {a: any, b: any}\\n  hops:\\n    x: a OWN b\\n")
    Traceback (most recent call last):
    ...
    frenemy.errors.PatternError: patterns, line 5, pattern loop: 'OWN' is no tie type. Did you mean OWNS? docs/ties.md lists them.
    """
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise PatternError(f"{source}{where}: not YAML ({getattr(error, 'problem', None) or 'unreadable'}).") from None
    except RecursionError:
        raise PatternError(f"{source}: nested too deeply.") from None
    top = _Part(root, source, "") if root is not None else None
    if top is None or not (found := tuple(_pattern(part, name) for name, part in top.items())):
        raise PatternError(f"{source} holds no pattern. docs/conflicts.md shows how one is written.")
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A node of the YAML tree with where it stands, so that every complaint names its line and pattern."""

    node: Any
    source: str
    pattern: str

    def fail(self, message: str) -> NoReturn:
        about = f", pattern {self.pattern}" if self.pattern else ""
        raise PatternError(f"{self.source}, line {self.node.start_mark.line + 1}{about}: {message}")

    def items(self) -> Iterator[tuple[str, _Part]]:
        if self.node.id != "mapping":
            self.fail("expected `key: value` lines.")
        seen = set()
        for key, value in self.node.value:
            name = _Part(key, self.source, self.pattern).text()
            if name in seen:
                _Part(key, self.source, self.pattern).fail(f"{name!r} stands here twice.")
            seen.add(name)
            yield name, _Part(value, self.source, self.pattern)

    def parts(self) -> list[_Part]:
        nodes = self.node.value if self.node.id == "sequence" else [self.node]
        return [_Part(node, self.source, self.pattern) for node in nodes]

    def text(self) -> str:
        if self.node.id != "scalar" or not self.node.value.strip():
            self.fail("expected a word or a sentence.")
        return " ".join(self.node.value.split())

    def one_of(self, known: Sequence[str], what: str, more: str = "") -> str:
        word = self.text()
        if word not in known:
            self.fail(f"{word!r} is no {what}. {_advice(word, known)}{more}")
        return word


def _advice(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word.upper() if known and known[0].isupper() else word, known, n=1)
    return f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}." if len(known) < 10 else ""


def _pattern(part: _Part, name: str) -> Pattern:
    part = _Part(part.node, part.source, name)
    if not NAME.fullmatch(name):
        part.fail("a pattern's name has small letters, digits and hyphens only.")
    fields = {}
    for key, value in part.items():
        if key not in KEYS:
            value.fail(f"{key!r} is nothing that a pattern has. {_advice(key, KEYS)}")
        fields[key] = value
    for needed in ("title", "roles", "hops"):
        if needed not in fields:
            part.fail(f"{needed!r} is missing.")
    roles = tuple(_role(role, value) for role, value in fields["roles"].items())
    names = [role.name for role in roles]
    hops = tuple(_hop(hop, value, names) for hop, value in fields["hops"].items())
    pattern = Pattern(
        name=name,
        title=fields["title"].text(),
        check=fields["check"].text() if "check" in fields else "",
        roles=roles,
        hops=hops,
        wholes=tuple(_pair(pair, names) for pair in fields["wholes"].parts()) if "wholes" in fields else (),
        overlap=fields["overlap"].one_of((TOGETHER, ORDER), "overlap") if "overlap" in fields else TOGETHER,
        about=frozenset(role.one_of(names, "role") for role in fields["about"].parts()) if "about" in fields else frozenset(),
        near=tuple(n.one_of([hop.name for hop in hops], "hop") for n in fields["near"].parts()) if "near" in fields else (),
    )
    _check(pattern, fields)
    return pattern


def _role(name: str, part: _Part) -> Role:
    if not NAME.fullmatch(name):
        part.fail(f"{name!r} is no name for a role: small letters, digits and hyphens only.")
    if part.node.id != "mapping":
        return Role(name=name, kinds=_kinds(part))
    fields = dict(part.items())
    for key, value in fields.items():
        if key not in ("kinds", "words"):
            value.fail(f"{key!r} is nothing that a role has. There are kinds and words.")
    words = frozenset(word.text().casefold() for word in fields["words"].parts()) if "words" in fields else frozenset()
    return Role(name=name, kinds=_kinds(fields["kinds"]) if "kinds" in fields else frozenset(), words=words)


def _kinds(part: _Part) -> frozenset[str]:
    if part.node.id == "scalar" and part.node.value == "any":
        return frozenset()
    return frozenset(kind.one_of(KINDS, "kind of actor") for kind in part.parts())


def _hop(name: str, part: _Part, roles: Sequence[str]) -> Hop:
    fields = dict(part.items()) if part.node.id == "mapping" else {"ties": part}
    for key, value in fields.items():
        if key not in ("ties", "statuses"):
            value.fail(f"{key!r} is nothing that a hop has. There are ties and statuses.")
    if "ties" not in fields:
        part.fail(f"the hop {name!r} has no ties.")
    ways = tuple(_way(way, roles) for way in fields["ties"].parts())
    if not ways:
        part.fail(f"the hop {name!r} has no ties.")
    if len({frozenset((way.source, way.target)) for way in ways}) > 1:
        part.fail(f"all ties of the hop {name!r} must join the same two roles.")
    if "statuses" not in fields:
        return Hop(name=name, ways=ways)
    return Hop(name=name, ways=ways, statuses=frozenset(one.one_of(STATUSES, "status") for one in fields["statuses"].parts()))


def _way(part: _Part, roles: Sequence[str]) -> Way:
    words = part.text().split()
    if len(words) != 3:
        part.fail(f"{part.text()!r} is no tie. Write it as `owner OWNS|LEADS company`.")
    for role in (words[0], words[2]):
        if role not in roles:
            part.fail(f"{role!r} is not among the roles. {_advice(role, roles)}")
    if words[0] == words[2]:
        part.fail("a tie joins two different roles.")
    types = tuple(words[1].split("|"))
    for kind in types:
        if kind not in TIE_TYPES:
            part.fail(f"{kind!r} is no tie type. {_advice(kind, list(TIE_TYPES))} docs/ties.md lists them.")
    return Way(source=words[0], types=types, target=words[2])


def _pair(part: _Part, roles: Sequence[str]) -> tuple[str, str]:
    pair = [role.one_of(roles, "role") for role in part.parts()]
    if len(pair) != 2 or pair[0] == pair[1]:
        part.fail("`wholes` lists pairs of roles, such as [[office, buyer]].")
    return pair[0], pair[1]


def _check(pattern: Pattern, fields: Mapping[str, _Part]) -> None:
    """What only the whole pattern can get wrong."""
    if not 2 <= len(pattern.hops) <= MOST_HOPS:
        fields["hops"].fail(f"a pattern has 2 to {MOST_HOPS} hops.")
    links = [hop.ends for hop in pattern.hops]
    loose = _unreached(pattern, [*links, *pattern.wholes])
    if loose:
        fields["roles"].fail(f"no hop leads to the role {loose!r}.")
    for name in pattern.near:
        if pattern.overlap == ORDER and name in [hop.name for hop in pattern.hops[:2]]:
            fields["near"].fail(f"the pattern is about the order of its first two hops, so {name!r} cannot be missing.")
        rest, _ = pattern.without(name)
        loose = _unreached(rest, [hop.ends for hop in rest.hops])
        if loose:
            fields["near"].fail(f"without the hop {name!r} nothing leads to the role {loose!r}, so it cannot be missing.")


def _unreached(pattern: Pattern, links: Sequence[tuple[str, str]]) -> str:
    """A role that the links do not join to the first, empty where there is none."""
    reached = {pattern.roles[0].name}
    for _ in links:
        for link in links:
            if reached & set(link):
                reached |= set(link)
    return next((role.name for role in pattern.roles if role.name not in reached), "")
