"""Who is who across documents, beside gold: MEANTIME's cross-document chains, and the actors of the three seeds.

    .venv/bin/python -m benchmarks.actors --shared ../shared [--out FILE]

Gold mentions go in, clusters come out, so that finding mentions does not count. Each mention gives only its document, its text and its
kind; gold chains inside documents are not given.

**MEANTIME** (Minard et al., LREC 2016, as converted by Zhukova et al. 2022): persons and organisations whose head is a proper noun. A
mention there is a whole phrase ("Apple CEO Steve Jobs"), a reader's is a name, so each is cut to the run of capitalised words about its
head. Chains are compared by MEANTIME's instance: its conversion gives one instance several chains ("cross_", "cross_intra_").

**Seeds**: the named actors of `gold/actors.jsonl`, all their aliases that hold a capital, one mention an alias and document.

Names that are kept out as names of nothing count as clusters of one. Metrics are in `clusters.py`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.clusters import Cluster, scores
from benchmarks.tables import present, show

from frenemy.actors import Chain, decide

MEANTIME = "data/coreference/meantime_news/entities_mentions.json"
SEEDS = "gold/actors.jsonl"
INSIDE = ("of", "the", "for", "&", "de", "von")
"""Words in lower case that a name may have inside."""
SAME = 0.8
"""rigour's score from which two names are taken for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A gold mention: its own id, where it stands, what it says, and whom it means."""

    id: str
    document: str
    name: str
    kind: str
    actor: str


def name_in(words: Sequence[str], head: int) -> str:
    """The run of capitalised words about the head of a phrase.

    >>> name_in("US automaker General Motors ( GM".split(), 3), name_in("the Department of Justice 's".split(), 1)
    ('General Motors', 'Department of Justice')
    """

    def capital(i: int) -> bool:
        return 0 <= i < len(words) and (words[i][:1].isupper() or words[i][:1].isdigit())

    start = end = head
    while capital(start - 1) or (start - 1 > 0 and words[start - 1] in INSIDE and capital(start - 2)):
        start -= 1
    while capital(end + 1) or (end + 2 < len(words) and words[end + 1] in INSIDE and (capital(end + 2) or words[end + 2] in INSIDE)):
        end += 1
    return re.sub(r"\s+([.,'])", r"\1", " ".join(words[start : end + 1])).rstrip(",")


def meantime(path: Path) -> list[Named]:
    """Persons and organisations of MEANTIME that are named."""
    found = []
    for number, mention in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        if mention["mention_type"] not in ("PER", "ORG") or mention["mention_head_pos"] != "PROPN":
            continue
        words = mention["tokens_str"].split()
        places = [i for i, word in enumerate(words) if word == mention["mention_head"]]
        if not places:
            continue
        found.append(
            Named(
                id=str(number),  # its own mention_id is shared by phrases inside one another
                document=mention["doc_id"],
                name=name_in(words, places[0]),
                kind="person" if mention["mention_type"] == "PER" else "organisation",
                actor=re.sub(r"^(cross_intra|cross|intra)_", "", mention["coref_chain"]),
            )
        )
    return found


