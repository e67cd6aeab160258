"""One question to an OpenAI-compatible endpoint: sent, waited for, sent again where that helps, and asked for less where it refuses."""

from __future__ import annotations

import email.utils
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from frenemy.errors import EndpointDown, EndpointNonsense, EndpointRefused, MissingExtra
from frenemy.reading.endpoint.answers import schema
from frenemy.reading.endpoint.settings import Endpoint, Usage

if TYPE_CHECKING:
    import httpx

LARGEST = 2_000_000  # bytes of an answer
LONGEST_WAIT = 120.0  # seconds that the endpoint may ask us to wait
Message = Mapping[str, str]
Pause = Callable[[float], object]
"""Waits that many seconds; what it returns is true when there is no point in going on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a question is put; a refusal that names the reason makes it plainer."""

    schema: bool = True
    limit: str = "max_tokens"
    temperature: bool = True

    def plainer(self, complaint: str) -> Form | None:
        """The next form to try after a refusal, None where there is none.

        >>> Form().plainer("use max_completion_tokens instead").limit, Form().plainer("no json_schema here").schema
        ('max_completion_tokens', False)
        """
        if "max_completion_tokens" in complaint and self.limit == "max_tokens":
            return replace(self, limit="max_completion_tokens")
        if "temperature" in complaint and self.temperature:
            return replace(self, temperature=False)
        return replace(self, schema=False) if self.schema else None

    def body(self, endpoint: Endpoint, messages: Sequence[Message]) -> dict[str, Any]:
        """What is posted."""
        body: dict[str, Any] = {"model": endpoint.model, "messages": list(messages), self.limit: endpoint.tokens}
        if self.temperature:
            body["temperature"] = 0
        if self.schema:
            body["response_format"] = {"type": "json_schema", "json_schema": schema()}
        return body


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the model said; `cut` when it reached the limit of tokens."""

    text: str
    cut: bool
    usage: Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Response:
    """What came back over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def connect(endpoint: Endpoint) -> httpx.Client:
    """An HTTP client with the key of the environment, if there is one; `MissingExtra` without httpx. Loopback goes past any proxy."""
    try:
        import httpx
    except ImportError:
        raise MissingExtra("the endpoint reader", "endpoint") from None
    host = _host(endpoint.url)
    key = os.environ.get(endpoint.key_variable, "").strip()
    if not key.isascii() or not key.isprintable():
        raise EndpointRefused(f"the key in {endpoint.key_variable} holds characters that no key has")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    near = host in ("localhost", "127.0.0.1", "::1")
    return httpx.Client(headers=headers, timeout=endpoint.timeout, trust_env=not near)


