"""I risultati conservati nelle prove: scritti una volta da «manage.py pacchetto», non si rifanno mai.

Se il programma che calcola desse un altro valore, il risultato già pubblicato di qualcuno non si potrebbe più
ricalcolare: si corregge il programma, o si cambia ``VERSIONE`` e si dice nel contratto che cosa è cambiato.
"""

import json
from pathlib import Path
from typing import Any

CARTELLA = Path(__file__).parent
FILE = sorted(CARTELLA.glob("*.json"))


def leggi(nome: str) -> dict[str, Any]:
    documento: dict[str, Any] = json.loads((CARTELLA / f"{nome}.json").read_text(encoding="utf-8"))
    return documento
