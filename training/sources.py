"""Each data set of `shared/data`, brought into passages. One function a set; licences and uses are in the model card."""

from __future__ import annotations

import collections
import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.passages import ORGS, PRONOUNS, Draft, Label, Passage, join_tokens, whole_words

Span = tuple[int, int]


def rows(path: Path) -> list[dict]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def crowd(path: Path) -> list[tuple[str, Span, Span, int]]:
    """The rows of a stance file: text without brackets, spans of p and q, class 0 to 4. Line numbers are ids, from 1."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        marked, p, q, label = line.split("\t")
        spans, text = {}, ""
        for part in re.split(r"(\[[^\[\]]*\])", marked):
            inner = part[1:-1] if part.startswith("[") and part.endswith("]") else None
            bare = inner.replace('""', '"') if inner is not None else None  # quotes stand doubled in the first column
            if inner is not None and {inner, bare} & {p, q}:
                spans.setdefault("p" if p in (inner, bare) and "p" not in spans else "q", (len(text), len(text) + len(inner)))
                text += inner
            else:
                text += part
        out.append((text, spans.get("p", (0, 0)), spans.get("q", (0, 0)), int(label)))
    return out


def sentence_pairs(data: Path, split: str = "train", *, weight: float = 1.0) -> Iterator[Passage]:
    """The project's own labels on sentence pairs, with the crowd's class of the same row beside them."""
    seen = {}
    if split == "train":
        for number, (_, _, _, label) in enumerate(crowd(data / "stance/train.tsv"), 1):
            seen[f"train-{number}"] = label
    for row in rows(data / f"ties/pairs.{split}.jsonl"):
        text = row["text"]
        draft = Draft(text, f"pairs.{split}")
        ties = tuple(Label(**{k: t[k] for k in ("type", "direction", "polarity", "status", "voice")}) for t in row["ties"])
        draft.pair(whole_words(text, *row["p"]), whole_words(text, *row["q"]), ties=ties, stance=seen.get(row["id"]), weight=weight)
        yield draft.finish()


def crowd_only(data: Path) -> Iterator[Passage]:
    """Crowd-labelled rows that the project has not labelled: auxiliary stance only."""
    own = {row["id"] for row in rows(data / "ties/pairs.train.jsonl")}
    for number, (text, p, q, label) in enumerate(crowd(data / "stance/train.tsv"), 1):
        if f"train-{number}" not in own and p != q and p[1] and q[1]:
            draft = Draft(text, "stance")
            draft.pair(whole_words(text, *p), whole_words(text, *q), stance=label)
            yield draft.finish()


# ---------------------------------------------------------------- whole articles

KIND_OF = {"country": "place", "media": "organisation", "party": "organisation"}


def find_all(text: str, words: str) -> Iterator[Span]:
    """Whole-word occurrences of `words`."""
    for m in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text):
        yield m.span()


def alias_kind(alias: str, kind: str) -> str:
    """A name keeps its kind; a nominal without a capital is a description, unless it names a group."""
    plain = re.sub(r"^(?i:the|a|an|his|her|their|its|our|my|some|many|most|other)\s+", "", alias)
    if kind == "group":
        return "group"
    return kind if any(c.isupper() for c in plain) else "description"


def wordy(alias: str, names: list[str]) -> bool:
    """Whether an alias wraps a name ("Irish national airline Aer Lingus"), so that the name alone should be the mention."""
    small = [w for w in alias.split() if w[0].islower() and w not in ("of", "the", "and", "for", "de", "al", "bin")]
    return len(alias.split()) > 5 or (bool(small) and any(a != alias and a in alias for a in names))


def article_mentions(text: str, actors: list[dict]) -> dict[Span, tuple[str, str]]:
    """Longest-first, non-overlapping occurrences of each actor's aliases: span to (actor, kind)."""
    found: dict[Span, tuple[str, str]] = {}
    taken = [False] * len(text)
    aliases = sorted(
        {(a, x["name"], KIND_OF.get(x["kind"], x["kind"])) for x in actors for a in x["aliases"]}, key=lambda t: (-len(t[0]), t)
    )
    names = {(name, a) for a, name, _ in aliases if a[:1].isupper()}
    for alias, name, kind in aliases:
        if alias.lower() in PRONOUNS or len(alias) < 2 or wordy(alias, [a for n, a in names if n == name]):
            continue
        shape = alias_kind(alias, kind)
        for start, end in find_all(text, alias):
            low = start + 4 if text[start : start + 4].lower() == "the " and shape != "description" else start
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found[low, end] = (name, shape)
    return found


