"""Write the pages that follow from the code: `python docs/generate.py`; with --check, fail when they have fallen behind.

docs/cli.md comes from the help of every command, docs/ties.md from the vocabulary, docs/ledger.md from the schema.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from frenemy.ledger import SCHEMA, SCHEMA_VERSION
from frenemy.model import TIE_TYPES
from frenemy.views.cli import main

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py from {source}: change that, then run `make docs`. -->\n\n"


def cli_page() -> str:
    """The help of every command, at the width of this page."""
    parts = [
        NOTE.format(source="the commands"),
        "# The command line\n\n",
        "The ledger is `frenemy.duckdb` in the current folder, or what `--ledger` or the environment variable `FRENEMY_LEDGER` names.\n",
        "Names are forgiving: `musk` finds Elon Musk; a name that several bear lists them. Exit status: 0 done, 1 done in part ",
        "(some documents could not be read, some quotes do not stand), 2 not done.\n\n",
        'Completion for bash: `eval "$(_FRENEMY_COMPLETE=bash_source frenemy)"` in `~/.bashrc`; for zsh the same with `zsh_source` ',
        "in `~/.zshrc`; for fish `_FRENEMY_COMPLETE=fish_source frenemy | source`.\n",
    ]
    context = click.Context(main, info_name="frenemy", terminal_width=100, **main.context_settings)
    parts.append(f"\n```\n{main.get_help(context)}\n```\n")
    parts += (_help(command, context, "##") for command in main.commands.values())
    return "".join(parts)


def _help(command: click.Command, parent: click.Context, mark: str) -> str:
    """The help of a command, and of those inside it."""
    context = click.Context(command, info_name=command.name, parent=parent, terminal_width=100)
    text = f"\n{mark} {context.command_path}\n\n```\n{command.get_help(context)}\n```\n"
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    return text + "".join(_help(each, context, mark + "#") for each in inner)


def ties_page() -> str:
    """The tie types, acts before standing ties."""
    acts = [kind for kind in TIE_TYPES.values() if kind.is_act]
    standing = [kind for kind in TIE_TYPES.values() if not kind.is_act]
    lines = [
        NOTE.format(source="src/frenemy/model/vocabulary.toml") + "# Tie types\n",
        "The sign is the default; the passage decides. How to tell them apart stands in the annotation guideline.\n",
        "## Acts (PLOVER event types)\n",
        "| type | means | sign | score | class | CAMEO |",
        "|---|---|---|---|---|---|",
        *(f"| {t.name} | {t.means} | {t.polarity} | {t.score:g} | {t.quad} | {', '.join(t.cameo)} |" for t in acts),
        "\n## Standing ties\n",
        "| type | means | sign | mutual | FollowTheMoney |",
        "|---|---|---|---|---|",
        *(f"| {t.name} | {t.means} | {t.polarity} | {'yes' if t.mutual else ''} | {t.ftm or ''} |" for t in standing),
    ]
    return "\n".join(lines) + "\n"


def tables() -> Iterator[tuple[str, str, str]]:
    """What stands before each table or view of the schema, its name, and its definition."""
    for match in re.finditer(r"((?:^--[^\n]*\n)+)CREATE (?:TABLE|VIEW) (\w+)(.*?);$", SCHEMA, re.MULTILINE | re.DOTALL):
        yield re.sub(r"^-- ?", "", match[1], flags=re.MULTILINE).strip(), match[2], match[3]


def ledger_page() -> str:
    """The tables with their columns; the views by name."""
    head = SCHEMA.split("\n\n", 1)[0]
    intro = re.sub(r"^-- ?", "", head, flags=re.MULTILINE)
    parts = [NOTE.format(source="src/frenemy/ledger/schema.sql"), f"# The ledger (schema {SCHEMA_VERSION})\n\n{intro}\n"]
    for comment, name, body in tables():
        parts.append(f"\n## {name}\n\n{comment}\n")
        columns = re.findall(r"^ {4}(\w+) ([A-Z\[\]]+)( PRIMARY KEY)?( NOT NULL)?,?$", body, re.MULTILINE) if body.startswith(" (") else []
        if columns:
            parts.append("\n| column | type | |\n|---|---|---|\n")
            parts += [f"| {c} | {kind} | {'key' if key else '' if filled else 'may be empty'} |\n" for c, kind, key, filled in columns]
    return "".join(parts)


def run(arguments: list[str]) -> int:
    """Write the pages, or compare them."""
    pages = {"cli.md": cli_page(), "ties.md": ties_page(), "ledger.md": ledger_page()}
    behind = [name for name, page in pages.items() if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != page]
    if "--check" in arguments:
        for name in behind:
            print(f"docs/{name} has fallen behind the code: run `make docs`.", file=sys.stderr)
        return 1 if behind else 0
    for name in behind:
        (DOCS / name).write_text(pages[name], encoding="utf-8")
        print(f"wrote docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
