"""Which documents are copies of one story: syndicated, reprinted or lightly edited text counts as one source.

Each text is cut into runs of five words (shingles) and kept as a MinHash signature, made once. Two texts are one story when at least half
of their shingles agree (A. Broder, On the resemblance and containment of documents, 1997); likely ones are found by bands of the signature
(P. Indyk and R. Motwani, Approximate nearest neighbors, 1998). Stories are the connected parts, so the order of reading does not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import duckdb

from frenemy.ledger.rows import insert

SHINGLE = 5
PERMUTATIONS = 126
BAND = 3
"""Numbers a band: with 42 bands, a pair of texts that agree by half is found with a probability of 0.996."""
ALIKE = 0.5
SEED = 1997
BATCH = 500
"""Documents whose texts are held at once."""

NEW = "CREATE OR REPLACE TEMP TABLE new_stories AS SELECT id AS document FROM documents ANTI JOIN stories ON document = id"
CANDIDATES = """
SELECT DISTINCT least(one.document, other.document), greatest(one.document, other.document)
FROM story_bands AS one
JOIN story_bands AS other ON other.band = one.band AND other.document <> one.document
WHERE one.document IN (SELECT document FROM new_stories)
"""


def shingles(text: str) -> list[str]:
    """The runs of five words of a text, in small letters; all words as one run where there are fewer.

    >>> shingles("The firm sued, and the court agreed.")
    ['the firm sued and the', 'firm sued and the court', 'sued and the court agreed']
    """
    words = re.findall(r"\w+", text.casefold())
    return [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


def signatures(texts: Iterable[str]) -> list[Sequence[int]]:
    """The MinHash signature of each text.

    >>> one, same, other = signatures(["A b c d e f.", "a B c d e f", "Nothing of the kind was ever said."])
    >>> resemblance(one, same), resemblance(one, other)
    (1.0, 0.0)
    """
    from rensa import RMinHash

    return list(RMinHash.digests_from_token_sets([shingles(text) for text in texts], PERMUTATIONS, SEED))


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """The part of shingles that two texts have in common, as their signatures estimate it."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / PERMUTATIONS


def bands(signature: Sequence[int]) -> list[int]:
    """The bands of a signature as numbers; two texts that share one may be alike."""
    pieces = (signature[start : start + BAND] for start in range(0, PERMUTATIONS, BAND))
    return [
        int.from_bytes(blake2b(repr((place, *piece)).encode(), digest_size=8).digest(), "little", signed=True)
        for place, piece in enumerate(pieces)
    ]


def refresh(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every new document its story; those whose story changed are named in the temporary table `moved_stories`."""
    connection.execute("CREATE OR REPLACE TEMP TABLE moved_stories (document VARCHAR)")
    connection.execute(NEW)
    new = [row[0] for row in connection.execute("SELECT document FROM new_stories ORDER BY document").fetchall()]
    for start in range(0, len(new), BATCH):
        _sign(connection, new[start : start + BATCH])
    if new:
        _join(connection)


def origins(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The story of each document, named by the smallest id of its documents."""
    return dict(connection.execute("SELECT document, origin FROM stories").fetchall())


def _sign(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> None:
    """Store the signatures and bands of documents, each a story of its own so far."""
    texts = dict(connection.execute("SELECT id, text FROM documents WHERE id IN (SELECT unnest(?))", [documents]).fetchall())
    signed = dict(zip(documents, signatures(texts[document] for document in documents), strict=True))
    insert(connection, "stories", [(document, document, list(signature)) for document, signature in signed.items()])
    insert(connection, "story_bands", [(document, band) for document, signature in signed.items() for band in bands(signature)])
    connection.execute("INSERT INTO moved_stories SELECT unnest(?)", [documents])


def _join(connection: duckdb.DuckDBPyConnection) -> None:
    """Join the stories of documents that are alike."""
    pairs = connection.execute(CANDIDATES).fetchall()
    wanted = sorted({document for pair in pairs for document in pair})
    rows = connection.execute(
        "SELECT document, origin, signature FROM stories WHERE document IN (SELECT unnest(?::VARCHAR[]))", [wanted]
    ).fetchall()
    origin = {document: story for document, story, _ in rows}
    signature = {document: found for document, _, found in rows}
    alike = [(origin[a], origin[b]) for a, b in pairs if resemblance(signature[a], signature[b]) >= ALIKE]
    renamed = [(story, smallest) for story, smallest in components(alike).items() if story != smallest]
    if renamed:
        former, present = map(list, zip(*renamed, strict=True))
        connection.execute("CREATE OR REPLACE TEMP TABLE renamed AS SELECT unnest(?) AS former, unnest(?) AS present", [former, present])
        connection.execute("INSERT INTO moved_stories SELECT document FROM stories WHERE origin IN (SELECT former FROM renamed)")
        connection.execute("UPDATE stories SET origin = present FROM renamed WHERE origin = former")


def components(edges: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Each name with the smallest name that it is connected to.

    >>> components([("b", "c"), ("a", "b"), ("x", "y")])
    {'a': 'a', 'b': 'a', 'c': 'a', 'x': 'x', 'y': 'x'}
    """
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    smallest: dict[str, str] = {}
    for name in sorted(near):
        reached = [] if name in smallest else [name]
        while reached:
            found = reached.pop()
            if found not in smallest:
                smallest[found] = name
                reached += near[found]
    return smallest
