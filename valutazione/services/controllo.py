"""The one check of what is about to be recorded: the reader of files, and the days of a form."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst

from distretti.basi.italiano import al_giorno, dal_giorno, il_giorno
from valutazione.letture import con_evidenze
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.lettura import leggi_scheda

Documento = dict[str, Any]


def errori_delle_voci(
    documento: Documento, voci: Sequence[Documento], gia_scritte: Mapping[str, date | None] | None = None
) -> dict[str, dict[str, str]]:
    """What is wrong of ``voci`` in ``documento``, read all together: by code, then by path of the evidence.

    A form also refuses a day outside the esercizio, unless it stands there already (``gia_scritte``, by
    code: imported).
    """
    documento = con_evidenze(documento, voci)
    giorni = gia_scritte or {}
    errori = {voce["codice"]: _della_data(documento, voce, giorni.get(voce["codice"])) for voce in voci}
    posti = {n: voce["codice"] for n, voce in enumerate(documento["evidenze"]) if voce["codice"] in errori}
    try:
        leggi_scheda(documento)
    except SchedaNonValida as errore:
        for trovato in errore.errori:
            testa, _, campo = trovato.percorso.partition("].")
            if campo and testa.startswith("$.evidenze["):
                codice = posti.get(int(testa.removeprefix("$.evidenze[")))
                if codice is not None:
                    errori[codice].setdefault(campo, trovato.messaggio)
    return {codice: campi for codice, campi in errori.items() if campi}


def _della_data(documento: Documento, voce: Documento, gia_scritta: date | None) -> dict[str, str]:
    data = parse_date(voce["data"])
    if data is None:
        return {}
    if data > timezone.localdate() and not voce.get("pianificata"):
        quando = capfirst(il_giorno(data))
        testo = "deve ancora venire: correggi la data, oppure indica che l'evidenza è pianificata."
        return {"data": f"{quando} {testo}"}
    if data != gia_scritta and not documento["dal"] <= voce["data"] <= documento["al"]:
        dal, al = date.fromisoformat(documento["dal"]), date.fromisoformat(documento["al"])
        periodo = f"{dal_giorno(dal)} {al_giorno(al)}"
        return {"data": f"La data è fuori dall'esercizio, che va {periodo}: non conterebbe."}
    return {}
