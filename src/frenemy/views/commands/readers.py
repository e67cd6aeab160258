"""Which reader `frenemy read` uses, and what an endpoint cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from frenemy.reading import Reader
    from frenemy.reading.endpoint import Prices, Usage

C = TypeVar("C", bound="Callable[..., Any]")

OPTIONS = (
    click.option("--reader", type=click.Choice(["frenemy", "endpoint"]), default="frenemy", show_default=True, help="Who reads."),
    click.option(
        "--mentions",
        metavar="MODEL",
        help="Entity model that finds the names in place of frenemy's own tagger: spacy:NAME or gliner:NAME; NAME may be a folder.",
    ),
    click.option(
        "--endpoint-url",
        metavar="URL",
        envvar="FRENEMY_ENDPOINT_URL",
        show_envvar=True,
        help="Base address of an OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1. Documents are sent there.",
    ),
    click.option("--model", metavar="NAME", envvar="FRENEMY_ENDPOINT_MODEL", show_envvar=True, help="Name of the model at the endpoint."),
    click.option(
        "--key-variable",
        metavar="NAME",
        default="FRENEMY_ENDPOINT_KEY",
        show_default=True,
        help="Environment variable that holds the endpoint's key, if it wants one.",
    ),
    click.option(
        "--endpoint-timeout",
        type=click.FloatRange(1),
        default=300,
        show_default=True,
        help="Seconds to wait for an answer about a passage.",
    ),
    click.option("--price-in", type=click.FloatRange(0), help="Price of a million tokens sent, to tell the cost."),
    click.option("--price-out", type=click.FloatRange(0), help="Price of a million tokens answered."),
)
NAMES = ("reader", "mentions", "endpoint_url", "model", "key_variable", "endpoint_timeout", "price_in", "price_out")


def reader_options(command: C) -> C:
    """The options that choose a reader; the command gets them by `NAMES`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def choose_reader(asked: Mapping[str, Any]) -> Reader | None:
    """The reader that was asked for, None for frenemy's own as it ships."""
    if asked["reader"] != "endpoint":
        return own_reader(asked["mentions"]) if asked["mentions"] else None
    if asked["mentions"]:
        raise click.UsageError("--mentions goes with frenemy's own reader: leave out --reader endpoint.")
    if not asked["endpoint_url"] or not asked["model"]:
        raise click.UsageError("--reader endpoint needs --endpoint-url and --model.")
    from frenemy.reading.endpoint import Endpoint, EndpointReader

    return EndpointReader(
        Endpoint(url=asked["endpoint_url"], model=asked["model"], key_variable=asked["key_variable"], timeout=asked["endpoint_timeout"])
    )


def own_reader(model: str) -> Reader:
    """frenemy's own reader with an entity model that finds the names."""
    from frenemy.reading import NeuralReader
    from frenemy.reading.entities import finder

    return NeuralReader(finder=finder(model))


def usage_of(reader: Reader | None) -> Usage | None:
    """What an endpoint reader spent, None for any other."""
    from frenemy.reading.endpoint import EndpointReader

    return reader.usage if isinstance(reader, EndpointReader) else None


def prices_of(asked: Mapping[str, Any]) -> Prices | None:
    """The prices that were given, None without any."""
    from frenemy.reading.endpoint import Prices

    if asked["price_in"] is None and asked["price_out"] is None:
        return None
    return Prices(tokens_in=asked["price_in"] or 0.0, tokens_out=asked["price_out"] or 0.0)


def describe_usage(usage: Usage, prices: Prices | None = None) -> str:
    """What an endpoint took and what came of it, in a line.

    >>> from frenemy.reading.endpoint import Prices, Usage
    >>> usage = Usage(requests=2, tokens_in=3000, tokens_out=500, kept=7, repaired=1, unquoted=2)
    >>> print(describe_usage(usage, Prices(tokens_in=1, tokens_out=4)))
    Asked 2 times: 3,000 tokens sent, 500 answered, cost 0.0050. Of 9 ties offered 7 kept (1 quote repaired), 2 rejected (2 misquoted).
    """
    cost = f", cost {usage.cost(prices):.4f}" if prices else ""
    line = f"Asked {usage.requests:,} times: {usage.tokens_in:,} tokens sent, {usage.tokens_out:,} answered{cost}."
    kept = f"{usage.kept:,} kept"
    if usage.repaired:
        kept += f" ({usage.repaired:,} {'quote' if usage.repaired == 1 else 'quotes'} repaired)"
    reasons = ((usage.unquoted, "misquoted"), (usage.unnamed, "with an actor that is not in the text"), (usage.unfit, "of no known form"))
    why = ", ".join(f"{count:,} {reason}" for count, reason in reasons if count)
    offered = usage.kept + usage.rejected
    return f"{line} Of {offered:,} ties offered {kept}, {usage.rejected:,} rejected{f' ({why})' if why else ''}."
