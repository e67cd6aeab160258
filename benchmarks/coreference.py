"""Who is meant inside a document, beside gold: pronouns of GAP's test set, and the mentions of actors in GUM's news.

    .venv/bin/python -m benchmarks.coreference --shared ../shared [--set gap] [--limit 100] [--out FILE]

Texts are read by the shipped reader as raw documents; two of its mentions are the same actor when they share a chain, that is a name.

**GAP** (Webster et al., Mind the GAP, TACL 2018), snippet context, scored as by its `gap_scorer.py`: each of the two names of an example is
answered TRUE when a mention that overlaps it is of the pronoun's actor; F1 of TRUE over both names, apart for masculine and feminine
pronouns, and the bias F/M. Names are not given to the reader: one it misses is answered FALSE.

**GUM news** (Zeldes 2017), 24 Wikinews articles. Clusters are those of its OntoNotes-style layer (OntoGUM, Zhu et al., ACL 2021: no
singletons, no copulas), kinds those of its entity layer; the metrics are in `clusters.py`.

- Gold are the mentions of clusters of which most mentions are persons, organisations or places.
- A found mention is a gold one when both cover the same text, leading articles and a final 's aside ("exact"); or also when it lies
  inside the gold mention and holds its syntactic head, as the reader cuts long phrases short ("head", after the CRAC 2022 shared task). One
  to one.
- Found mentions that are gold mentions of something else (events, works, times) are left out. Then clusters of one mention are left out
  on both sides, as OntoNotes has none.
- "actors" scores all of these, end to end. "names, pronouns" leaves descriptions out: gold mentions whose head is no proper noun or
  personal pronoun, and the reader's descriptions. "linking" keeps only mentions that both sides have, so that finding them does not count;
  clusters of one stay there.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.clusters import Score, harmonic, ratio, scores
from benchmarks.tables import options, present, reader, show
from training.conllu import Article, Mentioned, articles

from frenemy.model import Document, Mention
from frenemy.reading import Reader

Span = tuple[int, int]

GAP = "data/coreference/gap_coref/gap-test.tsv"
GUM = "data/entities/gum_open"
ACTORS = ("person", "organization", "place")
FEMININE = ("she", "her", "hers")

# F1 overall, masculine, feminine, and bias; None: not found.
PUBLISHED_GAP: dict[str, tuple[float | None, float | None, float | None, float | None]] = {
    # README of github.com/google-research-datasets/gap-coreference
    "published: syntactic parallelism": (0.669, 0.694, 0.644, 0.93),
    # NLP-progress, english/coreference_resolution.md. Both are given the two names and choose among them.
    "published: CorefQA, names given": (0.902, 0.909, 0.895, 0.98),
    "published: GREP, names given": (0.925, 0.940, 0.911, 0.97),
}
# SpanBERT has 0.796 on OntoNotes (NLP-progress); the abstract of Zhu et al. 2021 says that such systems lose 15 to 20 points on OntoGUM.
# The figure for its news alone: not found.


# ---------------------------------------------------------------- GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text with a pronoun, and two names with whether each is who the pronoun means."""

    text: str
    pronoun: Span
    names: tuple[tuple[Span, bool], tuple[Span, bool]]

    @property
    def feminine(self) -> bool:
        """Whether the pronoun is."""
        return self.text[slice(*self.pronoun)].lower() in FEMININE


def examples(path: Path) -> list[Example]:
    """The examples of a GAP file."""
    out = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = [((at := int(row[f"{c}-offset"]), at + len(row[c])), row[f"{c}-coref"].upper() == "TRUE") for c in "AB"]
            at = int(row["Pronoun-offset"])
            out.append(Example(text=row["Text"], pronoun=(at, at + len(row["Pronoun"])), names=(names[0], names[1])))
    return out


def meant(mentions: Sequence[Mention], pronoun: Span, name: Span) -> bool:
    """Whether a mention that overlaps `name` is of the same actor as the pronoun."""
    who = {m.name for m in mentions if (m.start, m.end) == pronoun}
    return any(m.name in who for m in mentions if m.start < name[1] and name[0] < m.end)


def gap_scores(gold: Sequence[Example], answers: Sequence[tuple[bool, bool]]) -> dict[str, Score]:
    """Scores of TRUE overall, for masculine and for feminine pronouns.

    >>> he = Example(text="Al met Bo; he left.", pronoun=(11, 13), names=(((0, 2), True), ((7, 9), False)))
    >>> gap_scores([he], [(True, True)])["masculine"]
    Score(precision=0.5, recall=1.0, f1=0.6666666666666666)
    """
    out = {}
    for group in ("overall", "masculine", "feminine"):
        asked = [
            (truth, answer)
            for example, given in zip(gold, answers, strict=True)
            if group == "overall" or example.feminine == (group == "feminine")
            for (_, truth), answer in zip(example.names, given, strict=True)
        ]
        right = sum(truth and answer for truth, answer in asked)
        out[group] = harmonic(ratio(right, sum(a for _, a in asked)), ratio(right, sum(t for t, _ in asked)))
    return out


