"""La procedura fino all'approvazione: la trasmissione e l'approvazione, coi loro atti, dalle pagine."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from distretti.errori import DatiNonValidi
from distretti.models import Atto, Autorita, Ruolo, Struttura
from programmi.errori import ProgrammaIncompleto
from programmi.models import AzionePassaggio, GenereVersione, Passaggio, Programma, StatoProgramma
from programmi.procedura import approva, trasmetti
from programmi.services import salva_dati
from tests.conftest import Persone
from tests.programmi.ingressi import con_progettualita, delibera, indirizzo, pdf, trasmesso
from tests.programmi.passi import estremi, porta, struttura

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


def passaggio_di(programma: Programma, azione: str) -> str:
    return indirizzo("programma-passaggio", programma, azione=azione)


def determinazione(**altro: Any) -> dict[str, Any]:
    return {
        "struttura": struttura().pk,
        "determinazione_numero": "900",
        "determinazione_data": "2026-02-10",
        "determinazione_riferimento": "2026-I090-00001",
        "determinazione_file": pdf("determinazione.pdf"),
        **altro,
    }


# Trasmissione


def test_trasmette(bozza: Programma, persone: Persone, accedi: Callable[..., Client]) -> None:
    con_progettualita(bozza)
    client = accedi(persone.referente)
    pagina = passaggio_di(bozza, "trasmissione")
    assert client.get(pagina).status_code == 200
    risposta = client.post(pagina, DELIBERA | {"delibera_file": pdf("../../delibera.pdf")})
    assert risposta["Location"] == bozza.get_absolute_url()
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.trasmesso_il, bozza.stato_dal) == (StatoProgramma.TRASMESSO, GIORNO, GIORNO)
    passaggio = bozza.passaggi.get()
    assert (passaggio.da_stato, passaggio.a_stato) == ("bozza", "trasmesso")
    assert (passaggio.utente, passaggio.ruolo) == (persone.referente, Ruolo.REFERENTE_AMMINISTRATIVO)
    assert (passaggio.protocollo_mittente, passaggio.protocollo_ricevente) == ("100", "4711")
    assert passaggio.atto is not None
    assert (passaggio.atto.numero, passaggio.atto.data) == ("12", date(2026, 1, 20))
    assert passaggio.atto.file_nome == "delibera.pdf"
    assert len(passaggio.atto.file_sha256) == 64
    assert bozza.versioni.get().genere == GenereVersione.TRASMISSIONE


def test_a_un_estraneo_non_dice_che_esiste(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    for azione in ("trasmissione", "rinvio", "approvazione", "volo"):
        for persona in (persone.manager_altro, persone.manager_scaduto, persone.estraneo):
            assert accedi(persona).post(passaggio_di(bozza, azione)).status_code == 404


@pytest.mark.parametrize("chi", ["manager", "coordinatore", "agenzia", "auditor"])
def test_trasmette_solo_il_referente(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], chi: str
) -> None:
    con_progettualita(bozza)
    utente = getattr(persone, chi)
    assert accedi(utente).post(passaggio_di(bozza, "trasmissione"), DELIBERA).status_code == 403
    with pytest.raises(PermissionDenied):
        trasmetti(programma=bozza, utente=utente, il=GIORNO, delibera=delibera(), protocollo_mittente="1")
    bozza.refresh_from_db()
    assert bozza.stato == StatoProgramma.BOZZA


def test_non_trasmette_due_volte(bozza: Programma, persone: Persone, accedi: Callable[..., Client]) -> None:
    trasmesso(bozza, persone.referente)
    risposta = accedi(persone.referente).post(passaggio_di(bozza, "trasmissione"), DELIBERA, follow=True)
    assert "«trasmesso»: non si può trasmettere" in risposta.content.decode()
    assert bozza.passaggi.count() == 1


def test_dice_tutto_quello_che_manca(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    bozza.indicatori.get(ordine=3).delete()
    bozza.indicatori.filter(ordine=1).update(regola=None)
    risposta = accedi(persone.referente).post(passaggio_di(bozza, "trasmissione"), DELIBERA)
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
        ("protocollo_mittente", "", "obbligatorio"),
        ("il", "2999-01-01", "nel futuro"),
        ("il", "", "obbligatoria"),
        ("delibera_tipo", "legge", "scegli"),
    ],
)
def test_spiega_un_dato_sbagliato_e_non_scrive(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], campo: str, valore: str, parola: str
) -> None:
    con_progettualita(bozza)
    dati = DELIBERA | {campo: valore}
    risposta = accedi(persone.referente).post(passaggio_di(bozza, "trasmissione"), dati)
    assert risposta.status_code == 422
    assert parola in risposta.content.decode().replace("&#x27;", "'").lower()
    bozza.refresh_from_db()
    assert bozza.stato == StatoProgramma.BOZZA
    assert not Atto.objects.filter(numero="12").exists()


def test_serve_il_protocollo_del_mittente(bozza: Programma, persone: Persone) -> None:
    con_progettualita(bozza)
    dati = {"il": GIORNO, "delibera": delibera(), "protocollo_mittente": " ", "protocollo_ricevente": "4711"}
    with pytest.raises(DatiNonValidi) as errore:
        trasmetti(programma=bozza, utente=persone.referente, **dati)  # type: ignore[arg-type]
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
        passaggio_di(bozza, "trasmissione"), DELIBERA | {"delibera_file": file}
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
        passaggio_di(bozza, "trasmissione"), DELIBERA | {"delibera_file": pdf()}
    )
    assert risposta.status_code == 422
    assert "troppo grande" in risposta.content.decode()


# Approvazione


def test_approva(bozza: Programma, persone: Persone, accedi: Callable[..., Client], client: Client) -> None:
    porta(bozza, persone, StatoProgramma.ALLA_FIRMA)
    dirigente = accedi(persone.dirigente)
    pagina = passaggio_di(bozza, "approvazione")
    assert dirigente.get(pagina).status_code == 200
    risposta = dirigente.post(pagina, determinazione())
    assert risposta["Location"] == bozza.get_absolute_url()
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.approvato_il) == (StatoProgramma.APPROVATO, date(2026, 2, 10))
    assert bozza.stato_dal == date(2026, 2, 10)
    atto = bozza.passaggi.get(azione=AzionePassaggio.APPROVAZIONE).atto
    assert atto is not None
    assert (atto.numero, atto.riferimento, atto.tipo) == ("900", "2026-I090-00001", "determinazione")
    assert atto.codice == "determinazione-900-2026-pat-acs"
    assert atto.ente.startswith("Provincia autonoma di Trento – Agenzia per la coesione sociale – UMSE")
    generi = bozza.versioni.order_by("numero").values_list("genere", flat=True)
    assert list(generi) == [GenereVersione.TRASMISSIONE, GenereVersione.APPROVAZIONE]
    pubblico = client.get(reverse("atto-file", args=[atto.codice]))
    assert pubblico.status_code == 200
    assert pubblico["Content-Disposition"] == 'attachment; filename="determinazione.pdf"'
    assert pubblico.getvalue().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("campo", "valore", "parola"),
    [
        ("determinazione_data", "2026-01-21", "precedente al passaggio"),
        ("determinazione_data", "2999-01-01", "nel futuro"),
        ("determinazione_numero", "", "obbligatorio"),
        ("determinazione_file", "", "obbligatorio"),
        ("struttura", "999999", "valida"),
    ],
)
def test_l_approvazione_spiega_un_dato_sbagliato(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], campo: str, valore: str, parola: str
) -> None:
    porta(bozza, persone, StatoProgramma.ALLA_FIRMA)
    risposta = accedi(persone.dirigente).post(
        passaggio_di(bozza, "approvazione"), determinazione(**{campo: valore})
    )
    assert risposta.status_code == 422
    assert parola in risposta.content.decode().lower()
    bozza.refresh_from_db()
    assert bozza.stato == StatoProgramma.ALLA_FIRMA
    assert not Atto.objects.filter(numero="900").exists()


def test_la_struttura_e_dell_autorita_del_distretto(bozza: Programma, persone: Persone) -> None:
    altra = Struttura.objects.create(
        autorita=Autorita.objects.exclude(codice="pat-acs")[0], codice="U1", denominazione="Ufficio"
    )
    porta(bozza, persone, StatoProgramma.ALLA_FIRMA)
    with pytest.raises(DatiNonValidi) as errore:
        approva(programma=bozza, utente=persone.dirigente, **estremi(struttura=altra))
    assert "struttura" in errore.value.campi


def test_la_delibera_non_e_di_tutti(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], client: Client
) -> None:
    con_progettualita(bozza)
    accedi(persone.referente).post(passaggio_di(bozza, "trasmissione"), DELIBERA | {"delibera_file": pdf()})
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


# I vincoli della base dati


@pytest.mark.parametrize(
    ("vincolo", "dati"),
    [
        ("passaggio_rinvio_motivato", {"azione": "rinvio", "a_stato": "integrazioni_richieste"}),
        ("passaggio_rinvio_motivato", {"azione": "restituzione", "a_stato": "in_esame"}),
        ("passaggio_rinvio_motivato", {"azione": "ritiro", "a_stato": "ritirato"}),
        ("passaggio_approvazione_con_atto", {"azione": "approvazione", "a_stato": "approvato"}),
        (
            "passaggio_approvazione_con_atto",
            {"azione": "respingimento", "a_stato": "respinto", "nota": "No."},
        ),
        ("passaggio_chi_e_in_quale_ruolo", {"azione": "trasmissione", "ruolo": "manager"}),
        ("passaggio_azione_ammessa|passaggio_arriva_dove_dice", {"azione": "volo"}),
        ("passaggio_arriva_dove_dice", {"azione": "proposta"}),
    ],
)
def test_la_base_dati_rifiuta_un_passaggio_impossibile(
    bozza: Programma, vincolo: str, dati: dict[str, str]
) -> None:
    valori = {"da_stato": "bozza", "a_stato": "trasmesso", **dati}
    passaggio = Passaggio(programma=bozza, ordine=1, il=GIORNO, **valori)
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        passaggio.save()


@pytest.mark.parametrize(
    ("vincolo", "dati"),
    [
        ("programma_trasmesso_con_data", {"stato": "trasmesso"}),
        ("programma_approvato_con_data", {"stato": "approvato", "trasmesso_il": GIORNO}),
        ("programma_approvato_con_data", {"stato": "in_attuazione", "trasmesso_il": GIORNO}),
        (
            "programma_approvato_dopo_trasmesso",
            {"stato": "approvato", "trasmesso_il": GIORNO, "approvato_il": date(2026, 1, 1)},
        ),
        ("programma_dal_non_dopo_al", {"al": date(2025, 12, 31)}),
        ("programma_stato_ammesso", {"stato": "sospeso", "trasmesso_il": GIORNO}),
        (
            "programma_stato_da_un_giorno",
            {"stato": "in_esame", "trasmesso_il": GIORNO, "stato_dal": None},
        ),
        ("programma_variazione_di_un_programma", {"variazione": 1}),
    ],
)
def test_la_base_dati_rifiuta_uno_stato_impossibile(
    bozza: Programma, vincolo: str, dati: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        Programma.objects.filter(pk=bozza.pk).update(**dati)
