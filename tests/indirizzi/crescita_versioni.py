"""Cinquanta versioni conservate, e cinquanta eventi di tutto ciò che ha una storia."""

from typing import Any

from distretti.eventi import annota
from distretti.models import Annotabile
from programmi.models import AzionePassaggio, Passaggio, Programma, StatoProgramma, Versione
from tests.indirizzi.mondo import Mondo

QUANTE = 50


def versioni(mondo: Mondo) -> None:
    """Of the approved programme, as if varied fifty times; of the transmitted one, as if sent fifty times."""
    _copie(
        mondo.approvato,
        azione=AzionePassaggio.VARIAZIONE,
        da_stato=mondo.approvato.stato,
        a_stato=mondo.approvato.stato,
        atto=mondo.atto_pubblico,
    )
    _copie(
        mondo.trasmesso,
        azione=AzionePassaggio.TRASMISSIONE,
        da_stato=StatoProgramma.INTEGRAZIONI_RICHIESTE,
        a_stato=StatoProgramma.TRASMESSO,
    )


def _copie(programma: Programma, **passo: Any) -> None:
    prima = programma.versioni.order_by("numero")[0]
    ultimo = programma.passaggi.order_by("-ordine")[0]
    passaggi = Passaggio.objects.bulk_create(
        Passaggio(programma=programma, ordine=ultimo.ordine + n, il=ultimo.il, **passo)
        for n in range(1, QUANTE + 1)
    )
    nuove = Versione.objects.bulk_create(
        Versione(
            programma=programma,
            numero=100 + n,
            genere=prima.genere,
            passaggio=passaggio,
            contenuto=prima.contenuto,
            sha256=prima.sha256,
            congelata_alle=prima.congelata_alle,
        )
        for n, passaggio in enumerate(passaggi)
    )
    # Those of the scene too: their steps have another place now, and the chain knows them by it.
    for versione in [*programma.versioni.exclude(pk__in=[nuova.pk for nuova in nuove]), *nuove]:
        annota(azione="programma.versione", oggetti=[programma, versione])


def eventi(mondo: Mondo) -> None:
    """Each speaks of everything that has a history."""
    oggetti: list[Annotabile] = [
        mondo.approvato,
        mondo.trasmesso,
        mondo.evidenza,
        mondo.abbozzo,
        mondo.organizzazione,
    ]
    for n in range(QUANTE):
        annota(
            azione="evidenza.modifica",
            oggetti=oggetti,
            utente=mondo.persone.manager,
            prima={"Titolo": f"Mail {n}"},
            dopo={"Titolo": f"Mail {n + 1}"},
        )
