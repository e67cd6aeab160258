"""Who claims what about whom, and who says otherwise: `claims`."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from frenemy.views.commands.options import ask, clock_options, ledger_option

if TYPE_CHECKING:
    from rich.text import Text

    from frenemy.analysis.claims import Claim, Dispute, Statement

FIELDS = (
    *("source", "target", "mutual", "type", "polarity", "standing", "date", "sources", "asserted_by", "denied_by"),
    *("claim_quote", "against_quote", "source_id", "target_id"),
)
"""The columns of claims as CSV: the quotes are those of the first dispute."""


@click.command()
@ledger_option
@click.option("--disputed", is_flag=True, help="Only what somebody denies, takes back or contradicts.")
@click.option("--actor", metavar="NAME", help="Only what is claimed about this actor, or by it.")
@click.option("--all", "every", is_flag=True, help="Also what stands on the documents' own word alone.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only by ties at least so sure.")
@clock_options
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True, help="How to print them."
)
def claims(path: str, every: bool, shape: str, **wanted: Any) -> None:
    """List who claims what about whom, who denies it, and who took it back: both quotes side by side.

    A claim is what somebody states about two actors at a time. Without --all, those are listed that an actor makes or that somebody
    disputes; how they are compared stands in docs/claims.md.

    \b
    Example:
      frenemy claims --disputed
      frenemy claims --actor musk --format jsonl
    """
    with ask(path) as ledger:
        found = ledger.claims(**wanted)
    kept = [claim for claim in found if every or claim.disputed or claim.reported]
    if shape == "table":
        _print_claims(kept)
    else:
        _write(kept, shape)


def _write(found: Sequence[Claim], shape: str) -> None:
    from frenemy.views.exchange import cell
    from frenemy.views.terminal import utf8_output

    out = utf8_output()
    if shape == "jsonl":
        for claim in found:
            out.write(json.dumps(claim.as_line(), ensure_ascii=False) + "\n")
        return
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for claim in found:
        said, against = _quotes(claim)
        line = {**claim.as_line(), "claim_quote": said, "against_quote": against}
        flat = {name: "; ".join(value) if isinstance(value, list) else value for name, value in line.items() if name in FIELDS}
        writer.writerow([cell(name, flat[name]) for name in FIELDS])


def _quotes(claim: Claim) -> tuple[str, str]:
    """For the claim and against it, as far as there are any."""
    if claim.disputes:
        return claim.disputes[0].claim.quote, claim.disputes[0].against.quote
    return "".join(s.quote for s in claim.asserted[:1]), "".join(s.quote for s in claim.denied[:1])


def _print_claims(found: Sequence[Claim]) -> None:
    if not found:
        click.echo("No claim in the ledger fits.", err=True)
    for claim in found:
        _print_claim(claim)


def _print_claim(claim: Claim) -> None:
    from rich.text import Text

    from frenemy.views.terminal import SIGN_STYLES, console, safe

    out = console()
    arrow = "↔" if claim.mutual else "→"
    standing = "" if claim.standing == "undisputed" else claim.standing
    out.print(
        Text.assemble(
            safe(claim.date or "undated", "bold"),
            "  ",
            safe(f"{claim.polarity} {claim.type}", SIGN_STYLES[claim.polarity]),
            "  ",
            safe(f"{claim.source_name} {arrow} {claim.target_name}"),
            "  ",
            safe(standing, "italic"),
        )
    )
    agree = f" ({claim.sources} independent sources)" if claim.sources > 1 else ""
    says = f"claimed by {_some(claim.asserted_by)}{agree}" if claim.asserted else "claimed by nobody here"
    out.print(safe(says + (f"; against it {_some(claim.denied_by)}" if claim.denied_by else ""), "dim"))
    for dispute in claim.disputes:
        _print_side_by_side(dispute)
    if not claim.disputes:
        for statement in (*claim.asserted[:1], *claim.denied[:1]):
            out.print(_said(statement))
    out.print()


def _some(names: Sequence[str], most: int = 4) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _print_side_by_side(dispute: Dispute) -> None:
    from rich.table import Table

    from frenemy.views.terminal import console

    table = Table(box=None, pad_edge=True, show_header=False, padding=(0, 2, 0, 2))
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.expand = True
    table.add_row(_said(dispute.claim), _said(dispute.against, dispute.kind))
    console().print(table)


def _said(statement: Statement, kind: str = "") -> Text:
    """A quote with its speaker and where it stands."""
    from rich.text import Text

    from frenemy.views.terminal import safe

    who = statement.speaker if statement.voice == "author" else f"{statement.voice}, in {statement.publisher or statement.doc}"
    printed = f", {statement.published}" if statement.published else ""
    return Text.assemble(safe(f"“{statement.quote}”"), "\n", safe(f"{kind + ': ' if kind else ''}{who}{printed}", "dim"))


COMMANDS = (claims,)