def gap(ours: Reader, shared: Path, limit: int | None, out: Path | None) -> None:
    """Read, score and show GAP."""
    gold = examples(shared / GAP)[:limit]
    readings = ours.read(Document(text=e.text, name=str(i)) for i, e in enumerate(gold))
    answers = [
        (meant(r.mentions, e.pronoun, e.names[0][0]), meant(r.mentions, e.pronoun, e.names[1][0]))
        for e, r in zip(gold, readings, strict=True)
    ]
    found = gap_scores(gold, answers)
    rows: list[tuple[str | float, ...]] = [
        ("frenemy, F1", *(s.f1 for s in found.values()), ratio(found["feminine"].f1, found["masculine"].f1)),
        ("frenemy, precision", *(s.precision for s in found.values()), ""),
        ("frenemy, recall", *(s.recall for s in found.values()), ""),
    ]
    rows += [(f"{who}, F1", *(v if v is not None else "not found" for v in values)) for who, values in PUBLISHED_GAP.items()]
    show("GAP test", ("who", "overall", "masculine", "feminine", "bias"), rows, note=f"{len(gold)} pronouns, two names each", out=out)


# ---------------------------------------------------------------- GUM news


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A gold mention: its characters (trimmed), those of its head, and its cluster, empty for one that has none."""

    span: Span
    heads: tuple[Span, ...]
    cluster: str
    actor: bool
    plain: bool  # a name or a personal pronoun


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without leading articles, a final 's, and quotes and blanks about it.

    >>> trimmed("the “Syrian” team's", 0, 19), trimmed("The The", 0, 7)
    ((5, 17), (4, 7))
    """
    edge = " \t\n\"'“”‘’.,;:()"
    while start < end:
        article = re.match(r"(?:the|a|an)\s+(?=\S)", text[start:end], re.I)
        if article is None and text[start] not in edge:
            break
        start += article.end() if article else 1
    while end > start and (text[end - 1] in edge or text[start:end].endswith(("'s", "’s"))):
        end -= 2 if text[start:end].endswith(("'s", "’s")) else 1
    return start, end


def heads(article: Article, first: int, last: int) -> list[int]:
    """The head word of a stretch of words, and the words that make one flat name with it."""
    words, inside = article.words, range(first, last + 1)
    top = next((i for i in inside if words[i].head not in inside), last)
    return [top, *(i for i in inside if words[i].head == top and words[i].relation == "flat")]


def gold_mentions(ontogum: Article, entities: Article) -> list[Gold]:
    """The mentions of an article's clusters, then those that only its entity layer has."""
    kinds = {(m.first, m.last): m.kind for m in entities.mentions}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for m in ontogum.mentions:
        votes[m.entity][kinds.get((m.first, m.last), "")] += (m.first, m.last) in kinds
    major = {entity: count.most_common(1)[0][0] for entity, count in votes.items()}
    rest = {(m.first, m.last): m for m in entities.mentions}
    for m in ontogum.mentions:
        rest.pop((m.first, m.last), None)

    def gold(m: Mentioned, cluster: str, kind: str) -> Gold:
        top = heads(ontogum, m.first, m.last)
        tag = ontogum.words[top[0]].tag
        return Gold(
            span=trimmed(ontogum.text, *ontogum.span(m.first, m.last)),
            heads=tuple((ontogum.words[i].start, ontogum.words[i].end) for i in top),
            cluster=cluster,
            actor=kind in ACTORS,
            plain=tag.startswith("NNP") or tag in ("PRP", "PRP$"),
        )

    return [gold(m, m.entity, major[m.entity]) for m in ontogum.mentions] + [gold(m, "", m.kind) for m in rest.values()]


def align(gold: Sequence[Gold], found: Sequence[Span], *, by_head: bool) -> dict[int, int]:
    """The gold mention that each found one is, one to one: by equal spans, then (`by_head`) by lying inside and holding the head.

    >>> mention = Gold(span=(0, 20), heads=((6, 10),), cluster="1", actor=True, plain=True)
    >>> align([mention], [(6, 10)], by_head=False), align([mention], [(6, 10)], by_head=True)
    ({}, {0: 0})
    """
    open_spans: dict[Span, list[int]] = defaultdict(list)
    for j, mention in reversed(list(enumerate(gold))):
        open_spans[mention.span].append(j)
    out = {i: open_spans[span].pop() for i, span in enumerate(found) if open_spans.get(span)}
    taken = set(out.values())
    if by_head:
        for j in sorted(set(range(len(gold))) - taken, key=lambda j: (not gold[j].cluster, gold[j].span[1] - gold[j].span[0])):
            low, high = gold[j].span
            inside = [
                (end - start, i)
                for i, (start, end) in enumerate(found)
                if i not in out and low <= start and end <= high and any(start <= a and b <= end for a, b in gold[j].heads)
            ]
            if inside:
                out[max(inside)[1]] = j
    return out


