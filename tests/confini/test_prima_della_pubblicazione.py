"""Finché un risultato non è pubblicato, chi non segue il programma legge le stesse cose, byte per byte."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from distretti.models import Utente
from programmi.models import Programma
from tests.confini.test_altri_distretti import tutti
from tests.conftest import CODICE, Persone
from tests.risultati.ingressi import correggi, pubblica
from tests.valutazione.chiusura_pronta import GIORNI, commenta
from tests.valutazione.conftest import Registra
from tests.valutazione.test_allegati import carica, foto
from valutazione.chiusura import compi
from valutazione.decisioni import Decisione
from valutazione.models import AzioneChiusura, Imputazione, ParametriChiusura, StatoImputazione
from valutazione.services.completamento import Detto, salva_completamento
from valutazione.services.repliche import replica, rispondi
from valutazione.services.verifica import verifica_imputazione

pytestmark = pytest.mark.django_db

_A = AzioneChiusura
SEGRETO = "segretissimo"
"""Written wherever a person writes what the public never reads."""
ACCOLTA, RESPINTA = Decisione(StatoImputazione.ACCOLTA), Decisione(StatoImputazione.RESPINTA, nota=SEGRETO)
APERTO = "Un titolo aperto"
PROGETTO: dict[str, Any] = dict.fromkeys(
    ("tipo_azione", "ambito", "obiettivo_generale", "obiettivo_specifico", "titolo", "azioni", "tempi"),
    SEGRETO,
) | {"numero": 1, "referenti": [], "altre_organizzazioni": SEGRETO, "indicatori_testo": [SEGRETO]}
PROGETTO |= {"classificazioni": [], "indicatori": []}
STAMPE = ("versione-pdf", "confronto-pdf")
"""Printed from the frozen promise: slow, and with the hour of the print."""
PARTI: dict[str, list[Any]] = {
    "codice": [CODICE],
    "anno": [2025],
    "numero": [1, 2],
    "riga": ["obb.9", "1.3"],
    "azione": ["P1", "pubblicazione_risultato"],
}
ELENCHI = ("programmi", "indicatori", "progettualita", "risultati", "atti", "organizzazioni")
PAROLE = ("aperto", "autovalutazione", "risultato")
PROPRI = re.compile(
    rb'csrfmiddlewaretoken" value="\w+|nonce="[^"]+|X-CSRFToken[^}]+|"prossimo_modificato_da":"[^"]+'
)
"""What is another at every request."""


def indirizzi() -> Iterator[str]:
    """Whatever there is below a programme and a district, the lists that everyone reads, the search."""
    for schema in tutti(get_resolver().url_patterns):
        chiavi = list(schema.pattern.converters)
        if schema.name and schema.name not in STAMPE and "codice" in chiavi and set(chiavi) <= set(PARTI):
            for valori in product(*(PARTI[chiave] for chiave in chiavi)):
                yield reverse(schema.name, kwargs=dict(zip(chiavi, valori, strict=True)))
    yield from (reverse(nome) for nome in ("inizio", "programmi", "distretti", "verificatore"))
    yield from (f"/api/v1/programmi/{CODICE}/2025/{nome}?numero=2" for nome in ("risultato", "pacchetto"))
    adesso = timezone.now().isoformat().replace("+", "%2B")
    for elenco in ELENCHI:
        yield from (f"/api/v1/{elenco}?{domanda}" for domanda in ("limit=100", "formato=csv"))
        if elenco != "risultati":
            yield f"/api/v1/{elenco}?modificato_da={adesso}"
    yield from (f"{reverse('cerca')}?q={parola}" for parola in PAROLE)


def letto(client: Client, indirizzo: str) -> tuple[object, ...]:
    """The answer: its state, its content, what its headers say of it."""
    risposta: Any = client.get(indirizzo)
    corpo = b"".join(risposta) if risposta.streaming else risposta.content
    proprio = PROPRI.sub(b"", corpo)
    nomi = ["Content-Type", "Cache-Control", "Location", *(["ETag"] if proprio == corpo else [])]
    return risposta.status_code, proprio, [risposta.headers.get(nome) for nome in nomi]


def test_fino_alla_pubblicazione_non_cambia_un_byte(
    programma: Programma,
    persone: Persone,
    registra: Registra,
    manager: Client,
    accedi: Callable[[Utente], Client],
) -> None:
    """Recorded, completed, transmitted, verified, replied to, defined, corrected: nothing that others see
    moves, not even an instant of change; and, once it is published, not while its correction is prepared."""
    fuori = {"chiunque": Client(), "altrove": accedi(persone.manager_altro)}
    suoi = list(dict.fromkeys(indirizzi()))

    def fotografia() -> dict[tuple[str, str], Any]:
        cache.clear()  # how many requests one may make is another matter
        return {(chi, dove): letto(client, dove) for chi, client in fuori.items() for dove in suoi}

    prima = fotografia()
    assert len([visto for visto in prima.values() if visto[0] == 200]) > 60
    fino_alla_definizione(programma, persone, registra, manager)
    correggi(programma, persone)
    adesso = fotografia()
    assert [chiave for chiave, visto in prima.items() if adesso[chiave] != visto] == []
    pubblica(programma, persone)
    pubblicato = fotografia()
    assert [chiave for chiave, visto in pubblicato.items() if SEGRETO.encode() in visto[1]] == []
    assert APERTO.encode() in pubblicato["chiunque", reverse("risultato", args=[CODICE, 2025])][1]
    cambiati = {dove for (_, dove), visto in prima.items() if pubblicato["chiunque", dove] != visto}
    assert {"/api/v1/risultati?limit=100", reverse("risultato", args=[CODICE, 2025])} <= cambiati
    correggi(programma, persone, motivo="Un'altra ancora.")
    adesso = fotografia()
    assert [chiave for chiave, visto in pubblicato.items() if adesso[chiave] != visto] == []


def fino_alla_definizione(
    programma: Programma, persone: Persone, registra: Registra, manager: Client
) -> None:
    """By the services, with a rejection, a reply that changes it, hours said by the authority, a file."""
    campi: dict[str, Any] = dict.fromkeys(("titolo", "argomento", "descrizione", "luogo"), SEGRETO)
    campi |= {"persone": [SEGRETO], "url": f"https://esempio.it/{SEGRETO}", "titolo_pubblico": APERTO}
    mail = registra("mail", ["1.3"], **campi)
    registra("relazione", ["1.2"], organizzazioni=["cs4"], **campi)
    registra("formazione", ["obb.9"], misure={"obb.9": {"ore": "8"}}, **campi)
    registra("progetto_fuori_programma", ["obb.4"], progetto=PROGETTO, **campi)
    carica(manager, mail, foto(f"{SEGRETO}.jpg"))
    commenta(programma, persone.manager, testo=SEGRETO)
    ore = programma.indicatori.obbligatori().select_related("programma").get(ordine=9)
    salva_completamento(riga=ore, detto=Detto(ore_previste="16"), utente=persone.agenzia)
    compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.manager, nota=SEGRETO)
    ParametriChiusura.objects.create(
        autorita=programma.distretto.autorita, anno=programma.anno, giorni_replica=GIORNI, fonte=SEGRETO
    )
    for imputazione in Imputazione.objects.filter(evidenza__programma=programma):
        decisione = RESPINTA if imputazione.evidenza_id == mail.pk else ACCOLTA
        verifica_imputazione(imputazione=imputazione, decisione=decisione, utente=persone.verificatore)
    compi(_A.CONCLUSIONE_VERIFICA, programma=programma, utente=persone.verificatore, nota=SEGRETO)
    respinta = mail.imputazioni.select_related("evidenza__programma").get()
    scritta = replica(imputazione=respinta, utente=persone.manager, testo=SEGRETO)
    rispondi(replica=scritta, utente=persone.verificatore, risposta=SEGRETO, decisione=ACCOLTA)
    compi(_A.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia, nota=SEGRETO)
