"""The public surface."""

from __future__ import annotations

import subprocess
import sys

import frenemy


def test_the_exported_names():
    assert frenemy.__all__ == sorted(frenemy.__all__)
    assert frenemy.__all__ == [
        *("Actor", "Document", "Figure", "FrenemyError", "Judgement", "Mention", "OpenLedger", "Quote", "Reading", "Summary"),
        *("Tie", "TieFilter", "TieRecord", "Ties", "documents", "open", "read", "read_pairs"),
    ]
    assert all(getattr(frenemy, name) is not None for name in frenemy.__all__)
    assert set(frenemy.__all__) <= set(dir(frenemy))


def test_importing_it_loads_nothing_heavy():
    script = "import sys, frenemy; print({'duckdb', 'onnxruntime', 'numpy', 'rich', 'trafilatura'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_documents_can_be_called_whatever_was_imported_before(tmp_path):
    (tmp_path / "a.txt").write_text("Elon Musk praised Donald Trump, and the two of them were said to be the best of friends.")
    import frenemy.documents

    (doc,) = frenemy.documents(str(tmp_path))
    assert doc.name == "a"
