"""How actors stand and when they changed sides: `stance`, `shifts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from frenemy.views.commands.options import Day, ask, clock_options, ledger_option, shape_option

if TYPE_CHECKING:
    from frenemy.ledger import TieRecord
    from frenemy.model import Shift, Stance
    from frenemy.pipeline import OpenLedger

STANCE_FIELDS = ("source", "target", "mutual", "at", "value", "low", "high", "sign", "ties", "source_id", "target_id")
SHIFT_FIELDS = (
    *("source", "target", "at", "earliest", "latest", "before", "after", "size", "probability", "ties_before", "ties_after"),
    *("source_id", "target_id"),
)
FIGURES = ("stands", "stance", "interval", "ties")


@click.command()
@click.argument("one")
@click.argument("other", required=False)
@ledger_option
@clock_options
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Show so many ties, or actors.")
@shape_option
def stance(one: str, other: str | None, path: str, as_of: date | None, known_by: date | None, limit: int, shape: str) -> None:
    """Show how ONE stands to OTHER from -1 (against) to 1 (with), how sure that is, and the ties it rests on.

    Without OTHER, how ONE stands with everybody it is tied to. The formula is in docs/stance.md. Ties without any date are left out where
    --as-of is given.

    \b
    Example:
      frenemy stance musk trump --as-of 2023
      frenemy stance musk
    """
    from frenemy.views.exchange import write_lines
    from frenemy.views.terminal import utf8_output

    clocks = {"as_of": as_of, "known_by": known_by}
    with ask(path) as ledger:
        names = {actor.id: actor.name for actor in ledger.actors()}
        found = _stances(ledger, one, other, **clocks)
        left_out = ledger.undated(*(name for name in (one, other) if name)) if as_of else 0
        quotes = _by_id(ledger, (tie for tie, _ in found[0].because[:limit])) if other else {}
    if shape != "table":
        write_lines([_stance_line(each, names) for each in found], STANCE_FIELDS, shape, utf8_output())
    elif other is None:
        _print_stances(found, names, limit=limit)
    else:
        _print_pair(found, names, quotes, limit=limit)
    if left_out:
        click.echo(f"{left_out} tie{'s' * (left_out != 1)} without any date left out.", err=True)


@click.command()
@ledger_option
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="Only of this actor; twice for one pair.")
@click.option("--since", type=Day(), help="Only from this date on.")
@click.option("--until", type=Day(last=True), help="Only up to this date.")
@clock_options
@shape_option
def shifts(path: str, actors: tuple[str, ...], shape: str, **dated: Any) -> None:
    """List when pairs changed sides, oldest first: friends, foes, or divided, with a quote from before and after.

    A shift is told from a probability of 0.4 on; how that is found is in docs/stance.md. Ties without any date say nothing here.

    \b
    Example:
      frenemy shifts
      frenemy shifts --actor musk --since 2024
    """
    from frenemy.views.exchange import write_lines
    from frenemy.views.terminal import utf8_output

    if len(actors) > 2:
        raise click.UsageError("--actor can be given once or twice.")
    with ask(path) as ledger:
        found = ledger.shifts(*actors, **dated)
        names = {actor.id: actor.name for actor in ledger.actors()}
        quotes = _by_id(ledger, (tie for shift in found for ties in (shift.ties_before, shift.ties_after) for tie in ties[:1]))
    if shape != "table":
        write_lines([_shift_line(shift, names) for shift in found], SHIFT_FIELDS, shape, utf8_output())
        return
    if not found:
        click.echo("No shift in the ledger fits.", err=True)
    for shift in found:
        _print_shift(shift, names, quotes)


def _by_id(ledger: OpenLedger, ids: Iterable[str]) -> dict[str, TieRecord]:
    from frenemy.ledger import TieFilter

    wanted = tuple(dict.fromkeys(ids))
    return {tie.id: tie for tie in ledger.ties(TieFilter(ids=wanted))} if wanted else {}


def _stances(ledger: OpenLedger, one: str, other: str | None, **clocks: Any) -> list[Stance]:
    """Of two actors both ways, there and back; of one actor both ways with everybody, the farthest from zero first."""
    if other is not None:
        both = ledger.stance(one, other, mutual=True, **clocks)
        return [both, ledger.stance(one, other, **clocks), ledger.stance(other, one, **clocks)]
    found = ledger.stances(of=ledger.find_actor(one).id, mutual=True, **clocks)
    return sorted(found, key=lambda stance: (-abs(stance.value), stance.source, stance.target))


def _stance_line(one: Stance, names: Mapping[str, str]) -> dict[str, Any]:
    figures = {name: round(getattr(one, name), 4) for name in ("value", "low", "high")}
    ids = {"source_id": one.source, "target_id": one.target}
    because = {"ties": [tie for tie, _ in one.because], "shares": [round(share, 4) for _, share in one.because]}
    ends = {"source": names[one.source], "target": names[one.target], "mutual": one.mutual}
    return {**ends, "at": one.at.isoformat(), **figures, "sign": one.sign, **because, **ids}


def _shift_line(shift: Shift, names: Mapping[str, str]) -> dict[str, Any]:
    days = {name: getattr(shift, name).isoformat() for name in ("at", "earliest", "latest")}
    sides = {"before": shift.before, "after": shift.after, "size": round(shift.size, 4), "probability": round(shift.probability, 4)}
    ties = {"ties_before": shift.ties_before, "ties_after": shift.ties_after}
    ids = {"source_id": shift.source, "target_id": shift.target}
    alongside = [{"source": names[a], "target": names[b], "at": day.isoformat()} for a, b, day in shift.alongside]
    return {"source": names[shift.source], "target": names[shift.target], **days, **sides, **ties, **ids, "alongside": alongside}


def _figures(one: Stance) -> tuple[str, ...]:
    from frenemy.views.signs import signed, stands

    return stands(one), signed(one.value), f"{signed(one.low)} to {signed(one.high)}", str(len(one.because))


def _print_stances(found: Sequence[Stance], names: Mapping[str, str], *, limit: int) -> None:
    from frenemy.views.terminal import print_table

    if not found:
        click.echo("No tie of it weighs anything.", err=True)
        return
    rows = [(f"{names[one.source]} ↔ {names[one.target]}", *_figures(one)) for one in found[:limit]]
    print_table(("pair", *FIGURES), rows, right=("stance", "ties"), narrow=("stands", "interval"))
    if len(found) > limit:
        click.echo(f"and {len(found) - limit:,} more; --limit shows them.", err=True)


def _print_pair(found: Sequence[Stance], names: Mapping[str, str], quotes: Mapping[str, TieRecord], *, limit: int) -> None:
    from frenemy.views.signs import signed
    from frenemy.views.terminal import console, print_quote, print_table, safe

    both, out = found[0], console()
    out.print(safe(f"{names[both.source]} and {names[both.target]} on {both.at}", "bold"))
    rows = [("both ways" if one.mutual else f"{names[one.source]} → {names[one.target]}", *_figures(one)) for one in found]
    print_table(("way", *FIGURES), rows, right=("stance", "ties"), narrow=("stands", "interval"))
    for tie, share in both.because[:limit]:
        record = quotes[tie]
        arrow = "↔" if record.mutual else "→"
        out.print()
        out.print(safe(f"{signed(share)}  {record.dated}  {record.polarity} {record.type}  {record.source} {arrow} {record.target}"))
        print_quote(record)
    if len(both.because) > limit:
        click.echo(f"and {len(both.because) - limit:,} more ties; --limit shows them.", err=True)


def _print_shift(shift: Shift, names: Mapping[str, str], quotes: Mapping[str, TieRecord]) -> None:
    from frenemy.views.signs import shift_words
    from frenemy.views.terminal import console, print_quote, safe

    out = console()
    out.print(safe(f"{shift.at}  {names[shift.source]} and {names[shift.target]}: {shift_words(shift)}", "bold"))
    between = f"between {shift.earliest} and {shift.latest}" if shift.earliest != shift.latest else f"on {shift.at}"
    out.print(safe(f"{between}; size {shift.size:+.2f}, probability {shift.probability:.2f}"))
    for tie in (*shift.ties_before[:1], *shift.ties_after[:1]):
        print_quote(quotes[tie])
    if shift.alongside:
        moved = ", ".join(f"{names[a]} and {names[b]} ({day})" for a, b, day in shift.alongside[:5])
        out.print(safe(f"at the same time: {moved}", "dim"))
    out.print()


COMMANDS = (stance, shifts)
