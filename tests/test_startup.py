"""What a command does not need is not loaded: spaCy alone takes a second."""

from __future__ import annotations

import subprocess
import sys

import pytest

from detente import extraction

_WITHOUT_SPACY = """
import sys
import detente.cli
from detente import workflow
workflow.dyad_of("Norway", "Chile")
assert "spacy" not in sys.modules, "a pair of countries was resolved by loading spaCy"
"""


def test_a_pair_is_resolved_without_a_language_model() -> None:
    done = subprocess.run([sys.executable, "-c", _WITHOUT_SPACY], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_name_that_extraction_lacks_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="extract_all"):
        _ = extraction.extract_all
