"""Alarms to a web address, signed as the Standard Webhooks specification has it (standardwebhooks.com): its libraries verify them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from frenemy.errors import MissingExtra, NotDelivered

TIMEOUT = 15.0
"""Seconds, as the specification recommends at most for a receiver."""


def signature(secret: str, alarm: str, moment: int, body: bytes) -> str:
    """The signature of a body: HMAC-SHA256 over id, Unix time and body, in base64 behind "v1,".

    A secret that begins with "whsec_" holds its bytes in base64; any other is taken as it stands.

    >>> signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    if secret.startswith("whsec_"):
        try:
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            raise NotDelivered("the webhook's secret begins with whsec_, but no base64 follows") from None
    else:
        key = secret.encode()
    digest = hmac.new(key, f"{alarm}.{moment}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


class WebhookBell:
    """Posts each alarm as JSON. The header `webhook-id` is the alarm's id: one that comes twice is the same alarm."""

    def __init__(self, url: str, *, secret: str | None = None, clock: Callable[[], float] = time.time) -> None:
        self.url, self._secret, self._clock = url, secret, clock
        self.name = f"webhook:{hashlib.sha256(url.encode()).hexdigest()[:16]}"  # the address itself may be secret

    def ring(self, line: Mapping[str, Any]) -> None:
        """Post it; an answer of 2xx takes it, 410 wants no more."""
        try:
            import httpx
        except ImportError:
            raise MissingExtra("a webhook", "watch") from None
        body = json.dumps(line, ensure_ascii=False).encode("utf-8", "replace")
        moment = int(self._clock())
        headers = {"Content-Type": "application/json", "webhook-id": line["id"], "webhook-timestamp": str(moment)}
        if self._secret:
            headers["webhook-signature"] = signature(self._secret, line["id"], moment, body)
        near = urlsplit(self.url).hostname in ("127.0.0.1", "localhost", "::1")
        try:
            answer = httpx.post(self.url, content=body, headers=headers, timeout=TIMEOUT, trust_env=not near)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotDelivered(f"{self._host} cannot be reached: {error or type(error).__name__}") from None
        if not answer.is_success:
            raise NotDelivered(f"{self._host} answers with status {answer.status_code}", lasting=answer.status_code == 410)

    @property
    def _host(self) -> str:
        """The address without what may be secret in it."""
        return f"the webhook at {urlsplit(self.url).hostname}"