def seeds(path: Path) -> list[Named]:
    """The named actors of the seeds; one that stands in several is one actor by its name."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        actor = json.loads(line)
        if actor["kind"] in ("group",):
            continue
        for alias in sorted({actor["name"], *actor["aliases"]} if actor["name"] in actor["aliases"] else set(actor["aliases"])):
            if re.search(r"[A-Z]", re.sub(r"^(The|Some)\b", "", alias)) and not re.match(r"(his|her|its|their)\b", alias):
                found.append(
                    Named(
                        id=f"{actor['doc']} {actor['name']} {alias}",
                        document=actor["doc"],
                        name=alias,
                        kind=actor["kind"],
                        actor=actor["name"],
                    )
                )
    return found


def clustered(mentions: Iterable[Named], label: Callable[[Named], Hashable]) -> list[Cluster]:
    """Mentions that get the same label."""
    found: dict[Hashable, set[str]] = defaultdict(set)
    for mention in mentions:
        found[label(mention)].add(mention.id)
    return list(found.values())


def ours(mentions: Sequence[Named]) -> list[Cluster]:
    """What frenemy makes of them."""
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for mention in mentions:
        counts[mention.document, mention.name, mention.kind] += 1
    resolution = decide(Chain(document=d, name=name, kind=kind, count=count) for (d, name, kind), count in counts.items())
    actor = {member: found.id for found in resolution.actors for member in found.members}
    return clustered(mentions, lambda m: actor.get((m.document, m.name), m.id))


def exact(mentions: Sequence[Named]) -> list[Cluster]:
    """The same string is the same actor."""
    return clustered(mentions, lambda m: m.name)


def last_token(mentions: Sequence[Named]) -> list[Cluster]:
    """The same last word is the same actor."""
    return clustered(mentions, lambda m: m.name.casefold().split()[-1])


def rigour_alone(mentions: Sequence[Named]) -> list[Cluster]:
    """Names that rigour's matcher, which compares for screening, scores as the same; what follows from several pairs counts."""
    from rigour.names import NameTypeTag, analyze_names, compare_parts

    names = sorted({(m.name, m.kind == "person") for m in mentions})
    parsed = {one: analyze_names(NameTypeTag.PER if one[1] else NameTypeTag.ORG, [one[0]]) for one in names}
    group = {one: one for one in names}
    for one, other in combinations(names, 2):
        if one[1] != other[1] or group[one] == group[other]:
            continue
        if any(matched(compare_parts(list(left.parts), list(right.parts))) for left in parsed[one] for right in parsed[other]):
            old, new = group[other], group[one]
            group = {name: new if root == old else root for name, root in group.items()}
    return clustered(mentions, lambda m: group[m.name, m.kind == "person"])


def matched(alignments: Iterable[Any]) -> bool:
    """Whether rigour's alignment of two names says that they are one: the mean score of its parts, by their number."""
    parts = [(alignment.score, len(alignment.qps) + len(alignment.rps)) for alignment in alignments]
    weight = sum(size for _, size in parts)
    return weight > 0 and sum(score * size for score, size in parts) / weight >= SAME


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of the evaluation data")
    parser.add_argument("--out", type=Path, help="Markdown file to append the tables to")
    parser.add_argument("--errors", action="store_true", help="list what is split and what is mixed")
    arguments = parser.parse_args()
    if not present(arguments):
        return 0
    systems = {"frenemy": ours, "exact string": exact, "last token": last_token, "rigour's matcher alone": rigour_alone}
    for title, mentions in (
        ("MEANTIME, named persons and organisations", meantime(arguments.shared / MEANTIME)),
        ("Seeds", seeds(arguments.shared / SEEDS)),
    ):
        key = clustered(mentions, lambda m: m.actor)
        rows: list[list[str | float | int]] = []
        for name, cluster in systems.items():
            found = scores(key, cluster(mentions))
            rows.append([name, *found["B3"], *found["CEAFe"], *found["LEA"]])
        head = ["who", *(f"{metric} {part}" for metric in ("B3", "CEAFe", "LEA") for part in ("P", "R", "F1"))]
        show(title, head, rows, note=f"{len(mentions)} mentions, {len(key)} actors", out=arguments.out)
        if arguments.errors:
            list_errors(mentions, ours(mentions))
    return 0


def list_errors(mentions: Sequence[Named], found: Sequence[Cluster]) -> None:
    """Print the actors that are split and the clusters that are mixed, with their names."""
    by_id = {mention.id: mention for mention in mentions}
    for what, clusters, label in (("mixed", found, "actor"), ("split", clustered(mentions, lambda m: m.actor), "")):
        place = {one: i for i, cluster in enumerate(found) for one in cluster}
        for cluster in clusters:
            groups: dict[Hashable, set[str]] = defaultdict(set)
            for one in cluster:
                groups[by_id[str(one)].actor if label else place[one]].add(by_id[str(one)].name)
            if len(groups) > 1:
                print(what, " | ".join(", ".join(sorted(names)) for names in groups.values()))


if __name__ == "__main__":
    sys.exit(main())
