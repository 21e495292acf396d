"""The values of a scheda in Italian words: rules, days, codes with their labels, whole lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from distretti.basi.italiano import data_estesa, elenco
from distretti.basi.parole import Parola
from distretti.parole import Natura, TipoAtto, TipoDistretto
from programmi.oggetti import CAMPI_PROGETTUALITA
from programmi.parole import AzionePassaggio, Riuso, RuoloAttore, TipoCanale
from programmi.regola import frase, leggi_regola

Json = dict[str, Any]

NON_VALUTATA = "non valutata (nessuna regola)"

_SCELTE: Mapping[str, type[Parola]] = {
    "riuso": Riuso,
    "ruolo": RuoloAttore,
    "azione": AzionePassaggio,
    "natura": Natura,
    "tipo di distretto": TipoDistretto,
}
_GIORNI = frozenset({"dal", "al", "aderenti_al", "il", "data", "entro"})

CHIAVI = {
    "al": "fino al",
    "alias": "altri nomi",
    "anno_nascita": "anno di nascita",
    "approvazione": "delibera di approvazione",
    "accordo": "sottoscrizione dell'accordo",
    "assegnata": "percentuale assegnata",
    "campi": "dati richiesti",
    "codice": "codice",
    "dal": "dal",
    "denominazione": "denominazione",
    "distinti": "che cosa si conta",
    "entro": "entro",
    "evidenze": "evidenze ammesse",
    "lettura": "come si leggono le ore",
    "mail": "posta elettronica",
    "massimo": "massimo",
    "motivazione": "motivazione della percentuale assegnata",
    "nota": "nota",
    "obiettivo": "obiettivo scritto nell'atto",
    "ore_previste": "ore previste",
    "parti": "parti",
    "presenze": "presenze richieste",
    "protocollo_mittente": "protocollo del mittente",
    "protocollo_ricevente": "protocollo dell'Agenzia",
    "tutte": "tutte le parti insieme",
    "percentuale": "percentuale",
}
"""Keys whose name alone would not say enough; the others are read with spaces for underscores."""


@dataclass(frozen=True)
class Parole:
    """The names of what the documents call by a code; one that is not here is shown as its code.

    ``classificazioni`` by (scheme, code); ``organizzazioni``, ``marchi`` and ``distretti`` by code.
    """

    classificazioni: Mapping[tuple[str, str], str] = field(default_factory=dict)
    marchi: Mapping[str, str] = field(default_factory=dict)
    distretti: Mapping[str, str] = field(default_factory=dict)
    organizzazioni: Mapping[str, str] = field(default_factory=dict)

    def classificazione(self, voce: Json) -> str:
        """ "A0206 Servizi alle famiglie" """
        nome = self.classificazioni.get((voce["schema"], voce["codice"]), "")
        return f"{voce['codice']} {nome}".strip() + (f" ({voce['schema']})" if not nome else "")

    def organizzazione(self, codice: str) -> str:
        return self.organizzazioni.get(codice) or codice

    def marchio(self, codice: str) -> str:
        return self.marchi.get(codice) or codice

    def referente(self, voce: Json) -> str:
        """As the act names it, and whom the register knows it by."""
        if voce.get("organizzazione"):
            nel_registro = self.organizzazione(voce["organizzazione"])
        elif voce.get("distretto"):
            nel_registro = self.distretti.get(voce["distretto"]) or voce["distretto"]
        else:
            return f"{voce['testo']} (non collegato al registro)"
        return voce["testo"] if nel_registro == voce["testo"] else f"{voce['testo']} ({nel_registro})"

    def aderente(self, voce: Json) -> str:
        """ "CS4 (dal 15 luglio 2022; marchi: Family Audit)" """
        al = f" al {giorno(voce['al'])}" if voce.get("al") else ""
        marchi = elenco([self.marchio(codice) for codice in voce["marchi"]])
        return (
            f"{self.organizzazione(voce['organizzazione'])} (dal {giorno(voce['dal'])}{al}"
            f"{f'; marchi: {marchi}' if marchi else ''})"
        )

    def progettualita(self, voce: Json) -> str:
        """A whole progettualità, a field a line."""
        righe = [
            f"{etichetta[0].upper()}{etichetta[1:]}: {testo}"
            for chiave, etichetta in CAMPI_PROGETTUALITA.items()
            if (testo := self.campo(chiave, voce.get(chiave)))
        ]
        righe += [f"Riga {riga['codice']}: {in_riga(riga)}" for riga in voce["indicatori"]]
        return "\n".join(righe)

    def campo(self, chiave: str, valore: Any) -> str:
        """A field of a progettualità; "" when it is empty."""
        if chiave == "referenti":
            return elenco([self.referente(voce) for voce in valore or ()])
        if chiave == "classificazioni":
            return ", ".join(self.classificazione(voce) for voce in valore or ())
        return "; ".join(valore) if isinstance(valore, list) else str(valore or "")


def giorno(testo: str) -> str:
    """ "2025-06-19" → "19 giugno 2025"; what is not a day stays as it is."""
    try:
        return data_estesa(date.fromisoformat(testo))
    except (ValueError, TypeError):
        return str(testo)


def etichetta(scelte: type[Parola], codice: Any) -> str:
    """The label of a word of a closed list; what is not in the list stays as it is."""
    try:
        return scelte(codice).etichetta
    except ValueError:
        return str(codice)


def nome_chiave(chiave: str) -> str:
    return CHIAVI.get(chiave, chiave.replace("_", " "))


def valore(chiave: str, dato: Any) -> str | None:
    """Any value in words; None where there is nothing."""
    if dato in (None, "", [], {}):
        return None
    if isinstance(dato, bool):
        return "sì" if dato else "no"
    if chiave in _GIORNI:
        return giorno(dato)
    if chiave in _SCELTE:
        return etichetta(_SCELTE[chiave], dato)
    if isinstance(dato, list):
        return ", ".join(valore("", voce) or "" for voce in dato)
    if isinstance(dato, dict):
        return ", ".join(
            f"{nome_chiave(nome)} {valore(nome, voce) or 'niente'}" for nome, voce in dato.items()
        )
    return str(dato)


def regola_in_parole(regola: Json | None) -> str:
    """The rule in the sentence that the pages show, or its keys when a draft holds one that is not whole."""
    if regola is None:
        return NON_VALUTATA
    letta = leggi_regola(regola, "$", [])
    return frase(letta) if letta is not None else valore("", regola) or ""


def in_riga(riga: Json) -> str:
    """A whole line: its words, those of the act, the rule."""
    pezzi = [riga["testo"].strip()]
    if riga["testo_regola"].strip():
        pezzi.append(f"nell'atto «{riga['testo_regola'].strip()}»")
    if riga.get("testo_evidenze"):
        pezzi.append(f"evidenze richieste: {riga['testo_evidenze']}")
    pezzi.append(f"regola: {regola_in_parole(riga['regola'])}")
    pezzi += [
        f"{nome_chiave(chiave)} {valore(chiave, riga[chiave])}"
        for chiave in ("peso", "dal", "al")
        if chiave in riga
    ]
    return "; ".join(pezzi)


def atto_in_parole(atto: Json) -> str:
    """ "determinazione n. 6607 del 19 giugno 2025, Provincia autonoma di Trento" """
    tipo = etichetta(TipoAtto, atto["tipo"])
    numero = f" n. {atto['numero']}" if atto.get("numero") else ""
    data = f" del {giorno(atto['data'])}" if atto.get("data") else ""
    return f"{tipo}{numero}{data}, {atto['ente']}{': ' + atto['oggetto'] if atto.get('oggetto') else ''}"


def canale_in_parole(canale: Json) -> str:
    nome = canale.get("etichetta") or etichetta(TipoCanale, canale["tipo"])
    return f"{nome}: {canale.get('valore') or 'senza indirizzo'}"
