"""La procedura fino all'approvazione: la tabella dei passaggi e i suoi tre servizi."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Atto, Autorita, Distretto, Ruolo, Struttura
from programmi.errori import ProgrammaIncompleto
from programmi.models import AzionePassaggio, Passaggio, Programma, StatoProgramma
from programmi.procedura import TRANSIZIONI, Transizione, approva, azioni_possibili, rinvia, trasmetti
from programmi.services import crea_bozza, salva_dati, salva_premessa
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import con_progettualita, delibera, in_due, indirizzo, pdf, trasmesso

GIORNO = date(2026, 1, 22)
DELIBERA = {
    "delibera_tipo": "delibera_giunta_comunale",
    "delibera_ente": "Comune di Pergine Valsugana",
    "delibera_numero": "12",
    "delibera_data": "2026-01-20",
    "il": "2026-01-22",
    "protocollo_mittente": "100",
    "protocollo_ricevente": "4711",
}


def struttura() -> Struttura:
    return Struttura.objects.get(autorita__codice="pat-acs", codice="I090")


def determinazione(**altro: Any) -> dict[str, Any]:
    return {
        "struttura": struttura().pk,
        "determinazione_numero": "900",
        "determinazione_data": "2026-02-10",
        "determinazione_riferimento": "2026-I090-00001",
        "determinazione_file": pdf("determinazione.pdf"),
        **altro,
    }


def approvato(programma: Programma, persone: Persone) -> Programma:
    passaggio = approva(
        programma=trasmesso(programma, persone.referente),
        utente=persone.dirigente,
        struttura=struttura(),
        numero="900",
        data=date(2026, 2, 10),
        file=pdf(),
    )
    return passaggio.programma


# La tabella


def test_la_tabella_parte_e_arriva_dove_dice() -> None:
    assert {(t.azione, frozenset(t.da), t.a) for t in TRANSIZIONI} == {
        ("trasmissione", frozenset({"bozza", "integrazioni_richieste"}), "trasmesso"),
        ("rinvio", frozenset({"trasmesso"}), "integrazioni_richieste"),
        ("approvazione", frozenset({"trasmesso"}), "approvato"),
    }


def test_ognuno_vede_solo_i_passaggi_che_puo_fare(bozza: Programma, persone: Persone) -> None:
    assert azioni_possibili(persone.referente, bozza) == [AzionePassaggio.TRASMISSIONE]
    assert azioni_possibili(persone.manager, bozza) == []
    assert azioni_possibili(persone.agenzia, bozza) == []
    dopo = trasmesso(bozza, persone.referente)
    attesi = [AzionePassaggio.RINVIO, AzionePassaggio.APPROVAZIONE]
    assert azioni_possibili(persone.agenzia, dopo) == attesi
    assert azioni_possibili(persone.dirigente, dopo) == attesi
    assert azioni_possibili(persone.referente, dopo) == []


@pytest.mark.parametrize("transizione", TRANSIZIONI, ids=lambda transizione: transizione.azione)
def test_chi_puo_un_passaggio_lo_puo_in_un_ruolo(
    transizione: Transizione, bozza: Programma, persone: Persone
) -> None:
    """Lo stesso predicato vale per la pagina, per il servizio e per il ruolo che il passaggio conserva."""
    for nome, persona in vars(persone).items():
        ruolo = transizione.puo(persona, bozza)
        attesi = {"trasmissione": ("referente",)}.get(transizione.azione, ("agenzia", "dirigente"))
        assert (ruolo is not None) is (nome in attesi), nome
        assert ruolo is None or persona.incarichi.get().ruolo == ruolo


# Trasmissione


def test_trasmette(bozza: Programma, persone: Persone, accedi: Callable[..., Client]) -> None:
    con_progettualita(bozza)
    client = accedi(persone.referente)
    assert client.get(indirizzo("programma-trasmetti", bozza)).status_code == 200
    dati = DELIBERA | {"delibera_file": pdf("../../delibera.pdf")}
    risposta = client.post(indirizzo("programma-trasmetti", bozza), dati)
    assert risposta["Location"] == bozza.get_absolute_url()
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.trasmesso_il) == (StatoProgramma.TRASMESSO, GIORNO)
    passaggio = bozza.passaggi.get()
    assert (passaggio.da_stato, passaggio.a_stato) == ("bozza", "trasmesso")
    assert (passaggio.utente, passaggio.ruolo) == (persone.referente, Ruolo.REFERENTE_AMMINISTRATIVO)
    assert (passaggio.protocollo_mittente, passaggio.protocollo_ricevente) == ("100", "4711")
    assert passaggio.atto is not None
    assert (passaggio.atto.numero, passaggio.atto.data) == ("12", date(2026, 1, 20))
    assert passaggio.atto.file_nome == "delibera.pdf"
    assert len(passaggio.atto.file_sha256) == 64


def test_a_un_estraneo_non_dice_che_esiste(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    for nome in ("programma-trasmetti", "programma-rinvia", "programma-approva"):
        for persona in (persone.manager_altro, persone.manager_scaduto, persone.estraneo):
            assert accedi(persona).post(indirizzo(nome, bozza)).status_code == 404


@pytest.mark.parametrize("chi", ["manager", "coordinatore", "agenzia", "auditor"])
def test_trasmette_solo_il_referente(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], chi: str
) -> None:
    con_progettualita(bozza)
    risposta = accedi(getattr(persone, chi)).post(indirizzo("programma-trasmetti", bozza), DELIBERA)
    assert risposta.status_code == 403
    with pytest.raises(PermissionDenied):
        trasmetti(
            programma=bozza,
            utente=getattr(persone, chi),
            il=GIORNO,
            delibera=delibera(),
            protocollo_mittente="1",
        )
    bozza.refresh_from_db()
    assert bozza.stato == StatoProgramma.BOZZA


def test_non_trasmette_due_volte(bozza: Programma, persone: Persone, accedi: Callable[..., Client]) -> None:
    trasmesso(bozza, persone.referente)
    risposta = accedi(persone.referente).post(indirizzo("programma-trasmetti", bozza), DELIBERA, follow=True)
    assert "non si può trasmettere" in risposta.content.decode()
    assert bozza.passaggi.count() == 1


def test_dice_tutto_quello_che_manca(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    bozza.indicatori.get(ordine=3).delete()
    bozza.indicatori.filter(ordine=1).update(regola=None)
    risposta = accedi(persone.referente).post(indirizzo("programma-trasmetti", bozza), DELIBERA)
    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert "Non c&#x27;è ancora nessuna progettualità." in testo
    assert "Manca l&#x27;azione obbligatoria «Numero di incontri formali" in testo
    assert "è senza regola" in testo
    assert not bozza.passaggi.exists()
    assert not Atto.objects.filter(numero="12").exists()


def test_senza_contributo_le_obbligatorie_possono_mancare(bozza: Programma, persone: Persone) -> None:
    con_progettualita(bozza)
    bozza.indicatori.obbligatori().delete()
    with pytest.raises(ProgrammaIncompleto) as errore:
        trasmesso(bozza, persone.referente)
    assert len(errore.value.mancanze) == 9
    salva_dati(programma=bozza, dati={"richiede_contributo": False})
    assert trasmesso(bozza, persone.referente).stato == StatoProgramma.TRASMESSO


@pytest.mark.parametrize(
    ("campo", "valore", "parola"),
    [
        ("delibera_data", "2026-01-23", "successiva alla trasmissione"),
        ("delibera_data", "31/02/2026", "data che esiste"),
        ("delibera_numero", "", "obbligatorio"),
        ("il", (timezone.localdate() + timedelta(days=1)).isoformat(), "nel futuro"),
        ("il", "", "obbligatoria"),
        ("delibera_tipo", "legge", "scegli"),
    ],
)
def test_spiega_un_dato_sbagliato_e_non_scrive(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], campo: str, valore: str, parola: str
) -> None:
    con_progettualita(bozza)
    dati = DELIBERA | {campo: valore}
    if campo == "il" and valore:
        dati["delibera_data"] = "2026-01-20"
    risposta = accedi(persone.referente).post(indirizzo("programma-trasmetti", bozza), dati)
    assert risposta.status_code == 422
    assert parola in risposta.content.decode().replace("&#x27;", "'").lower()
    bozza.refresh_from_db()
    assert bozza.stato == StatoProgramma.BOZZA
    assert not Atto.objects.filter(numero="12").exists()


def test_serve_almeno_un_protocollo(bozza: Programma, persone: Persone) -> None:
    con_progettualita(bozza)
    with pytest.raises(DatiNonValidi) as errore:
        trasmetti(programma=bozza, utente=persone.referente, il=GIORNO, delibera=delibera())
    assert "protocollo_mittente" in errore.value.campi


@pytest.mark.parametrize(
    ("file", "parola"),
    [
        (SimpleUploadedFile("delibera.exe", b"MZ\x90\x00" + bytes(60)), "eseguibile"),
        (SimpleUploadedFile("delibera.pdf", b"\x89PNG\r\n\x1a\n" + bytes(60)), "non è ammesso"),
        (SimpleUploadedFile("delibera.pdf", b"testo"), "non è ammesso"),
    ],
)
def test_rifiuta_un_file_di_altro_tipo(
    bozza: Programma,
    persone: Persone,
    accedi: Callable[..., Client],
    file: SimpleUploadedFile,
    parola: str,
) -> None:
    con_progettualita(bozza)
    file.seek(0)
    risposta = accedi(persone.referente).post(
        indirizzo("programma-trasmetti", bozza), DELIBERA | {"delibera_file": file}
    )
    assert risposta.status_code == 422
    assert parola in risposta.content.decode()
    assert not bozza.passaggi.exists()


def test_rifiuta_un_file_troppo_grande(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], settings: Any
) -> None:
    con_progettualita(bozza)
    settings.DIMENSIONE_MASSIMA_ALLEGATO = 100
    risposta = accedi(persone.referente).post(
        indirizzo("programma-trasmetti", bozza), DELIBERA | {"delibera_file": pdf()}
    )
    assert risposta.status_code == 422
    assert "troppo grande" in risposta.content.decode()


# Rinvio


def test_rinvia_e_il_distretto_corregge_e_ritrasmette(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    trasmesso(bozza, persone.referente)
    risposta = accedi(persone.agenzia).post(
        indirizzo("programma-rinvia", bozza), {"motivo": "Mancano i tempi.", "il": "2026-01-25"}
    )
    assert risposta["Location"] == bozza.get_absolute_url()
    bozza.refresh_from_db()
    assert bozza.stato == StatoProgramma.INTEGRAZIONI_RICHIESTE
    rinvio = bozza.passaggi.get(azione=AzionePassaggio.RINVIO)
    assert (rinvio.nota, rinvio.ruolo) == ("Mancano i tempi.", Ruolo.REFERENTE_ATTIVITA)
    pagina = accedi(persone.manager).get(indirizzo("programma-modifica", bozza)).content.decode()
    assert "Mancano i tempi." in pagina
    salva_premessa(programma=bozza, premessa="Corretta")
    with pytest.raises(DatiNonValidi, match="25 gennaio 2026"):
        trasmesso(bozza, persone.referente)
    risposta = accedi(persone.referente).post(
        indirizzo("programma-trasmetti", bozza), DELIBERA | {"il": "2026-01-28"}
    )
    assert risposta.status_code == 302
    assert list(bozza.passaggi.order_by("ordine").values_list("azione", flat=True)) == [
        "trasmissione",
        "rinvio",
        "trasmissione",
    ]


@pytest.mark.parametrize("chi", ["manager", "referente", "verificatore", "auditor", "amministratore"])
def test_rinvia_e_approva_solo_chi_puo(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], chi: str
) -> None:
    trasmesso(bozza, persone.referente)
    client = accedi(getattr(persone, chi))
    assert client.post(indirizzo("programma-rinvia", bozza), {"motivo": "x"}).status_code == 403
    assert client.post(indirizzo("programma-approva", bozza), determinazione()).status_code == 403
    bozza.refresh_from_db()
    assert bozza.stato == StatoProgramma.TRASMESSO


@pytest.mark.parametrize(
    "dati", [{"motivo": " ", "il": "2026-01-25"}, {"motivo": "x", "il": "2026-01-01"}, {"motivo": "x"}]
)
def test_un_rinvio_ha_motivo_e_data(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], dati: dict[str, str]
) -> None:
    trasmesso(bozza, persone.referente)
    assert accedi(persone.agenzia).post(indirizzo("programma-rinvia", bozza), dati).status_code == 422
    assert bozza.passaggi.count() == 1


def test_una_bozza_non_si_rinvia_ne_si_approva(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    client = accedi(persone.agenzia)
    for nome, dati in (("programma-rinvia", {"motivo": "x"}), ("programma-approva", determinazione())):
        risposta = client.post(indirizzo(nome, bozza), dati)
        assert risposta["Location"] == bozza.get_absolute_url()
    with pytest.raises(StatoNonAmmesso):
        rinvia(programma=bozza, utente=persone.agenzia, motivo="x")
    bozza.refresh_from_db()
    assert bozza.stato == StatoProgramma.BOZZA


# Approvazione


def test_approva(bozza: Programma, persone: Persone, accedi: Callable[..., Client], client: Client) -> None:
    trasmesso(bozza, persone.referente)
    agenzia = accedi(persone.agenzia)
    assert agenzia.get(indirizzo("programma-approva", bozza)).status_code == 200
    risposta = agenzia.post(indirizzo("programma-approva", bozza), determinazione())
    assert risposta["Location"] == bozza.get_absolute_url()
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.approvato_il) == (StatoProgramma.APPROVATO, date(2026, 2, 10))
    atto = bozza.passaggi.get(azione=AzionePassaggio.APPROVAZIONE).atto
    assert atto is not None
    assert (atto.numero, atto.riferimento, atto.tipo) == ("900", "2026-I090-00001", "determinazione")
    assert atto.codice == "determinazione-900-2026-pat-acs"
    assert atto.ente.startswith("Provincia autonoma di Trento – Agenzia per la coesione sociale – UMSE")
    pubblico = client.get(reverse("atto-file", args=[atto.codice]))
    assert pubblico.status_code == 200
    assert pubblico["Content-Disposition"] == 'attachment; filename="determinazione.pdf"'
    assert pubblico.getvalue().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("campo", "valore", "parola"),
    [
        ("determinazione_data", "2026-01-21", "precedente al passaggio"),
        (
            "determinazione_data",
            (timezone.localdate() + timedelta(days=1)).isoformat(),
            "nel futuro",
        ),
        ("determinazione_numero", "", "obbligatorio"),
        ("determinazione_file", "", "obbligatorio"),
        ("struttura", "999999", "valida"),
    ],
)
def test_l_approvazione_spiega_un_dato_sbagliato(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], campo: str, valore: str, parola: str
) -> None:
    trasmesso(bozza, persone.referente)
    risposta = accedi(persone.agenzia).post(
        indirizzo("programma-approva", bozza), determinazione(**{campo: valore})
    )
    assert risposta.status_code == 422
    assert parola in risposta.content.decode().lower()
    bozza.refresh_from_db()
    assert bozza.stato == StatoProgramma.TRASMESSO
    assert not Atto.objects.filter(numero="900").exists()


def test_la_struttura_e_dell_autorita_del_distretto(bozza: Programma, persone: Persone) -> None:
    altra = Struttura.objects.create(
        autorita=Autorita.objects.exclude(codice="pat-acs")[0], codice="U1", denominazione="Ufficio"
    )
    trasmesso(bozza, persone.referente)
    with pytest.raises(DatiNonValidi) as errore:
        approva(
            programma=bozza,
            utente=persone.agenzia,
            struttura=altra,
            numero="1",
            data=date(2026, 2, 1),
            file=pdf(),
        )
    assert "struttura" in errore.value.campi


def test_la_delibera_non_e_di_tutti(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], client: Client
) -> None:
    con_progettualita(bozza)
    accedi(persone.referente).post(
        indirizzo("programma-trasmetti", bozza), DELIBERA | {"delibera_file": pdf()}
    )
    atto = bozza.passaggi.get().atto
    assert atto is not None
    pagina = reverse("atto-file", args=[atto.codice])
    assert client.get(pagina).status_code == 404
    assert accedi(persone.manager_altro).get(pagina).status_code == 404
    risposta = accedi(persone.auditor).get(pagina)
    assert risposta.getvalue().startswith(b"%PDF")


def test_un_atto_senza_file_e_404(persone: Persone, accedi: Callable[..., Client]) -> None:
    assert (
        accedi(persone.agenzia).get(reverse("atto-file", args=["determinazione-6607-2025"])).status_code
        == 404
    )


# Due insieme


def test_in_due_insieme_uno_solo_trasmette(a_due_mani: Persone) -> None:
    bozza = _bozza_completa()
    esiti = in_due(*[lambda: trasmesso(bozza, a_due_mani.referente)] * 2)
    assert sorted(type(esito).__name__ for esito in esiti) == ["Programma", "StatoNonAmmesso"]
    assert Passaggio.objects.filter(programma=bozza).count() == 1


def test_approvare_e_rinviare_insieme_non_si_puo(a_due_mani: Persone) -> None:
    bozza = trasmesso(_bozza_completa(), a_due_mani.referente)
    esiti = in_due(
        lambda: approva(
            programma=bozza,
            utente=a_due_mani.dirigente,
            struttura=struttura(),
            numero="900",
            data=date(2026, 2, 10),
            file=pdf(),
        ),
        lambda: rinvia(programma=bozza, utente=a_due_mani.agenzia, motivo="x", il=date(2026, 2, 10)),
    )
    assert sorted(type(esito).__name__ for esito in esiti) == ["Passaggio", "StatoNonAmmesso"]


def test_scrivere_mentre_si_trasmette_non_cambia_cio_che_e_trasmesso(a_due_mani: Persone) -> None:
    bozza = _bozza_completa()
    in_due(
        lambda: trasmesso(bozza, a_due_mani.referente),
        lambda: salva_premessa(programma=bozza, premessa="Nuova"),
    )
    with pytest.raises(StatoNonAmmesso):
        salva_premessa(programma=bozza, premessa="Troppo tardi")
    assert Programma.objects.get(pk=bozza.pk).premessa != "Troppo tardi"


def _bozza_completa() -> Programma:
    bozza = crea_bozza(distretto=Distretto.objects.get(codice=CODICE), anno=2026)
    con_progettualita(bozza)
    return bozza


# I vincoli della base dati


@pytest.mark.parametrize(
    ("vincolo", "dati"),
    [
        ("passaggio_rinvio_motivato", {"azione": "rinvio", "nota": ""}),
        ("passaggio_approvazione_con_atto", {"azione": "approvazione"}),
        ("passaggio_chi_e_in_quale_ruolo", {"azione": "trasmissione", "ruolo": "manager"}),
        ("passaggio_azione_ammessa", {"azione": "volo"}),
    ],
)
def test_la_base_dati_rifiuta_un_passaggio_impossibile(
    bozza: Programma, vincolo: str, dati: dict[str, str]
) -> None:
    passaggio = Passaggio(programma=bozza, ordine=1, da_stato="bozza", a_stato="trasmesso", il=GIORNO, **dati)
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        passaggio.save()


@pytest.mark.parametrize(
    ("vincolo", "dati"),
    [
        ("programma_trasmesso_con_data", {"stato": "trasmesso"}),
        ("programma_approvato_con_data", {"stato": "approvato", "trasmesso_il": GIORNO}),
        (
            "programma_approvato_dopo_trasmesso",
            {"stato": "approvato", "trasmesso_il": GIORNO, "approvato_il": date(2026, 1, 1)},
        ),
        ("programma_dal_non_dopo_al", {"al": date(2025, 12, 31)}),
        ("programma_stato_ammesso", {"stato": "sospeso", "trasmesso_il": GIORNO}),
    ],
)
def test_la_base_dati_rifiuta_uno_stato_impossibile(
    bozza: Programma, vincolo: str, dati: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        Programma.objects.filter(pk=bozza.pk).update(**dati)