def clustered(labels: Mapping[Hashable, Hashable], least: int) -> list[set[Hashable]]:
    """Mentions by their label, clusters of fewer than `least` left out.

    >>> clustered({"a": 1, "b": 2, "c": 1}, 2) == [{"a", "c"}]
    True
    """
    out: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, label in labels.items():
        out[label].add(mention)
    return [c for c in out.values() if len(c) >= least]


Labels = dict[Hashable, Hashable]


def views(doc: str, gold: Sequence[Gold], found: Sequence[Mention], match: Mapping[int, int]) -> dict[str, tuple[Labels, Labels, int]]:
    """Key and response as labels of mentions, and the smallest cluster that counts, by view."""
    key: Labels = {(doc, j): (doc, g.cluster) for j, g in enumerate(gold) if g.cluster and g.actor}
    named = {i: (doc, match[i]) if i in match else (doc, "found", i) for i in range(len(found))}
    response: Labels = {named[i]: (doc, m.name) for i, m in enumerate(found) if i not in match or gold[match[i]].actor}
    plain_key = {m: label for m, label in key.items() if gold[m[1]].plain}  # type: ignore[index]
    plain: Labels = {
        named[i]: (doc, m.name)
        for i, m in enumerate(found)
        if m.form != "description" and named[i] in response and (i not in match or gold[match[i]].plain)
    }
    return {
        "actors": (key, response, 2),
        "names, pronouns": (plain_key, plain, 2),
        "linking": ({m: c for m, c in key.items() if m in response}, {m: c for m, c in response.items() if m in key}, 1),
    }


def row(key: Sequence[set[Hashable]], response: Sequence[set[Hashable]]) -> list[float | int]:
    """A row of the table: how many gold mentions, F1 of finding them, F1 of the metrics, and their mean's parts."""
    wanted, got = ({m for c in side for m in c} for side in (key, response))
    both = len(wanted & got)
    figures = scores(key, response)
    mean = figures.pop("CoNLL")
    return [len(wanted), harmonic(ratio(both, len(got)), ratio(both, len(wanted))).f1, *(s.f1 for s in figures.values()), *mean]


def gum(ours: Reader, shared: Path, limit: int | None, out: Path | None) -> None:
    """Read, score and show GUM's news."""
    layers = [articles(shared / GUM / f"gum_open_genres_{layer}.tar.gz") for layer in ("ontogum", "dep")]
    texts = list(islice(((a, b) for a, b in zip(*layers, strict=True) if a.genre == "news"), limit))
    readings = list(ours.read(Document(text=a.text, name=a.name) for a, _ in texts))
    rows: list[tuple[str | float, ...]] = []
    for how in ("exact", "head"):
        pooled: dict[str, tuple[Labels, Labels, int]] = {}
        for (ontogum, entities), reading in zip(texts, readings, strict=True):
            gold = gold_mentions(ontogum, entities)
            match = align(gold, [trimmed(ontogum.text, m.start, m.end) for m in reading.mentions], by_head=how == "head")
            for view, (key, response, least) in views(ontogum.name, gold, reading.mentions, match).items():
                all_key, all_response, _ = pooled.setdefault(view, ({}, {}, least))
                all_key |= key
                all_response |= response
        rows += [(how, view, *row(clustered(key, least), clustered(response, least))) for view, (key, response, least) in pooled.items()]
    show(
        "GUM news",
        ("match", "view", "gold mentions", "mentions F1", "MUC", "B3", "CEAFe", "LEA", "mean precision", "mean recall", "CoNLL F1"),
        rows,
        note=f"{len(texts)} articles",
        out=out,
    )


def main() -> int:
    """Print the tables."""
    parser = options(__doc__, limit="examples of GAP and articles of GUM")
    parser.add_argument("--set", choices=("gap", "gum"), help="only this one")
    arguments = parser.parse_args()
    if not present(arguments):
        return 0
    ours = reader(arguments)
    for name, score in (("gap", gap), ("gum", gum)):
        if arguments.set in (None, name):
            score(ours, arguments.shared, arguments.limit, arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
