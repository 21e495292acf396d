"""Le persone della tavola: il gruppo delle prove, e chi ha un ruolo doppio, di un giorno o di ieri."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from distretti.models import Distretto, Incarico, Ruolo, Utente
from distretti.token_lettura import crea_token_applicazione
from tests.conftest import CODICE, Persone

INIZIO = date(2022, 1, 1)


@dataclass(frozen=True)
class Gruppo:
    """Everybody whom the tables name, by the name they have there; each signed in once."""

    utenti: dict[str, Utente]
    clienti: dict[str, Client]


def gruppo(persone: Persone) -> Gruppo:
    distretto = Distretto.objects.select_related("autorita").get(codice=CODICE)
    altro = Distretto.objects.get(codice="df-val-di-non")
    autorita, oggi = distretto.autorita, timezone.localdate()
    ieri, domani = oggi - timedelta(days=1), oggi + timedelta(days=1)
    dirige, scrive = {"ruolo": Ruolo.DIRIGENTE, "autorita": autorita}, {"ruolo": Ruolo.MANAGER}
    doppi: dict[str, list[dict[str, Any]]] = {
        "sostituto": [{"ruolo": Ruolo.SOSTITUTO, "autorita": autorita, "dal": oggi, "al": oggi}],
        "ultimo_giorno": [{**dirige, "al": oggi}],
        "ex_dirigente": [{**dirige, "al": ieri}],
        "dirigente_autore": [dirige, {**scrive, "distretto": distretto}],
        "manager_due": [{**scrive, "distretto": distretto}, {**scrive, "distretto": altro}],
        "manager_nuovo": [{**scrive, "distretto": distretto, "dal": domani}],
    }
    utenti = {nome: utente for nome, utente in vars(persone).items() if nome != "manager_scaduto"}
    utenti["ex_manager"] = persone.manager_scaduto
    for nome, incarichi in doppi.items():
        utenti[nome] = Utente.objects.create_user(username=nome, nome_esteso=nome)
        for incarico in incarichi:
            Incarico.objects.create(utente=utenti[nome], **{"dal": INIZIO, **incarico})
    clienti = {nome: Client() for nome in (*utenti, "anonimo")}
    for nome, utente in utenti.items():
        clienti[nome].force_login(utente)
    legge: dict[str, Any] = {
        "applicazione": "Portale",
        "nome": "Prova",
        "durata": 30,
        "utente": persone.amministratore,
    }
    _, segreto = crea_token_applicazione(autorita=autorita, distretto=None, **legge)
    clienti["lettore"] = Client(headers={"authorization": f"Bearer {segreto}"})
    return Gruppo(utenti, clienti)
