"""What an osservazione may be about: the whole programme, one of its parts, or a field of an action.

An *oggetto* is written as a short code: ``""`` (the whole programme), ``premessa``, ``P4`` or ``P4.titolo``
(a progettualità), ``4.2`` or ``4.2.regola`` (a line), ``obb.3`` (a compulsory line). Plain Python.
"""

import re
from dataclasses import dataclass

PARTI = {
    "dati": "dati del programma",
    "premessa": "premessa",
    "attori": "attori del distretto",
    "canali": "canali",
    "aderenti": "organizzazioni aderenti",
    "obbligatorie": "azioni obbligatorie",
}
"""Parts of the programme that are not an action, each with a page where it is written."""

CAMPI_PROGETTUALITA = {
    "titolo": "titolo",
    "tipo_azione": "tipo di azione",
    "ambito": "ambito",
    "obiettivo_generale": "obiettivo generale",
    "obiettivo_specifico": "obiettivo specifico",
    "azioni": "azioni",
    "referenti": "organizzazioni referenti",
    "altre_organizzazioni": "altre organizzazioni coinvolte",
    "tempi": "tempi",
    "indicatori_testo": "indicatori di valutazione",
    "classificazioni": "classificazione",
}
CAMPI_RIGA = {
    "testo": "indicatore",
    "testo_regola": "percentuale scritta nell'atto",
    "testo_evidenze": "evidenze richieste",
    "sezione": "sezione",
    "regola": "regola",
}
CAMPI = tuple(dict.fromkeys([*PARTI, *CAMPI_PROGETTUALITA, *CAMPI_RIGA]))
"""Every name that may stand after the dot, or alone."""

_PROGETTUALITA = re.compile(r"P([1-9]\d{0,4})(?:\.([a-z_]+))?")
_RIGA = re.compile(r"(?:obb|([1-9]\d{0,4}))\.([1-9]\d{0,4})(?:\.([a-z_]+))?")


@dataclass(frozen=True, slots=True)
class Oggetto:
    """``progettualita`` is its number; ``riga`` its place in the progettualità, or among the compulsory."""

    campo: str = ""
    progettualita: int | None = None
    riga: int | None = None

    @property
    def codice(self) -> str:
        """As it is written: ``premessa``, ``P4.titolo``, ``4.2.regola``, ``obb.3``."""
        return ".".join(parte for parte in (self.azione, self.campo) if parte)

    @property
    def azione(self) -> str:
        """The code of the progettualità or of the line alone; "" for a part of the programme."""
        if self.riga is not None:
            return f"{'obb' if self.progettualita is None else self.progettualita}.{self.riga}"
        return "" if self.progettualita is None else f"P{self.progettualita}"

    @property
    def etichetta(self) -> str:
        """As a person reads it: "Progettualità 4, riga 4.2: regola"."""
        if not self.azione:
            nome = PARTI.get(self.campo, "programma nel suo insieme")
            return nome[0].upper() + nome[1:]
        if self.riga is None:
            dove, campi = f"Progettualità {self.progettualita}", CAMPI_PROGETTUALITA
        elif self.progettualita is None:
            dove, campi = f"Riga obbligatoria {self.azione}", CAMPI_RIGA
        else:
            dove, campi = f"Progettualità {self.progettualita}, riga {self.azione}", CAMPI_RIGA
        return f"{dove}: {campi[self.campo]}" if self.campo else dove


def leggi_oggetto(codice: str) -> Oggetto:
    """The oggetto written as ``codice``. Raises ValueError for what names nothing."""
    if codice == "" or codice in PARTI:
        return Oggetto(campo=codice)
    if trovata := _PROGETTUALITA.fullmatch(codice):
        oggetto, campi = Oggetto(trovata[2] or "", progettualita=int(trovata[1])), CAMPI_PROGETTUALITA
    elif trovata := _RIGA.fullmatch(codice):
        numero = int(trovata[1]) if trovata[1] else None
        oggetto, campi = Oggetto(trovata[3] or "", numero, int(trovata[2])), CAMPI_RIGA
    else:
        raise ValueError(f"«{codice}» non è una parte del programma.")
    if oggetto.campo and oggetto.campo not in campi:
        raise ValueError(f"«{codice}» non è una parte del programma.")
    return oggetto
