"""`frenemy watch`: news sources watched, and alarms that ring."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from frenemy.views.commands.options import ledger_option
from frenemy.views.commands.readers import NAMES, choose_reader, reader_options

if TYPE_CHECKING:
    from frenemy.analysis.alarms import Rule
    from frenemy.pipeline.newswatch import Bell, Round

USUAL = ("shift", "dispute", "conflict")
"""What rings where nobody says."""
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


if TYPE_CHECKING:
    SpanType = click.ParamType[float]
else:
    SpanType = click.ParamType  # generic only in newer versions of click


class Span(SpanType):
    """A span of time such as 90s, 15m, 2h or 1d, in seconds."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read it.

        >>> Span().convert("15m", None, None), Span().convert("2h", None, None)
        (900.0, 7200.0)
        """
        if isinstance(value, float):
            return value
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", str(value).strip())
        if not match or not float(match[1]):
            self.fail(f"{value!r} is no span of time. Write it as 90s, 15m, 2h or 1d.", param, ctx)
        return float(match[1]) * SECONDS[match[2]]


@click.command(
    epilog="Exit status with --once: 0 all fetched and told, 1 some sources failed or some alarms wait, 2 nothing could be done."
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@ledger_option
@click.option("--once", is_flag=True, help="One round, then stop: for cron and the like.")
@click.option("--every", type=Span(), default="15m", show_default=True, help="Time between the starts of two rounds.")
@click.option("--rules", "rules_file", metavar="FILE", help="What to ring on and where, as YAML or TOML (docs/watch.md).")
@click.option(
    "--on",
    "kinds",
    multiple=True,
    type=click.Choice(("tie", "shift", "dispute", "conflict")),
    help="Ring on new ties, shifts, disputed claims or conflicts of interest.",
)
@click.option("--actor", "actors", multiple=True, help="Only of this actor: a name, a pattern with *, or watchlist:NAME.")
@click.option("--between", nargs=2, metavar="ONE OTHER", help="Only between these two.")
@click.option("--jsonl", metavar="FILE", help="Also append the alarms to a file of JSON lines.")
@click.option("--webhook", metavar="URL", help="Also post the alarms, signed with FRENEMY_WEBHOOK_SECRET.")
@click.option("--quiet", is_flag=True, help="Do not print the alarms.")
@click.option("--state", metavar="FILE", help="Where to remember what was seen and told; FILE.watch beside the ledger without it.")
@click.option("--most", type=click.IntRange(min=1), default=200, show_default=True, help="Entries of a source to read in a round.")
@click.option("--any-language", is_flag=True, help="Also read what is not English.")
@reader_options
def watch(sources: tuple[str, ...], path: str, once: bool, every: float, **given: Any) -> None:
    """Watch feeds, sitemaps and folders: read what is new, and ring.

    SOURCE is the address of an RSS, Atom or JSON feed, of an OPML list, a sitemap or a page that names its feed; or a folder, or an OPML
    file. What is in the ledger when a rule is first used does not ring. Without --on and --rules, shifts, disputed claims and conflicts of
    interest ring. A watch that is stopped goes on where it was.

    \b
    Example:
      frenemy watch https://news.example/feed.xml --on tie --between "Elon Musk" "Sam Altman"
      frenemy watch feeds.opml inbox/ --rules rules.yaml --every 30m
    """
    from frenemy.documents.feeds import host_of
    from frenemy.pipeline.newswatch import State, Watch, watch_once
    from frenemy.pipeline.newswatch.collecting import is_address

    rules, bells = _rules_and_bells(**{name: given.pop(name) for name in RINGING})
    if wrong := next((source for source in sources if is_address(source) and not host_of(source)), None):
        raise click.UsageError(f"{wrong!r} is no address.")
    watched = Watch(
        ledger=Path(path),
        sources=sources,
        rules=rules,
        bells=bells,
        most=given["most"],
        any_language=given["any_language"],
        reader=choose_reader({name: given[name] for name in NAMES}),
    )
    _stop_on_terminate()
    with State(given["state"] or f"{path}.watch") as state:
        _keep_on(lambda: watch_once(watched, state), once=once, every=every)


RINGING = ("rules_file", "kinds", "actors", "between", "jsonl", "webhook", "quiet")


def _rules_and_bells(
    *,
    rules_file: str | None,
    kinds: Sequence[str],
    actors: Sequence[str],
    between: Sequence[str] | None,
    jsonl: str | None,
    webhook: str | None,
    quiet: bool,
) -> tuple[list[Rule], list[Bell]]:
    """What to ring on and where, from a file and from options."""
    from frenemy.pipeline.newswatch import load_rules, parse_rule
    from frenemy.views.alarms import LinesBell, TerminalBell, make_bell

    settings = load_rules(rules_file) if rules_file else None
    rules = list(settings.rules) if settings else []
    asked = kinds or (() if settings and not (actors or between) else USUAL)
    rules += [parse_rule({"kind": kind, "actors": list(actors), "between": list(between or ())}) for kind in asked]
    bells = [make_bell(table, f"{rules_file}, bell {n}") for n, table in enumerate(settings.bells if settings else (), start=1)]
    if jsonl:
        bells.append(LinesBell(jsonl))
    if webhook:
        bells.append(make_bell({"kind": "webhook", "url": webhook}, "--webhook"))
    if not quiet and not any(isinstance(bell, TerminalBell) for bell in bells):
        bells.insert(0, TerminalBell())
    return rules, bells


def _stop_on_terminate() -> None:
    """Stop on SIGTERM as on Ctrl-C: at once, since every step is safe to be cut off."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)


def _keep_on(a_round: Any, *, once: bool, every: float) -> None:
    """Rounds until stopped, or one."""
    import time

    while True:
        began = time.monotonic()
        done = a_round()
        _tell(done)
        if once:
            sys.exit(1 if done.failures or done.waiting else 0)
        time.sleep(max(0.0, began + every - time.monotonic()))


def _tell(done: Round) -> None:
    """How a round went, on standard error; each failure in a line."""
    from frenemy.views.terminal import plain

    for source, reason in done.failures:
        click.echo(f"frenemy: {plain(source)}: {plain(reason)}", err=True)
    click.echo(describe(done), err=True)


def describe(done: Round) -> str:
    """A round in a line.

    >>> from frenemy.pipeline.newswatch import Round
    >>> describe(Round(read=2, ties=9, seconds=3.14))
    'Read 2 documents with 9 ties; 0 alarms, 3.1 s.'
    """
    from frenemy.views.terminal import many

    failed = f"; {len(done.failures)} failed" if done.failures else ""
    waiting = f", {done.waiting} wait to be delivered" if done.waiting else ""
    read = f"Read {many(done.read, 'document')} with {many(done.ties, 'tie')}"
    return f"{read}{failed}; {many(len(done.alarms), 'alarm')}{waiting}, {done.seconds:.1f} s."


COMMANDS = (watch,)
