"""From a table of a file of rules to the bell it means; secrets come from the environment alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from frenemy.errors import RuleError
from frenemy.pipeline.newswatch import Bell
from frenemy.views.alarms.lines import LinesBell
from frenemy.views.alarms.mail import MailBell
from frenemy.views.alarms.terminal import TerminalBell
from frenemy.views.alarms.webhook import WebhookBell

SECRET, PASSWORD = "FRENEMY_WEBHOOK_SECRET", "FRENEMY_SMTP_PASSWORD"
"""Environment variables that hold the secrets, unless the table names others."""
FIELDS: Mapping[str, Mapping[str, type]] = {
    "terminal": {},
    "file": {"path": str},
    "webhook": {"url": str, "secret_env": str},
    "mail": {
        **dict.fromkeys(("host", "from", "security", "user", "password_env", "trust"), str),
        "to": list,
        "port": int,
    },
}
NEEDED = {"file": ("path",), "webhook": ("url",), "mail": ("host", "from", "to")}


def make_bell(table: Mapping[str, Any], where: str = "the bell") -> Bell:
    """The bell that a table means; raises `RuleError` where it means none.

    >>> make_bell({"kind": "file", "path": "alarms.jsonl"}).name.rpartition("/")[2]
    'alarms.jsonl'
    >>> make_bell({"kind": "gong"})
    Traceback (most recent call last):
    ...
    frenemy.errors.RuleError: the bell: `kind` is 'gong'; it must be terminal, file, webhook or mail.
    """
    kind = str(table.get("kind"))
    if kind not in FIELDS:
        raise RuleError(f"{where}: `kind` is {kind!r}; it must be terminal, file, webhook or mail.")
    given = {name: value for name, value in table.items() if name != "kind"}
    for name, value in given.items():
        wanted = FIELDS[kind].get(name)
        if wanted is None:
            raise RuleError(f"{where}: {name!r} means nothing for {kind}; it takes {', '.join(FIELDS[kind]) or 'nothing'}.")
        if not isinstance(value, wanted) or (isinstance(value, list) and not all(isinstance(one, str) for one in value)):
            raise RuleError(
                f"{where}: `{name}` must be {'a list of words' if wanted is list else 'a number' if wanted is int else 'a word'}."
            )
    if missing := next((name for name in NEEDED.get(kind, ()) if not given.get(name)), None):
        raise RuleError(f"{where}: {kind} needs `{missing}`.")
    return _make(kind, given, where)


def _make(kind: str, given: Mapping[str, Any], where: str) -> Bell:
    if kind == "terminal":
        return TerminalBell()
    if kind == "file":
        return LinesBell(given["path"])
    if kind == "webhook":
        if not given["url"].startswith(("https://", "http://")):
            raise RuleError(f"{where}: `url` must begin with https:// or http://.")
        return WebhookBell(given["url"], secret=_secret(given, "secret_env", SECRET, where))
    security = given.get("security", "starttls")
    if security not in ("starttls", "tls", "none"):
        raise RuleError(f"{where}: `security` is {security!r}; it must be starttls, tls or none.")
    return MailBell(
        host=given["host"],
        port=given.get("port", 465 if security == "tls" else 587),
        security=security,
        sender=given["from"],
        recipients=tuple(given["to"]),
        user=given.get("user"),
        password=_secret(given, "password_env", PASSWORD, where) if given.get("user") else None,
        trust=given.get("trust"),
    )


def _secret(given: Mapping[str, Any], field: str, usual: str, where: str) -> str | None:
    """A secret from the environment; a variable that the table names must be set."""
    variable = given.get(field, usual)
    value = os.environ.get(variable)
    if not value and field in given:
        raise RuleError(f"{where}: the environment variable {variable} is not set.")
    return value or None
