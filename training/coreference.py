"""Who is meant in the GUM corpus: pronouns, descriptions and names of actors with what was mentioned before them in a passage.

    .venv/bin/python -m training.coreference --shared ../shared       prints counts

GUM's long noun phrases are cut to the mentions that the reader knows: a name without its title ("US President Donald Trump" is read as
"Donald Trump"), a description up to its head noun ("the team that won" is "the team"). News is left out: it is for evaluation.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from frenemy.reading.chains import KIND_OF_HEAD
from training.conllu import Article, Mentioned, Span, articles
from training.passages import ORGS, PRONOUNS, Draft, Passage

ARCHIVE = Path("entities/gum_open/gum_open_genres_dep.tar.gz")
HELD_OUT = "news"
SHARE_ALIKE = ("bio", "voyage")  # texts under CC BY-SA
KINDS = {"person": ("person",), "organization": ORGS, "place": ("place",)}
UNSAID = ("group", "description")
LONGEST, MOST_SENTENCES, MOST_PAIRS = 420, 4, 12
MOST_STRANGERS = 3  # pairs of different names in a passage
LONGEST_NOMINAL = 6  # words
THIRD = PRONOUNS - frozenset(re.findall(r"\w+", "i me my mine myself we us our ours ourselves you your yours"))
DEFINITE = frozenset(re.findall(r"\w+", "the this that these those his her its their"))
JOINING = frozenset(["of", "the", "and", "for", "&", "-", "–", "/", "'", ".", "de", "al", "bin", "van", "von"])
TITLES = frozenset(
    re.findall(
        r"\S+",
        """mr mrs ms miss dr prof professor sir lord lady dame president vice prime minister senator sen representative rep congressman
        congresswoman governor gov mayor judge justice chief king queen prince princess pope bishop father saint st general gen colonel
        col captain capt lieutenant lt major sergeant secretary ambassador chancellor chairman chair director commissioner attorney
        emperor duke earl count baron mr. mrs. ms. dr. prof. sen. rep. gov. gen. col. capt. lt. st. petitioner petitioners respondent
        respondents plaintiff defendant counsel honor""",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A mention cut to what the reader would find; `form` is "name", "description" (definite), "group" ("officials") or "pronoun"."""

    start: int
    end: int
    entity: str
    kind: str
    form: str


def head_of(article: Article, mention: Mentioned) -> int:
    """The word of a mention that depends on none of its other words."""
    inside = range(mention.first, mention.last + 1)
    return next((i for i in inside if article.words[i].head not in inside), mention.last)


def several(article: Article, mention: Mentioned, head: int) -> bool:
    """Whether a mention names several things ("Sudan, Iran and Libya")."""
    return any(article.words[i].head == head and article.words[i].relation == "conj" for i in range(mention.first, mention.last + 1))


def name_span(article: Article, mention: Mentioned, head: int) -> tuple[int, int] | None:
    """First and last word of the name at the head of a mention, None where the head is no proper noun or only a title."""
    words = article.words
    if not words[head].tag.startswith("NNP"):
        return None
    joins = () if mention.kind == "person" else JOINING
    low = high = head
    while low > mention.first and (
        words[low - 1].tag.startswith("NNP") or words[low - 1].form.lower() in joins or touches(article, low - 1)
    ):
        low -= 1
    while high < mention.last and (
        words[high + 1].tag.startswith("NNP") or words[high + 1].form.lower() in joins or touches(article, high)
    ):
        high += 1
    while low < high and not words[low].tag.startswith("NNP"):
        low += 1
    while high > low and not words[high].tag.startswith("NNP") and words[high].form != ".":
        high -= 1
    if mention.kind == "person":
        nested = [m for m in article.mentions if m.first == low and m.last < head and m.kind != "person"]
        low = max((m.last + 1 for m in nested), default=low)
        while low <= high and (words[low].form.lower() in TITLES or not words[low].tag.startswith("NNP")):
            low += 1
    return (low, high) if low <= head and low <= high else None


def touches(article: Article, word: int) -> bool:
    """Whether a hyphen joins this word and the next without a blank."""
    left, right = article.words[word], article.words[word + 1]
    return left.end == right.start and "-" in (left.form, right.form)


