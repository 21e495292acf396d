"""Who looks at what several programmes lack, and what they may do about it: so many queries for all."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from distretti.models import Struttura, Utente
from distretti.permissions import Persona, ruolo_tra
from programmi.models import Programma
from valutazione.chiusura import stati_di
from valutazione.manca.modello import Sguardo
from valutazione.models import Evidenza
from valutazione.permissions import dichiarati_da, ruolo_per
from valutazione.tabella import COMPLETAMENTO, DECISIONE, REGISTRAZIONE, Azione


def sguardi_di(utente: Persona, programmi: Sequence[Programma], oggi: date) -> dict[int, Sguardo]:
    """By primary key of the programme."""
    stati = stati_di(programmi)
    chiavi: dict[int, dict[str, int]] = defaultdict(dict)
    righe = Evidenza.objects.registrate().filter(programma__in=programmi)
    for di, codice, pk in righe.values_list("programma_id", "codice", "pk"):
        chiavi[di][codice] = pk
    indirizzi = Struttura.objects.filter(autorita__in={p.distretto.autorita_id for p in programmi})
    # The first office by code, of those that have one: the dictionary keeps the last written.
    mail = dict(indirizzi.exclude(mail="").order_by("-codice").values_list("autorita_id", "mail"))

    def puo(azione: Azione, programma: Programma) -> bool:
        stato = stati[programma.pk]
        return azione.ammessa_da(programma, stato) and ruolo_per(azione, utente, programma) is not None

    completano = [p for p in programmi if ruolo_tra(utente, p.distretto, COMPLETAMENTO.ruoli)]
    suoi = dichiarati_da(utente, completano) if completano and isinstance(utente, Utente) else set()
    return {
        p.pk: Sguardo(
            oggi=oggi,
            registra=puo(REGISTRAZIONE, p),
            verifica=puo(DECISIONE, p),
            completa=p in completano and p.pk not in suoi and COMPLETAMENTO.ammessa_da(p, stati[p.pk]),
            aperta=REGISTRAZIONE.ammessa_da(p, stati[p.pk]),
            mail_agenzia=mail.get(p.distretto.autorita_id, ""),
            chiavi=chiavi[p.pk],
        )
        for p in programmi
    }
