"""How the evaluation scripts match what was found with gold; no model, no evaluation data."""

from training.conllu import parse
from training.coreference import passages

from benchmarks import coreference, entities, seesaw, tables
from frenemy.model import Document, Mention, Reading

CONLLU = """\
# newpar
# text = The mayor, Ann Lee, met Bo's team.
1	The	the	DET	DT	_	2	det	_	Entity=(1-person-new-cf1-1-x-coref
2	mayor	mayor	NOUN	NN	_	7	nsubj	_	SpaceAfter=No
3	,	,	PUNCT	,	_	5	punct	_	_
4	Ann	Ann	PROPN	NNP	_	2	appos	_	Entity=(1-person-giv-cf1-1-x-appos
5	Lee	Lee	PROPN	NNP	_	4	flat	_	Entity=1)1)|SpaceAfter=No
6	,	,	PUNCT	,	_	4	punct	_	_
7	met	meet	VERB	VBD	_	0	root	_	_
8-9	Bo's	_	_	_	_	_	_	_	_
8	Bo	Bo	PROPN	NNP	_	10	nmod:poss	_	Entity=(3-organization-new-cf3-1-x-sgl(2-person-new-cf2-1-x-coref
9	's	's	PART	POS	_	8	case	_	Entity=2)
10	team	team	NOUN	NN	_	7	obj	_	Entity=3)|SpaceAfter=No
11	.	.	PUNCT	.	_	7	punct	_	_

# text = He left.
1	He	he	PRON	PRP	_	2	nsubj	_	Entity=(2-person-giv-cf1-1-x-ana)
2	left	leave	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_
"""


def mention(text: str, words: str, name: str, form: str = "name", kind: str = "person") -> Mention:
    start = text.index(words)
    return Mention(document="d", start=start, end=start + len(words), text=words, name=name, kind=kind, form=form)


def test_gum_article():
    article = parse(CONLLU.splitlines(), "GUM_bio_lee")
    assert article.text == "The mayor, Ann Lee, met Bo's team. He left."
    assert [article.text[slice(*article.span(m.first, m.last))] for m in article.mentions] == [
        "The mayor, Ann Lee",
        "Ann Lee",
        "Bo's team",
        "Bo's",
        "He",
    ]
    assert [m.entity for m in article.mentions] == ["1", "1", "3", "2", "2"]


def test_gum_passage():
    (passage,) = passages(parse(CONLLU.splitlines(), "GUM_bio_lee"))
    words = [passage.text[a:b] for a, b in passage.spans]
    assert {(words[x.p], words[x.q], x.same) for x in passage.pairs} >= {("Bo", "He", True), ("Ann Lee", "He", False)}
    assert {(passage.text[s:e], kinds) for s, e, kinds in passage.entities} == {("Ann Lee", ("person",)), ("Bo", ("person",))}
    assert len(passage.pairs) <= 12


def test_gum_gold_found_exactly_or_by_its_head():
    article = parse(CONLLU.splitlines(), "GUM_news_lee")
    gold = coreference.gold_mentions(article, article)
    text = article.text
    found = [mention(text, "mayor", "Ann Lee", "description"), mention(text, "Bo", "Bo"), mention(text, "He", "Bo", "pronoun")]
    spans = [coreference.trimmed(text, m.start, m.end) for m in found]
    assert {spans[i]: gold[j].cluster for i, j in coreference.align(gold, spans, by_head=False).items()} == {
        (24, 26): "2",
        (35, 37): "2",
    }
    match = coreference.align(gold, spans, by_head=True)
    assert gold[match[0]].cluster == "1"
    key, response, least = coreference.views("d", gold, found, match)["actors"]
    assert len(coreference.clustered(key, least)) == 2
    assert coreference.clustered(response, least) == [{("d", match[1]), ("d", match[2])}]
    _, plain, _ = coreference.views("d", gold, found, match)["names, pronouns"]
    assert len(plain) == 2


def test_gap_asks_for_the_pronouns_chain():
    text = "Ann Lee met Eva; she left."
    mentions = [mention(text, "Ann Lee", "Ann Lee"), mention(text, "Eva", "Eva"), mention(text, "she", "Ann Lee", "pronoun")]
    assert coreference.meant(mentions, (17, 20), (0, 3))
    assert not coreference.meant(mentions, (17, 20), (12, 15))
    assert not coreference.meant(mentions[:2], (17, 20), (0, 3))


def test_entities_count_words_and_leave_other_kinds_out():
    lines = ["Ann\tB-person", "'s\tO", "Expo\tB-event", "praised\tO", "Ferrum\tB-corporation", "Steel\tI-corporation"]
    (item,) = entities.sentences(lines)
    assert item.gold == {(0, 1): "PER", (2, 3): None, (4, 6): "ORG"}
    found = [
        mention(item.text, "Ann", "Ann"),
        mention(item.text, "Expo", "Expo", kind="organisation"),
        mention(item.text, "Ferrum", "Ferrum", kind="company"),
    ]
    guess = entities.found(Reading(document=Document(text=item.text, name="d"), mentions=tuple(found)), item.words)
    figures = entities.score([item.gold], [guess])
    assert figures["span"] == figures["typed"] == (0.5, 0.5, 0.5)


def test_entities_of_a_numbered_file_keep_the_printed_text():
    lines = [
        "# sent_id = 1",
        "# text = Don't ask Bo.",
        "1\tDo\tO\t-\t-",
        "2\tn't\tO\t-\t-",
        "3\task\tO\t-\t-",
        "4\tBo\tB-PER\t-\tx",
        "5\t.\tO\t-\t-",
    ]
    (item,) = entities.sentences(lines)
    assert item.text == "Don't ask Bo."
    assert item.words[:2] == ((0, 2), (2, 5))
    assert item.gold == {(3, 4): "PER"}


def test_baseline_pairs_gold_actors_of_one_sentence_in_order():
    articles = [{"id": "a", "text": "Ms. Lee praised Bo Ruiz.\nRuiz slept."}]
    gold = [{"doc": "a", "source": "Bo Ruiz", "target": "Ann Lee", "polarity": "+"}]
    (tie,) = seesaw.baseline(articles, gold, lambda *_: ("-", False))
    assert (tie["source"], tie["target"], tie["polarity"]) == ("Ann Lee", "Bo Ruiz", "-")
    (turned,) = seesaw.baseline(articles, gold, lambda *_: ("-", True))
    assert turned["source"] == "Bo Ruiz"


def test_party_names_go_by_their_members_only_where_asked():
    assert seesaw.places("Republicans slammed Lee.", ["Republican Party", "Ann Lee"]) == {"Ann Lee": (20, 23)}
    assert seesaw.places("Republicans slammed Lee.", ["Republican Party"], seesaw.ALIASES) == {"Republican Party": (0, 11)}


def test_nearest_verb_between_before_around():
    judge = seesaw.nearest_verb({"sued": "-", "praised": "+"})
    assert judge("Ann praised Bo after he sued.", (0, 3), (12, 14)) == ("+", False)
    assert judge("Ann and Bo sued.", (0, 3), (8, 10)) == ("-", False)
    assert judge("Ann and Bo met.", (0, 3), (8, 10)) is None


def test_tables_append_markdown(tmp_path, capsys):
    out = tmp_path / "results.md"
    for _ in range(2):
        tables.show("Ties", ("set", "F1"), [("seeds", 0.5), ("quoted", "not found")], out=out)
    assert out.read_text(encoding="utf-8").count("| seeds | 0.500 |") == 2
    assert "seeds   0.500" in capsys.readouterr().out
