"""Amounts in a sentence: money, shares of a hundred, counted things; numbers in digits or in words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from typing import Any

from text_to_num import text2num

WORDS: dict[str, Any] = tomllib.loads((files("frenemy.reading") / "figures.toml").read_text(encoding="utf-8"))
MARKS: dict[str, str] = {mark: code for code, marks in WORDS["currency"]["marks"].items() for mark in marks}
NAMES: dict[str, str] = {name: code for code, names in WORDS["currency"]["names"].items() for name in names}
DOUBTFUL = frozenset(WORDS["currency"]["doubtful"])
PLURALS, IGNORED, STOPS = (frozenset(WORDS["count"][name]) for name in ("plurals", "ignored", "stops"))
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "lakh": 10**5,
    "crore": 10**7,
}
SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12, "tr": 10**12, "trn": 10**12}

MOST = 1e16  # more than all the money there is: a telephone number, a key, a typing error


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_UNITS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = rf"(?:(?:{_TENS})(?:[- ](?:{_UNITS}))?|{_UNITS})"
_SCALE = _any(SCALES)
NUMBER = re.compile(
    rf"(?<![\w.,/:#])(?<![^\W\d]-)(?<!\bper )(?P<mark>{_any(MARKS)})?\s?(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:(?P<short>{_any(SHORT)})\b|(?P<apart> (?:bn|mn|mln|trn?))\b|(?P<scale>(?:[- ]?(?:{_SCALE}))+)\b|(?![\w,]*\d|[A-Za-z]))"
    rf"|\b(?P<half>half[- ](?:an? )?)(?P<half_scale>{_SCALE})\b"
    rf"|\b(?P<words>(?:an? (?=(?:{_SCALE})\b)|{_SMALL}\b)(?:[- ]?(?:and )?(?:{_SCALE}|{_SMALL})\b)*)",
    re.IGNORECASE,
)
_NAME = re.compile(rf"[- ]?(?P<name>{_any(NAMES)}|cents?)\b", re.IGNORECASE)
_DOLLARS = re.compile(rf"(?:[- ](?:{_any(n for n in NAMES if 'dollar' in n)})\b)?(?: ?\(?(?:USD|AUD|CAD)\)?)?", re.IGNORECASE)
_PERCENT = re.compile(r"(?: ?%|[- ]?(?:percent|per cent|pct)\b|[- ]percentage[- ]points?\b)(?: points?\b)?", re.IGNORECASE)
_WORD = re.compile(r"[ -]((?:U\.S\.|U\.K\.|U\.N\.)|[^\W\d_][\w'’&.]*[\w]|[^\W\d_]|\d{3}s?(?![\d,.]))")
_OF = re.compile(r" of (?:the|its|their|his|her|those|these)(?: other)?(?=[ -])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount and where it stands; `family` is "money", "share" or "count", `unit` as in `frenemy.model.Figure`.

    `number` is where the number alone ends.
    """

    start: int
    number: int
    end: int
    value: float
    unit: str
    family: str


def amounts(text: str) -> Iterator[Amount]:
    """The amounts of a sentence in text order. Ranges ("between 40 and 50 million barrels") are no amount and left out.

    >>> [(a.value, a.unit) for a in amounts("Its $6.6 billion round, a 49% stake and 3 billion yuan for twenty-one jets")]
    [(6600000000.0, 'USD'), (49.0, '%'), (3000000000.0, 'CNY'), (21.0, 'jets')]
    >>> [a.value for a in amounts("between 40 and 50 million barrels; 25,000 to 30,000 jobs; 5 planes from 2009 to 2011")]
    [5.0]
    """
    found = list(NUMBER.finditer(text))
    ranged = {m.start() for a, b in pairwise(found) if _is_range(text, a, b) for m in (a, b)}
    reached = 0
    for match in found:
        if match.start() < reached or match.start() in ranged:
            continue
        if (amount := _amount(text, match)) is not None:
            yield amount
            reached = amount.end


