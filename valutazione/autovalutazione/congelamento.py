"""Freezing what the manager declared, and reading it only if nobody altered it."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Max
from django.utils import timezone

from distretti.basi.canonico import forma_canonica, sha256_di
from distretti.eventi import annota
from distretti.models import OggettoEvento, Utente
from programmi.errori import ContenutoAlterato
from programmi.models import Programma
from valutazione.autovalutazione.azioni import commenti_di
from valutazione.kernel import valuta_documento
from valutazione.letture import Valutazione
from valutazione.models import Autovalutazione, PassaggioChiusura
from valutazione.risultati.esito_scritto import leggi_esito
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.pubblica import forma_pubblica

FORMATO = "autovalutazione/1"
PREFISSO = "autovalutazione/"
BLOCCO = 50

Documento = dict[str, Any]
_registro = logging.getLogger(__name__)


class AutovalutazioneAlterata(ContenutoAlterato):
    """A frozen autovalutazione is no longer what was frozen: its content is never shown."""

    che_cosa = "Questa autovalutazione è stata alterata"

    def __init__(self, programma: object, numero: int) -> None:
        super().__init__(
            f"L'autovalutazione {numero} del programma «{programma}» non corrisponde più all'impronta con "
            "cui è stata conservata: il suo contenuto non si mostra."
        )


@dataclass(frozen=True)
class AutovalutazioneLetta:
    """A frozen autovalutazione whose hash has just been checked."""

    riga: Autovalutazione
    documento: Documento

    @property
    def commenti(self) -> dict[str, str]:
        return {commento["azione"]: commento["testo"] for commento in self.documento["commenti"]}

    @property
    def valutazione(self) -> Valutazione:
        """What it says the year was worth, as it was written: nothing is computed again."""
        documento = self.documento["scheda"]
        scheda = leggi_scheda(documento)
        return Valutazione(
            self.riga.programma, documento, scheda, leggi_esito(scheda, self.documento["esito"])
        )


def contenuto_di(programma: Programma, passaggio: PassaggioChiusura, numero: int) -> Documento:
    """The comments, the scheda in public form (never who attended) and the percentages it gives."""
    scheda = forma_pubblica(documento_di(programma))
    esito = valuta_documento(scheda)
    commenti = commenti_di(programma)
    codici = [azione["codice"] for azione in esito["azioni"]]
    return {
        "formato": FORMATO,
        "distretto": programma.distretto.codice,
        "anno": programma.anno,
        "numero": numero,
        "trasmessa_il": passaggio.il.isoformat(),
        "commenti": [{"azione": c, "testo": commenti[c]} for c in codici if c in commenti],
        "sha256_scheda": sha256_di(scheda),
        "scheda": scheda,
        "esito": esito,
    }


def congela(programma: Programma, passaggio: PassaggioChiusura, utente: Utente) -> Autovalutazione:
    """Freeze what is declared now, after ``passaggio`` (the transmission), in its transaction."""
    ultimo = Autovalutazione.objects.filter(programma=programma).aggregate(ultimo=Max("numero"))["ultimo"]
    numero = (ultimo or 0) + 1
    testo = forma_canonica(contenuto_di(programma, passaggio, numero))
    autovalutazione = Autovalutazione(
        programma=programma,
        numero=numero,
        contenuto=testo.decode(),
        sha256=sha256(testo).hexdigest(),
        congelata_alle=timezone.now(),
        congelata_da=utente,
        passaggio=passaggio,
    )
    autovalutazione.save()
    annota(
        azione="chiusura.autovalutazione",
        oggetti=[programma, autovalutazione],
        utente=utente,
        ruolo=passaggio.ruolo,
        dopo={"Autovalutazione": f"n. {numero}", "Impronta SHA-256": autovalutazione.sha256},
    )
    return autovalutazione


def leggi(autovalutazione: Autovalutazione) -> AutovalutazioneLetta:
    """The frozen content. Raises ``AutovalutazioneAlterata``, and then nothing of it is shown.

    Its hash must be the one beside it, and the row the one that the chain of events saw freezing.
    """
    testo = autovalutazione.contenuto
    nella_catena = OggettoEvento.objects.filter(riferimento=autovalutazione.riferimento_evento).exists()
    if sha256(testo.encode()).hexdigest() != autovalutazione.sha256 or not nella_catena:
        _registro.critical("L'autovalutazione %s non è quella congelata.", autovalutazione.riferimento_evento)
        raise AutovalutazioneAlterata(autovalutazione.programma, autovalutazione.numero)
    return AutovalutazioneLetta(autovalutazione, json.loads(testo))


def alterazioni_delle_autovalutazioni() -> Iterator[str]:
    """Those whose content is not that of their hash, or whose hash is not that of the events."""
    nella_catena = OggettoEvento.objects.filter(riferimento__startswith=PREFISSO)
    note = {_chiave(r): r for r in nella_catena.values_list("riferimento", flat=True).iterator()}
    righe = Autovalutazione.objects.select_related("programma__distretto", "passaggio").order_by("pk")
    for riga in righe.iterator(chunk_size=BLOCCO):
        quale = f"L'autovalutazione {riga.numero} del programma {riga.programma.riferimento}"
        if sha256(riga.contenuto.encode()).hexdigest() != riga.sha256:
            yield f"{quale} è stata alterata: il contenuto non corrisponde all'impronta."
        noto = note.pop(_chiave(riga.riferimento_evento), None)
        if noto is None:
            yield f"{quale} non è tra quelle che il registro degli eventi ha visto congelare."
        elif noto != riga.riferimento_evento:
            yield f"{quale} è stata alterata: il registro degli eventi ne conserva un'altra impronta."
    for _, codice, edizione, numero in sorted(note):
        yield f"Manca l'autovalutazione {numero} del programma {codice}/{edizione}, che era stata congelata."


def _chiave(riferimento: str) -> tuple[str, str, str, str]:
    """Which one, without its hash: ``autovalutazione``, district, edition, number."""
    genere, codice, edizione, numero, *_ = riferimento.split("/")
    return genere, codice, edizione, numero
