"""Alarms on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frenemy.views.terminal import console, safe


class TerminalBell:
    """Prints each alarm with its quotes; what documents say is made harmless."""

    name = "terminal"

    def ring(self, line: Mapping[str, Any]) -> None:
        """Print it."""
        from rich.text import Text

        out = console()
        out.print(safe(line["says"], "bold"), safe(f"({line['rule']})", "dim"))
        for cited in line["because"]:
            where = ", ".join(str(part) for part in (cited["publisher"] or cited["doc"], cited["published"]) if part)
            out.print(Text.assemble("    ", safe(f"“{cited['quote']}”")), soft_wrap=True)
            out.print(Text.assemble("    ", safe(" ".join(filter(None, (where, cited["url"]))), "dim")), soft_wrap=True)