def split_chunks(text: str, longest: int = 420) -> list[tuple[int, int, list[Span]]]:
    """Runs of neighbouring sentences of at most about `longest` characters: (start, end, sentence spans)."""
    from frenemy.reading.sentences import chunks

    return [(c[0][0], c[-1][1], c) for c in chunks(text, longest)]


def articles(data: Path, split: str = "train") -> Iterator[Passage]:
    """Whole articles cut into chunks, every pair of mentions within a sentence labelled."""
    folder = data / f"ties/articles/{split}"
    actors, ties = collections.defaultdict(list), collections.defaultdict(list)
    for a in rows(folder / "actors.jsonl"):
        actors[a["doc"]].append(a)
    for t in rows(folder / "ties.jsonl"):
        ties[t["doc"]].append(t)
    for article in rows(folder / "articles.jsonl"):
        yield from article_passages(article["text"], actors[article["id"]], ties[article["id"]], f"articles.{split}")


def article_passages(text: str, actors: list[dict], ties: list[dict], source: str) -> Iterator[Passage]:
    """One article's chunks."""
    mentions = article_mentions(text, actors)
    for t in ties:  # pronouns are known only where a tie uses them
        for words, actor in ((t["source_text"], t["source"]), (t["target_text"], t["target"])):
            if words.lower() in PRONOUNS:
                for s, e in find_all(text[t["start"] : t["end"]], words):
                    mentions.setdefault((s + t["start"], e + t["start"]), (actor, "pronoun"))
    for start, end, sentences in split_chunks(text):
        draft = Draft(text[start:end], source)
        for low, high in sentences:
            inside = sorted(s for s in mentions if low <= s[0] and s[1] <= high)
            for i, a in enumerate(inside):
                for b in inside[i + 1 :]:
                    label_pair(draft, (a, mentions[a]), (b, mentions[b]), [t for t in ties if t["start"] < high and t["end"] > low], start)
        entities = tuple(
            (s - start, e - start, (kind,))
            for (s, e), (_, kind) in sorted(mentions.items())
            if start <= s and e <= end and kind != "pronoun"
        )
        yield draft.finish(entities=entities, unsaid=())


def label_pair(
    draft: Draft, first: tuple[Span, tuple[str, str]], second: tuple[Span, tuple[str, str]], ties: list[dict], shift: int
) -> None:
    """Label one pair of mentions of an article with the ties whose quotes touch their sentence."""
    (a, (name_a, kind_a)), (b, (name_b, kind_b)) = first, second
    a, b = (a[0] - shift, a[1] - shift), (b[0] - shift, b[1] - shift)
    if name_a == name_b:
        draft.pair(a, b, same=True, ties=())
        return
    labels = []
    for t in ties:
        if {t["source"], t["target"]} == {name_a, name_b}:
            direction = "mutual" if t["mutual"] else "p>q" if t["source"] == name_a else "q>p"
            voice = "author" if t["voice"] == "author" else "p" if t["voice"] == name_a else "q" if t["voice"] == name_b else "other"
            label = Label(type=t["type"], direction=direction, polarity=t["polarity"], status=t["status"], voice=voice)
            if label not in labels:
                labels.append(label)
    open_ = draft.source == "notes" and one_place(labels, kind_a, kind_b)
    draft.pair(a, b, ties=None if open_ else tuple(labels[:3]), same=False)


def one_place(labels: Iterable[Label], kind: str, other: str) -> bool:
    """Whether the labels put a place in a place ("Kano, Nigeria"). The notes do so twice as often as the project's own labels on the same
    articles (237 times to 102), so that these pairs of theirs are left open.
    """
    return kind == other == "place" and any(label.type == "PART_OF" for label in labels)


# ---------------------------------------------------------------- the project's own notes on whole articles

NOTE = re.compile(
    r"S(\d+) (\d+)(?:\((\w+)\))?([>~])(\d+)(?:\((\w+)\))? ([A-Z_]+) ([+\-0])"
    r"(?: (asserted|denied|speculated|planned))?(?: (author|other|\d+))?"
)


