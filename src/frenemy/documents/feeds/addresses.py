"""Which addresses may be fetched: http and https, and no machine of the inside network that only a stranger's feed names."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urljoin, urlsplit

from frenemy.errors import NotFetched

MOST_CHARACTERS = 2_000


def host_of(url: str) -> str:
    """The host of a web address in small letters, "" where it is none.

    >>> host_of("https://News.example:8443/feed"), host_of("javascript:alert(1)"), host_of("http://[")
    ('news.example', '', '')
    """
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return ""
    sound = parts.scheme in ("http", "https") and len(url) <= MOST_CHARACTERS and url.isprintable()
    return (parts.hostname or "").lower() if sound else ""


def joined(base: str, link: str) -> str:
    """A link as an address of its own; as it stands where it is no link.

    >>> joined("https://news.example/feed", "/a"), joined("https://news.example/", "http://[")
    ('https://news.example/a', 'http://[')
    """
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def site_of(url: str) -> str:
    """Scheme, host and port: what a robots.txt speaks of.

    >>> site_of("https://news.example:8443/feed?x=1")
    'https://news.example:8443'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def check_address(url: str, trusted: Collection[str]) -> None:
    """Raise `NotFetched` unless an address may be fetched.

    `trusted` are the hosts that the user named. Any other host must stand in the open network: a feed must not send the watcher to a
    machine behind the user's firewall.

    >>> check_address("file:///etc/passwd", ())
    Traceback (most recent call last):
    ...
    frenemy.errors.NotFetched: file:///etc/passwd: is no web address that starts with http:// or https://
    """
    host = host_of(url)
    if not host:
        raise NotFetched(url[:200], "is no web address that starts with http:// or https://", lasting=True)
    if host not in trusted and not _is_open(host, url):
        raise NotFetched(url, f"leads to a machine of the inside network; name {host} as a source if you mean it", lasting=True)


def _is_open(host: str, url: str) -> bool:
    """Whether all addresses of a host are of the open network."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(url, f"there is no machine called {host}", lasting=False) from None
    return all(ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global for *_, address in found)
