"""Alarms by mail."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from frenemy.errors import NotDelivered
from frenemy.views.terminal import plain

TIMEOUT = 30.0
NEAR = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailBell:
    """Sends each alarm as a mail. `security` is "starttls", "tls" or "none"; without encryption only a server on this machine is used.

    `trust` is a file of certificates that are trusted instead of the system's.
    """

    host: str
    recipients: Sequence[str]
    sender: str
    port: int = 587
    security: str = "starttls"
    user: str | None = None
    password: str | None = None
    trust: str | None = None

    @property
    def name(self) -> str:
        """The server and who is written to."""
        return f"mail:{self.host}:{self.port}:{','.join(self.recipients)}"

    def ring(self, line: Mapping[str, Any]) -> None:
        """Send it. The Message-ID holds the alarm's id: a mail that comes twice has the same."""
        message = compose(line, sender=self.sender, recipients=self.recipients)
        try:
            context = ssl.create_default_context(cafile=self.trust)
            with self._connect(context) as server:
                if self.security == "starttls":
                    self._encrypt(server, context)
                if self.user and self.password:
                    server.login(self.user, self.password)
                refused = server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise NotDelivered(f"the mail server {self.host}:{self.port} did not take it: {_reason(error)}") from None
        if refused:
            raise NotDelivered(f"the mail server {self.host}:{self.port} refuses {', '.join(refused)}")

    @staticmethod
    def _encrypt(server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        try:
            server.starttls(context=context)
        except ssl.SSLError:
            server.close()  # a polite end would wait for an answer that cannot come
            raise

    def _connect(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self.security == "none" and self.host not in NEAR:
            raise NotDelivered(f"mail to {self.host} must be encrypted: set `security` to starttls or tls")
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)


def compose(line: Mapping[str, Any], *, sender: str, recipients: Sequence[str]) -> EmailMessage:
    """An alarm as a plain text mail.

    >>> line = {"id": "ab", "says": "Ann → Bob:\\n- ACCUSE", "rule": "all", "because": []}
    >>> compose(line, sender="watch@news.example", recipients=["ann@news.example"])["Subject"]
    'frenemy: Ann → Bob: - ACCUSE'
    """
    message = EmailMessage()
    message["Subject"] = f"frenemy: {plain(line['says'])}"[:200]
    message["From"], message["To"] = sender, ", ".join(recipients)
    message["Message-ID"] = f"<{line['id']}@frenemy.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    parts = [plain(line["says"]), f"Rule: {plain(line['rule'])}"]
    for cited in line["because"]:
        where = ", ".join(str(part) for part in (cited["publisher"] or cited["doc"], cited["published"]) if part)
        parts.append("\n".join(filter(None, (f"“{plain(cited['quote'])}”", plain(where), plain(cited["url"] or "")))))
    message.set_content("\n\n".join(parts).encode("utf-8", "replace").decode() + "\n")
    return message


def _reason(error: Exception) -> str:
    """An SMTP error in a line."""
    said = getattr(error, "smtp_error", None)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error)
    return plain(text or type(error).__name__)[:200]