def cut(article: Article, mention: Mentioned) -> Actor | None:
    """The mention as the reader would find it, None where it would not."""
    if mention.kind not in KINDS:
        return None
    words, head = article.words, head_of(article, mention)
    low, high, form = mention.first, head, "group"
    if mention.first == mention.last and words[head].form.lower() in PRONOUNS:
        if words[head].form.lower() not in THIRD:
            return None
        form = "pronoun"
    elif several(article, mention, head):
        return None
    elif (name := name_span(article, mention, head)) is not None:
        (low, high), form = name, "name"
    elif not plain(article, mention, head):
        return None
    elif (capital := capital_of(article, mention, head)) is not None:
        low, form = capital, "name"
    elif words[low].form.lower() in DEFINITE:
        form = "description"
    elif words[head].tag != "NNS" or mention.kind == "place":
        return None
    start, end = article.span(low, high)
    return Actor(start=start, end=end, entity=mention.entity, kind=mention.kind, form=form)


def plain(article: Article, mention: Mentioned, head: int) -> bool:
    """Whether a mention up to its head noun is a short phrase without possessor or punctuation, and no mere place ("the classroom")."""
    words, before = article.words, range(mention.first, head)
    return (
        words[head].tag.startswith("NN")
        and len(before) < LONGEST_NOMINAL
        and all(words[i].form[-1].isalnum() and words[i].tag != "POS" for i in before)
        and (mention.kind != "place" or words[head].form.lower() in KIND_OF_HEAD)
    )


def capital_of(article: Article, mention: Mentioned, head: int) -> int | None:
    """The first word of the part of a description that names an organisation ("the Turkish police")."""
    if mention.kind != "organization":
        return None
    words = article.words
    inside = range(mention.first, head)
    found = (i for i in inside if words[i].form[0].isupper() and words[i].tag.startswith(("JJ", "NNP")))
    return next(found, None) if words[head].tag.startswith("NN") and not any(words[i].tag == "POS" for i in inside) else None


def actors(article: Article) -> list[Actor]:
    """The actors' mentions in text order, none inside a longer name.

    A stretch that would stand for two entities stands for none, and a place that is never named ("the classroom") is no actor.
    """
    found: dict[Span, Actor] = {}
    doubtful: set[Span] = set()
    for mention in article.mentions:
        if (actor := cut(article, mention)) is not None:
            span = (actor.start, actor.end)
            if found.setdefault(span, actor).entity != actor.entity:
                doubtful.add(span)
    kept = [found[span] for span in sorted(found) if span not in doubtful]
    named = {m.entity for m in kept if m.form == "name"}
    names = [m for m in kept if m.form == "name"]
    covered = {m for n in names for m in kept if m is not n and n.start <= m.start and m.end <= n.end}
    return [m for m in kept if m not in covered and (m.kind != "place" or m.entity in named)]


def entities(article: Article) -> list[tuple[int, int, tuple[str, ...]]]:
    """The names with the kinds that they may have, longest first where they overlap; names of no actor may have any."""
    named: dict[Span, tuple[str, ...]] = {}
    words = article.words
    for mention in article.mentions:
        head = head_of(article, mention)
        name = None if several(article, mention, head) else name_span(article, mention, head)
        if name is not None:
            people = mention.kind == "person" and words[head].tag == "NNPS"
            named[article.span(*name)] = ("group", "organisation") if people else KINDS.get(mention.kind, ())
        elif (capital := capital_of(article, mention, head)) is not None:
            named.setdefault(article.span(capital, head), ())  # "Turkish police": the reader's kinds and GUM's differ here
    taken: list[Span] = []
    for span in sorted(named, key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= a or b <= span[0] for a, b in taken):
            taken.append(span)
    return [(*span, named[span]) for span in sorted(taken)]


def runs(article: Article) -> Iterator[list[int]]:
    """Neighbouring sentences, by index, packed into runs of at most four and 420 characters; a longer sentence is left out."""
    run: list[int] = []
    for i, (first, last) in enumerate(article.sentences):
        low, high = article.span(first, last - 1)
        if run and (high - article.words[article.sentences[run[0]][0]].start > LONGEST or len(run) == MOST_SENTENCES):
            yield run
            run = []
        if high - low <= LONGEST:
            run.append(i)
        elif run:
            yield run
            run = []
    if run:
        yield run


