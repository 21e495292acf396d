"""La coda della verifica: filtri, uno dopo l'altro, annullare, decidere insieme, i motivi dell'autorità."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Evento, Incarico, Ruolo, Utente
from programmi.errori import ModificatoNelFrattempo
from programmi.models import Programma
from tests.conftest import Persone
from tests.risultati.ingressi import definisci, riapri
from tests.valutazione.chiusura_pronta import accogli_tutto, trasmessa, verificata
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.decisioni import Decisione, istantanea
from valutazione.letture import valutazione_di
from valutazione.models import Evidenza, Imputazione, MotivoVerifica, StatoImputazione
from valutazione.pagine.decisione import effetto_in_blocco
from valutazione.scheda import forma_pubblica, leggi_scheda
from valutazione.scheda.da_database import documento_di
from valutazione.services.in_blocco import BloccoRifiutato, verifica_in_blocco
from valutazione.services.motivi import aggiungi_motivo, cessa_motivo
from valutazione.services.verifica import annulla_decisioni, verifica_imputazione

pytestmark = pytest.mark.django_db

ACCOLTA, RESPINTA = StatoImputazione.ACCOLTA, StatoImputazione.RESPINTA


@pytest.fixture
def motivo(programma: Programma, persone: Persone) -> MotivoVerifica:
    return aggiungi_motivo(
        autorita=programma.distretto.autorita,
        codice="manca-elenco",
        testo="Manca l'elenco.",
        utente=persone.agenzia,
    )


def decidi(client: Client, imputazione: Imputazione, query: str = "", **dati: Any) -> Any:
    evidenza = imputazione.evidenza
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, imputazione.pk) + query
    pagina = client.get(nome)
    assert pagina.status_code == 200
    return client.post(nome, {"versione": pagina.context["form"]["versione"].value()} | dati)


def una(evidenza: Evidenza) -> Imputazione:
    return evidenza.imputazioni.get()


def test_accogliere_e_un_solo_invio_e_si_resta_nel_filtro(agenzia: Client, registra: Registra) -> None:
    prima = registra("comunicato_stampa", ["obb.6"], data="2025-01-10")
    registra("mail", ["1.3"], data="2025-02-10")
    terza = registra("comunicato_stampa", ["obb.6"], data="2025-03-10")
    risposta = decidi(agenzia, una(prima), "?riga=obb.6", decisione="accolta")
    assert risposta["Location"].endswith(f"/{una(terza).pk}/?riga=obb.6")
    pagina = agenzia.get(risposta["Location"]).content.decode()
    assert "accolta per la riga obb.6" in pagina
    assert "1 di 1" in pagina
    effetto = "<strong>Se la accogli:</strong> riconosciuto della riga 25,00% → <strong>50,00%</strong>"
    assert f"{effetto}; riconosciuto del programma" in pagina


@pytest.mark.parametrize(
    ("query", "attese"),
    [("", 3), ("?riga=obb.6", 2), ("?tipo=mail", 1), ("?repliche=si", 0), ("?ordine=riga", 3)],
)
def test_i_filtri_della_coda(agenzia: Client, registra: Registra, query: str, attese: int) -> None:
    programma = registra("comunicato_stampa", ["obb.6"]).programma
    registra("mail", ["1.3"])
    registra("comunicato_stampa", ["obb.6"])
    pagina = agenzia.get(indirizzo("verifica", programma) + query)
    assert len(pagina.context["voci"]) == attese
    assert agenzia.get(indirizzo("verifica", programma) + "?riga=9.9").status_code == 422


def test_una_riga_troppo_lunga_per_il_filtro_si_vede_troncata(agenzia: Client, registra: Registra) -> None:
    pagina = agenzia.get(indirizzo("verifica", registra("incontro", ["obb.2"]).programma))
    nome = "obb.2 numero degli incontri con Coordinatore istituzionale e Referente amminist…"
    assert ("obb.2", nome) in pagina.context["form"].fields["riga"].choices


def test_finita_una_riga_il_filtro_tiene_e_lo_dice(agenzia: Client, registra: Registra) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    registra("mail", ["1.3"])
    risposta = decidi(agenzia, una(evidenza), "?riga=obb.6", decisione="accolta")
    pagina = agenzia.get(risposta["Location"])
    assert pagina.status_code == 200
    assert "Niente da verificare con questi filtri" in pagina.content.decode()


def test_chiuso_l_anno_nessun_collegamento_porta_a_decidere(
    agenzia: Client, registra: Registra, persone: Persone
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    pagina = evidenza.get_absolute_url()
    decidi(agenzia, una(evidenza), decisione="accolta")
    assert ">Rivedi<" in agenzia.get(pagina).content.decode()
    definisci(evidenza.programma, persone)
    assert ">Rivedi<" not in agenzia.get(pagina).content.decode()


def test_cio_che_si_e_registrato_non_e_nella_propria_coda(
    accedi: Callable[[Utente], Client], persone: Persone, registra: Registra
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    Incarico.objects.create(
        utente=persone.manager,
        ruolo=Ruolo.VERIFICATORE,
        autorita=evidenza.programma.distretto.autorita,
        dal="2022-01-01",
    )
    pagina = accedi(persone.manager).get(indirizzo("verifica", evidenza.programma))
    assert "non tu" in pagina.content.decode()
    assert pagina.context["prima"] is None


# --- undo ---------------------------------------------------------------------------------------------


def test_annullare_rimette_esattamente_cio_che_c_era(
    agenzia: Client, registra: Registra, persone: Persone
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    decidi(agenzia, una(evidenza), decisione="in_parte", misura="2", motivazione="Uno è doppio")
    prima = istantanea(una(evidenza))
    decidi(agenzia, una(evidenza), decisione="respinta", motivazione="Non sono comunicati")
    pagina = agenzia.get(indirizzo("verifica", evidenza.programma)).content.decode()
    assert "Annulla" in pagina
    risposta = agenzia.post(indirizzo("verifica-annulla", evidenza.programma))
    assert risposta["Location"].endswith(f"/{una(evidenza).pk}/")
    assert istantanea(una(evidenza)) == prima
    evento = Evento.objects.get(azione="evidenza.verifica_annullata")
    assert evento.utente == persone.agenzia
    # Only once: there is nothing left to undo.
    agenzia.post(indirizzo("verifica-annulla", evidenza.programma))
    assert istantanea(una(evidenza)) == prima


def test_non_si_annulla_cio_che_altri_hanno_cambiato(
    agenzia: Client, accedi: Callable[[Utente], Client], persone: Persone, registra: Registra
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    decidi(agenzia, una(evidenza), decisione="accolta")
    decidi(accedi(persone.verificatore), una(evidenza), decisione="respinta", motivazione="È una mail")
    risposta = agenzia.post(indirizzo("verifica-annulla", evidenza.programma), follow=True)
    assert "non si può più annullare" in risposta.content.decode()
    assert una(evidenza).stato == RESPINTA


@pytest.mark.parametrize("chi", ["estraneo", "manager_altro", "manager", "dirigente", "auditor"])
def test_annulla_solo_chi_verifica(
    accedi: Callable[[Utente], Client], persone: Persone, programma: Programma, chi: str
) -> None:
    client, nome = accedi(getattr(persone, chi)), indirizzo("verifica-annulla", programma)
    assert client.post(nome).status_code == 403
    assert client.get(nome).status_code == 405


def test_non_si_annulla_la_decisione_di_un_altro_ne_a_verifica_conclusa(
    registra: Registra, persone: Persone
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    programma = evidenza.programma
    presa = verifica_imputazione(
        imputazione=una(evidenza), decisione=Decisione(ACCOLTA), utente=persone.agenzia
    )
    with pytest.raises(StatoNonAmmesso):
        annulla_decisioni(programma=programma, prese=[presa], utente=persone.verificatore)
    verificata(programma, persone)
    Imputazione.objects.filter(pk=presa.imputazione).update(verificata_da=persone.agenzia)
    with pytest.raises(StatoNonAmmesso):
        annulla_decisioni(programma=programma, prese=[presa], utente=persone.agenzia)


def test_non_si_annulla_in_una_correzione_cio_che_si_decise_prima(
    agenzia: Client, registra: Registra, persone: Persone
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    programma = evidenza.programma
    decidi(agenzia, una(evidenza), decisione="accolta")
    coda, prima = indirizzo("verifica", programma), istantanea(una(evidenza))
    assert 'data-tasto="u"' in agenzia.get(coda).content.decode()
    definisci(programma, persone)
    riapri(programma, persone)
    assert 'data-tasto="u"' not in agenzia.get(coda).content.decode()
    risposta = agenzia.post(indirizzo("verifica-annulla", programma), follow=True)
    assert "nessuna decisione da annullare" in risposta.content.decode()
    assert istantanea(una(evidenza)) == prima


# --- many together ------------------------------------------------------------------------------------


def test_insieme_dalla_coda_con_l_effetto_prima_e_un_evento_per_ognuna(
    agenzia: Client, registra: Registra, motivo: MotivoVerifica
) -> None:
    evidenze = [registra("comunicato_stampa", ["obb.6"]) for _ in range(3)]
    programma = evidenze[0].programma
    nome = indirizzo("verifica-in-blocco", programma)
    pagina = agenzia.get(f"{nome}?riga=obb.6")
    assert "75,00" in pagina.content.decode()
    scelte = [una(e).pk for e in evidenze[:2]]
    pagina = agenzia.get(nome, {"scelte": scelte})
    dati = {"scelte": scelte, "versione": pagina.context["form"]["versione"].value()}
    senza = agenzia.post(nome, dati | {"decisione": "respinta"})
    assert senza.status_code == 422
    assert "Scrivi il motivo nella nota, oppure scegline uno:" in senza.content.decode()
    detto = {"decisione": "respinta", "motivo": motivo.pk, "motivazione": "Vedi l'atto."}
    assert agenzia.post(nome, dati | detto).status_code == 302
    assert [una(e).stato for e in evidenze] == [RESPINTA, RESPINTA, "in_attesa"]
    assert una(evidenze[0]).motivazione == "Manca l'elenco. Vedi l'atto."
    assert Evento.objects.filter(azione="evidenza.verifica").count() == 2
    assert "2 evidenze respinte." in agenzia.get(indirizzo("verifica", programma)).content.decode()
    agenzia.post(indirizzo("verifica-annulla", programma))
    assert {una(e).stato for e in evidenze} == {"in_attesa"}


def test_insieme_chi_ne_toglie_rivede_l_effetto_e_non_crede_che_altri_abbiano_cambiato(
    agenzia: Client, registra: Registra
) -> None:
    evidenze = [registra("comunicato_stampa", ["obb.6"]) for _ in range(3)]
    nome = indirizzo("verifica-in-blocco", evidenze[0].programma)
    mostrate = [una(e).pk for e in evidenze]
    versione = agenzia.get(f"{nome}?riga=obb.6").context["form"]["versione"].value()
    dati = {"mostrate": mostrate, "scelte": mostrate[:2], "versione": versione, "decisione": "accolta"}
    tolte = agenzia.post(nome, dati)
    assert tolte.status_code == 409
    assert "Hai cambiato la scelta" in tolte.content.decode()
    assert "mentre leggevi" not in tolte.content.decode()
    dati |= {"mostrate": mostrate[:2], "versione": tolte.context["form"]["versione"].value()}
    assert agenzia.post(nome, dati).status_code == 302
    assert [una(e).stato for e in evidenze] == [ACCOLTA, ACCOLTA, "in_attesa"]
    # What somebody else changed is still said to be so.
    assert "mentre leggevi" in agenzia.post(nome, dati | {"scelte": mostrate[2:]}).content.decode()


def test_insieme_la_nota_che_si_stava_scrivendo_non_va_persa(
    agenzia: Client, registra: Registra, persone: Persone
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    programma, chiave = evidenza.programma, una(evidenza).pk
    nome = indirizzo("verifica-in-blocco", programma)
    versione = agenzia.get(nome, {"scelte": chiave}).context["form"]["versione"].value()
    dati = {"scelte": chiave, "versione": versione, "decisione": "respinta", "motivazione": "È una mail."}
    # Un collega decide, poi conclude la verifica.
    accogli_tutto(programma, persone)
    decisa = agenzia.post(nome, dati)
    assert decisa.status_code == 409
    assert "Niente da decidere insieme" in decisa.content.decode()
    assert "È una mail." in decisa.content.decode()
    verificata(programma, persone)
    conclusa = agenzia.post(nome, dati)
    assert conclusa.status_code == 409
    assert "La verifica è conclusa" in conclusa.content.decode()
    assert "È una mail." in conclusa.content.decode()
    # Nemmeno quando se ne decide una sola.
    singola = agenzia.post(indirizzo("imputazione-verifica", programma, evidenza.pk, chiave), dati)
    assert singola.status_code == 409
    assert "È una mail." in singola.content.decode()
    assert una(evidenza).stato == ACCOLTA


def test_insieme_l_effetto_e_quello_che_poi_si_ha(registra: Registra, persone: Persone) -> None:
    evidenze = [registra("comunicato_stampa", ["obb.6"]) for _ in range(2)]
    programma = evidenze[0].programma
    imputazioni = [una(e) for e in evidenze]
    effetto = effetto_in_blocco(valutazione_di(programma), imputazioni, ACCOLTA)
    verifica_in_blocco(
        programma=programma,
        chiavi=[i.pk for i in imputazioni],
        decisione=Decisione(ACCOLTA),
        utente=persone.agenzia,
    )
    assert effetto.esito.programma.valori == valutazione_di(programma).esito.programma.valori


def test_insieme_o_tutte_o_nessuna(
    registra: Registra, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    evidenze = [registra("comunicato_stampa", ["obb.6"]) for _ in range(3)]
    programma = evidenze[0].programma
    sua, decisa, altra = (una(e) for e in evidenze)
    evidenze[0].autori.add(persone.agenzia)
    verifica_imputazione(imputazione=decisa, decisione=Decisione(ACCOLTA), utente=persone.verificatore)
    chiavi = [sua.pk, decisa.pk, altra.pk, 999_999]
    with pytest.raises(BloccoRifiutato) as rifiuto:
        verifica_in_blocco(
            programma=programma, chiavi=chiavi, decisione=Decisione(ACCOLTA), utente=persone.agenzia
        )
    assert set(rifiuto.value.errori) == {sua.pk, decisa.pk, 999_999}
    assert una(evidenze[2]).stato == "in_attesa"
    pagina = accedi(persone.agenzia).get(indirizzo("verifica-in-blocco", programma), {"scelte": chiavi})
    assert [i for i, _ in pagina.context["decidibili"]] == [altra]
    assert "Chi ha registrato" in pagina.content.decode()


def test_insieme_chi_arriva_dopo_lo_sa(registra: Registra, persone: Persone) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    scelta: dict[str, Any] = {
        "programma": evidenza.programma,
        "chiavi": [una(evidenza).pk],
        "utente": persone.agenzia,
    }
    with pytest.raises(ModificatoNelFrattempo):
        verifica_in_blocco(**scelta, decisione=Decisione(ACCOLTA), versione="di prima")
    with pytest.raises(DatiNonValidi):
        verifica_in_blocco(**scelta, decisione=Decisione(RESPINTA))
    trasmessa(evidenza.programma, persone)
    verifica_in_blocco(**scelta, decisione=Decisione(ACCOLTA))
    verificata_da = una(evidenza).verificata_da
    assert verificata_da == persone.agenzia


def test_insieme_le_query_non_dipendono_da_quante_sono(
    registra: Registra, persone: Persone, django_assert_max_num_queries: Any
) -> None:
    prima = registra("comunicato_stampa", ["obb.6"])
    scelta: dict[str, Any] = {
        "programma": prima.programma,
        "decisione": Decisione(ACCOLTA),
        "utente": persone.agenzia,
    }
    with django_assert_max_num_queries(100) as di_una:
        verifica_in_blocco(chiavi=[una(prima).pk], **scelta)
    altre = [una(registra("comunicato_stampa", ["obb.6"])).pk for _ in range(12)]
    with django_assert_max_num_queries(len(di_una.captured_queries)):
        verifica_in_blocco(chiavi=altre, **scelta)


# --- the reasons of the authority ----------------------------------------------------------------------


def test_il_motivo_si_sceglie_e_le_sue_parole_stanno_nella_motivazione(
    agenzia: Client, registra: Registra, motivo: MotivoVerifica
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    accolta = decidi(agenzia, una(evidenza), decisione="accolta", motivo=motivo.pk)
    assert accolta.status_code == 422
    decidi(agenzia, una(evidenza), decisione="respinta", motivo=motivo.pk)
    decisa = una(evidenza)
    assert (decisa.motivo, decisa.motivazione) == (motivo, "Manca l'elenco")
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, decisa.pk)
    form = agenzia.get(nome).context["form"]
    assert (form["motivo"].value(), form["motivazione"].value()) == (motivo.pk, "")
    # Deciding otherwise leaves nothing of it.
    decidi(agenzia, decisa, decisione="accolta", motivo=motivo.pk)
    assert (una(evidenza).motivo, una(evidenza).motivazione) == (None, "")


def test_un_motivo_non_si_cambia_ne_si_cancella_e_smette(
    agenzia: Client, registra: Registra, motivo: MotivoVerifica, persone: Persone
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    decidi(agenzia, una(evidenza), decisione="respinta", motivo=motivo.pk)
    cessa_motivo(motivo=motivo, utente=persone.dirigente)
    with pytest.raises(StatoNonAmmesso):
        cessa_motivo(motivo=motivo, utente=persone.dirigente)
    assert una(evidenza).motivo == motivo
    altra = registra("comunicato_stampa", ["obb.6"])
    rifiuto = decidi(agenzia, una(altra), decisione="respinta", motivo=motivo.pk)
    assert rifiuto.status_code == 422
    con_stesso_codice: dict[str, Any] = {
        "autorita": motivo.autorita,
        "codice": motivo.codice,
        "testo": "Altro",
    }
    with pytest.raises(DatiNonValidi):
        aggiungi_motivo(**con_stesso_codice, utente=persone.agenzia)


def test_il_motivo_va_e_torna_nel_formato_di_scambio_e_mai_in_pubblico(
    agenzia: Client, registra: Registra, motivo: MotivoVerifica
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    decidi(agenzia, una(evidenza), decisione="respinta", motivo=motivo.pk)
    documento = documento_di(evidenza.programma)
    (voce,) = documento["evidenze"][0]["imputazioni"]
    assert voce["motivo"] == "manca-elenco"
    assert leggi_scheda(documento).evidenze[0].imputazioni[0].motivo == "manca-elenco"
    assert "motivo" not in forma_pubblica(documento)["evidenze"][0]["imputazioni"][0]


def test_un_motivo_senza_decisione_non_sta_nel_database(registra: Registra, motivo: MotivoVerifica) -> None:
    imputazione = una(registra("comunicato_stampa", ["obb.6"]))
    with pytest.raises(IntegrityError, match="imputazione_motivo_di_una_decisione"), transaction.atomic():
        Imputazione.objects.filter(pk=imputazione.pk).update(motivo=motivo)
