"""The public form of a scheda: without what is personal, with every percentage still recomputable."""

from dataclasses import replace

from programmi.regola import RegolaManuale
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.modello import Evidenza, Riga, Scheda, Testo
from valutazione.scheda.scrittura import Json, scheda_json


def forma_pubblica(documento: object) -> Json:
    """The public form of a document, in normal form; of one already public, its normal form.

    Made by writing only what is known to be public, never by removing what is known to be private.
    Raises :class:`~valutazione.scheda.errori.SchedaNonValida`.
    """
    return scheda_json(scheda_pubblica(leggi_scheda(documento)))


def scheda_pubblica(scheda: Scheda) -> Scheda:
    """The same programme without attendees, texts of evidence, files, reasons, notes, telephone numbers."""
    return replace(
        scheda,
        pubblica=True,
        attori=tuple(replace(attore, telefono="") for attore in scheda.attori),
        obbligatorie=tuple(map(_riga_pubblica, scheda.obbligatorie)),
        progettualita=tuple(
            replace(p, indicatori=tuple(map(_riga_pubblica, p.indicatori))) for p in scheda.progettualita
        ),
        evidenze=tuple(map(_evidenza_pubblica, scheda.evidenze)),
        passaggi=tuple(replace(passaggio, nota="") for passaggio in scheda.passaggi),
    )


def _riga_pubblica(riga: Riga) -> Riga:
    if isinstance(riga.regola, RegolaManuale):
        return replace(riga, regola=replace(riga.regola, motivazione=""))
    return riga


def _evidenza_pubblica(evidenza: Evidenza) -> Evidenza:
    return replace(
        evidenza,
        titolo=_c_e(evidenza.titolo),
        argomento=_c_e(evidenza.argomento),
        descrizione=_c_e(evidenza.descrizione),
        luogo=_c_e(evidenza.luogo),
        url=_c_e(evidenza.url),
        persone=_quanti(evidenza.persone),
        allegati=_quanti(evidenza.allegati),
        progetto=None,
        imputazioni=tuple(
            replace(imputazione, motivazione="", motivo="") for imputazione in evidenza.imputazioni
        ),
    )


def _c_e(testo: Testo) -> Testo:
    return True if testo is True or testo.strip() else ""


def _quanti(voci: tuple[object, ...] | int) -> int:
    return voci if isinstance(voci, int) else len(voci)
