"""The notices that nobody's action gives: a deadline near or past, a role about to end.

Written by ``manage.py avvisi``; each is named by what it is about and by its day, so it is given once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from distretti.basi.italiano import al_giorno
from distretti.models import Distretto, Incarico, Ruolo, StatoDistretto
from programmi.attese import ATTESI, che_aspettano
from programmi.avvisi import avvisa, nome_di
from programmi.models import AzionePassaggio, GenereAvviso, Programma, Scadenza, StatoProgramma
from programmi.scadenze import Termine, termini_di

FINE_INCARICO = timedelta(days=30)
"""How long before its last day who holds a role is told."""


class Persone:
    """Who holds which role where on a day, read once for all the programmes."""

    def __init__(self, giorno: date) -> None:
        self._di: dict[tuple[str, int, str], set[int]] = defaultdict(set)
        incarichi = Incarico.objects.alla_data(giorno).filter(
            utente__is_active=True, utente__applicazione=False
        )
        for utente, ruolo, distretto, autorita in incarichi.values_list(
            "utente", "ruolo", "distretto", "autorita"
        ):
            dove = ("distretto", distretto) if distretto is not None else ("autorita", autorita)
            self._di[*dove, ruolo].add(utente)

    def con(self, distretto: Distretto, ruoli: Collection[Ruolo]) -> set[int]:
        """Primary keys of who holds one of ``ruoli`` over ``distretto`` or over its authority."""
        dove = (("distretto", distretto.pk), ("autorita", distretto.autorita_id))
        return {pk for posto in dove for ruolo in ruoli for pk in self._di.get((*posto, ruolo), ())}


def scrivi_promemoria(oggi: date) -> None:
    """Write the reminders of ``oggi``; those given already stay as they are."""
    persone = Persone(oggi)
    _dei_programmi(oggi, persone)
    _dei_programmi_mai_cominciati(oggi, persone)
    _degli_incarichi(oggi)


def _con_promemoria(oggi: date) -> QuerySet[Scadenza]:
    righe = Scadenza.objects.in_vigore(oggi).filter(Q(preavviso__isnull=False) | Q(sollecito__isnull=False))
    return righe.order_by("pk")


def _dei_programmi(oggi: date, persone: Persone) -> None:
    scadenze: dict[tuple[int, int], list[Scadenza]] = defaultdict(list)
    for scadenza in _con_promemoria(oggi):
        scadenze[scadenza.autorita_id, scadenza.anno].append(scadenza)
    for (autorita, anno), di_un_anno in scadenze.items():
        programmi = Programma.objects.filter(distretto__autorita=autorita, anno=anno)
        programmi = programmi.filter(che_aspettano(oggi))
        for programma in programmi.per_elenco().order_by("pk").iterator(chunk_size=500):
            for termine in termini_di(programma, di_un_anno, oggi):
                _ricorda(
                    termine,
                    a=persone.con(programma.distretto, ATTESI[StatoProgramma(programma.stato)]),
                    chi=nome_di(programma),
                    cosa=f"programma/{programma.pk}",
                    programma=programma,
                )


def _dei_programmi_mai_cominciati(oggi: date, persone: Persone) -> None:
    """A district that has not even a draft is late too."""
    for scadenza in _con_promemoria(oggi).filter(azione=AzionePassaggio.TRASMISSIONE):
        dell_anno = Programma.objects.annuali().filter(distretto=OuterRef("pk"), anno=scadenza.anno)
        senza = Distretto.objects.filter(
            ~Exists(dell_anno), autorita=scadenza.autorita_id, stato=StatoDistretto.ATTIVO
        )
        assert scadenza.giorno is not None
        termine = Termine(scadenza, scadenza.giorno, (scadenza.giorno - oggi).days)
        for distretto in senza.order_by("pk"):
            _ricorda(
                termine,
                a=persone.con(distretto, ATTESI[StatoProgramma.BOZZA]),
                chi=f"{distretto.denominazione}, programma {scadenza.anno} non ancora cominciato",
                cosa=f"distretto/{distretto.pk}",
                percorso=reverse("programma-nuovo", args=[distretto.codice]),
            )


def _ricorda(
    termine: Termine,
    *,
    a: Iterable[int],
    chi: str,
    cosa: str,
    programma: Programma | None = None,
    percorso: str = "",
) -> None:
    """One reminder before the last day and one after it; a deadline moved to another day begins again."""
    passo = termine.passo_del_promemoria
    if passo:
        avvisa(
            genere=GenereAvviso.SCADENZA,
            programma=programma,
            a=a,
            testo=f"{chi}: {termine.in_un_testo}.",
            chiave=f"scadenza/{termine.scadenza.pk}/{cosa}/{termine.giorno.isoformat()}/{passo}",
            percorso=percorso,
        )


def _degli_incarichi(oggi: date) -> None:
    """To who holds a role that ends soon, unless another of the same kind follows it."""
    dopo = Incarico.objects.filter(
        Q(al__isnull=True) | Q(al__gt=OuterRef("al")),
        utente=OuterRef("utente"),
        ruolo=OuterRef("ruolo"),
        dal__lte=OuterRef("al") + timedelta(days=1),
    ).filter(Q(distretto=OuterRef("distretto")) | Q(autorita=OuterRef("autorita")))
    finiscono = Incarico.objects.alla_data(oggi).filter(
        ~Exists(dopo), al__lte=oggi + FINE_INCARICO, utente__is_active=True, utente__applicazione=False
    )
    for incarico in finiscono.select_related("distretto", "autorita").order_by("pk"):
        assert incarico.al is not None
        avvisa(
            genere=GenereAvviso.INCARICO,
            programma=None,
            a=[incarico.utente_id],
            testo=f"Il tuo incarico finisce, ultimo giorno compreso, {al_giorno(incarico.al)}: {incarico}.",
            chiave=f"incarico/{incarico.pk}/{incarico.al.isoformat()}",
            percorso=reverse("scrivania"),
        )
