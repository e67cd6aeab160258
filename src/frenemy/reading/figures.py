"""Figures: the amounts that a document states about its actors, each with the shortest quote that carries it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from frenemy.model import Document, Figure, Mention, Quote
from frenemy.reading.amounts import NUMBER, STOPS, WORDS, Amount, amounts
from frenemy.reading.dates import moments, nearest

Span = tuple[int, int]

REACH = 80  # characters from an amount within which a word tells its kind or its status
BEFORE = 500  # characters before a sentence within which its subject is looked for when it names none
MOST_BEFORE = 12  # mentions looked at then
LONGEST_QUOTE = 160
CLOSE = 15  # characters after an amount within which a word still tells its status
DENIAL = 40  # by how much a denial comes nearer: what is denied may be a plan ("denies pledging $45m")
AFTER = 15  # what standing after the amount costs a word that tells its kind, unless it is the next word
FEW = 5  # counts below it say something only where they are of casualties, jobs or votes
BREAK = 30  # what a clause border between a word and the amount costs, in characters
_BREAK = re.compile(r"[,;:—–](?=\s)|\s[-—–]\s|[()\"“”]|\b(?:and|but|while|which|whereas|after|although|when)\b")
POSSESSIVE = frozenset(("its", "their", "his", "her", "our", "my"))
PRONOUN = 1.0  # points that a pronoun loses: a name in the same sentence is surer
GROUP = 1.0  # points of the counted people themselves: less than who acts, more than who is only near
FAR = 100  # characters that cost a mention one point
_LED = re.compile(
    r"\b(?i:in|at|by|from|to|with|for|on|against|near|of|over|than|into|via|like|asked|gave|giv(?:e|es|ing)|told)"
    r"(?: (?:the|a|an|all|both))?(?: [A-Z]\w+)? $"
)
_OWN = re.compile(r"^(?:['’]s?)?(?: [\w'’.-]+){0,4} ?$")
_VALUED = re.compile(r"\bvalu(?:ed|es|ing) (?:the )?$", re.I)
_TOWARDS = re.compile(r"^ ?(?:\w+ ){0,2}(?:for|to|by|of|in|from|at) (?:the )?$", re.I)
_AGENT = re.compile(r"^ (?:\w+ed |sold |held |made )?by (?:the )?$", re.I)
_DEFINITE = re.compile(r"(?:the|this|that|his|her|its|their)\b", re.I)
_WORDED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|\w+teen|\w+ty|million|billion)\b", re.IGNORECASE
)
_CAPITAL = re.compile(r"\b[A-Z]")


def figures(doc: Document, sentences: Sequence[Span], mentions: Sequence[Mention]) -> Iterator[Figure]:
    """The figures of a document in text order; `mentions` are its resolved mentions in text order.

    >>> from frenemy.model import Mention
    >>> doc = Document(text="Fiat plans to buy a 20 percent stake in Chrysler.", name="a")
    >>> fiat = Mention(document=doc.id, start=0, end=4, text="Fiat", name="Fiat", kind="company")
    >>> [(f.subject.name, f.kind, f.amount, f.unit, f.status) for f in figures(doc, [(0, 49)], [fiat])]
    [('Fiat', 'stake', 20.0, '%', 'planned')]
    """
    starts = [mention.start for mention in mentions]
    for low, high in sentences:
        text = doc.text[low:high]
        found = list(amounts(text)) if any(c.isdigit() for c in text) or _WORDED.search(text) else []
        if not found:
            continue
        times = list(moments(text, doc.published))
        inside = [m for m in mentions[bisect_left(starts, low) : bisect_left(starts, high)] if _names_somebody(m)]
        for amount in found:
            if any(amount.start < t.end and amount.end > t.start for t in times):
                continue
            kind, cue = kind_of(text, amount)
            if amount.family == "count" and amount.value < FEW and kind != "casualties" and not _telling(kind, amount):
                continue
            subject = subject_of(text, amount, kind, inside, low) or _before(mentions, bisect_left(starts, low), low)
            if subject is None:
                continue
            start, end = quote_of(text, amount, cue, subject, low)
            yield Figure(
                subject=subject,
                kind=kind,
                amount=amount.value,
                unit=amount.unit,
                status=status_of(text, amount),
                when=nearest(times, start, end),
                quote=Quote(document=doc.id, start=low + start, end=low + end, text=text[start:end]),
            )


@cache
def _cues(table: str, name: str) -> re.Pattern[str]:
    words = WORDS[table][name]
    return re.compile(r"\b(?:" + "|".join(words if isinstance(words, list) else words["words"]) + r")(?!\w)", re.IGNORECASE)


def distance(text: str, span: Span, amount: Amount) -> int:
    """Characters between a stretch and an amount, borders of clauses counting `BREAK` each."""
    low, high = (span[1], amount.start) if span[1] <= amount.start else (amount.end, max(amount.end, span[0]))
    return high - low + BREAK * sum(1 for _ in _BREAK.finditer(text[low:high]))


def kind_of(text: str, amount: Amount) -> tuple[str, Span | None]:
    """The kind that the nearest telling word gives, and where that word stands; "other" without one.

    >>> text = "The firm was valued at $50 billion."
    >>> kind_of(text, next(amounts(text)))
    ('valuation', (13, 19))
    """
    best: tuple[int, str, Span] | None = None
    for kind, words in WORDS["kind"].items():
        if amount.family not in words["of"]:
            continue
        if _telling(kind, amount):
            return kind, None
        for match in _cues("kind", kind).finditer(text):
            far = distance(text, match.span(), amount) + (AFTER if match.start() > amount.end + 1 else 0)
            if far <= REACH and (best is None or far < best[0]):
                best = (far, kind, match.span())
    return (best[1], best[2]) if best else ("other", None)


def _telling(kind: str, amount: Amount) -> bool:
    return amount.unit in WORDS["kind"].get(kind, {}).get("nouns", ())


def status_of(text: str, amount: Amount) -> str:
    """Asserted, unless a word of plan, guess or denial stands before the amount in its clause, or closely after it.

    >>> [status_of(t, next(amounts(t))) for t in ("It may cut 300 jobs", "300 jobs will be cut", "It cut 300 jobs")]
    ['speculated', 'planned', 'asserted']
    """
    best = (REACH, "asserted")
    for status in ("denied", "speculated", "planned"):
        for match in _cues("status", status).finditer(text, 0, amount.end + CLOSE):
            if match.end() > amount.start and (match.start() < amount.end or _BREAK.search(text[amount.end : match.start()])):
                continue
            far = distance(text, match.span(), amount)
            best = min(best, (far - DENIAL if status == "denied" and far < REACH else far, status))
    return best[1]


def subject_of(text: str, amount: Amount, kind: str, inside: Sequence[Mention], low: int) -> Mention | None:
    """The mention of the sentence that the amount is most likely about, None where it mentions nobody."""
    last = max((m.end - low for m in inside if m.end - low <= amount.start), default=0)
    scored = [(_score(text, amount, kind, (m.start - low, m.end - low), m, m.end - low >= last), -m.start, m) for m in inside]
    return max(scored, key=lambda row: row[:2])[2] if scored else None


def _score(text: str, amount: Amount, kind: str, span: Span, mention: Mention, clear: bool) -> float:
    """How well a mention fits as an amount's subject: whose amount it is, then who acts in its clause, then who is near.

    `clear` says that nobody else is mentioned between the two.
    """
    start, end = span
    own = mention.form == "pronoun" and mention.text.lower() in POSSESSIVE
    score = -distance(text, span, amount) / FAR
    if start < amount.end and end > amount.start:
        counted = amount.family == "count" and (kind == "casualties" or own or _CAPITAL.search(mention.text) is not None)
        return score + (4 if counted else GROUP if amount.family == "count" else -3)
    if mention.form == "pronoun":
        score -= PRONOUN
    if mention.form == "description" and not _DEFINITE.match(mention.text):
        score -= 2
    if end <= amount.start:
        between = text[end : amount.start]
        if (clear and (own or between.startswith(("'", "’"))) and _OWN.match(between)) or _VALUED.search(text[:start]):
            return score + 5
        return score + (0.5 if _LED.search(text[:start]) or (kind == "casualties" and amount.family == "count") else 3)
    after = text[amount.end : start]
    return score + (3.5 if _AGENT.search(after) else 1.5 if _TOWARDS.search(after) else 0)


def _names_somebody(mention: Mention) -> bool:
    """Not a number or a small word that was taken for a name."""
    plain = mention.text.lower()
    return mention.form == "pronoun" or (len(plain) > 1 and plain not in STOPS and not NUMBER.fullmatch(mention.text))


def _before(mentions: Sequence[Mention], at: int, low: int) -> Mention | None:
    """Whom the passage before a sentence that names nobody speaks of most, the latest of equals."""
    near = [m for m in mentions[max(0, at - MOST_BEFORE) : at] if low - m.end <= BEFORE and _names_somebody(m)]
    counts = Counter(m.name for m in near)
    return max(near, key=lambda m: (counts[m.name], m.start), default=None)


def quote_of(text: str, amount: Amount, cue: Span | None, subject: Mention, low: int) -> Span:
    """From the first to the last of subject, telling word and amount; without the subject where that grows too long."""
    spans = [(amount.start, amount.end)] + ([cue] if cue else [])
    own = (subject.start - low, subject.end - low)
    for chosen in ([*spans, own], spans):
        start, end = min(s for s, _ in chosen), max(e for _, e in chosen)
        if start >= 0 and end - start <= LONGEST_QUOTE:
            return start, end
    return amount.start, amount.end
