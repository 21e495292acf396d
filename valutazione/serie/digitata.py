"""What was typed in the table, as it is kept (``valutazione.models.SerieInCorso``)."""

import re
from typing import Any

from django.http import QueryDict

from valutazione.serie.celle import pulita, vuota

_CELLA = re.compile(r"r([0-9]{1,4})-([a-z0-9_-]{1,60})")
_SCELTE = ("tipo", "luogo", "pianificata", "righe_viste")
_ELENCHI = ("righe", "presenze")


def digitata(post: QueryDict) -> dict[str, Any]:
    """The choices and the rows of a form: the empty ones are not there, the others close ranks."""
    righe: dict[int, dict[str, str]] = {}
    for nome, testo in post.items():
        trovata = _CELLA.fullmatch(nome)
        if trovata is not None and (cella := pulita(str(testo))):
            righe.setdefault(int(trovata[1]), {})[trovata[2]] = cella
    contenuto: dict[str, Any] = {nome: str(post[nome]) for nome in _SCELTE if post.get(nome)}
    contenuto |= {nome: post.getlist(nome) for nome in _ELENCHI if post.getlist(nome)}
    celle = [riga for _, riga in sorted(righe.items()) if not vuota(riga)]
    return contenuto | ({"celle": celle} if celle else {})
