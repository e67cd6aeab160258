"""The command line. Commands load what they need when they run, so that `--help` answers at once."""

from __future__ import annotations

import io
import sys
from importlib.metadata import PackageNotFoundError
from typing import Any

import click

from frenemy.errors import FrenemyError
from frenemy.views.commands import (
    actors,
    asking,
    claims,
    conflicts,
    enemies,
    exchange,
    figures,
    forecast,
    judging,
    network,
    reading,
    review,
    serving,
    showing,
    stance,
    watch,
    watchlists,
)


class Complaint(click.ClickException):
    """An error of frenemy as one line on standard error."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print it under the program's name."""
        from frenemy.views.terminal import plain

        click.echo(f"frenemy: {plain(self.message)}", err=True)


class Commands(click.Group):
    """A group that turns frenemy's errors into complaints and lists its commands in the order they are used."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A terminal that cannot show a character shows a question mark."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except FrenemyError as error:
            raise Complaint(str(error)) from error
        except KeyboardInterrupt:
            raise Complaint("stopped. What was read is in the ledger; the same command goes on from here.") from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As they were added."""
        return list(self.commands)


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        try:
            click.echo(f"frenemy {version('frenemy')}")
        except PackageNotFoundError:
            from frenemy import __version__

            click.echo(f"frenemy {__version__}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version.")
def main() -> None:
    """Who is with whom, who is against whom, since when, and who says so.

    Reads articles into a ledger of quoted ties and answers from it.

    \b
    Example:
      frenemy read articles/
      frenemy between musk trump
      frenemy report -o report.html
    """


for command in (
    *reading.COMMANDS,
    *actors.COMMANDS,
    *asking.COMMANDS,
    *stance.COMMANDS,
    *forecast.COMMANDS,
    *claims.COMMANDS,
    *figures.COMMANDS,
    *conflicts.COMMANDS,
    *enemies.COMMANDS,
    *network.COMMANDS,
    *review.COMMANDS,
    *judging.COMMANDS,
    *watchlists.COMMANDS,
    *watch.COMMANDS,
    *showing.COMMANDS,
    *exchange.COMMANDS,
    *serving.COMMANDS,
):
    main.add_command(command)
