"""Watchlist files: every format gives the same entries, and a bad file gives none and the number of its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frenemy.actors.watchlists import load_watchlist
from frenemy.errors import WatchlistError
from frenemy.model import WatchEntry, Watchlist

LEI = "HWUPKR0MPOU8FGXBT394"  # Apple's, as the GLEIF index has it


def load(tmp_path: Path, file: str, text: str, **options: str) -> Watchlist:
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    return load_watchlist(path, **options)


PLAIN = {
    "a.csv": f"name,aliases,kind,id,wikidata,lei\nJane Roe,J. Roe; Roe,person,p1,Q42,\nOrbis Ltd,,Company,c1,,{LEI}\n",
    "a.tsv": f"Name\tAlias\tType\tID\tQID\tLEI code\nJane Roe\tJ. Roe|Roe\tPerson\tp1\tQ42\t\nOrbis Ltd\t\tcompany\tc1\t\t{LEI}\n",
    "a.yaml": f"""
- name: Jane Roe
  aliases: [J. Roe, Roe]
  kind: person
  id: p1
  wikidata: Q42
- {{name: Orbis Ltd, kind: company, id: c1, lei: {LEI}}}
""",
    "a.yml": f"""
actors:
- {{name: Jane Roe, alias: [J. Roe, Roe], type: Person, id: p1, qid: https://www.wikidata.org/wiki/Q42}}
- {{name: Orbis Ltd, kind: company, id: c1, ids: {{lei: {LEI.lower()}}}}}
""",
    "a.jsonl": json.dumps({"name": "Jane Roe", "aliases": ["J. Roe", "Roe"], "kind": "person", "id": "p1", "wikidata": "Q42"})
    + f'\n\n{{"name": "Orbis Ltd", "kind": "company", "id": "c1", "ids": {{"lei": "{LEI}"}}}}\n',
}
ENTRIES = (
    WatchEntry(id="p1", name="Jane Roe", aliases=("J. Roe", "Roe"), kind="person", ids=("wikidata:Q42",)),
    WatchEntry(id="c1", name="Orbis Ltd", kind="company", ids=(f"lei:{LEI}",)),
)


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_list_says_the_same_in_every_format(tmp_path, name):
    watchlist = load(tmp_path, name, PLAIN[name])
    assert watchlist.entries == ENTRIES
    assert (watchlist.name, watchlist.source, watchlist.left_out) == ("a", name, ())


def test_bare_names_are_a_list_and_get_ids_of_their_own(tmp_path):
    watchlist = load(tmp_path, "a.yaml", "- Jane Roe\n- Orbis Ltd\n", name="mine")
    assert [(entry.id, entry.kind) for entry in watchlist.entries] == [("jane-roe", None), ("orbis-ltd", None)]
    assert watchlist.name == "mine"


def test_spreadsheets_put_a_mark_before_the_text_and_columns_of_their_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffname;note;aliases\r\nJané Roe;likes tea;"J. Roe; R."\r\n;;\r\n'.encode())
    watchlist = load_watchlist(path)
    assert watchlist.entries[0].name == "Jané Roe"
    assert watchlist.entries[0].aliases == ("J. Roe", "R.")
    assert watchlist.left_out == (("column 'note' (not used)", 1),)


ENTITY = {
    "id": "Q42",
    "schema": "Person",
    "caption": "Jane Roe",
    "properties": {
        "name": ["Jane Roe", "ROE, Jane"],
        "alias": ["J. Roe"],
        "weakAlias": ["Janey"],
        "taxNumber": ["123"],
        "ownershipOwner": [{"id": "x", "schema": "Ownership", "properties": {"name": ["nested"]}}],
    },
}


def test_entities_of_followthemoney_keep_names_kinds_and_ids(tmp_path):
    ship = {"id": "s", "schema": "Vessel", "properties": {"name": ["Ever Roe"]}}
    body = {
        "id": "b",
        "schema": "PublicBody",
        "properties": {"name": ["Ministry of Tea"], "wikidataId": ["Q7", "broken"], "leiCode": [LEI]},
    }
    unsure = {"id": "u", "schema": "LegalEntity", "properties": {"name": ["Nimbus"]}}
    lines = "\n".join(map(json.dumps, (ENTITY, ship, body, unsure)))
    watchlist = load(tmp_path, "targets.nested.json", lines)
    assert watchlist.name == "targets"
    assert watchlist.left_out == (("Vessel (no actor)", 1),)
    assert watchlist.entries == (
        WatchEntry(
            id="Q42",
            name="Jane Roe",
            aliases=("ROE, Jane", "J. Roe"),
            weak=("Janey",),
            kind="person",
            ids=("tax:123", "wikidata:Q42"),
        ),
        WatchEntry(id="b", name="Ministry of Tea", kind="government body", ids=(f"lei:{LEI}", "wikidata:Q7")),
        WatchEntry(id="u", name="Nimbus"),
    )


def test_the_simple_table_of_opensanctions(tmp_path):
    header = '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails","dataset"'
    rows = [
        f'"NK-1","Company","Orbis Ltd","Orbis Limited;""Orbis; Sons""","","gb","","{LEI};0815","","","","d"',
        '"Q42","Person","Jane Roe","","1970","","","","","","","d"',
        '"NK-2","Vessel","Ever Roe","","","","","","","","","d"',
    ]
    watchlist = load(tmp_path, "targets.simple.csv", "\n".join((header, *rows)))
    assert watchlist.entries == (
        WatchEntry(
            id="NK-1", name="Orbis Ltd", aliases=("Orbis Limited", "Orbis; Sons"), kind="company", ids=("identifier:0815", f"lei:{LEI}")
        ),
        WatchEntry(id="Q42", name="Jane Roe", kind="person", ids=("wikidata:Q42",)),
    )
    assert watchlist.left_out == (("Vessel (no actor)", 1),)


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.csv", "name,kind\nJane,person\nBob,horse\n", "line 3: the kind 'horse' is none of person, company"),
        ("a.csv", "name,wikidata\nJane,Q42\n\nBob,42\n", "line 4: '42' is no Wikidata QID"),
        ("a.csv", "name,lei\nOrbis,HWUPKR0MPOU8FGXBT395\n", "line 2: 'HWUPKR0MPOU8FGXBT395' is no LEI"),
        ("a.csv", "name,id\nJane,1\nBob,1\n", "line 3: the id '1' stands on line 2 already"),
        ("a.csv", "Jane,person\nBob,person\n", "line 1: no column is called name (there are jane, person)"),
        ("a.csv", "name,kind\n,person\n", "line 2: no name"),
        ("a.csv", "name,kind\nJane,person,extra\n", "line 2: 3 cells under 2 columns"),
        ("a.csv", "name,name\nJane,Roe\n", "line 1: two columns are called 'name'"),
        ("a.csv", 'name\n"two\nlines"\n"open\n', "line 4: not CSV"),
        ("a.csv", "name\n", "there is no actor in it"),
        ("a.csv", "", "no actor in it"),
        ("a.yaml", "- name: Jane\n- name: Bob\n  kind: horse\n", "line 2: the kind 'horse'"),
        ("a.yaml", "- name: [\n", "line 2: not YAML"),
        ("a.yaml", "- !!python/object/apply:os.system [ls]\n", "line 1: not YAML"),
        ("a.yaml", "hello\n", "line 1: a watchlist in YAML is a list"),
        ("a.yaml", "- name: Jane\n- 7\n", "line 2: neither a name nor an object"),
        ("a.yaml", "- name: Jane\n- {name: Bob, aliases: {a: b}}\n", "line 2: aliases must be a list"),
        ("a.yaml", "- {name: Bob, ids: [1]}\n", "line 1: ids must map"),
        ("a.yaml", "- {name: Bob, ids: {'a b': 1}}\n", "line 1: 'a b' is no scheme"),
        ("a.jsonl", '{"name": "Jane"}\n{"name": \n', "line 2: not JSON"),
        ("a.jsonl", '[{"name": "Jane"}]\n', "line 1: an array"),
        ("a.jsonl", '"Jane"\n', "line 1: not an object"),
        ("a.jsonl", "[" * 100_000, "line 1: an array"),
        ("a.jsonl", '{"a":' * 100_000, "line 1: not JSON"),
        ("a.json", '{"id": "1", "schema": "Person", "properties": {}}\n', "line 1: the entity '1' has no name"),
        ("a.json", '{"schema": "Person", "properties": {"name": ["Jane"]}}\n', "line 1: an entity needs an id"),
        ("a.json", json.dumps(ENTITY) + "\n" + json.dumps(ENTITY), "line 2: the id 'Q42' stands on line 1"),
        ("a.xlsx", "PK", "a watchlist is a .csv, .yaml, .json or .jsonl file"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path, name, text, complaint):
    with pytest.raises(WatchlistError) as caught:
        load(tmp_path, name, text)
    assert complaint in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)


def test_what_is_no_text_is_refused_with_its_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"name\nJane\n\xff\xfe\n")
    with pytest.raises(WatchlistError, match="line 3: not text in UTF-8"):
        load_watchlist(path)
    with pytest.raises(WatchlistError, match="Is a directory"):
        load_watchlist(tmp_path.rename(tmp_path.with_suffix(".csv")))
