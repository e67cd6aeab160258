"""Ties read from SEESAW's news articles beside the stances that people marked in them, and beside three baselines that know the actors.

    .venv/bin/python -m benchmarks.seesaw --shared ../shared [--split train] [--limit 10] [--out FILE]

The shipped reader reads the raw articles end to end. Scores are those of the shared `tools/score_ties.py`: sets over (document, pair),
micro, at "pair" (who with whom), "pair+sign" and "directed+sign". Names are matched as there, document by document: a name means the gold
actor whose name it equals once lower-cased and rid of titles, legal forms and articles, else the one of whose words its words are a part or
that are a part of its words, else one of which it is the acronym. Documents without a gold stance are left out, as there.

- Gold holds stances only, all signed, so the reader's ties of sign 0 (who leads or employs whom) are left out; "any tie" puts them back.
- "gold names" keeps those ties of the reader whose two actors are gold actors, which the baselines are given.
- The baselines find a gold actor in a sentence by its full name or its last word, whatever the case, and take actors in the order of the
  sentence as source and target. "sentiment" gives every two actors of a sentence its sign by VADER's compound score (Hutto and Gilbert,
  ICWSM 2014), none between -0.05 and 0.05. "nearest verb" gives them the sign of the nearest verb of the project's lexicon of frames, one
  between the two before one around them, none where it is neutral or there is none; light verbs and "say" are not looked at, and "by" after
  the verb turns the direction. "all negative" gives them all a minus.

Gold writes "Democratic Party" where the articles say "Democrats", which no rule above matches: `--aliases` lets both party names go by
their members' too, for the reader's matching and in the baselines' sentences alike.

SEESAW is for evaluation only: nothing here prints or keeps its text. Needs `pip install --group bench` (vaderSentiment, lemminflect).
"""

from __future__ import annotations

import itertools
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.gate import predicted, rows, scorer
from benchmarks.tables import options, present, reader, show

from frenemy.documents import load
from frenemy.model import Document

Span = tuple[int, int]
Row = Mapping[str, Any]  # a line of a ties file or of an articles file
Places = Mapping[str, Span]
Aliases = Mapping[str, Sequence[str]]
Judge = Callable[[str, Span, Span], tuple[str, bool] | None]  # sentence and two places in order to the sign and whether the second acts

LEVELS = ("pair", "pair+sign", "directed+sign")
QUOTED = {"pair+sign": 0.295, "directed+sign": 0.233}  # gold names and a sentiment lexicon, as the project's issue quotes it
ALIASES = {"Democratic Party": ("Democrats", "Democrat", "Dems"), "Republican Party": ("Republicans", "Republican", "GOP")}
LEXICON = Path(__file__).parent.parent / "training/data/lexicon"
NEUTRAL = 0.05  # VADER's own threshold
LIGHT = frozenset(["be", "come", "do", "get", "give", "go", "have", "hold", "keep", "make", "put", "say", "set", "take", "tell"])


def places(sentence: str, names: Sequence[str], aliases: Aliases | None = None) -> dict[str, Span]:
    """Where each actor stands first in a sentence, by full name or else by the name's last word, or else by an alias.

    >>> places("Mr. Trump met Nancy Pelosi.", ["Donald Trump", "Nancy Pelosi", "House Democrats"])
    {'Donald Trump': (4, 9), 'Nancy Pelosi': (14, 26)}
    """
    out = {}
    for name in names:
        for words in (name, name.split()[-1], *(aliases or {}).get(name, ())):
            if found := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentence, re.I):
                out[name] = found.span()
                break
    return out


def together(found: Places) -> Iterator[tuple[str, str]]:
    """Every two actors of a sentence in its order; two that one stretch may mean are no pair.

    >>> list(together({"Bo": (9, 11), "Ann": (0, 3), "Ann Lee": (0, 3)}))
    [('Ann', 'Bo'), ('Ann Lee', 'Bo')]
    """
    for first, second in itertools.combinations(sorted(found, key=lambda n: (found[n], n)), 2):
        if found[first][1] <= found[second][0]:
            yield first, second


def baseline(articles: Sequence[Row], gold: Sequence[Row], judge: Judge, aliases: Aliases | None = None) -> list[Row]:
    """Ties between gold actors that stand in one sentence, by `judge`."""
    names: dict[str, set[str]] = defaultdict(set)
    for tie in gold:
        names[tie["doc"]] |= {tie["source"], tie["target"]}
    out: list[Row] = []
    for article in articles:
        for sentence in article["text"].splitlines():
            found = places(sentence, sorted(names[article["id"]]), aliases)
            for first, second in together(found):
                if (said := judge(sentence, found[first], found[second])) is not None:
                    source, target = (second, first) if said[1] else (first, second)
                    out.append(
                        {
                            "doc": article["id"],
                            "source": source,
                            "target": target,
                            "type": "STANCE",
                            "polarity": said[0],
                            "status": "asserted",
                        }
                    )
    return out


