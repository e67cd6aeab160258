"""The entity models themselves, where their libraries are installed: small ones made here, saved and loaded again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from frenemy.errors import UnusableModel
from frenemy.model import KINDS, Document
from frenemy.pipeline import open_ledger
from frenemy.reading import NeuralReader
from frenemy.reading.entities import finder, gliner_finder, spacy_finder
from frenemy.views.cli import main

STORY = "Ana Ruiz of Ferrum accused Orbis on Tuesday. Israeli Sunnis cheered, and she thanked them."
PATTERNS = [("PERSON", "Ana Ruiz"), ("ORG", "Ferrum"), ("ORG", "Orbis"), ("DATE", "Tuesday"), ("NORP", "Israeli"), ("NORP", "Sunnis")]


@pytest.fixture
def pipeline(tmp_path: Path) -> Path:
    """A spaCy pipeline that knows the names of the story."""
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": words} for label, words in PATTERNS])
    nlp.to_disk(tmp_path / "names")
    return tmp_path / "names"


def test_a_spacy_pipeline_is_loaded_by_its_folder(pipeline: Path) -> None:
    model = finder(f"spacy:{pipeline}")
    assert model.name == "spacy:names"
    long = f"{STORY} " * 400  # more words than are given to a pipeline at a time
    one, nothing, many = model.find([STORY, "", long])
    assert [(STORY[e.start : e.end], e.kinds[0]) for e in one] == [
        ("Ana Ruiz", "person"),
        ("Ferrum", "organisation"),
        ("Orbis", "organisation"),
        ("Israeli", "group"),
        ("Sunnis", "group"),
    ]
    assert nothing == []
    assert [long[e.start : e.end] for e in many] == [STORY[e.start : e.end] for e in one] * 400


def test_a_spacy_pipeline_reads_into_a_ledger_from_the_command_line(pipeline: Path, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    ledger = tmp_path / "story.duckdb"
    done = CliRunner().invoke(main, ["read", str(tmp_path / "story.txt"), "-l", str(ledger), "--mentions", f"spacy:{pipeline}"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Read 1 document")
    assert "Asked" not in done.output
    with open_ledger(ledger) as opened:
        ties = opened.between("Ana Ruiz", "Orbis")
        assert "ACCUSE" in {t.type for t in ties}
        assert ties[0].reader.endswith("+spacy:names")


def test_a_spacy_pipeline_with_labels_of_its_own(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "FIRM", "pattern": "Ferrum"}])
    nlp.to_disk(tmp_path / "firms")
    with pytest.raises(UnusableModel, match=r"of its labels \(FIRM\) none is known"):
        spacy_finder(str(tmp_path / "firms"))
    (found,) = spacy_finder(str(tmp_path / "firms"), labels={"FIRM": ["company"]}).find([STORY])
    assert [(STORY[e.start : e.end], e.kinds) for e in found] == [("Ferrum", ("company",))]


def test_a_spacy_pipeline_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    pytest.importorskip("spacy")
    with pytest.raises(UnusableModel, match="python -m spacy download en_no_such_model"):
        finder("spacy:en_no_such_model")
    with pytest.raises(UnusableModel, match="there is no folder"):
        finder(f"spacy:{tmp_path}/nowhere")
    with pytest.raises(UnusableModel, match="cannot be loaded"):
        finder(f"spacy:{tmp_path}")


@pytest.fixture(scope="module")
def tiny_gliner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A GLiNER model of random weights that reads letters, in a folder such as `save_pretrained` writes."""
    gliner = pytest.importorskip("gliner")
    folder = tmp_path_factory.mktemp("gliner")
    config = _encoder(folder / "encoder")
    made = gliner.GLiNERConfig(model_name=str(folder / "encoder"), hidden_size=16, max_len=40, max_width=4, encoder_config=config)
    gliner.GLiNER.from_config(made, backbone_from_pretrained=False).save_pretrained(folder / "tiny")
    return folder / "tiny"


def _encoder(folder: Path) -> dict[str, Any]:
    """A tokenizer of single letters, saved, and the configuration of a small encoder."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, PreTrainedTokenizerFast

    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    letters = "abcdefghijklmnopqrstuvwxyz.,"
    pieces = {piece: i for i, piece in enumerate([*special.values(), *letters, *(f"##{letter}" for letter in letters)])}
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    ends = [(piece, pieces[piece]) for piece in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=ends)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=512, **special).save_pretrained(folder)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config: dict[str, Any] = BertConfig(vocab_size=len(pieces), **sizes).to_dict()
    return config


@pytest.mark.filterwarnings(
    "ignore", "error:Sentence of length"
)  # torch warns of itself; a stretch that is cut off by the model must not pass
def test_a_gliner_model_is_loaded_by_its_folder(tiny_gliner: Path) -> None:
    model = gliner_finder(str(tiny_gliner), threshold=0.0)
    assert model.name == "gliner:tiny"
    long = f"{STORY} " * 40
    one, nothing, many = model.find([STORY, "", long])
    assert one
    assert {e.kinds[0] for e in one} <= set(KINDS)
    assert nothing == []
    assert len(long) - len(STORY) < max(e.end for e in many) <= len(long)
    (reading,) = NeuralReader(finder=model).read([Document(text=long, name="long")])
    assert all(long[m.start : m.end] == m.text for m in reading.mentions)


@pytest.mark.filterwarnings("ignore")
def test_a_gliner_model_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    pytest.importorskip("gliner")
    with pytest.raises(UnusableModel, match=r"GLiNER\.from_pretrained\('no-such-owner/no-such-model'\)"):
        finder("gliner:no-such-owner/no-such-model")
    with pytest.raises(UnusableModel, match=r"no gliner_config\.json"):
        finder(f"gliner:{tmp_path}")