def _host(url: str) -> str:
    """The host of an http address; raises `EndpointRefused` where it is none."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.port != 0 and url.isascii() and url.isprintable() and " " not in url
    except ValueError:
        sound = False
    if not sound or not parts.hostname:
        raise EndpointRefused(f"{url!r} is no address of an endpoint. Give one like http://127.0.0.1:8080/v1")
    return parts.hostname


class Chat:
    """Asks one endpoint. What it learns on the way (a plainer form, that nobody answers) holds for the questions that follow."""

    def __init__(self, http: httpx.Client, endpoint: Endpoint, pause: Pause = time.sleep, form: Form | None = None) -> None:
        self.endpoint, self.form, self.down = endpoint, form or Form(), False
        self._http, self._pause = http, pause

    def ask(self, messages: Sequence[Message]) -> Answer:
        """The answer to a conversation; raises one of the endpoint errors."""
        form: Form | None = self.form
        complaint = ""
        while form is not None:
            response = self._send(form.body(self.endpoint, messages))
            if response.status < 300:
                self.form = form
                return _answer(response.body)
            complaint = _complaint(response.body)
            form = form.plainer(complaint) if response.status in (400, 415, 422, 501) else None
        raise EndpointRefused(f"{self.endpoint.address} refuses ({response.status}): {complaint or _advice(response.status)}")

    def _send(self, body: Mapping[str, Any]) -> _Response:
        """Post until an answer comes that is worth having; once only while the endpoint is known to be down."""
        problem = ""
        tries = 1 if self.down else self.endpoint.retries + 1
        for attempt in range(tries):
            wait = min(2.0**attempt, 30.0)
            response = self._post(body)
            if isinstance(response, _Response):
                if response.status not in (408, 425, 429) and (response.status < 500 or response.status == 501):
                    self.down = False
                    return response
                self.down = response.status >= 500 and attempt == tries - 1
                problem = f"answers {response.status}: {_complaint(response.body) or _advice(response.status)}"
                asked = retry_after(response.headers.get("retry-after"))
                if asked is not None and asked > LONGEST_WAIT:
                    raise EndpointDown(f"{self.endpoint.address} {problem}; it asks to wait {asked:.0f} s: run the same command again then")
                wait = wait if asked is None else asked
            else:
                self.down, problem = attempt == tries - 1, response
            if attempt < tries - 1 and self._pause(wait):
                raise EndpointDown("stopped")
        raise EndpointDown(f"{self.endpoint.address} {problem} (asked {tries} {'time' if tries == 1 else 'times'})")

    def _post(self, body: Mapping[str, Any]) -> _Response | str:
        """One attempt: what came back, or why nothing did."""
        import httpx

        ends = time.monotonic() + self.endpoint.timeout
        content = bytearray()
        try:
            with self._http.stream("POST", self.endpoint.address, json=body) as response:
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > LARGEST:
                        raise EndpointNonsense(f"{self.endpoint.address} answers with more than {LARGEST:,} bytes")
                    if time.monotonic() > ends:
                        return f"gives no whole answer within {self.endpoint.timeout:g} s"
                return _Response(status=response.status_code, headers=response.headers, body=bytes(content))
        except httpx.TimeoutException:
            return f"gives no whole answer within {self.endpoint.timeout:g} s"
        except httpx.TransportError as error:
            return f"cannot be reached: {error or type(error).__name__}"
        except httpx.DecodingError as error:
            raise EndpointNonsense(f"{self.endpoint.address} sends bytes that cannot be unpacked: {error}") from None


def retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a date.

    >>> retry_after("7"), retry_after("Thu, 01 Jan 1970 00:00:00 GMT"), retry_after("soon"), retry_after(None)
    (7.0, 0.0, None, None)
    """
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _answer(body: bytes) -> Answer:
    """The text of the first choice; raises `EndpointNonsense` where the body is no chat completion."""
    try:
        table = json.loads(body)
        choice = table["choices"][0]
        text, usage = choice["message"]["content"], table.get("usage") or {}
        cut = choice.get("finish_reason") == "length"
        sent, said = (usage.get(field) or 0 for field in ("prompt_tokens", "completion_tokens"))
        spent = Usage(requests=1, tokens_in=int(sent), tokens_out=int(said))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise EndpointNonsense(f"the answer is no chat completion: {body[:80].decode('utf-8', 'replace')!r}") from None
    return Answer(text=text if isinstance(text, str) else "", cut=cut, usage=spent)


def _complaint(body: bytes) -> str:
    """What the endpoint gives as its reason, in a line."""
    try:
        table = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = table.get("error", table) if isinstance(table, dict) else table
    said = error.get("message") or error.get("detail") if isinstance(error, dict) else error
    return " ".join(str(said).split())[:200] if said else ""


def _advice(status: int) -> str:
    """What a status means here.

    >>> _advice(401)
    'the key is missing or wrong'
    """
    known = {401: "the key is missing or wrong", 403: "the key may not do this", 404: "there is no such address or model"}
    known |= {413: "too much text", 429: "too many questions", 503: "it is overloaded or still starting"}
    return known.get(status, "no reason given")
