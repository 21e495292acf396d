"""A frozen autovalutazione, printed from its content alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from distretti.basi.italiano import il_giorno
from distretti.basi.pdf import FileIncorporato
from valutazione.autovalutazione.azioni import AzioneDichiarata, azioni_dichiarate
from valutazione.autovalutazione.congelamento import AutovalutazioneLetta
from valutazione.kernel import Esito
from valutazione.letture import Valutazione
from valutazione.stampa.modello import Documento, in_pdf


@dataclass(frozen=True, kw_only=True)
class AutovalutazioneStampata(Documento):
    """What the manager declared; ``impronta`` is the hash of the embedded content."""

    modello = "pdf/autovalutazione.html"

    programma: str
    numero: int
    stato: str
    nota: str
    esito: Esito
    azioni: Sequence[AzioneDichiarata]
    impronta: str
    impronta_scheda: str
    nome_del_file: str


def autovalutazione_pdf(letta: AutovalutazioneLetta) -> bytes:
    """The PDF of one whose hash was just checked. Raises ``MotorePdfAssente``."""
    riga = letta.riga
    chi = f"{riga.congelata_da} ({riga.passaggio.get_ruolo_display()})"
    return in_pdf(
        componi(
            letta.documento,
            riga.contenuto.encode(),
            letta.valutazione,
            letta.commenti,
            il=riga.passaggio.il,
            chi=chi,
            nota=riga.passaggio.nota,
        )
    )


def componi(
    documento: Mapping[str, Any],
    contenuto: bytes,
    valutazione: Valutazione,
    commenti: Mapping[str, str],
    *,
    il: date,
    chi: str,
    nota: str,
) -> AutovalutazioneStampata:
    """The document as plain data; ``contenuto`` are the frozen bytes, which it carries inside."""
    scheda, numero = valutazione.scheda, documento["numero"]
    distretto = scheda.distretto.denominazione
    programma = f"{distretto}, {scheda.dal.year}"
    file = FileIncorporato(
        f"autovalutazione-{numero}.json", contenuto, "L'autovalutazione in forma canonica", il
    )
    return AutovalutazioneStampata(
        titolo=f"Autovalutazione {numero} – {programma}",
        autore=distretto,
        descrizione=f"{programma}: ciò che il manager territoriale ha dichiarato {il_giorno(il)}",
        avviso="DIMOSTRAZIONE – dati inventati" if scheda.dimostrazione else "",
        giorno=il,
        incorporati=(file,),
        programma=programma,
        numero=numero,
        stato=f"Trasmessa all'Agenzia {il_giorno(il)} da {chi}.",
        nota=nota,
        esito=valutazione.esito,
        azioni=azioni_dichiarate(valutazione, commenti),
        impronta=sha256(contenuto).hexdigest(),
        impronta_scheda=documento["sha256_scheda"],
        nome_del_file=file.nome,
    )
