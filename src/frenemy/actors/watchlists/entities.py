"""FollowTheMoney entities, one JSON object a line, as `ftm` writes them and OpenSanctions publishes them (targets.nested.json)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frenemy.actors.watchlists.draft import KINDS_OF_SCHEMATA, Draft, checked_id, unique
from frenemy.model import WatchEntry

ID_PROPERTIES = {
    "wikidataId": "wikidata",
    "leiCode": "lei",
    "swiftBic": "bic",
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "cikCode": "cik",
    "dunsCode": "duns",
    "permId": "permid",
    "opencorporatesUrl": "opencorporates",
}


def take_entity(draft: Draft, line: int, value: Mapping[str, Any]) -> None:
    """Take one entity, or count it as left out where its schema is no actor."""
    schema, properties = value.get("schema"), value.get("properties")
    if not isinstance(schema, str) or not isinstance(properties, Mapping):
        raise draft.fail(line, "an entity needs a schema and properties.")
    if not isinstance(value.get("id"), str) or not value["id"].strip():
        raise draft.fail(line, "an entity needs an id.")
    if schema not in KINDS_OF_SCHEMATA:
        draft.left_out[f"{schema} (no actor)"] += 1
        return
    names = _values(properties, "name")
    caption = value.get("caption")
    name = caption.strip() if isinstance(caption, str) and (not names or caption in names) else ""
    name = name or (names[0] if names else "")
    if not name:
        raise draft.fail(line, f"the entity {value['id']!r} has no name.")
    aliases = (*names, *_values(properties, "alias"), *_values(properties, "previousName"))
    weak = (*_values(properties, "weakAlias"), *_values(properties, "abbreviation"))
    entry_id = value["id"].strip()
    draft.take(
        line,
        WatchEntry(
            id=entry_id,
            name=name,
            aliases=unique(aliases, but=name),
            weak=unique(weak, but=name),
            kind=KINDS_OF_SCHEMATA[schema],
            ids=_ids(entry_id, properties),
        ),
    )


def _values(properties: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The texts of a property; nested entities are passed over."""
    values = properties.get(name) or ()
    return unique(value for value in ([values] if isinstance(values, str) else values) if isinstance(value, str))


def _ids(entry_id: str, properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Well-formed ids, each with its scheme. An id that is a QID is one: that is how OpenSanctions names what Wikidata knows."""
    found = [("wikidata", entry_id)] if entry_id[:1] == "Q" else []
    found += [(scheme, value) for name, scheme in ID_PROPERTIES.items() for value in _values(properties, name)]
    checked = ((scheme, checked_id(scheme, value)) for scheme, value in found)
    return tuple(sorted({f"{scheme}:{value}" for scheme, value in checked if value}))
