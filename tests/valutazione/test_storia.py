"""La storia: chi ha cambiato che cosa, quando, in quale ruolo; e gli accessi degli amministratori."""

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from distretti.eventi import annota
from distretti.models import Distretto, Evento, Marchio, Organizzazione, Utente
from distretti.parole_eventi import GENERI
from distretti.registro_eventi import cancella_dati
from distretti.services import cancella_adesione, registra_adesione
from distretti.services.marchi import DatiCertificazione, registra_certificazione
from programmi.models import Programma
from programmi.services import salva_premessa
from tests.conftest import CODICE, Persone
from tests.valutazione.conftest import Registra
from valutazione.decisioni import Decisione
from valutazione.models import StatoImputazione
from valutazione.services import ritira_evidenza, verifica_imputazione


def leggi_pagina(client: Client, nome: str, *argomenti: object, **query: str) -> str:
    risposta = client.get(reverse(nome, args=argomenti), query)
    assert risposta.status_code == 200
    return risposta.content.decode()


def test_dalla_registrazione_al_ritiro(
    registra: Registra, persone: Persone, programma: Programma, accedi: Callable[[Utente], Client]
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], titolo="Il primo comunicato")
    verifica_imputazione(
        imputazione=evidenza.imputazioni.get(),
        decisione=Decisione(StatoImputazione.RESPINTA, nota="Non è del distretto"),
        utente=persone.agenzia,
    )
    ritira_evidenza(evidenza=evidenza, motivo="Era un doppione", utente=persone.manager)
    azioni = [e.azione for e in Evento.objects.che_riguardano(evidenza.riferimento_evento).order_by("numero")]
    assert azioni == ["evidenza.registrazione", "evidenza.verifica", "evidenza.ritiro"]
    for pagina in (
        leggi_pagina(accedi(persone.auditor), "storia-evidenza", CODICE, 2025, evidenza.pk),
        leggi_pagina(accedi(persone.auditor), "storia-programma", CODICE, 2025, genere="evidenza"),
    ):
        assert "Evidenza: verifica" in pagina
        assert "Referente per l&#x27;attività" in pagina
        assert "Non è del distretto" in pagina
        assert "Era un doppione" in pagina
        assert "Il primo comunicato" in pagina


def test_il_percorso_vero_del_2025_e_nella_storia_come_e_avvenuto(
    programma: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    pagina = leggi_pagina(accedi(persone.manager), "storia-programma", CODICE, 2025)
    trasmesso = pagina.index("Trasmissione all&#x27;Agenzia, 23 aprile 2025")
    approvato = pagina.index("Approvazione, 19 giugno 2025")
    assert trasmesso < approvato
    assert "n. 99 del 22 aprile 2025" in pagina[trasmesso:approvato]
    assert "protocollo dell&#x27;Agenzia 324973" in pagina[trasmesso:approvato]
    assert "n. 6607 del 19 giugno 2025" in pagina[approvato:]


def test_di_un_evidenza_si_leggono_giorni_e_organizzazioni_non_codici(
    registra: Registra, persone: Persone, programma: Programma, accedi: Callable[[Utente], Client]
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], data="2025-05-05", organizzazioni=["asif-chimelli"])
    pagina = leggi_pagina(accedi(persone.auditor), "storia-evidenza", CODICE, 2025, evidenza.pk)
    assert "5 maggio 2025" in pagina
    assert Organizzazione.objects.get(codice="asif-chimelli").denominazione in html.unescape(pagina)
    assert "asif-chimelli" not in pagina


