"""Which fields each type of evidence asks for: choose the type, get only its fields."""

from programmi.regola import CampoEvidenza, Regola, TipoEvidenza

_INCONTRO = ("argomento", "luogo", "presenze", "organizzazioni", "persone", "descrizione")
_COMUNICAZIONE = ("argomento", "url", "descrizione")
_CARTA = ("descrizione", "url")

CAMPI_PER_TIPO: dict[TipoEvidenza, tuple[str, ...]] = {
    TipoEvidenza.INCONTRO: _INCONTRO,
    TipoEvidenza.FORMAZIONE: ("data_fine", "argomento", "luogo", "presenze", "descrizione"),
    TipoEvidenza.EVENTO: ("data_fine", *_INCONTRO, "url"),
    TipoEvidenza.COMUNICATO_STAMPA: _COMUNICAZIONE,
    TipoEvidenza.POST: _COMUNICAZIONE,
    TipoEvidenza.MAIL: _COMUNICAZIONE,
    TipoEvidenza.NEWSLETTER: _COMUNICAZIONE,
    TipoEvidenza.RELAZIONE: _CARTA,
    TipoEvidenza.ELENCO_ADERENTI: _CARTA,
    TipoEvidenza.PIANO_EDITORIALE: _CARTA,
    TipoEvidenza.MATERIALE: _CARTA,
    TipoEvidenza.DOCUMENTO: _CARTA,
    TipoEvidenza.CONVENZIONE: ("organizzazioni", *_CARTA),
    TipoEvidenza.PROGETTO_FUORI_PROGRAMMA: ("data_fine", "presenze", "organizzazioni", "persone", "progetto"),
    TipoEvidenza.ALTRO: ("data_fine", *_INCONTRO, "url"),
}


def campi_di(tipo: TipoEvidenza, regole: list[Regola]) -> set[str]:
    """The fields of ``tipo``, and those that a rule admitting it requires."""
    campi = set(CAMPI_PER_TIPO[tipo])
    for regola in regole:
        if tipo in regola.evidenze:
            campi.update(campo.value for scelte in regola.campi for campo in scelte)
            if regola.presenze:
                campi.add("presenze")
    return campi - {CampoEvidenza.ALLEGATI.value}
