"""Fetching, against a real server on loopback."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.site_server import Reply, Site, serving

from frenemy.documents.feeds import Fetcher, Patience, Validators
from frenemy.errors import NotFetched

QUICK = Patience(timeout=0.4, retries=2, back_off=0.5, interval=0.0)


@contextmanager
def fetching(script: dict[str, Reply | list[Reply]], patience: Patience = QUICK) -> Iterator[tuple[Site, Fetcher, list[float]]]:
    """A site, a fetcher that the site's host is named to, and how long it paused."""
    pauses: list[float] = []
    with serving(script) as site, Fetcher(trusted=["127.0.0.1"], patience=patience, pause=pauses.append) as fetcher:
        yield site, fetcher, pauses


def test_a_page_comes_with_its_validators_and_is_asked_for_only_when_it_is_newer():
    reply = Reply(body=b"hello", headers={"ETag": '"v1"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT", "Content-Type": "text/plain"})
    with fetching({"/a": reply}) as (site, fetcher, _):
        first = fetcher.get(f"{site.url}/a")
        again = fetcher.get(f"{site.url}/a", validators=first.validators)
    assert (first.body, first.media_type) == (b"hello", "text/plain")
    assert first.validators == Validators(etag='"v1"', modified="Mon, 01 Jan 2024 00:00:00 GMT")
    assert (again.body, again.validators) == (None, first.validators)
    headers = site.asked[-1][1]
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert headers["user-agent"].startswith("frenemy ")


def test_retry_after_is_obeyed_and_errors_of_the_server_are_tried_again():
    script = {"/busy": [Reply(status=429, headers={"Retry-After": "7"}), Reply(body=b"x")], "/ill": [Reply(status=500), Reply(body=b"y")]}
    with fetching(script) as (site, fetcher, pauses):
        assert fetcher.get(f"{site.url}/busy").body == b"x"
        assert fetcher.get(f"{site.url}/ill").body == b"y"
    assert pauses == [7.0, 0.5]


def test_back_off_doubles_and_ends():
    with (
        fetching({"/ill": Reply(status=503)}) as (site, fetcher, pauses),
        pytest.raises(NotFetched, match=r"503 \(asked 3 times\)") as caught,
    ):
        fetcher.get(f"{site.url}/ill")
    assert not caught.value.lasting
    assert (pauses, len(site.paths())) == ([0.5, 1.0], 3)


def test_a_long_wait_is_left_for_a_later_round():
    script = {"/busy": Reply(status=429, headers={"Retry-After": "3600"})}
    with fetching(script) as (site, fetcher, pauses), pytest.raises(NotFetched) as caught:
        fetcher.get(f"{site.url}/busy")
    assert (caught.value.after, caught.value.lasting, pauses, len(site.paths())) == (3600.0, False, [], 1)


@pytest.mark.parametrize(("status", "lasting"), [(401, True), (403, True), (404, True), (410, True), (501, False)])
def test_what_is_refused_is_not_asked_for_again(status, lasting):
    with fetching({"/a": Reply(status=status)}) as (site, fetcher, _), pytest.raises(NotFetched, match=str(status)) as caught:
        fetcher.get(f"{site.url}/a")
    assert (caught.value.lasting, len(site.paths())) == (lasting, 1)


def test_robots_txt_is_read_once_and_obeyed():
    robots = Reply(body=b"User-agent: frenemy\nDisallow: /private\nCrawl-delay: 5\n\nUser-agent: *\nDisallow: /\n")
    with fetching({"/robots.txt": robots, "/open": Reply(body=b"x"), "/private": Reply(body=b"y")}) as (site, fetcher, pauses):
        fetcher.get(f"{site.url}/open")
        with pytest.raises(NotFetched, match="robots"):
            fetcher.get(f"{site.url}/private")
        fetcher.get(f"{site.url}/open")
    assert [path for path, *_ in site.asked] == ["/robots.txt", "/open", "/open"]
    assert [round(pause) for pause in pauses] == [5]


@pytest.mark.parametrize(("robots", "allowed"), [(Reply(status=404), True), (Reply(status=403), True), (Reply(status=500), False)])
def test_without_robots_txt_all_is_allowed_and_while_it_is_broken_nothing(robots, allowed):
    with fetching({"/robots.txt": robots, "/a": Reply(body=b"x")}) as (site, fetcher, _):
        if allowed:
            assert fetcher.get(f"{site.url}/a").body == b"x"
        else:
            with pytest.raises(NotFetched, match="robots"):
                fetcher.get(f"{site.url}/a")


def test_two_requests_to_a_host_are_apart():
    with fetching({"/a": Reply(body=b"x")}, Patience(interval=2.0)) as (site, fetcher, pauses):
        fetcher.get(f"{site.url}/a")
        fetcher.get(f"{site.url}/a")
    assert len(pauses) == 1
    assert 1.0 < pauses[0] <= 2.0


@pytest.mark.parametrize("reply", [Reply(delay=1.0), Reply(body=b"x" * 100, drip=0.1)])
def test_a_slow_server_is_given_up(reply):
    patience = Patience(timeout=0.3, retries=0, interval=0.0)
    with fetching({"/slow": reply}, patience) as (site, fetcher, _), pytest.raises(NotFetched, match=r"within 0\.3 s"):
        fetcher.get(f"{site.url}/slow")


@pytest.mark.parametrize(
    "reply",
    [Reply(body=b"x" * 3000), Reply(body=gzip.compress(b"x" * 3_000_000), headers={"Content-Encoding": "gzip"})],
    ids=["large", "unpacks to much"],
)
def test_a_huge_answer_is_cut_off(reply):
    with fetching({"/huge": reply}) as (site, fetcher, _), pytest.raises(NotFetched, match="larger") as caught:
        fetcher.get(f"{site.url}/huge", largest=2000)
    assert caught.value.lasting


def test_redirects_are_followed_and_counted():
    script: dict[str, Reply | list[Reply]] = {
        "/old": Reply(status=301, headers={"Location": "/new"}),
        "/new": Reply(body=b"x"),
        "/loop": Reply(status=302, headers={"Location": "/loop"}),
    }
    with fetching(script) as (site, fetcher, _):
        found = fetcher.get(f"{site.url}/old")
        assert (found.url, found.body) == (f"{site.url}/new", b"x")
        with pytest.raises(NotFetched, match="redirects more than 5 times"):
            fetcher.get(f"{site.url}/loop")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "javascript:alert(1)", "http://localhost:{port}/a", "http://[::1]:{port}/a", "http://["]
)
def test_a_redirect_does_not_lead_inside_nor_off_the_web(target):
    script: dict[str, Reply | list[Reply]] = {"/a": Reply(body=b"secret")}
    with fetching(script) as (site, fetcher, _):
        site.script["/away"] = [Reply(status=302, headers={"Location": target.format(port=site.server_port)})]
        with pytest.raises(NotFetched):
            fetcher.get(f"{site.url}/away")
    assert "/a" not in site.paths()


def test_a_server_that_is_not_there_is_said():
    with Fetcher(trusted=["127.0.0.1"], patience=QUICK, pause=lambda _: None) as fetcher, pytest.raises(NotFetched):
        fetcher.get("http://127.0.0.1:9/a")