def test_di_una_parte_scritta_si_legge_prima_e_dopo(
    bozza: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    salva_premessa(programma=bozza, premessa="Com'era prima")
    salva_premessa(programma=bozza, premessa="Com'è adesso")
    prima = Evento.objects.count()
    salva_premessa(programma=bozza, premessa="Com'è adesso")
    assert Evento.objects.count() == prima  # nothing changed, nothing is noted
    pagina = leggi_pagina(accedi(persone.manager), "storia-programma", CODICE, 2026)
    assert "Com&#x27;era prima" in pagina
    assert "Com&#x27;è adesso" in pagina
    assert pagina.index("premessa modificata") < pagina.index("nuova bozza")  # the newest first


def test_i_dati_cancellati_non_si_leggono_piu(
    programma: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    evento = annota(
        azione="programma.prova", oggetti=[programma], utente=persone.manager, motivo="Da cancellare"
    )
    cancella_dati(evento=evento, motivo="Richiesta dell'interessato")
    pagina = leggi_pagina(accedi(persone.auditor), "storia-programma", CODICE, 2025)
    assert "Dati cancellati" in pagina
    assert "Da cancellare" not in pagina


def test_di_un_organizzazione_la_legge_chi_la_segue(
    persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    organizzazione = Organizzazione.objects.get(codice="cs4")
    annota(azione="organizzazione.modifica", oggetti=[organizzazione], motivo="Nuovo nome")
    indirizzo = reverse("storia-organizzazione", args=["cs4"])
    for persona in (persone.agenzia, persone.manager, persone.auditor):
        assert "Nuovo nome" in accedi(persona).get(indirizzo).content.decode()
    for persona in (persone.manager_altro, persone.estraneo):
        assert accedi(persona).get(indirizzo).status_code == 403
    assert Client().get(indirizzo).status_code == 302


def test_perche_ha_lasciato_un_altro_distretto_lo_legge_chi_segue_quello(
    persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    cs4, altro = Organizzazione.objects.get(codice="cs4"), persone.manager_altro.incarichi.get().distretto
    assert altro is not None
    adesione = registra_adesione(distretto=altro, organizzazione=cs4, dal=date(2024, 1, 1))
    cancella_adesione(adesione=adesione, al=date(2024, 6, 30), motivo="Un dissidio con l'ente capofila")
    for persona, legge in ((persone.manager_altro, True), (persone.agenzia, True), (persone.manager, False)):
        pagina = leggi_pagina(accedi(persona), "storia-organizzazione", "cs4")
        assert ("Un dissidio" in pagina) is legge, persona
        assert ("Adesione: registrazione" in pagina) is legge, persona


def test_i_marchi_si_filtrano_dalla_storia_di_chi_li_ha(
    persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    senza = Organizzazione.objects.create(codice="senza-marchi", denominazione="Senza marchi")
    marchio = Marchio.objects.earliest("pk")
    registra_certificazione(organizzazione=senza, marchio=marchio, dati=DatiCertificazione(numero="N. 7"))
    pagina = leggi_pagina(
        accedi(persone.agenzia), "storia-organizzazione", senza.codice, genere="certificazione"
    )
    assert "Marchio: rilascio" in pagina
    assert "N. 7" in pagina


def test_ogni_genere_di_evento_ha_un_nome() -> None:
    scritte = re.compile(r"""(?:azione=|_annota\(\s*|_racconta\(|_scrivi\([^"]*)f?"([a-z]+)\.""")
    trovati = {
        genere
        for piano in ("distretti", "programmi", "valutazione")
        for modulo in (Path(settings.BASE_DIR) / piano).rglob("*.py")
        for genere in scritte.findall(modulo.read_text(encoding="utf-8"))
    }
    assert {"programma", "certificazione", "evidenza", "riga"} <= trovati
    assert trovati <= set(GENERI)


def test_un_genere_che_non_c_e_si_dice(
    programma: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    indirizzo = reverse("storia-programma", args=[CODICE, 2025])
    assert accedi(persone.manager).get(indirizzo, {"genere": "altro"}).status_code == 422


@pytest.mark.parametrize("modo", ["buona", "sbagliata"])
def test_gli_accessi_degli_amministratori_sono_eventi(persone: Persone, modo: str) -> None:
    prima = Evento.objects.count()
    client = Client()
    for nome in ("amministratore", "manager"):
        password = "parola-di-prova" if modo == "buona" else "un'altra"
        client.post(reverse("accesso"), {"username": nome, "password": password})
        client.post(reverse("uscita"))
    nuovi = list(Evento.objects.order_by("numero")[prima:])
    attese = ["accesso.entrata", "accesso.uscita"] if modo == "buona" else ["accesso.tentativo_fallito"]
    assert [evento.azione for evento in nuovi] == attese
    riferimento = persone.amministratore.riferimento_evento
    assert all(evento.oggetti.get().riferimento == riferimento for evento in nuovi)
    if modo == "buona":
        assert all(evento.utente == persone.amministratore for evento in nuovi)
    else:
        assert nuovi[0].utente is None
        assert nuovi[0].dati.letti["chi"] == "persona non riconosciuta"


def test_un_ruolo_non_detto_e_quello_su_cio_di_cui_si_parla(persone: Persone) -> None:
    distretto = Distretto.objects.get(codice=CODICE)
    assert annota(azione="prova", oggetti=[distretto], utente=persone.manager).ruolo == "manager"
    assert annota(azione="prova", oggetti=[distretto.autorita], utente=persone.dirigente).ruolo == "dirigente"
    assert annota(azione="prova", oggetti=[], utente=persone.estraneo).ruolo == ""
