"""Which language a text is in, judged by its beginning."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SAMPLE = 4_000
LONGEST_WORD = 60
FEWEST_LETTERS = 60
"""In words that differ. A shorter text is mostly names, and names are of no language."""

LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""The languages of news that the guess is kept to; without this an English text full of names may come out as Latin or Volapük."""

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_WORD = re.compile(
    r"an?|and|are|as|at|be|been|but|by|for|from|ha[ds]|have|hers?|his?|in|is|its?|not|of|on|or|said|s?he|that|the|their|they|this|to|was|were|which|who|"
    r"will|with|would"
)
_ENGLISH_SHARE = 0.2


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language, None if the text is too short to tell.

    A fifth of plain English function words settles it; the statistical guess is asked only without them.

    >>> language_of("The two companies said on Tuesday that they had ended their feud and would withdraw all of their lawsuits.")
    'en'
    >>> language_of("Tesla, SpaceX") is None
    True
    """
    words = [word for word in _WORD.findall(text[:SAMPLE].lower()) if len(word) <= LONGEST_WORD]
    if sum(map(len, set(words))) < FEWEST_LETTERS:
        return None
    if sum(_ENGLISH_WORD.fullmatch(word) is not None for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    return str(_identifier().classify(" ".join(words))[0])


def foreign_reason(code: str) -> str:
    """Why a text is left out, and what to do about it.

    >>> foreign_reason("fr")
    'it is in French (fr); pass --any-language to read it all the same'
    """
    return f"it is in {LANGUAGES.get(code, 'another language')} ({code}); pass --any-language to read it all the same"


def main_tag(tag: str) -> str:
    """The language of a tag that may name a country too.

    >>> main_tag("en-GB"), main_tag("EN_us")
    ('en', 'en')
    """
    return tag.replace("_", "-").split("-")[0].strip().lower()


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(sorted(LANGUAGES))
    return identifier