def sentiment() -> Judge:
    """The sign of the whole sentence by VADER."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    score = SentimentIntensityAnalyzer().polarity_scores
    known: dict[str, float] = {}

    def judge(sentence: str, _first: Span, _second: Span) -> tuple[str, bool] | None:
        if sentence not in known:
            known[sentence] = score(sentence)["compound"]
        value = known[sentence]
        return None if abs(value) < NEUTRAL else ("+" if value > 0 else "-", False)

    return judge


def verbs(folder: Path = LEXICON) -> dict[str, str]:
    """Every form of the lexicon's verbs with the sign that most of its plain frames have (the object follows, at most one word between)."""
    from training.grammar import inflect, load_lexicon

    signs: dict[str, Counter[str]] = defaultdict(Counter)
    for frame in load_lexicon(folder):
        if frame.verb and frame.verb not in LIGHT and re.match(r"X \{[a-z\-]+\}\*?(?: \w+)? Y", frame.pattern):
            signs[frame.verb][frame.polarity] += 1
    return {inflect(lemma, form): count.most_common(1)[0][0] for lemma, count in signs.items() for form in "bdnzg"}


def nearest_verb(signs: Mapping[str, str]) -> Judge:
    """The sign of the lexicon verb that is nearest to both names, those between them first.

    >>> judge = nearest_verb({"blamed": "-", "praised": "+", "met": "0"})
    >>> judge("Ann, who praised Cy, was blamed by Bo.", (0, 3), (35, 37)), judge("Ann met Bo.", (0, 3), (8, 10))
    (('-', True), None)
    """

    def judge(sentence: str, first: Span, second: Span) -> tuple[str, bool] | None:
        best = None
        for word in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", sentence):
            if (sign := signs.get(word[0].lower())) is None:
                continue
            between = first[1] <= word.start() and word.end() <= second[0]
            far = min(abs(word.start() - second[0]), abs(first[0] - word.start())) if not between else second[0] - word.end()
            passive = between and re.match(r"\s+by\b", sentence[word.end() :]) is not None
            best = min(best or (True, 10**6, "", False), (not between, far, sign, passive))
        return None if best is None or best[2] == "0" else (best[2], best[3])

    return judge


class Scorer:
    """The shared scorer on one gold set, with other names for gold actors."""

    def __init__(self, gold: Sequence[Row], tool: ModuleType, aliases: Aliases) -> None:
        self.gold, self.tool = gold, tool
        self.known: dict[str, set[str]] = defaultdict(set)
        for tie in gold:
            self.known[tie["doc"]] |= {tie["source"], tie["target"]}
        self.aliases = {(doc, name): list(aliases.get(name, ())) for doc, names in self.known.items() for name in names}
        self.find = {doc: tool.Names({name: self.aliases[doc, name] for name in names}).find for doc, names in self.known.items()}

    def figures(self, ties: Sequence[Row]) -> dict[str, tuple[float, float, float]]:
        """Precision, recall and F1 by level."""
        result = self.tool.score(self.gold, ties, self.aliases)
        return {level: tuple(result[level][:3]) for level in LEVELS}

    def named(self, ties: Sequence[Row]) -> list[Row]:
        """Those ties whose two actors are gold actors of their document."""
        return [
            t
            for t in ties
            if t["doc"] in self.find and all(self.find[t["doc"]](t[end]) in self.known[t["doc"]] for end in ("source", "target"))
        ]


def main() -> int:
    """Print the table."""
    parser = options(__doc__, limit="articles")
    parser.add_argument("--split", choices=("valid", "train"), default="valid")
    parser.add_argument("--aliases", action="store_true", help="let party names go by their members' as well")
    parser.add_argument("--baselines", action="store_true", help="only the baselines, no reader")
    arguments = parser.parse_args()
    if not present(arguments):
        return 0
    folder = arguments.shared / "data/articles/seesaw" / arguments.split
    articles = rows(folder / "articles.jsonl")[: arguments.limit]
    here = {a["id"] for a in articles}
    gold = [t for t in rows(folder / "ties.jsonl") if t["doc"] in here]
    aliases: Aliases = ALIASES if arguments.aliases else {}
    scores = Scorer(gold, scorer(arguments.shared), aliases)
    systems: dict[str, Sequence[Row]] = {}
    if not arguments.baselines:
        docs = (d for d in load([str(folder / "articles.jsonl")]) if isinstance(d, Document) and d.name in here)
        everything = predicted(reader(arguments).read(docs))
        ties = [t for t in everything if t["polarity"] != "0"]
        systems = {"frenemy": ties, "frenemy, any tie": everything, "frenemy, gold names": scores.named(ties)}
    systems["sentiment, gold names"] = baseline(articles, gold, sentiment(), aliases)
    systems["nearest verb, gold names"] = baseline(articles, gold, nearest_verb(verbs()), aliases)
    systems["all negative, gold names"] = baseline(articles, gold, lambda *_: ("-", False), aliases)
    table: list[tuple[str | float, ...]] = []
    for name, found in systems.items():
        figures = scores.figures(found)
        table += [(name, level, *figures[level]) for level in (LEVELS if name != "frenemy, any tie" else LEVELS[:1])]
    table += [("quoted: sentiment, gold names", level, "", "", f1) for level, f1 in QUOTED.items()]
    note = f"{len({t['doc'] for t in gold})} articles with stances, {len(gold)} stances"
    show(
        f"SEESAW {arguments.split}{', party aliases' if aliases else ''}",
        ("system", "level", "precision", "recall", "F1"),
        table,
        note=note,
        out=arguments.out,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
