"""Cinquanta in più di ciò che aspetta, di ciò che scade e di ciò che si dice alle persone."""

from datetime import date

from django.utils import timezone

from distretti.models import Autorita, Distretto
from programmi.models import Avviso, GenereAvviso, Programma, Scadenza, StatoProgramma
from tests.indirizzi.mondo import Mondo
from valutazione.models import Evidenza, StatoEvidenza

_S = StatoProgramma


def attese(mondo: Mondo, distretti: list[Distretto], autorita: Autorita) -> None:
    """Programmes that wait since less than those of the scene, planned evidence whose day is past."""
    stati = ((_S.TRASMESSO, 2026), (_S.ALLA_FIRMA, 2027), (_S.BOZZA, 2028))
    Programma.objects.bulk_create(
        Programma(
            distretto=distretto,
            anno=anno,
            dal=date(anno, 1, 1),
            al=date(anno, 12, 31),
            stato=stato,
            stato_dal=timezone.localdate(),
            trasmesso_il=None if stato == _S.BOZZA else timezone.localdate(),
        )
        for distretto in distretti
        for stato, anno in stati
    )
    Evidenza.objects.bulk_create(
        Evidenza(
            programma=programma,
            codice="e1",
            tipo="mail",
            data=date(2025, 5, 5),
            titolo="Mail pianificata",
            pianificata=True,
            registrata_da=mondo.persone.manager,
            stato=StatoEvidenza.REGISTRATA,
        )
        for programma in Programma.objects.filter(distretto__in=distretti, anno=2025)
    )
    Scadenza.objects.bulk_create(
        Scadenza(autorita=autorita, anno=2040 + n, stato=_S.IN_ESAME, giorni=n + 1, fonte=f"Atto {n}")
        for n in range(50)
    )


def avvisi(mondo: Mondo) -> None:
    """Of each kind, some read and some not, to each of who reads the pages of the scene."""
    generi = list(GenereAvviso)
    adesso = timezone.now()
    Avviso.objects.bulk_create(
        Avviso(
            utente=utente,
            genere=generi[n % len(generi)],
            programma=mondo.bozza,
            testo=f"Avviso {n}",
            percorso="/scrivania/",
            chiave=f"prova/{n}",
            creato_alle=adesso,
            letto_alle=adesso if n % 2 else None,
        )
        for utente in (mondo.persone.manager, mondo.persone.agenzia, mondo.persone.amministratore)
        for n in range(100)
    )
