"""Telling groups apart with few colours: what more than two but a given number of blocs comes down to."""

from __future__ import annotations

from collections.abc import Iterable

Groups = dict[int, set[int]]
_TRIES = 20_000  # steps after which the search for a colouring gives up


class TooHard(Exception):
    """The search was given up: neither a colouring nor a proof that there is none."""


def colours(pairs: Iterable[tuple[int, int]], k: int) -> dict[int, int] | None:
    """A colour below `k` for each group so that no pair shares one, or None where there is none (DSATUR, Brélaz 1979, with backtracking).

    >>> triangle = [(1, 2), (2, 3), (1, 3)]
    >>> colours(triangle, 2) is None, sorted(colours(triangle, 3).values())
    (True, [0, 1, 2])
    """
    apart: Groups = {}
    for a, b in pairs:
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)
    return _search(apart, k)


def _search(apart: Groups, k: int) -> dict[int, int] | None:
    colour: dict[int, int] = {}
    stack: list[tuple[int, list[int]]] = []
    tries = 0
    while len(colour) < len(apart):
        tries += 1
        if tries > _TRIES:
            raise TooHard
        group = max(apart.keys() - colour.keys(), key=lambda one: (len(_taken(apart, colour, one)), len(apart[one]), -one))
        used = max(colour.values(), default=-1) + 1  # a colour that nobody has is as good as another
        choices = [one for one in range(min(k, used + 1)) if one not in _taken(apart, colour, group)]
        stack.append((group, choices[::-1]))
        while stack and not stack[-1][1]:
            colour.pop(stack.pop()[0], None)
        if not stack:
            return None
        group, choices = stack[-1]
        colour[group] = choices.pop()
    return colour


def _taken(apart: Groups, colour: dict[int, int], group: int) -> set[int]:
    return {colour[other] for other in apart[group] if other in colour}


def critical(apart: Groups, k: int) -> set[int]:
    """Groups that `k` colours do not tell apart and of which none can be missed; empty where all can be told apart.

    >>> sorted(critical({1: {2, 3}, 2: {1, 3}, 3: {1, 2, 4}, 4: {3}}, 2)), critical({1: {2}, 2: {1}}, 2)
    ([1, 2, 3], set())
    """
    apart = _core(apart, k)
    if _search(apart, k) is not None:
        return set()
    for group in sorted(apart, key=lambda one: len(apart[one])):
        if group in apart:
            fewer = _core({one: others - {group} for one, others in apart.items() if one != group}, k)
            if _search(fewer, k) is None:
                apart = fewer
    return set(apart)


def _core(apart: Groups, k: int) -> Groups:
    """Without groups that have fewer than `k` others: they can always be given a colour last."""
    apart = {one: set(others) for one, others in apart.items()}
    while few := [one for one, others in apart.items() if len(others) < k]:
        for group in few:
            for other in apart.pop(group):
                if other in apart:
                    apart[other].discard(group)
    return apart
