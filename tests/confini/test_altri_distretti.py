"""I file di un altro distretto: tutti gli indirizzi di un programma, trovati da soli, e chi non c'entra."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from distretti.models import Autorita, Distretto, Incarico, Ruolo, Utente
from distretti.token_lettura import crea_token
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.risultati.ingressi import definisci, pubblica
from tests.valutazione.chiusura_pronta import accogli_tutto
from tests.valutazione.conftest import Registra
from tests.valutazione.test_allegati import carica, foto
from valutazione.models import Allegato
from valutazione.services import crea_evidenza

pytestmark = pytest.mark.django_db

NOME = "foglio firme riservato.jpg"
STAMPE = ("versione-pdf",)
"""Printed from the frozen promise, which holds no evidence: slow, and its bytes are not to be read here."""
Accedi = Callable[[Utente], Client]


@pytest.fixture
def allegato(registra: Registra, manager: Client, programma: Programma, persone: Persone) -> Allegato:
    """Of a year whose result is published: the most that outsiders may ever read of it."""
    evidenza = registra("incontro", ["obb.2"], argomento="Avvio", persone=["Una persona"])
    carica(manager, evidenza, foto(NOME))
    accogli_tutto(programma, persone)
    definisci(programma, persone)
    pubblica(programma, persone)
    return evidenza.allegati.get()


def tutti(schemi: list[Any]) -> Iterator[URLPattern]:
    for schema in schemi:
        if isinstance(schema, URLResolver):
            yield from tutti(schema.url_patterns)
        else:
            yield schema


def indirizzi_di(allegato: Allegato) -> dict[str, str]:
    """Every address with a name whose parts are found in ``allegato``, its evidence, its programme."""
    evidenza, programma = allegato.evidenza, allegato.evidenza.programma
    parti: dict[str, Any] = {
        "codice": programma.distretto.codice,
        "anno": programma.anno,
        "pk": evidenza.pk,
        "allegato_pk": allegato.pk,
        "imputazione_pk": evidenza.imputazioni.get().pk,
        "riga": "obb.2",
        "azione": "obb.2",
        "numero": 1,
        "ordine": 1,
    }
    trovati = {}
    for schema in tutti(get_resolver().url_patterns):
        chiavi = set(schema.pattern.converters)
        if schema.name in STAMPE:
            continue
        if schema.name and {"codice", "anno"} <= chiavi <= set(parti):
            nome = f"{schema.name} {sorted(chiavi)}"
            trovati[nome] = reverse(schema.name, kwargs={chiave: parti[chiave] for chiave in chiavi})
    return trovati


def detto_da(client: Client, indirizzo: str) -> str:
    risposta: Any = client.get(indirizzo)
    contenuto = b"".join(risposta) if risposta.streaming else risposta.content
    return str(contenuto.decode("latin-1")) + str(risposta.headers)


@pytest.fixture
def altrove(persone: Persone) -> Utente:
    """Verifies, signs and keeps the register for another authority."""
    altra = Autorita.objects.create(codice="altra", denominazione="Un'altra autorità")
    utente = Utente.objects.create_user(username="altrove", password="x", nome_esteso="Altrove")
    for ruolo in (Ruolo.VERIFICATORE, Ruolo.DIRIGENTE, Ruolo.REFERENTE_ATTIVITA, Ruolo.AMMINISTRATORE):
        Incarico.objects.create(utente=utente, ruolo=ruolo, autorita=altra, dal=date(2022, 1, 1))
    return utente


def test_nessun_indirizzo_porta_i_file_a_chi_non_segue_il_programma(
    allegato: Allegato, persone: Persone, altrove: Utente, accedi: Accedi
) -> None:
    indirizzi = indirizzi_di(allegato)
    assert len(indirizzi) > 50
    segreti = [NOME, NOME.replace(" ", "%20"), allegato.sha256, allegato.sha256_originale]
    segreti += [allegato.file.name or "", (allegato.file.name or "").rsplit("/", 1)[-1]]
    fuori = {
        nome: accedi(chi) for nome, chi in (("manager_altro", persone.manager_altro), ("altrove", altrove))
    }
    for nome, client in fuori.items():
        for quale, indirizzo in indirizzi.items():
            detto = detto_da(client, indirizzo)
            assert [segreto for segreto in segreti if segreto in detto] == [], (nome, quale)
        for azione in ("carica", f"togli-{allegato.pk}", f"impersonali-{allegato.pk}"):
            modifica = indirizzi["evidenza-modifica ['anno', 'codice', 'pk']"]
            assert client.post(modifica, {"azione": azione}).status_code in (403, 404)
    # The walk does find them where they may be read.
    dentro = accedi(persone.agenzia)
    per_nome = {quale.split()[0]: indirizzo for quale, indirizzo in indirizzi.items()}
    for quale in ("evidenza", "allegato"):
        assert NOME in detto_da(dentro, per_nome[quale]), quale


def test_un_token_legge_solo_nel_suo_ambito(allegato: Allegato, persone: Persone, altrove: Utente) -> None:
    """Also of who, by another role of theirs, might."""
    programma = allegato.evidenza.programma
    altro = Distretto.objects.get(codice="df-val-di-non")
    persona = persone.manager
    sul_altro = Incarico.objects.create(
        utente=persona, ruolo=Ruolo.MANAGER, distretto=altro, dal=date(2022, 1, 1)
    )
    prestati = [sul_altro, altrove.incarichi.order_by("pk")[0]]
    api = {q: i for q, i in indirizzi_di(allegato).items() if q.startswith("api-")}
    assert len(api) > 8
    for incarico in prestati:
        segreto = crea_token(incarico=incarico, nome="Prova", durata=9, utente=incarico.utente)[1]
        client = Client(headers={"authorization": f"Bearer {segreto}"})
        for quale, indirizzo in api.items():
            detto = detto_da(client, indirizzo)
            assert allegato.sha256 not in detto, quale
            assert NOME not in detto, quale
        for nome in ("api-valutazione", "api-chiusura", "api-repliche", "api-contributo"):
            risposta = client.get(reverse(nome, args=[programma.distretto.codice, programma.anno]))
            assert risposta.status_code in (403, 404), nome
        # The bytes are of the site, not of the API: a token does not open them, not even that of the manager.
        suo = indirizzi_di(allegato)["allegato ['allegato_pk', 'anno', 'codice', 'pk']"]
        assert client.get(suo).status_code == 302


def test_le_chiavi_di_un_altra_evidenza_o_di_un_altro_programma_non_aprono(
    allegato: Allegato, bozza: Programma, persone: Persone, accedi: Accedi
) -> None:
    """Each address with a key of another place answers as if it were not there, to who may read both."""
    altra = crea_evidenza(programma=bozza, tipo=TipoEvidenza.MAIL, utente=persone.manager)
    codice, anno = allegato.evidenza.programma.distretto.codice, allegato.evidenza.programma.anno
    imputazione = allegato.evidenza.imputazioni.get().pk
    dentro = {chi: accedi(getattr(persone, chi)) for chi in ("manager", "agenzia")}
    tentativi: list[tuple[str, list[Any]]] = [
        ("allegato", [codice, bozza.anno, altra.pk, allegato.pk]),
        ("allegato", [codice, bozza.anno, allegato.evidenza_id, allegato.pk]),
        ("allegato", [codice, anno, altra.pk, allegato.pk]),
        ("allegato", ["df-val-di-non", anno, allegato.evidenza_id, allegato.pk]),
        ("evidenza", [codice, bozza.anno, allegato.evidenza_id]),
        ("evidenza", [codice, anno, altra.pk]),
        ("evidenza-modifica", [codice, bozza.anno, allegato.evidenza_id]),
        ("evidenza-ritira", [codice, bozza.anno, allegato.evidenza_id]),
        ("evidenza-avvenuta", [codice, bozza.anno, allegato.evidenza_id]),
        ("storia-evidenza", [codice, bozza.anno, allegato.evidenza_id]),
        ("imputazione-verifica", [codice, bozza.anno, allegato.evidenza_id, imputazione]),
        ("imputazione-verifica", [codice, bozza.anno, altra.pk, imputazione]),
        ("replica", [codice, bozza.anno, imputazione]),
    ]
    del_manager = {"evidenza-modifica", "evidenza-ritira", "evidenza-avvenuta"}
    for nome, chiavi in tentativi:
        client = dentro["manager" if nome in del_manager else "agenzia"]
        assert client.get(reverse(nome, args=chiavi)).status_code == 404, (nome, chiavi)
    modifica = reverse("evidenza-modifica", args=[codice, bozza.anno, altra.pk])
    for azione in (f"togli-{allegato.pk}", f"impersonali-{allegato.pk}"):
        assert dentro["manager"].post(modifica, {"azione": azione}).status_code == 404
    allegato.refresh_from_db()
    assert allegato.dati_personali
