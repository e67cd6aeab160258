"""To be looked at: `report` and `plot`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from frenemy.views.commands.options import ask, clock_options, ledger_option, watched, watchlist_options

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from frenemy.views.plots import Plots

F = TypeVar("F", bound=Callable[..., Any])


@click.command()
@ledger_option
@click.option("--output", "-o", default="report.html", show_default=True, metavar="FILE", help="Where to write it.")
@click.option("--title", default="Who stands how to whom", show_default=True, help="The title of the report.")
@clock_options
@watchlist_options
def report(path: str, output: str, title: str, as_of: date | None, known_by: date | None, **watch: Any) -> None:
    """Write one HTML file that shows who stands how to whom, each claim with its quote and link.

    It needs no network and no script, so it can be mailed; it prints on A4. What stands in it is told in docs/report.md.

    \b
    Example:
      frenemy report -o report.html
      frenemy report -o 2023.html --as-of 2023 --title "How they stood in 2023"
    """
    from frenemy.errors import LedgerError
    from frenemy.views.report import Wanted, gather, render

    with ask(path) as ledger:
        wanted = Wanted(title=title, as_of=as_of, known_by=known_by, watchlists=watched(ledger, **watch))
        page = render(gather(ledger, wanted))
    target = Path(output)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        raise LedgerError(f"Cannot write {output}: {error.strerror}. Give another path with -o.") from None
    click.echo(f"Wrote {output} ({len(page.encode('utf-8', 'replace')) / 1e6:.1f} MB).")


@click.group()
def plot() -> None:
    """Draw for print: the network, a pair through time, who changed sides, the blocs. As SVG, PDF or PNG.

    Needs the extra `plot`: pip install 'frenemy[plot]'.

    \b
    Example:
      frenemy plot network -o network.svg
      frenemy plot pair musk trump -o pair.pdf
    """


def plot_options(command: F) -> F:
    """What all plots take."""
    output = click.option("--output", "-o", required=True, metavar="FILE", help="Where to draw it: a .svg, .pdf or .png file.")
    return ledger_option(output(clock_options(command)))


def title_option(command: F) -> F:
    """`--title`."""
    return click.option("--title", help="What to write above it.")(command)


@plot.command()
@plot_options
@title_option
@click.option("--actors", type=click.IntRange(2, 200), default=24, show_default=True, help="Show so many actors, those with most at stake.")
def network(path: str, output: str, **options: Any) -> None:
    """Draw who stands how to whom: solid lines for friends, dashed ones for foes, wide where the stance is strong.

    \b
    Example:
      frenemy plot network -o network.svg
      frenemy plot network -o 2019.pdf --as-of 2019 --actors 40
    """
    _draw(path, output, lambda plots: plots.network(**_given(options)))


@plot.command()
@click.argument("one")
@click.argument("other")
@plot_options
def pair(one: str, other: str, path: str, output: str, **options: Any) -> None:
    """Draw how two actors stood to each other through time: the stance with its interval, their ties, their shifts.

    \b
    Example:
      frenemy plot pair musk trump -o musk-trump.svg
    """
    _draw(path, output, lambda plots: plots.pair(one, other, **_given(options)))


@plot.command()
@plot_options
@title_option
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="Only of this actor; twice for one pair.")
@click.option("--most", type=click.IntRange(min=1), default=12, show_default=True, help="Show so many pairs, the last to shift.")
def shifts(path: str, output: str, actors: tuple[str, ...], **options: Any) -> None:
    """Draw the pairs that changed sides, one below the other on one time line.

    \b
    Example:
      frenemy plot shifts -o shifts.svg
      frenemy plot shifts --actor musk -o musk.png
    """
    if len(actors) > 2:
        raise click.UsageError("--actor can be given once or twice.")
    _draw(path, output, lambda plots: plots.shifts(*actors, **_given(options)))


@plot.command()
@plot_options
@title_option
@click.option("--k", type=click.IntRange(1), help="At most so many blocs; without it, as many as fit best.")
@click.option("--actors", type=click.IntRange(2, 200), default=48, show_default=True, help="Show so many actors, those with most at stake.")
def blocs(path: str, output: str, **options: Any) -> None:
    """Draw who is with whom: a frame a bloc, and the ties inside and across.

    \b
    Example:
      frenemy plot blocs -o blocs.svg
      frenemy plot blocs -o two.pdf --k 2 --as-of 2024
    """
    _draw(path, output, lambda plots: plots.blocs(**_given(options)))


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in options.items() if value is not None}


def _draw(path: str, output: str, make: Callable[[Plots], Figure]) -> None:
    from frenemy.views.plots import Plots, check_target, save

    check_target(output)
    with ask(path) as ledger:
        figure = make(Plots(ledger))
    save(figure, output)
    click.echo(f"Wrote {output}.")


COMMANDS = (report, plot)