def voice_of_america(data: Path) -> dict[str, dict[int, str]]:
    """The sentences of each Voice of America article, by number."""
    out: dict[str, dict[int, str]] = collections.defaultdict(dict)
    with gzip.open(data / "articles/m2e2_voa/sentences.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            doc, _, number = row["id"].rpartition("_")
            out[doc][int(number)] = row["sentence"]
    return {doc: dict(sorted(sentences.items())) for doc, sentences in out.items()}


def noted_articles(data: Path, path: Path) -> Iterator[Passage]:
    """Articles whose actors and ties stand in a file of notes, which holds no text: sentences are named by number."""
    texts = voice_of_america(data)
    for block in path.read_text(encoding="utf-8").split("### ")[1:]:
        head, *lines = block.splitlines()
        doc, last = head.split()
        sentences = {n: text for n, text in texts[doc].items() if n <= int(last)}
        yield from article_passages(*noted(sentences, lines), "notes")


def noted(sentences: dict[int, str], lines: list[str]) -> tuple[str, list[dict], list[dict]]:
    """Text, actors and ties of one article in the form of `ties/articles`."""
    text, at = "", {}
    for number, sentence in sentences.items():
        at[number] = (len(text), len(text) + len(sentence))
        text += sentence + "\n"
    actors, ties = {}, []
    for line in lines:
        if line.startswith("A"):
            number, kind, name, aliases = line[1:].split(" | ")
            kind = {"government": "government body"}.get(kind, kind)
            actors[number] = {"name": f"{number} {name}", "kind": kind, "aliases": [a.strip() for a in aliases.split(";")]}
        elif m := NOTE.fullmatch(line):
            ties.append(
                {
                    "source": actors[m[2]]["name"],
                    "target": actors[m[5]]["name"],
                    "source_text": m[3] or "",
                    "target_text": m[6] or "",
                    "mutual": m[4] == "~",
                    "type": m[7],
                    "polarity": m[8],
                    "status": m[9] or "asserted",
                    "voice": actors[m[10]]["name"] if m[10] in actors else m[10] or "author",
                    "start": at[int(m[1])][0],
                    "end": at[int(m[1])][1],
                }
            )
    return text, list(actors.values()), ties


# ---------------------------------------------------------------- the project's own sentences

LETTERS = {"P": "person", "C": "company", "O": "organisation", "G": "government body", "L": "place", "N": "group"}


def own_sentences(folder: Path, names: tuple[str, ...] = ()) -> Iterator[Passage]:
    """The files `names` of `training/data/sentences`, all where none is named; the format stands in the README beside them."""
    for path in sorted(folder.glob("*.txt")):
        if names and path.stem not in names:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#") and "||" in line:
                yield own_sentence(line, path.stem)


def own_sentence(line: str, source: str) -> Passage:
    """One line: `{1P Holt} sued {2C Ferrum}. || 1>2 ACCUSE -`."""
    marked, _, notes = line.partition("||")
    text, spans, kinds, at = "", [], [], 0
    for m in re.finditer(r"\{\d+([PCOGLN]) ([^{}]+)\}", marked):
        text += marked[at : m.start()]
        spans.append((len(text), len(text) + len(m[2])))
        kinds.append(LETTERS[m[1]])
        text += m[2]
        at = m.end()
    text = (text + marked[at:]).rstrip()
    actor = list(range(len(spans)))
    ties: list[tuple[int, int, Label, int | None]] = []
    for note in filter(None, (n.strip() for n in notes.split(";"))):
        if link := re.fullmatch(r"(\d+)=(\d+)", note):
            actor[int(link[1]) - 1] = actor[int(link[2]) - 1]
        elif m := re.fullmatch(
            r"(\d+)([>~])(\d+) ([A-Z_]+) ([+\-0])(?: (asserted|denied|speculated|planned))?(?: (\d+|other|author))?", note
        ):
            voice = int(m[7]) - 1 if m[7] and m[7].isdigit() else None
            label = Label(
                type=m[4], direction="p>q" if m[2] == ">" else "mutual", polarity=m[5], status=m[6] or "asserted", voice=m[7] or "author"
            )
            ties.append((int(m[1]) - 1, int(m[3]) - 1, label, voice))
    draft = Draft(text, f"own.{source}")
    for i in range(len(spans)):
        for j in range(i + 1, len(spans)):
            if actor[i] == actor[j]:
                draft.pair(spans[i], spans[j], same=True, ties=())
            else:
                labels = tuple(own_labels(actor[i], actor[j], actor, ties))[:3]
                draft.pair(
                    spans[i], spans[j], same=False, ties=None if source == "noted" and one_place(labels, kinds[i], kinds[j]) else labels
                )
    entities = [
        (s, e, (alias_kind(text[s:e], kind),)) for (s, e), kind in zip(spans, kinds, strict=True) if text[s:e].lower() not in PRONOUNS
    ]
    return draft.finish(entities=tuple(sorted(entities)), unsaid=())


def own_labels(a: int, b: int, actor: list[int], ties: list[tuple[int, int, Label, int | None]]) -> Iterator[Label]:
    """The ties between actors a and b as seen from a to b."""
    for source, target, label, voice in ties:
        s, t = actor[source], actor[target]
        if {s, t} != {a, b}:
            continue
        words = label.voice
        if voice is not None:
            words = "p" if actor[voice] == s else "q" if actor[voice] == t else "other"
        seen = Label(type=label.type, direction=label.direction, polarity=label.polarity, status=label.status, voice=words)
        yield seen if s == a else seen.turned()


def noted_sentences(data: Path, path: Path) -> Iterator[Passage]:
    """Sentences of public sets with every mention and tie: `id || mentions || notes`, the text stays where it is.

    An id is a line number of the crowd's training file, or a row of CORE (`c12`) or KnowledgeNet (`k12`), from 0.
    """
    crowded = [text for text, *_ in crowd(data / "stance/train.tsv")]
    core = json.loads((data / "relations/core_company/train.json").read_text(encoding="utf-8"))
    known = rows(data / "relations/knowledgenet/knowledgenet_train.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, mentions, notes = (part.strip() for part in line.split("||"))
        if name.startswith("c"):
            text = join_tokens(core[int(name[1:])]["context"])[0]
        else:
            text = known[int(name[1:])]["text"].strip() if name.startswith("k") else crowded[int(name) - 1]
        yield own_sentence(f"{marked(text, mentions)} || {notes}", "noted")


def marked(text: str, mentions: str) -> str:
    """A sentence with its mentions, given in text order, in the braces of the project's own sentences; "…" stands for words left out.

    >>> marked("Holt, a maker of fine old saws, sued Ferrum.", "P Holt ; N a maker … saws ; C Ferrum")
    '{1P Holt}, {2N a maker of fine old saws}, sued {3C Ferrum}.'
    """
    out, at = "", 0
    for number, mention in enumerate(filter(None, mentions.split(" ; ")), 1):
        kind, _, words = mention.strip().partition(" ")
        pattern = r".+?".join(re.escape(part.strip()) for part in words.split("…"))
        found = re.compile(rf"(?<!\w){pattern}(?!\w)").search(text, at)
        if found is None:
            raise ValueError(f"{mention!r} is not in {text[at:]!r}")
        before = text[at : found.start()].replace("{", "(").replace("}", ")")
        out += f"{before}{{{number}{kind} {found[0]}}}"
        at = found.end()
    return out + text[at:].replace("{", "(").replace("}", ")").replace("||", "  ")


# ---------------------------------------------------------------- public relation sets

CORE = {
    "acquired_by": ("OWNS", "q>p"),
    "subsidiary_of": ("OWNS", "q>p"),
    "brand_of": ("OWNS", "q>p"),
    "shareholder_of": ("INVESTS_IN", "p>q"),
    "collaboration": ("COOPERATE", "mutual"),
    "merged_with": ("COOPERATE", "mutual"),
    "client_of": ("SUPPLIES", "q>p"),
    "competitor_of": ("COMPETES_WITH", "mutual"),
    "undefined": None,
    "traded_on": None,
    "product_of": None,
}
SIGN = {"COOPERATE": "+", "COMPETES_WITH": "-", "ALLIED_WITH": "+"}


def core_company(data: Path) -> Iterator[Passage]:
    """Company pairs of CORE."""
    for split in ("train", "test"):
        for r in json.loads((data / f"relations/core_company/{split}.json").read_text(encoding="utf-8")):
            text, at = join_tokens(r["context"])
            e1, e2 = (at[r["e1_start"]][0], at[r["e1_end"]][1]), (at[r["e2_start"]][0], at[r["e2_end"]][1])
            if r["relation"] not in CORE or e1 == e2:
                continue
            kind, labels = CORE[r["relation"]], ()
            if kind:
                label = Label(type=kind[0], direction=kind[1], polarity=SIGN.get(kind[0], "0"), voice="author")
                labels = (label.turned() if r["invert_relation"] else label,)
            draft = Draft(text, "core")
            draft.pair(e1, e2, ties=labels, weight=0.7)
            yield draft.finish()


FACTS = {
    "SUBSIDIARY_OF": ("OWNS", "q>p"),
    "FOUNDED_BY": ("FOUNDED", "q>p"),
    "CEO": ("LEADS", "q>p"),
    "EMPLOYEE_OR_MEMBER_OF": ("WORKS_FOR", "p>q"),
    "POLITICAL_AFFILIATION": ("MEMBER_OF", "p>q"),
    "SPOUSE": ("RELATED_TO", "mutual"),
    "CHILD_OF": ("RELATED_TO", "mutual"),
    "PLACE_OF_RESIDENCE": None,
    "PLACE_OF_BIRTH": None,
    "NATIONALITY": None,
    "EDUCATED_AT": None,
}


def knowledgenet(data: Path) -> Iterator[Passage]:
    """Facts of KnowledgeNet, grouped by passage."""
    grouped = collections.defaultdict(list)
    for r in rows(data / "relations/knowledgenet/knowledgenet_train.jsonl"):
        if r["has_fact"] and r["prop"] in FACTS and r.get("obj"):
            grouped[r["text"]].append(r)
    for text, facts in grouped.items():
        draft = Draft(text, "knowledgenet")
        for r in facts[:6]:
            a, b, kind = tuple(r["sbj"]), tuple(r["obj"]), FACTS[r["prop"]]
            if a[1] <= b[0] or b[1] <= a[0]:
                draft.pair(a, b, ties=(Label(type=kind[0], direction=kind[1], polarity="0", voice="author"),) if kind else (), weight=0.5)
        if draft.pairs and len(text) < 700:
            yield draft.finish()


WIKIDATA = {
    "P127": ("OWNS", "q>p"),
    "P749": ("OWNS", "q>p"),
    "P355": ("OWNS", "p>q"),
    "P112": ("FOUNDED", "q>p"),
    "P169": ("LEADS", "q>p"),
    "P488": ("LEADS", "q>p"),
    "P6": ("LEADS", "q>p"),
    "P35": ("LEADS", "q>p"),
    "P108": ("WORKS_FOR", "p>q"),
    "P463": ("MEMBER_OF", "p>q"),
    "P102": ("MEMBER_OF", "p>q"),
    "P54": ("WORKS_FOR", "p>q"),
    "P26": ("RELATED_TO", "mutual"),
    "P40": ("RELATED_TO", "mutual"),
    "P22": ("RELATED_TO", "mutual"),
    "P25": ("RELATED_TO", "mutual"),
    "P3373": ("RELATED_TO", "mutual"),
}
DOCRED_KINDS = {"PER": ("person",), "ORG": ORGS, "LOC": ("place",)}


def redocred(data: Path) -> Iterator[Passage]:
    """Sentences of Re-DocRED that hold one of the mapped relations; its entities tag them too."""
    for name in ("dev_revised", "test_revised"):
        for doc in json.loads((data / f"relations/redocred/{name}.json").read_text(encoding="utf-8")):
            links = {(r["h"], r["t"]): r["r"] for r in doc["labels"] if r["r"] in WIKIDATA}
            related = {frozenset((r["h"], r["t"])) for r in doc["labels"]}
            for number, sentence in enumerate(doc["sents"]):
                text, at = join_tokens(sentence)
                spans = {}
                for entity, places in enumerate(doc["vertexSet"]):
                    for m in places:
                        if m["sent_id"] == number and m["type"] in DOCRED_KINDS and m["pos"][1] <= len(at):
                            spans[at[m["pos"][0]][0], at[m["pos"][1] - 1][1]] = (entity, m["type"])
                if passage := docred_sentence(text, spans, links, related):
                    yield passage


def docred_sentence(text: str, spans: dict[Span, tuple[int, str]], links: dict, related: set) -> Passage | None:
    """One sentence of Re-DocRED, None where it holds no mapped relation."""
    draft, hits = Draft(text, "redocred"), 0
    for a, (i, _) in spans.items():
        for b, (j, _) in spans.items():
            if a < b and i != j:
                kind, turned = links.get((i, j)), links.get((j, i))
                if kind or turned:
                    hits += 1
                    label = Label(type=WIKIDATA[kind or turned][0], direction=WIKIDATA[kind or turned][1], polarity="0", voice="author")
                    draft.pair(a, b, ties=(label if kind else label.turned(),), weight=0.4)
                elif frozenset((i, j)) not in related:
                    draft.pair(a, b, ties=(), weight=0.2)
    if not hits or len(text) > 500:
        return None
    entities = tuple((s, e, DOCRED_KINDS[kind]) for (s, e), (_, kind) in sorted(spans.items()))
    return draft.finish(entities=entities, unsaid=("group", "description", "government body"))


def gap(data: Path) -> Iterator[Passage]:
    """Pronouns of GAP with their two candidate names (development and validation splits)."""
    for split in ("development", "validation"):
        path = data / f"coreference/gap_coref/gap-{split}.tsv"
        for r in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            text, spot = r["Text"], int(r["Pronoun-offset"])
            pronoun = (spot, spot + len(r["Pronoun"]))
            draft = Draft(text, "gap")
            for c in "AB":
                at = int(r[f"{c}-offset"])
                draft.pair((at, at + len(r[c])), pronoun, same=r[f"{c}-coref"].upper() == "TRUE")
            if len(text) < 700:
                yield draft.finish()


# ---------------------------------------------------------------- entities

NAMED = {
    "PER": ("person",),
    "ORG": ORGS,
    "LOC": ("place",),
    "GPE": ("place",),
    "person": ("person",),
    "politician": ("person",),
    "musicalartist": ("person",),
    "writer": ("person",),
    "scientist": ("person",),
    "researcher": ("person",),
    "band": ("organisation",),
    "organisation": ORGS,
    "university": ("organisation",),
    "politicalparty": ("organisation",),
    "country": ("place",),
    "location": ("place",),
    "corporation": ("company",),
    "group": ("organisation", "group"),
}
FILES = (
    ("wikigold", "wikigold/wikigold.conll.txt", False),
    ("crossner", "crossner/ner_data__politics__train.txt", False),
    ("crossner", "crossner/ner_data__politics__dev.txt", False),
    ("crossner", "crossner/ner_data__ai__train.txt", False),
    ("crossner", "crossner/ner_data__literature__train.txt", False),
    ("crossner", "crossner/ner_data__science__train.txt", False),
    ("crossner", "crossner/ner_data__music__train.txt", False),
    ("wnut17", "wnut17/wnut17train.conll", False),
    ("btc", "btc/f.conll", False),
    ("btc", "btc/h.conll", False),
    ("ewt", "uner_ewt/en_ewt-ud-dev.iob2", True),
    ("pud", "uner_pud/en_pud-ud-test.iob2", True),
)


def conll(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Sentences of a column file: words and tags."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split("\t") if "\t" in line else line.split(" ")
        if not line.strip():
            if words:
                yield words, tags
            words, tags = [], []
        elif not line.startswith(("# ", "-DOCSTART-")) and len(cells) >= 2:
            numbered = len(cells) > 3 and cells[0].isdigit()
            words.append(cells[1] if numbered else cells[0])
            tags.append(cells[2] if numbered else cells[-1].strip())


def entity_sets(data: Path, *, share_alike: bool = True) -> Iterator[Passage]:
    """Named-entity sentences; `share_alike=False` leaves the CC BY-SA sets out."""
    for source, name, shared in FILES:
        if shared and not share_alike:
            continue
        for words, tags in conll(data / "entities" / name):
            text, at = join_tokens(words)
            entities: list[tuple[int, int, tuple[str, ...]]] = []
            before = "O"
            for (start, end), tag in zip(at, tags, strict=True):
                kind = tag[2:]
                if tag != "O" and entities and (tag[0] == "I" and before[2:] == kind):
                    entities[-1] = (entities[-1][0], end, entities[-1][2])
                elif tag != "O":
                    entities.append((start, end, NAMED.get(kind, ())))
                before = tag
            if 3 < len(words) < 80:
                unsaid = (
                    ("group", "description", "government body")
                    if source != "crossner"
                    else ("group", "description", "government body", "organisation")
                )
                yield Passage(text=text, entities=tuple(entities), unsaid=unsaid, source=source)
