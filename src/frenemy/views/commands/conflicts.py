"""Where interests may conflict: `conflicts`."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from frenemy.views.commands.options import ask, clock_options, ledger_option

if TYPE_CHECKING:
    from frenemy.pipeline.conflicts import PotentialConflict

FIELDS = (
    *("number", "finding", "pattern", "says", "since", "until", "confidence", "missing", "asks", "doubts", "check"),
    *("hop", "source", "type", "target", "mutual", "status", "voice", "dated", "hop_confidence", "others", "denied", "quote"),
    *("doc", "published", "publisher", "url", "tie"),
)
"""The columns of conflicts as CSV: one row a hop, the hops of a finding share its number."""


@click.command()
@click.argument("actor", required=False)
@ledger_option
@click.option("--near", is_flag=True, help="Also loops that lack one hop, after the others; says which.")
@click.option(
    "--patterns",
    multiple=True,
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Your own patterns (YAML) beside the shipped ones; see docs/conflicts.md.",
)
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.4, show_default=True, help="The reader must be so sure of every hop."
)
@clock_options
@click.option("--limit", type=click.IntRange(min=1), help="Show so many.")
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True, help="How to print them."
)
def conflicts(actor: str | None, path: str, limit: int | None, shape: str, **wanted: Any) -> None:
    """Find potential conflicts of interest: an adviser of a body that buys from the adviser's own company, and the like.

    Each is a loop of dated ties with one quote a hop. It is a question to be checked, never a verdict: what a loop cannot know is whether
    the interest was declared, sold or kept out of the decision.

    \b
    Example:
      frenemy conflicts
      frenemy conflicts musk --near --as-of 2024
      frenemy conflicts --patterns my-patterns.yaml --format csv > potential-conflicts.csv
    """
    with ask(path) as ledger:
        found = ledger.conflicts(actor, **wanted)[: limit or None]
    if shape == "table":
        _print(found)
    else:
        _write(found, shape)


def _write(found: Sequence[PotentialConflict], shape: str) -> None:
    from frenemy.views.exchange import cell
    from frenemy.views.terminal import utf8_output

    out = utf8_output()
    if shape == "jsonl":
        for conflict in found:
            out.write(json.dumps(conflict.as_line(), ensure_ascii=False) + "\n")
        return
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for number, conflict in enumerate(found, start=1):
        line = conflict.as_line()
        for hop in line["hops"]:
            row = {**hop, **line, "number": number, "hop": hop["hop"], "hop_confidence": hop["confidence"], "others": len(hop["others"])}
            flat = {name: "; ".join(row[name]) if isinstance(row[name], list) else row[name] for name in FIELDS}
            writer.writerow([cell(name, flat[name]) for name in FIELDS])


def _print(found: Sequence[PotentialConflict]) -> None:
    from frenemy.views.terminal import console

    if not found:
        click.echo("No potential conflict of interest shows in the ledger. That is no proof that there is none.", err=True)
    for conflict in found:
        _print_one(conflict)
        console().print()


def _print_one(found: PotentialConflict) -> None:
    from rich.text import Text

    from frenemy.views.terminal import console, print_quote, safe

    out, conflict = console(), found.conflict
    out.print(safe(found.headline, "bold"))
    out.print(safe(f"{conflict.pattern.name} · weakest hop {conflict.confidence:.2f} · {found.held}", "dim"))
    for step, tie in zip(conflict.steps, found.ties, strict=True):
        arrow = "↔" if tie.mutual else "→"
        head = Text.assemble("  ", safe(f"{step.hop}:", "bold"), " ", safe(f"{tie.source} {tie.type} {arrow} {tie.target}"), "  ")
        notes = [tie.dated, f"{tie.confidence:.2f}"]
        notes += [tie.status] * (tie.status != "asserted") + [f"on the word of {tie.voice}"] * (tie.voice != "author")
        notes += [f"{len(step.others)} more quotes"] * (len(step.others) > 1) + ["1 more quote"] * (len(step.others) == 1)
        out.print(head.append_text(safe(f"({', '.join(notes)})", "dim")))
        print_quote(tie)
    for asked in found.asks:
        out.print(Text.assemble("  ", safe("missing:", "bold"), " ", safe(asked, "italic")))
    for label, text in (("also through", "; ".join(found.also)), ("doubts", "; ".join(found.doubts)), ("check", conflict.pattern.check)):
        if text:
            out.print(Text.assemble("  ", safe(f"{label}:", "bold"), " ", safe(text)))


COMMANDS = (conflicts,)
