"""The words of the authority: what its yearly template says the report must contain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from distretti.errori import ErroreDominio

_SEGNAPOSTO = re.compile(r"\{([a-z_]+)\}")

SEGNAPOSTO = ("distretto", "anno", "capofila", "atto_approvazione", "numero_azioni", "fine")
"""What a text of the template may name between braces."""


@dataclass(frozen=True, slots=True)
class TestiRelazione:
    """``ModelloAnnuale.relazione``; what an authority does not say has the form of a determinazione."""

    struttura: str = ""
    titolo_atto: str = "DETERMINAZIONE DEL DIRIGENTE"
    organo: str = "IL DIRIGENTE"
    verbo: str = "DETERMINA"
    oggetto: str = ""
    premesse: tuple[str, ...] = ()
    visti: tuple[str, ...] = ()
    clausola_firma: str = ""


def leggi_testi(dati: Mapping[str, Any]) -> TestiRelazione:
    """The texts of a template, refusing what is not text and placeholders nobody can fill."""
    singoli = {
        chiave: _controlla(dati[chiave])
        for chiave in ("struttura", "titolo_atto", "organo", "verbo", "oggetto", "clausola_firma")
        if dati.get(chiave)
    }
    premesse, visti = (
        tuple(_controlla(testo) for testo in dati.get(chiave) or ()) for chiave in ("premesse", "visti")
    )
    return TestiRelazione(premesse=premesse, visti=visti, **singoli)


def _controlla(testo: object) -> str:
    if not isinstance(testo, str):
        raise ErroreDominio("Il modello annuale ha un testo della relazione che non è un testo: va corretto.")
    for nome in _SEGNAPOSTO.findall(testo):
        if nome not in SEGNAPOSTO:
            raise ErroreDominio(
                f"Il modello annuale nomina «{{{nome}}}», che la relazione non conosce: si possono usare "
                f"{', '.join(SEGNAPOSTO)}."
            )
    return testo


def riempi(testo: str, valori: Mapping[str, str]) -> str | None:
    """``testo`` with its placeholders filled, or None when one of them has no value in this programme."""
    if any(not valori.get(nome) for nome in _SEGNAPOSTO.findall(testo)):
        return None
    return _SEGNAPOSTO.sub(lambda trovato: valori[trovato[1]], testo)


def nomina(testo: str, nome: str) -> bool:
    """Does ``testo`` use the placeholder ``nome``?"""
    return nome in _SEGNAPOSTO.findall(testo)