def choose(mentions: Sequence[Actor]) -> list[tuple[int, int, bool]]:
    """Pairs (earlier, later, same) of a passage's mentions: pronouns first, then descriptions, then names, in turn, until there are twelve.

    Each goes with its nearest antecedents (names before others) and its nearest mentions of others (of its own sort before the rest).

    >>> def actor(at, entity, form):
    ...     return Actor(start=at, end=at + 2, entity=entity, kind="person", form=form)
    >>> choose([actor(0, "ann", "name"), actor(5, "bo", "name"), actor(9, "ann", "pronoun")])
    [(0, 2, True), (0, 1, False), (1, 2, False)]
    """
    order = {"pronoun": 0, "description": 1, "name": 2}
    queues = []
    for j in sorted((j for j, m in enumerate(mentions) if m.form in order), key=lambda j: (order[mentions[j].form], j)):
        later = mentions[j]
        before = [i for i in range(j - 1, -1, -1) if mentions[i].form != "pronoun" and mentions[i].end <= later.start]
        same = sorted((i for i in before if mentions[i].entity == later.entity), key=lambda i: mentions[i].form != "name")
        other = [i for i in before if mentions[i].entity != later.entity]
        other.sort(key=lambda i: (mentions[i].kind == "person") != (later.kind == "person"))
        most = (1, 1) if later.form == "name" else (2, 3)
        turns = [i for pair in zip_longest(same[: most[0]], other[: most[1]]) for i in pair if i is not None]
        queues.append([(i, j, i in same) for i in turns])
    rounds = [pair for turn in zip_longest(*queues) for pair in turn if pair is not None]
    strangers = [pair for pair in rounds if not pair[2] and mentions[pair[1]].form == "name"]
    return [pair for pair in rounds if pair not in strangers[MOST_STRANGERS:]][:MOST_PAIRS]


def passages(article: Article) -> Iterator[Passage]:
    """An article's passages that hold a pair; one sentence alone only where two of its mentions are the same actor."""
    mentions, named = actors(article), entities(article)
    for run in runs(article):
        low = article.words[article.sentences[run[0]][0]].start
        high = article.words[article.sentences[run[-1]][1] - 1].end
        inside = [m for m in mentions if low <= m.start and m.end <= high]
        pairs = choose(inside)
        if not pairs or (len(run) == 1 and not any(same for _, _, same in pairs)):
            continue
        draft = Draft(article.text[low:high], f"gum.{article.genre}")
        for i, j, same in pairs:
            draft.pair((inside[i].start - low, inside[i].end - low), (inside[j].start - low, inside[j].end - low), same=same)
        yield draft.finish(entities=tuple((s - low, e - low, kinds) for s, e, kinds in named if low <= s and e <= high), unsaid=UNSAID)


def gum(data: Path, *, share_alike: bool = True) -> Iterator[Passage]:
    """Passages of all genres but news; `share_alike=False` leaves out the texts under CC BY-SA."""
    for article in articles(data / ARCHIVE):
        if article.genre != HELD_OUT and (share_alike or article.genre not in SHARE_ALIKE):
            yield from passages(article)


def counts(items: Sequence[Passage]) -> Counter[str]:
    """How many passages, pairs by label and form, and entities by kind."""
    out: Counter[str] = Counter()
    for passage in items:
        out["passages"] += 1
        out["characters"] += len(passage.text)
        for pair in passage.pairs:
            start, end = passage.spans[pair.q]
            word = passage.text[start:end]
            form = (
                "pronoun"
                if word.lower() in PRONOUNS
                else "description"
                if re.match(r"\w+ ", word) and word.split()[0].lower() in DEFINITE
                else "name"
            )
            out[f"{form} {'same' if pair.same else 'other'}"] += 1
        for _, _, kinds in passage.entities or ():
            out[f"entity {'/'.join(kinds) or '(any)'}"] += 1
    return out


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    for name, number in sorted(counts(list(gum(parser.parse_args().shared / "data"))).items()):
        print(f"{name:40} {number:7,}")
