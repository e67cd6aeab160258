"""One address at a time over the network: politely, patiently, and never further than a limit."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from frenemy.documents.feeds.addresses import check_address
from frenemy.documents.feeds.manners import LARGEST_ROBOTS, Manners
from frenemy.errors import MissingExtra, NotFetched

if TYPE_CHECKING:
    import httpx

USER_AGENT = "frenemy (reads feeds; respects robots.txt)"
LARGEST = 20 * 2**20
"""Bytes of an answer, unpacked."""
MOST_REDIRECTS = 5
LONGEST_WAIT = 120.0
"""Seconds that a server may make us wait; if it asks for more, the address is left for a later round."""
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, text/html, application/xml;q=0.9, */*;q=0.5"
ADVICE = {401: "needs a login", 403: "is forbidden", 404: "is not there", 410: "is gone", 429: "answers too many requests"}
Pause = Callable[[float], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long and how often to try."""

    timeout: float = 30.0
    """Seconds for a whole answer."""
    retries: int = 3
    back_off: float = 1.0
    """Seconds before the first retry; doubled for each further one."""
    interval: float = 1.0
    """Seconds between two requests to a host, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """By what a server knows the version that we have."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """What asks for a newer version only.

        >>> Validators(etag='"v1"').headers()
        {'If-None-Match': '"v1"'}
        """
        both = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in both.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back from `url`, the address after all redirects; `body` is None where nothing changed."""

    url: str
    body: bytes | None
    media_type: str = ""
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Fetcher:
    """Fetches addresses. `trusted` are hosts that the user named; see `check_address`. Close it, or use it in a `with` block."""

    def __init__(self, *, trusted: Collection[str] = (), patience: Patience | None = None, pause: Pause = time.sleep) -> None:
        try:
            import httpx
        except ImportError:
            raise MissingExtra("frenemy watch", "watch") from None
        self.trusted, self.patience, self._pause = frozenset(trusted), patience or Patience(), pause
        near = {f"all://{host}": None for host in ("127.0.0.1", "localhost", "[::1]")}  # past any proxy
        self._http: httpx.Client = httpx.Client(headers={"User-Agent": USER_AGENT}, timeout=self.patience.timeout, mounts=near)
        self._manners = Manners(self._fetch_robots, interval=self.patience.interval, pause=pause)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, url: str, *, validators: Validators | None = None, largest: int = LARGEST) -> Fetched:
        """What stands at an address; raises `NotFetched`, whose `lasting` says whether trying again later is of no use."""
        asked, headers = url, {"Accept": ACCEPT, **(validators or Validators()).headers()}
        for _ in range(MOST_REDIRECTS + 1):
            check_address(url, self.trusted)
            if not self._manners.allows(url):
                if self._manners.is_mute(url):
                    raise NotFetched(url, "cannot be reached: not even its site's robots.txt answers", lasting=False)
                raise NotFetched(url, "is not to be fetched: the site's robots.txt says so", lasting=True)
            answer = self._ask(url, headers, largest)
            if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers:
                url = _target(url, answer.headers["location"])
                continue
            if answer.status == 304:
                return Fetched(url=url, body=None, validators=validators or Validators())
            if answer.status >= 300:
                lasting = answer.status < 500
                raise NotFetched(url, f"{ADVICE.get(answer.status, 'cannot be had')} (status {answer.status})", lasting=lasting)
            found = Validators(etag=answer.headers.get("etag"), modified=answer.headers.get("last-modified"))
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Fetched(url=url, body=answer.body, media_type=kind, validators=found)
        raise NotFetched(asked, f"redirects more than {MOST_REDIRECTS} times", lasting=True)

    def _fetch_robots(self, url: str) -> tuple[int, bytes]:
        """Status and text of a robots.txt; 503 where it cannot be had."""
        try:
            for _ in range(MOST_REDIRECTS + 1):
                check_address(url, self.trusted)
                answer = self._ask(url, {}, LARGEST_ROBOTS, whole=False)
                if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
                    return answer.status, answer.body
                url = _target(url, answer.headers["location"])
        except NotFetched:
            return 503, b""
        return 404, b""

    def _ask(self, url: str, headers: Mapping[str, str], largest: int, *, whole: bool = True) -> _Answer:
        """Ask until there is an answer worth having; what is larger than allowed is an error where `whole`, else cut."""
        problem, tries = "", self.patience.retries + 1
        for attempt in range(tries):
            if whole:
                self._manners.wait(url)
            answer = self._ask_once(url, headers, largest, whole)
            wait = self.patience.back_off * 2**attempt
            if isinstance(answer, _Answer):
                if answer.status not in (408, 425, 429) and (answer.status < 500 or answer.status == 501):
                    return answer
                problem = f"answers with status {answer.status}"
                asked = retry_after(answer.headers.get("retry-after"))
                if asked is not None and asked > LONGEST_WAIT:
                    raise NotFetched(url, f"{problem} and asks to come back in {asked:.0f} s", lasting=False, after=asked)
                wait = wait if asked is None else asked
            else:
                problem = answer
            if attempt < tries - 1:
                self._pause(wait)
        raise NotFetched(url, f"{problem} (asked {tries} times)", lasting=False)

    def _ask_once(self, url: str, headers: Mapping[str, str], largest: int, whole: bool) -> _Answer | str:
        """One request: what came back, or why nothing did."""
        import httpx

        ends, content = time.monotonic() + self.patience.timeout, bytearray()
        try:
            with self._http.stream("GET", url, headers=dict(headers)) as response:
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > largest:
                        if whole:
                            raise NotFetched(url, f"is larger than {largest // 2**20} MB", lasting=True)
                        break
                    if time.monotonic() > ends:
                        return f"gives no whole answer within {self.patience.timeout:g} s"
                return _Answer(status=response.status_code, headers=response.headers, body=bytes(content[:largest]))
        except httpx.TimeoutException:
            return f"gives no answer within {self.patience.timeout:g} s"
        except (httpx.TransportError, httpx.InvalidURL) as error:
            return f"cannot be reached: {error or type(error).__name__}"
        except httpx.DecodingError:
            raise NotFetched(url, "sends bytes that cannot be unpacked", lasting=False) from None


def _target(url: str, location: str) -> str:
    """Where a redirect leads."""
    try:
        return urljoin(url, location)
    except ValueError:
        raise NotFetched(url, "redirects to what is no address", lasting=True) from None


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
