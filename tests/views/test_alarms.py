"""Bells: a file, a webhook and a mail server, both real, on loopback."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import socket
import ssl
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from tests.site_server import Reply, serving

from frenemy.errors import NotDelivered, RuleError
from frenemy.views.alarms import LinesBell, MailBell, TerminalBell, WebhookBell, make_bell

LINE: dict[str, Any] = {
    "id": "abc123",
    "rule": "all",
    "kind": "tie",
    "says": "Ann → Bob:\r\nBcc: all@news.example\x1b[2J - ACCUSE",
    "actors": ["Ann", "Bob"],
    "date": None,
    "because": [
        {
            "tie": "t",
            "quote": "Ann blamed\x07 Bob – again.",
            "doc": "d",
            "publisher": None,
            "published": "2024-05-03",
            "url": "https://a.example/",
        }
    ],
}


def test_the_terminal_is_not_driven_by_documents(capsys):
    TerminalBell().ring(LINE)
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\n    “Ann blamed� Bob – again.”\n" in shown
    assert "d, 2024-05-03 https://a.example/" in shown


def test_lines_are_written_once_whatever_was_cut_off(tmp_path):
    path = tmp_path / "alarms.jsonl"
    LinesBell(path).ring(LINE)
    with path.open("ab") as file:
        file.write(b'{"id": "cut o')
    again = LinesBell(path)
    again.ring(LINE)
    again.ring({**LINE, "id": "other"})
    assert [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()] == ["abc123", "other"]


def test_a_file_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(NotDelivered, match="cannot be written"):
        LinesBell(tmp_path / "no" / "such" / "folder.jsonl").ring(LINE)


def test_a_webhook_is_signed():
    with serving({"/hook": Reply(status=204)}) as site:
        WebhookBell(f"{site.url}/hook", secret="whsec_c2VjcmV0", clock=lambda: 1_700_000_000.9).ring(LINE)
        [(_, headers, body)] = site.asked
    assert json.loads(body) == LINE
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("abc123", "1700000000")
    version, _, signed = headers["webhook-signature"].partition(",")
    expected = hmac.new(b"secret", b"abc123.1700000000." + body, hashlib.sha256).digest()
    assert (version, b64decode(signed)) == ("v1", expected)


def test_a_webhook_without_a_secret_is_not_signed():
    with serving({"/hook": Reply()}) as site:
        WebhookBell(f"{site.url}/hook").ring(LINE)
    assert "webhook-signature" not in site.asked[0][1]


@pytest.mark.parametrize(("status", "lasting"), [(500, False), (404, False), (301, False), (410, True)])
def test_a_webhook_that_does_not_take_it(status, lasting):
    with serving({"/hook?token=hidden": Reply(status=status)}) as site, pytest.raises(NotDelivered, match=f"status {status}") as caught:
        WebhookBell(f"{site.url}/hook?token=hidden").ring(LINE)
    assert caught.value.lasting is lasting
    assert "hidden" not in str(caught.value)


def test_a_webhook_that_is_not_there():
    with pytest.raises(NotDelivered, match="cannot be reached"):
        WebhookBell("http://127.0.0.1:9/hook").ring(LINE)


# --- mail -------------------------------------------------------------------------------------------------------------------------------


class Mailbox:
    """Takes mails; refuses while told to."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.refuses = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuses:
            return "451 Try again later"
        self.taken.append(envelope)
        return "250 OK"


@contextmanager
def mail_server(box: Mailbox, **options: Any) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine, signed by itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl command")
    folder = tmp_path_factory.mktemp("tls")
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", *names]
    subprocess.run([*made, "-keyout", folder / "key", "-out", folder / "cert"], check=True, capture_output=True)
    return folder / "cert", folder / "key"


def bell(port: int, **changes: Any) -> MailBell:
    return MailBell(**{"host": "127.0.0.1", "port": port, "sender": "w@news.example", "recipients": ("a@news.example",), **changes})


def test_a_mail_is_plain_and_cannot_be_given_headers():
    box = Mailbox()
    with mail_server(box) as port:
        bell(port, security="none").ring(LINE)
    [envelope] = box.taken
    text = envelope.content.decode()
    assert envelope.rcpt_tos == ["a@news.example"]
    assert "Message-ID: <abc123@frenemy.invalid>" in text
    assert "\nBcc:" not in text
    assert "\x1b" not in text


def test_starttls_with_a_password(certificate):
    box, context = Mailbox(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    logins = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        logins.append((data.login, data.password, session.ssl is not None))
        return AuthResult(success=data.password == b"open", handled=False)

    with mail_server(box, tls_context=context, require_starttls=True, authenticator=check) as port:
        bell(port, user="ann", password="open", trust=str(certificate[0])).ring(LINE)
        with pytest.raises(NotDelivered, match="did not take it"):
            bell(port, user="ann", password="shut", trust=str(certificate[0])).ring(LINE)
        with pytest.raises(NotDelivered, match="certificate"):
            bell(port, user="ann", password="open").ring(LINE)
    assert (set(logins), len(box.taken)) == ({(b"ann", b"open", True), (b"ann", b"shut", True)}, 1)


def test_a_server_that_offers_no_encryption_gets_neither_password_nor_mail():
    box = Mailbox()
    with mail_server(box) as port, pytest.raises(NotDelivered, match="STARTTLS"):
        bell(port, user="ann", password="open").ring(LINE)
    with pytest.raises(NotDelivered, match="must be encrypted"):
        bell(25, host="mail.news.example", security="none").ring(LINE)
    assert box.taken == []


def test_a_mail_that_is_refused_or_a_server_that_is_away_is_said():
    box = Mailbox()
    box.refuses = True
    with mail_server(box) as port, pytest.raises(NotDelivered, match="Try again later"):
        bell(port, security="none").ring(LINE)
    with pytest.raises(NotDelivered, match="did not take it"):
        bell(9, security="none").ring(LINE)


# --- tables -----------------------------------------------------------------------------------------------------------------------------


def test_secrets_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("FRENEMY_SMTP_PASSWORD", "usual")
    monkeypatch.setenv("OTHER", "other")
    table = {"kind": "mail", "host": "mail.example", "from": "a@b.example", "to": ["c@d.example"], "user": "ann"}
    made = make_bell(table), make_bell({**table, "password_env": "OTHER", "security": "tls"})
    assert [(one.password, one.port) for one in made if isinstance(one, MailBell)] == [("usual", 587), ("other", 465)]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"kind": "file"}, "needs `path`"),
        ({"kind": "file", "path": 3}, "must be a word"),
        ({"kind": "webhook", "url": "ftp://a.example"}, "must begin with https"),
        ({"kind": "webhook", "url": "https://a.example", "secret": "x"}, "'secret' means nothing"),
        ({"kind": "webhook", "url": "https://a.example", "secret_env": "NOT_SET_ANYWHERE"}, "NOT_SET_ANYWHERE is not set"),
        ({"kind": "mail", "host": "a", "from": "b", "to": [1]}, "must be a list of words"),
        ({"kind": "mail", "host": "a", "from": "b", "to": ["c"], "security": "ssl"}, "must be starttls, tls or none"),
        ({}, "must be terminal, file"),
    ],
)
def test_a_table_that_means_no_bell_is_said(table, reason):
    with pytest.raises(RuleError, match=reason):
        make_bell(table)
