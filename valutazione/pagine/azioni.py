"""The actions of a programme as the pages show them: the tree of the kernel beside the words of the act."""

from dataclasses import dataclass
from fractions import Fraction

from valutazione.kernel import EsitoAzione
from valutazione.letture import Valutazione
from valutazione.pagine.registro import Registri, RigaInPagina, frase_di
from valutazione.scheda import modello
from valutazione.scheda.modello import Riga, Scheda


@dataclass(frozen=True)
class AzioneInPagina:
    """An action of the programme: a compulsory line or a progettualità."""

    codice: str
    titolo: str
    sezione: str
    numero: int | None
    righe: tuple[RigaInPagina, ...]
    peso: Fraction = modello.UNO
    esito: EsitoAzione | None = None


def azioni_in_pagina(valutazione: Valutazione) -> tuple[list[AzioneInPagina], list[AzioneInPagina]]:
    """Compulsory actions and progettualità with their percentages and ledgers."""
    voci = Registri(valutazione)
    scheda, esito = valutazione.scheda, valutazione.esito
    obbligatorie = [
        AzioneInPagina(
            codice=riga.codice,
            titolo=riga.testo,
            sezione=riga.sezione,
            numero=None,
            peso=riga.peso,
            righe=(voci.riga(riga),),
            esito=esito.azione(riga.codice),
        )
        for riga in scheda.obbligatorie
    ]
    return obbligatorie, [_progettualita(p, voci, esito.azione(p.codice)) for p in scheda.progettualita]


def pagina_azione(valutazione: Valutazione, codice: str) -> AzioneInPagina:
    """One action. Raises StopIteration for an unknown code."""
    obbligatorie, progettualita = azioni_in_pagina(valutazione)
    return next(azione for azione in [*obbligatorie, *progettualita] if azione.codice == codice)


def _progettualita(p: modello.Progettualita, voci: Registri, esito: EsitoAzione) -> AzioneInPagina:
    return AzioneInPagina(
        codice=p.codice,
        titolo=p.titolo,
        sezione=_intestazione(p),
        numero=p.numero,
        peso=p.peso,
        righe=tuple(voci.riga(riga) for riga in p.indicatori),
        esito=esito,
    )


def azioni_promesse(scheda: Scheda) -> tuple[list[AzioneInPagina], list[AzioneInPagina]]:
    """The same actions as a stranger reads them: the promise, without any percentage reached.

    ``scheda`` is the public promise (``valutazione.promessa``).
    """
    obbligatorie = [
        AzioneInPagina(r.codice, r.testo, r.sezione, None, (_promessa(r),), r.peso)
        for r in scheda.obbligatorie
    ]
    progettualita = [
        AzioneInPagina(
            codice=p.codice,
            titolo=p.titolo,
            sezione=_intestazione(p),
            numero=p.numero,
            righe=tuple(_promessa(riga) for riga in p.indicatori),
            peso=p.peso,
        )
        for p in scheda.progettualita
    ]
    return obbligatorie, progettualita


def _promessa(riga: Riga) -> RigaInPagina:
    return RigaInPagina(riga, frase_di(riga.regola))


def _intestazione(p: modello.Progettualita) -> str:
    return " - ".join(parte for parte in (p.tipo_azione, p.ambito) if parte)
