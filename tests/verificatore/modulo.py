"""The verifier as a module, though it lives among the documents, for strangers."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

FILE = Path(__file__).parents[2] / "docs" / "verificatore" / "verifica.py"

A_LUNGO = os.environ.get("HYPOTHESIS_PROFILE") == "esteso"
"""Are these the long tests of script/prove-estese?"""


def _carica() -> ModuleType:
    specifica = importlib.util.spec_from_file_location("verifica", FILE)
    assert specifica is not None
    assert specifica.loader is not None
    modulo = importlib.util.module_from_spec(specifica)
    sys.modules[specifica.name] = modulo
    specifica.loader.exec_module(modulo)
    return modulo


verifica = _carica()