def _is_range(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    between, before = text[first.end() : last.start()].lower(), text[: first.start()].lower()
    if between.strip() in ("-", "–", "—", "to", "or", "%-", "percent to"):
        return not before.endswith("from ")
    return (
        between.strip() in ("and", "percent and", "million and", "billion and") and re.search(r"\bbetween (?:\w+ )?$", before) is not None
    )


def value_of(match: re.Match[str]) -> float | None:
    """The number that a match of `NUMBER` means.

    >>> [value_of(NUMBER.search(t)) for t in ("$75m", "half a million", "two hundred and five", "two dozen", "4 hundred thousand")]
    [75000000.0, 500000.0, 205.0, 24.0, 400000.0]
    """
    if match["digits"]:
        value = Decimal(match["digits"].replace(",", ""))
        for word in re.findall(r"[a-z]+", (match["scale"] or match["short"] or match["apart"] or "").lower()):
            value *= SCALES.get(word) or SHORT[word]
        return float(value)
    if match["half"]:
        return SCALES[match["half_scale"].lower()] / 2
    words = re.sub(r"^an? ", "one ", match["words"].lower())
    dozen = words.endswith("dozen")
    try:
        return float(text2num(words.removesuffix("dozen").strip(" -") or "one", "en")) * (12 if dozen else 1)
    except ValueError:
        return None


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    value = value_of(match)
    if value is None or value > MOST:
        return None
    start, end = match.start() + (len(match[0]) - len(match[0].lstrip())), match.end()
    if match["mark"] and (match["mark"] in MARKS):
        tail = _DOLLARS.match(text, end)
        last = tail.end() if tail else end
        return Amount(start=start, number=end, end=last, value=value, unit=MARKS[match["mark"]], family="money")
    if match["mark"]:
        return None
    if (percent := _PERCENT.match(text, end)) is not None:
        return Amount(start=start, number=end, end=percent.end(), value=value, unit="%", family="share")
    if (named := _NAME.match(text, end)) is not None and (money := _named(named["name"].lower(), value, match)) is not None:
        return Amount(start=start, number=end, end=named.end(), value=money[0], unit=money[1], family="money")
    return _counted(text, match, start, value)


def _named(name: str, value: float, match: re.Match[str]) -> tuple[float, str] | None:
    if name.startswith("cent"):
        return value / 100, "USD"
    scaled = match["scale"] or match["short"] or match["apart"] or match["half"] or value >= 1000
    return None if name in DOUBTFUL and not scaled else (value, NAMES[name])


def _counted(text: str, match: re.Match[str], start: int, value: float) -> Amount | None:
    """An amount of things: the plural noun that follows within a few words."""
    compound = re.match(r"-[a-z]+(?<!s)\b", text[match.end() :])  # "a 27-year contract"
    if (
        match["short"]
        or match["apart"]
        or compound
        or value < 2
        or value != int(value)
        or (match["digits"] and _is_label(text, match, value))
    ):
        return None
    at = match.end()
    if (of := _OF.match(text, at)) is not None:
        at = of.end()
    noun: tuple[str, int] | None = None
    for _ in range(5):
        word = _WORD.match(text, at)
        if word is None:
            break
        plain = word[1].lower()
        if plain in STOPS or (noun is not None and not is_plural(plain)):
            break
        if is_plural(plain):
            noun = (plain, word.end())
        elif plain.endswith(("ed", "ly")) and noun is not None:
            break
        at = word.end()
    if noun is None or noun[0] in IGNORED:
        return None
    return Amount(start=start, number=match.end(), end=noun[1], value=value, unit=noun[0], family="count")


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun.

    >>> [is_plural(w) for w in ("troops", "people", "business", "china's", "status")]
    [True, True, False, False, False]
    """
    return word in PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s", "ous", ".s")))


def _is_label(text: str, match: re.Match[str], value: float) -> bool:
    """A year, or a number that is part of a name ("Flight 370 passengers")."""
    plain = match["digits"].isdigit() and not match["scale"]
    before = re.search(r"(?:^|\W)(\S+)\s$", text[: match.start()])
    named = before is not None and before.start(1) > 0 and before[1][:1].isupper()
    return plain and (1900 <= value <= 2099 or (named and value < 1000))
