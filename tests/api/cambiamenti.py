"""Seguire gli elenchi: che cosa è cambiato e che cosa è stato ritirato da un istante in poi."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.test import Client

from distretti.models import (
    Atto,
    Distretto,
    Organizzazione,
    Struttura,
)
from programmi.models import (
    AzionePassaggio,
    Indicatore,
    Progettualita,
    Programma,
)
from programmi.procedura import approva, compi, trasmetti
from tests.api.conftest import API, leggi
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import delibera, pdf, trasmesso
from tests.programmi.passi import porta_alla_firma

SITO = f"http://testserver{API}/"
RISORSE = (
    "autorita",
    "distretti",
    "organizzazioni",
    "adesioni",
    "marchi",
    "certificazioni",
    "schemi-classificazione",
    "voci-classificazione",
    "atti",
    "programmi",
    "progettualita",
    "indicatori",
)
PROGRAMMA = f"programmi/{CODICE}/2025"
P1 = f"{PROGRAMMA}/progettualita/1"


def pagine(risorsa: str, da: datetime, client: Client | None = None, limite: int = 3) -> Iterator[Any]:
    pagina = leggi(client or Client(), f"{API}/{risorsa}", modificato_da=da.isoformat(), limit=limite)
    yield pagina
    while pagina["successivo"]:
        pagina = leggi(client or Client(), pagina["successivo"])
        yield pagina


def seguite(da: datetime, client: Client | None = None) -> tuple[set[str], set[str]]:
    """The addresses of what changed and of what was withdrawn, over all the lists."""
    cambiate: set[str] = set()
    ritirate: set[str] = set()
    for risorsa in RISORSE:
        for pagina in pagine(risorsa, da, client):
            for voce in pagina["items"]:
                (ritirate if "ritirato" in voce else cambiate).add(voce["href"].removeprefix(SITO))
    return cambiate, ritirate


def org(codice: str = "cs4") -> Organizzazione:
    return Organizzazione.objects.get(codice=codice)


def distretto(codice: str = CODICE) -> Distretto:
    return Distretto.objects.get(codice=codice)


def del_2025() -> Programma:
    return Programma.objects.get(distretto__codice=CODICE, anno=2025)


def prima_azione() -> Progettualita:
    return Progettualita.objects.get(programma=del_2025(), numero=1)


def rinomina(oggetto: Any, campo: str) -> None:
    setattr(oggetto, campo, "Altro")
    oggetto.save(update_fields=[campo])


def pubblico(anno: int) -> set[str]:
    """Every address that an approved programme makes public."""
    programma = Programma.objects.get(distretto__codice=CODICE, anno=anno)
    qui = f"programmi/{CODICE}/{anno}"
    righe = Indicatore.objects.filter(programma=programma).select_related("progettualita")
    azioni = programma.progettualita.values_list("numero", flat=True)
    return {
        qui,
        *(f"{qui}/progettualita/{numero}" for numero in azioni),
        *(f"{qui}/indicatori/{riga.codice}" for riga in righe),
    }


def approvato_al_secondo_giro(bozza: Programma, persone: Persone) -> Atto:
    """Approve it after a request for integrations; gives the act of the transmission that it closed."""
    programma = trasmesso(bozza, persone.referente)
    chiusa = programma.passaggi.get().atto
    chi: dict[str, Any] = {"programma": programma, "utente": persone.agenzia}
    compi(AzionePassaggio.PRESA_IN_CARICO, **chi, il=date(2026, 1, 24))
    compi(AzionePassaggio.RINVIO, **chi, nota="Manca la premessa", il=date(2026, 1, 25))
    trasmetti(
        programma=programma,
        utente=persone.referente,
        il=date(2026, 1, 30),
        delibera=delibera(numero="34", data=date(2026, 1, 28)),
        protocollo_mittente="101",
        protocollo_ricevente="4799",
    )
    porta_alla_firma(programma, persone)
    struttura = Struttura.objects.filter(autorita=programma.distretto.autorita).earliest("pk")
    dati: dict[str, Any] = {"numero": "77", "data": date(2026, 2, 1), "file": pdf()}
    approva(programma=programma, utente=persone.dirigente, struttura=struttura, **dati)
    assert chiusa is not None
    return chiusa
