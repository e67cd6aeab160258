"""Alarms as JSON lines in a file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from frenemy.errors import NotDelivered


class LinesBell:
    """Appends each alarm as a line, on the disk before it counts as delivered; an alarm that is there already is not written again."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.name = f"file:{self.path.resolve()}"
        self._written: set[str] | None = None

    def ring(self, line: Mapping[str, Any]) -> None:
        """Append it."""
        try:
            if self._written is None:
                self._written = self._mend()
            if line["id"] in self._written:
                return
            with self.path.open("ab") as file:
                file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise NotDelivered(f"{self.path} cannot be written: {error.strerror}") from None
        self._written.add(line["id"])

    def _mend(self) -> set[str]:
        """The ids in the file, without a last line that was cut off while it was written."""
        if not self.path.exists():
            return set()
        data = self.path.read_bytes()
        if data and not data.endswith(b"\n"):
            data = data[: data.rfind(b"\n") + 1]
            os.truncate(self.path, len(data))
        return {found for text in data.splitlines() if (found := _id(text))}


def _id(text: bytes) -> str | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line.get("id") if isinstance(line, dict) else None
