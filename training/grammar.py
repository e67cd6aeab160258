"""Sentences made from the lexicon of frames: the same tie active, passive, nominal, denied, planned, hedged, asked, reported.

The lexicon (`training/data/lexicon/*.tsv`) says how English news words a tie; this grammar says how English changes such a clause.
Names are drawn from a pool, so that the network learns the words around them.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lemminflect import getInflection

from training.passages import Draft, Label, Passage

PHRASES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "data/phrases.toml").read_text(encoding="utf-8"))
SLOTS = {"%T": "topics", "%D": "deeds", "%Q": "insults", "%M": "sums", "%V": "phrases"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One line of the lexicon."""

    type: str
    polarity: str
    mutual: bool
    source: str
    target: str
    pattern: str

    @property
    def verb(self) -> str | None:
        """The head verb's lemma, None for a noun frame."""
        found = re.search(r"\{([a-z\-]+)\}", self.pattern)
        return found[1] if found else None

    @property
    def passive(self) -> bool:
        """Whether Y can be the subject of a passive."""
        return "}*" in self.pattern


def load_lexicon(folder: Path) -> list[Frame]:
    """All frames of the lexicon's files."""
    frames = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                kind, sign, kinds, pattern = line.split("\t")
                source, target = kinds.split(">")
                frames.append(Frame(type=kind, polarity=sign[0], mutual=sign.endswith("~"), source=source, target=target, pattern=pattern))
    return frames


def inflect(lemma: str, form: str) -> str:
    """`lemma` as b(ase), d (past), n (participle), z (third person), g (-ing)."""
    head, _, rest = lemma.partition("-")
    if lemma == "be":
        return {"b": "be", "d": "was", "n": "been", "z": "is", "g": "being"}[form]
    tag = {"d": "VBD", "n": "VBN", "z": "VBZ", "g": "VBG"}.get(form)
    forms = getInflection(head, tag=tag) if tag else (head,)
    word = (
        forms[0]
        if forms
        else {"d": head.rstrip("e") + "ed", "n": head.rstrip("e") + "ed", "z": head + "s", "g": head.rstrip("e") + "ing"}[form]
    )
    return f"{word}-{rest}" if rest else word


def verb_group(template: str, lemma: str) -> str:
    """Fill {b}, {d}, {n} of a verb-group template."""
    return re.sub(r"\{([bdnzg])\}", lambda m: inflect(lemma, m[1]), template)


