"""What resolving costs as the pile grows: time and memory for 10,000, 100,000 and 1,000,000 mentions of up to 100,000 actors.

    .venv/bin/python -m benchmarks.actors_scale [--mentions 1000000] [--incremental]

A seeded generator makes actors in circles that are mentioned together, 20 mentions a document: persons with nicknames, initials, family
names alone, typos and namesakes (1 in 20 has a common given and family name), organisations with legal forms and acronyms.
Each size runs in a process of its own, so that the memory shown is its own peak.

With `--incremental`, 100 documents are added to a ledger of 10,000 (and of 1,000), beside resolving all anew.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from frenemy.actors import Chain, decide
from frenemy.actors.names import words
from frenemy.ledger import Ledger
from frenemy.model import Document, Mention, Reading
from frenemy.pipeline import Rules

SIZES = (10_000, 100_000, 1_000_000)
MOST_ACTORS = 100_000
PER_DOCUMENT, CIRCLE = 20, 30
COMMON = 0.05
"""The share of persons whose given and family names are both common: namesakes."""
SYLLABLES = [a + b for a in "bcdfghjklmnprstvwz" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]
ENDS = ["son", "berg", "ski", "ova", "er", "man", "ton", "li", "dez", "oux"]
TRADES = ["Steel", "Foods", "Bank", "Oil", "Air", "Media", "Press", "Rail", "Water", "Glass"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or an organisation, with the ways it is called and how often each is used."""

    kind: str
    forms: tuple[str, ...]
    weights: tuple[float, ...]


def coined(chance: random.Random, syllables: int) -> str:
    """A word that looks like a name."""
    return "".join(chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def typo(chance: random.Random, name: str) -> str:
    """The name with two neighbouring letters swapped in its last word."""
    place = len(name) - chance.randrange(2, 4)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def actors(chance: random.Random, count: int) -> list[Person]:
    """Two persons for each organisation."""
    givens = sorted({*words().diminutives.values(), *words().common, *(coined(chance, 2).lower() for _ in range(600))})
    families = [coined(chance, 2) + chance.choice(ENDS) for _ in range(max(50, count // 5))]
    common = [word.capitalize() for word in sorted(words().common)]
    nicknames = {given: nick for nick, given in sorted(words().diminutives.items())}
    found: list[Person] = []
    for number in range(count):
        if number % 3 == 2:
            name = f"{coined(chance, 3)} {chance.choice(TRADES)}"
            found.append(Person("company", (name, f"{name} Inc.", f"{name} Group", name.upper()), (6, 2, 1, 0.5)))
            continue
        given, family = chance.choice(givens), chance.choice(families)
        if chance.random() < COMMON:
            given, family = chance.choice(common).lower(), chance.choice(common)
        full = f"{given.capitalize()} {family}"
        nick = f"{nicknames.get(given, given).capitalize()} {family}"
        forms = (full, nick, f"{given[0].upper()}. {family}", f"Mr. {family}", typo(chance, full))
        found.append(Person("person", forms, (8, 1, 0.5, 0.5, 0.05)))
    return found


def mentions(count: int, seed: int = 4) -> Iterator[tuple[Chain, int]]:
    """Chains with the number of the actor that each means, document by document."""
    chance = random.Random(seed)
    known = actors(chance, min(MOST_ACTORS, max(100, count // 10)))
    order = list(range(len(known)))
    chance.shuffle(order)
    circles = [order[start : start + CIRCLE] for start in range(0, len(order), CIRCLE)]
    for number in range(count // PER_DOCUMENT):
        circle = chance.choice(circles)
        taken: set[str] = set()
        for who in chance.sample(circle, min(PER_DOCUMENT, len(circle))):
            actor = known[who]
            name = chance.choices(actor.forms, actor.weights)[0]
            if name not in taken:
                taken.add(name)
                yield Chain(document=f"d{number:07}", name=name, kind=actor.kind), who


def quality(found: dict[tuple[str, str], str], truth: dict[tuple[str, str], int]) -> tuple[float, float]:
    """B-cubed precision and recall."""
    both = Counter((found[place], who) for place, who in truth.items() if place in found)
    response, key = Counter(found.values()), Counter(truth.values())
    precision = sum(n * n / response[actor] for (actor, _), n in both.items()) / max(1, sum(both.values()))
    recall = sum(n * n / key[who] for (_, who), n in both.items()) / max(1, len(truth))
    return precision, recall


def measure(count: int) -> str:
    """One line: mentions, actors, seconds, peak memory, B-cubed."""
    pairs = list(mentions(count))
    chains = [chain for chain, _ in pairs]
    truth = {(chain.document, chain.name): who for chain, who in pairs}
    del pairs
    began = time.perf_counter()
    resolution = decide(chains)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    found = {member: actor.id for actor in resolution.actors for member in actor.members}
    precision, recall = quality(found, truth)
    counts = (len(chains), len(set(truth.values())), len(resolution.actors))
    return "{:>9,}  {:>7,}  {:>7,}".format(*counts) + f"  {seconds:>7.1f}  {peak:>6.2f}  {precision:.3f}  {recall:.3f}"


def readings(start: int, count: int, actors_of: int) -> list[Reading]:
    """Documents of the generator, as a reader would give them."""
    found: dict[str, list[Chain]] = {}
    for chain, _ in mentions(actors_of * PER_DOCUMENT):
        found.setdefault(chain.document, []).append(chain)
    out = []
    for document in sorted(found)[start : start + count]:
        text, spans = document + "\n", []
        for chain in found[document]:
            spans.append((chain, len(text)))
            text += chain.name + "\n"
        doc = Document(text=text, name=document)
        own = doc.id
        named = [Mention(document=own, start=s, end=s + len(c.name), text=c.name, name=c.name, kind=c.kind) for c, s in spans]
        out.append(Reading(document=doc, mentions=tuple(named)))
    return out


def incremental(base: int, new: int) -> str:
    """One line: what adding `new` documents to `base` costs beside all of them."""
    piles = readings(0, base, base + new), readings(base, new, base + new)
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "grown.duckdb", resolver=Rules()) as ledger:
        times = []
        for pile in piles:
            ledger.add(*pile)
            began = time.perf_counter()
            ledger.resolve()
            times.append(time.perf_counter() - began)
    return f"{base:>9,}  {new:>5,}  {times[0]:>8.2f}  {times[1]:>7.2f}"


def main() -> int:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, help="only this size, in this process")
    parser.add_argument("--incremental", action="store_true", help="100 documents added to 1,000 and to 10,000")
    arguments = parser.parse_args()
    if arguments.incremental:
        print("documents  added  resolve  adding (seconds)")
        for base in (1_000, 10_000):
            print(incremental(base, 100), flush=True)
        return 0
    if arguments.mentions:
        print(measure(arguments.mentions))
        return 0
    print(" mentions   actors    found  seconds  GB      B3 P   B3 R")
    for size in SIZES:
        command = [sys.executable, "-m", "benchmarks.actors_scale", "--mentions", str(size)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