class Grammar:
    """Draws labelled passages from a lexicon and a pool of names by kind letter."""

    def __init__(self, frames: list[Frame], names: dict[str, list[str]], seed: int) -> None:
        self.frames, self.names, self.random = frames, names, random.Random(seed)

    def name(self, kinds: str, taken: set[str]) -> str:
        """A name of one of the kinds that is not in use."""
        for _ in range(50):
            found = self.random.choice(self.names[self.random.choice("PPCCOGLL" if kinds == "*" else kinds)])
            if found not in taken:
                break
        taken.add(found)
        return found

    def passages(self, rounds: int) -> Iterator[Passage]:
        """Each frame `rounds` times, in random order."""
        for _ in range(rounds):
            for frame in self.random.sample(self.frames, len(self.frames)):
                passage = self.passage(frame)
                if passage:
                    yield passage

    def passage(self, frame: Frame) -> Passage | None:
        """One sentence from a frame."""
        pick, taken = self.random, set()
        x, y, z = self.name(frame.source, taken), self.name(frame.target, taken), self.name("PCOGL" if pick.random() < 0.5 else "P", taken)
        clause, status, voice = self.clause(frame)
        third: list[tuple[str, str]] = []
        roll = pick.random()
        if frame.verb and status == "asserted" and roll < 0.16:
            clause, voice = f"⟦Z⟧ {pick.choice(PHRASES['says'])} {pick.choice(['', 'that '])}{clause}", "other"
        elif frame.verb and status == "asserted" and roll < 0.22:
            clause, voice = f"{clause}, {pick.choice(['according to ⟦Z⟧', '⟦Z⟧ said', '⟦Z⟧ claimed', 'in the words of ⟦Z⟧'])}", "other"
        elif roll < 0.32 and "⟦X⟧" in clause:
            third.append(("X", "⟦X⟧ and ⟦Z⟧"))
        elif roll < 0.40 and clause.rstrip(".").endswith("⟦Y⟧"):
            third.append(("Y", "⟦Y⟧ and ⟦Z⟧"))
        elif roll < 0.50:
            clause += pick.choice(
                [
                    ", while ⟦Z⟧ looked on",
                    ", as ⟦Z⟧ did in 2015",
                    " in front of ⟦Z⟧'s headquarters",
                    ", a week after ⟦Z⟧ spoke",
                    ", unlike ⟦Z⟧",
                    " at an event also attended by ⟦Z⟧",
                ]
            )
        for role, both in third:
            clause = clause.replace(f"⟦{role}⟧", both, 1)
        text = pick.choice(PHRASES["openers"]) + clause + (pick.choice(PHRASES["closers"]) if pick.random() < 0.7 else "")
        text = re.sub(r"%[TDQMV]", lambda m: pick.choice(PHRASES[SLOTS[m[0]]]), text).strip()
        text = text if text.endswith("?") else text + pick.choice([".", ".", ".", "", ", analysts noted."])
        label = Label(type=frame.type, direction="mutual" if frame.mutual else "p>q", polarity=frame.polarity, status=status, voice=voice)
        return self.fill(text, {"X": x, "Y": y, "Z": z}, () if frame.type == "NONE" else (label,), third)

    def clause(self, frame: Frame) -> tuple[str, str, str]:
        """The frame worded one way: text with ⟦X⟧ and ⟦Y⟧, its status and voice."""
        pick = self.random
        pattern = re.sub(r"\bX\b", "⟦X⟧", re.sub(r"\bY\b", "⟦Y⟧", frame.pattern))
        if not frame.verb:
            carrier = pick.choice(PHRASES["noun_carriers"])
            noun = pattern
            if not carrier.startswith("{N}"):
                return carrier.format(N=noun), "asserted", "author"
            return carrier.format(N=noun[:1].upper() + noun[1:]), "asserted", "author"
        before, after = re.split(r"\{[a-z\-]+\}\*?", pattern, maxsplit=1)
        plural = " and " in before
        roll = pick.random()
        status, group = (
            "asserted",
            pick.choice(
                [
                    "{d}",
                    "{d}",
                    "{d}",
                    "{d}",
                    "has {n}",
                    "had {n}",
                    "{z}",
                    "{z}",
                    "has repeatedly {n}",
                    "openly {d}",
                    "later {d}",
                    "again {d}",
                ]
            ),
        )
        if roll < 0.11:
            status, group = "planned", pick.choice(PHRASES["planned"])
        elif roll < 0.24:
            status, group = "speculated", pick.choice(PHRASES["hedged"])
        elif roll < 0.35:
            status, group = "denied", pick.choice(PHRASES["denied"])
        elif roll < 0.40 and before == "⟦X⟧ ":
            said = pick.choice(
                ["denied {g}", "denied that it had {n}", "denied having {n}", "rejected claims that it {d}", "denies having {n}"]
            )
            return f"⟦X⟧ {verb_group(said, frame.verb)}{after}", "denied", "p"
        elif roll < 0.43:
            return f"{pick.choice(['Did', 'Will', 'Could', 'Would'])} {before}{frame.verb}{after}?", "speculated", "author"
        elif roll < 0.46:
            return f"If {before}{inflect(frame.verb, 'z')}{after}, the talks would collapse", "speculated", "author"
        elif frame.passive and roll < 0.68:
            aux = pick.choice(["was {n}", "was {n}", "has been {n}", "had been {n}", "is {n}"])
            tail = after.replace("⟦Y⟧", "", 1).strip()
            parts = [f"by {before.strip()}", tail] if pick.random() < 0.6 else [tail, f"by {before.strip()}"]
            return " ".join(filter(None, ["⟦Y⟧", verb_group(aux, frame.verb), *parts])), "asserted", "author"
        elif before == "⟦X⟧ " and roll < 0.76:
            return (
                f"⟦X⟧, which {verb_group(group, frame.verb)}{after}, made no comment".replace(", which", pick.choice([", which", ", who"])),
                status,
                "author",
            )
        if plural:
            group = (
                group.replace("has ", "have ").replace("is ", "are ").replace("was ", "were ").replace("{z}", "{b}").replace("does ", "do ")
            )
        return f"{before}{verb_group(group, frame.verb)}{after}", status, "author"

    def fill(self, text: str, names: dict[str, str], ties: tuple[Label, ...], third: list[tuple[str, str]]) -> Passage | None:
        """Put names in and label the pairs; None where X or Y was lost."""
        spans, out, at = {}, "", 0
        for m in re.finditer("⟦([XYZ])⟧", text):
            out += text[at : m.start()]
            if m[1] in spans:
                return None
            spans[m[1]] = (len(out), len(out) + len(names[m[1]]))
            out += names[m[1]]
            at = m.end()
        out += text[at:]
        out = out[:1].upper() + out[1:]
        if "X" not in spans or "Y" not in spans:
            return None
        draft = Draft(out, "lexicon")
        draft.pair(spans["X"], spans["Y"], ties=ties, weight=0.5)
        if "Z" in spans:
            beside = dict(third)
            draft.pair(spans["Z"], spans["Y"], ties=ties if "X" in beside else () if "said" not in out else None, weight=0.5)
            draft.pair(spans["X"], spans["Z"], ties=ties if "Y" in beside else () if "said" not in out else None, weight=0.5)
        return draft.finish()
