"""Il registro in un foglio di calcolo: si legge, si guarda riga per riga, si scrive tutto o niente."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from distretti.errori import StatoNonAmmesso
from distretti.importazione_xlsx.colonne import ADERENTI, FOGLI, MARCHI
from distretti.importazione_xlsx.foglio import TIPO_XLSX, esportazione, modello
from distretti.importazione_xlsx.lettura import FoglioNonLeggibile, leggi
from distretti.importazione_xlsx.servizio import carica, conferma, prova, versione_della_prova
from distretti.models import (
    Adesione,
    Autorita,
    Certificazione,
    Distretto,
    Evento,
    ImportazioneRegistro,
    Organizzazione,
)
from distretti.services import registra_adesione
from tests.conftest import CODICE, Persone
from tests.indirizzi.fotografia import cambiate, fotografia

IMPORTA = reverse("registro-importa", args=["pat-acs"])
Celle = Sequence[object]


def foglio(
    aderenti: Sequence[Celle] = (), marchi: Sequence[Celle] = (), titoli: Celle | None = None
) -> bytes:
    """A spreadsheet as a person makes one, with our headings."""
    libro = Workbook()
    libro.remove(libro.active)
    for spec, righe in ((ADERENTI, aderenti), (MARCHI, marchi)):
        pagina = libro.create_sheet(spec.titolo)
        pagina.append(list(titoli or [colonna.titolo for colonna in spec.colonne]))
        for riga in righe:
            pagina.append(list(riga))
    contenuto = BytesIO()
    libro.save(contenuto)
    return contenuto.getvalue()


def xlsx(contenuto: bytes, nome: str = "registro.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, contenuto, TIPO_XLSX)


def aderente(nome: str = "Nuova associazione", **altro: object) -> list[object]:
    """A row of the members: of a new organisation, in the district of the tests."""
    valori: dict[str, object] = {"distretto": CODICE, "denominazione": nome, "dal": date(2024, 2, 1), **altro}
    return [valori.get(colonna.chiave) for colonna in ADERENTI.colonne]


def marchio(**altro: object) -> list[object]:
    valori = {"codice": "cs4", "denominazione": "CS4", "marchio": "Family Audit", **altro}
    return [valori.get(colonna.chiave) for colonna in MARCHI.colonne]


def caricata(persone: Persone, contenuto: bytes) -> ImportazioneRegistro:
    return carica(
        autorita=Autorita.objects.get(codice="pat-acs"), file=xlsx(contenuto), utente=persone.agenzia
    )


def test_ogni_colonna_del_modello_e_spiegata() -> None:
    libro = load_workbook(BytesIO(modello()))
    assert libro.sheetnames == ["Aderenti", "Marchi", "Istruzioni"]
    spiegate = {(riga[0], riga[1]) for riga in libro["Istruzioni"].iter_rows(min_row=2, values_only=True)}
    assert spiegate == {(f.titolo, colonna.titolo) for f in FOGLI for colonna in f.colonne}
    with pytest.raises(FoglioNonLeggibile, match="nessuna riga"):
        leggi(modello())


@pytest.mark.parametrize(
    "scritta",
    [
        date(2025, 3, 31),
        "31/03/2025",
        "31.3.2025",
        "2025-03-31",
        "31 marzo 2025",
        " 31/3/2025 ",
    ],
)
def test_una_data_e_una_data_o_il_suo_testo(scritta: object) -> None:
    (riga,) = leggi(foglio([aderente(dal=scritta)]))
    assert (riga.giorno("dal"), riga.errori) == (date(2025, 3, 31), [])


@pytest.mark.parametrize(
    ("celle", "errore"),
    [
        ({"dal": "ieri"}, "colonna «Aderente dal»: «ieri» non è una data; scrivila come 31/03/2025"),
        (
            {"dal": "31/02/2025"},
            "colonna «Aderente dal»: «31/02/2025» non è una data; scrivila come 31/03/2025",
        ),
        ({"dal": 45747}, "colonna «Aderente dal»: «45747» non è una data; scrivila come 31/03/2025"),
        ({"dal": "=TODAY()"}, "colonna «Aderente dal»: contiene una formula; scrivi il valore"),
        ({"denominazione": "=1+1"}, "colonna «Denominazione»: contiene una formula; scrivi il valore"),
        ({"denominazione": None}, "colonna «Denominazione»: è vuota"),
        ({"denominazione": date(2025, 1, 1)}, "colonna «Denominazione»: contiene una data, non un testo"),
        ({"natura": "x" * 251}, "colonna «Natura»: il testo è troppo lungo (al massimo 250 caratteri)"),
        ({"al": "1/1/1066"}, "colonna «Fino al»: «1066» non è un anno possibile"),
    ],
)
def test_che_cosa_non_va_in_una_cella(celle: dict[str, object], errore: str) -> None:
    righe = leggi(foglio([aderente("Buona"), [None] * 7, aderente(**celle)]))  # type: ignore[arg-type]
    assert [(riga.numero, riga.errori) for riga in righe] == [(2, []), (4, [errore])]


@pytest.mark.parametrize(
    ("contenuto", "motivo"),
    [
        (lambda: foglio(titoli=["Nome", "Data"]), "manca la colonna «Denominazione»"),
        (lambda: foglio(titoli=["Denominazione", "denominazione", "Marchio"]), "è ripetuta"),
        (lambda: foglio([aderente(f"Ente {n}") for n in range(1001)]), "sono troppe: al massimo 1000"),
        (lambda: _rotto(), "non si può leggere"),
        (lambda: _con_una_riga(200_000), "continua oltre la riga 100001"),
    ],
)
def test_un_foglio_che_non_si_puo_leggere(contenuto: Callable[[], bytes], motivo: str) -> None:
    with pytest.raises(FoglioNonLeggibile, match=motivo):
        leggi(contenuto())


def test_una_riga_lontana_si_legge_come_le_altre() -> None:
    assert [riga.numero for riga in leggi(_con_una_riga(9_000))] == [2, 9_000]


def _con_una_riga(numero: int) -> bytes:
    """A member in the second row, another far below, nothing between."""
    libro = load_workbook(BytesIO(foglio([aderente()])))
    for posto, valore in enumerate(aderente("Un'altra"), start=1):
        libro[ADERENTI.titolo].cell(numero, posto, valore)
    contenuto = BytesIO()
    libro.save(contenuto)
    return contenuto.getvalue()


def _rotto() -> bytes:
    """Its first sheet is no XML any more."""
    intero, rotto = ZipFile(BytesIO(foglio([aderente()]))), BytesIO()
    with ZipFile(rotto, "w") as nuovo:
        for nome in intero.namelist():
            nuovo.writestr(nome, b"<rotto" if nome.endswith("sheet1.xml") else intero.read(nome))
    return rotto.getvalue()


@pytest.mark.parametrize(
    ("nome", "contenuto", "motivo"),
    [
        ("registro.csv", b"Denominazione\nUna\n", "questo tipo di file non è ammesso"),
        ("registro.xlsx", b"non un foglio", "non"),
        ("registro.xlsm", None, "macro"),
        ("registro.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "protetto da password"),
    ],
)
def test_un_file_che_non_e_un_foglio_si_rifiuta(
    persone: Persone, accedi: Callable[..., Client], nome: str, contenuto: bytes | None, motivo: str
) -> None:
    """Another type, a text, one with macros, an encrypted one (which is not a ZIP)."""
    risposta = accedi(persone.agenzia).post(IMPORTA, {"file": xlsx(contenuto or _con_macro(), nome)})
    assert risposta.status_code == 422
    assert motivo in str(risposta.context["form"].errors["file"])
    assert not ImportazioneRegistro.objects.exists()


def _con_macro() -> bytes:
    contenuto = BytesIO(foglio([aderente()]))
    with ZipFile(contenuto, "a") as libro:
        libro.writestr("xl/vbaProject.bin", b"macro")
    return contenuto.getvalue()


def test_l_anteprima_dice_tutto_e_non_scrive_niente(persone: Persone) -> None:
    contenuto = foglio(
        [
            aderente("Associazione «Città»", natura="Privata", alias="ACI; A.C.I."),
            aderente("Cooperativa CS4", dal=date(2022, 7, 15)),
            aderente("Cooperativa CS4", dal=date(2022, 7, 15), al="31/12/2025"),
            aderente("Soste s.r.l. di Pergine", codice="soste", dal=date(2022, 7, 15)),
            aderente("Soste", dal=date(2023, 1, 1)),
            aderente("Senza data", dal=None),
            aderente("Altrove", distretto="Distretto che non c'è"),
        ],
        [
            marchio(numero="7", valido_dal=date(2021, 5, 1)),
            marchio(marchio="Marchio che non c'è"),
        ],
    )
    importazione, prima = caricata(persone, contenuto), fotografia()
    esiti = prova(importazione, persone.agenzia)
    assert cambiate(prima, fotografia()) == []
    assert [(esito.numero, esito.genere.value) for esito in esiti] == [
        (2, "nuova"),
        (3, "invariata"),
        (4, "cambiata"),
        (5, "cambiata"),
        (6, "errore"),
        (7, "errore"),
        (8, "errore"),
        (2, "cambiata"),
        (3, "errore"),
    ]
    assert esiti[2].parole == ["aderente fino al 31 dicembre 2025"]
    assert esiti[3].parole[0].startswith("denominazione: da «")
    assert "Esiste già «Soste s.r.l. di Pergine»: è la stessa?" in esiti[4].parole[0]
    assert esiti[5].parole == ["colonna «Aderente dal»: manca"]
    assert esiti[6].parole == [
        "colonna «Distretto»: «Distretto che non c'è» non è un distretto di questa autorità"
    ]
    assert esiti[8].parole == ["colonna «Marchio»: «Marchio che non c'è» non è un marchio di questa autorità"]


def test_un_nome_che_somiglia_vuole_il_codice(persone: Persone) -> None:
    esiti = prova(caricata(persone, foglio([aderente("CS4 coop. sociale onlus a r.l.")])), persone.agenzia)
    assert "è la stessa? Scrivi il suo codice («cs4»), o uno nuovo" in esiti[0].parole[0]
    altra = [aderente("CS4 coop. sociale onlus a r.l.", codice="cs4-di-trento")]
    assert prova(caricata(persone, foglio(altra)), persone.agenzia)[0].parole == [
        "nuova organizzazione",
        "nuova adesione a Distretto Family Audit Alta Valsugana",
    ]


def test_dalla_pagina_al_registro(persone: Persone, accedi: Callable[..., Client]) -> None:
    client = accedi(persone.agenzia)
    righe = [aderente("Associazione È", natura="privata", alias="AE"), aderente("Altra", distretto="")]
    righe[1][5] = None
    righe.append(aderente("Associazione È", distretto="df-val-di-non"))
    contenuto = foglio(righe, [marchio(denominazione="Associazione È", codice=None, numero="9")])
    anteprima = client.post(IMPORTA, {"file": xlsx(contenuto)}, follow=True)
    dove, versione = anteprima.redirect_chain[-1][0], anteprima.context["versione"]
    assert client.post(dove, {"versione": versione}).status_code == 422
    assert not Organizzazione.objects.filter(denominazione="Associazione È").exists()
    fatta = client.post(dove, {"versione": versione, "conferma": "on"}, follow=True)
    assert "Il registro è aggiornato: 4 righe nuove, 0 cambiate." in fatta.content.decode()
    nuova = Organizzazione.objects.get(denominazione="Associazione È")
    assert (nuova.codice, nuova.natura) == ("associazione-e", "privata")
    assert [alias.testo for alias in nuova.alias.all()] == ["AE"]
    assert {a.distretto.codice for a in nuova.adesioni.all()} == {CODICE, "df-val-di-non"}
    assert nuova.certificazioni.get().numero == "9"
    assert not Organizzazione.objects.get(denominazione="Altra").adesioni.exists()
    evento = Evento.objects.get(azione="registro.importazione")
    assert evento.dati.letti["dopo"]["Righe nuove"] == "4"
    # Sent twice: nothing more is written.
    assert (
        "già stata confermata"
        in client.post(dove, {"versione": versione, "conferma": "on"}, follow=True).content.decode()
    )


def test_se_il_registro_cambia_si_guarda_di_nuovo(persone: Persone, accedi: Callable[..., Client]) -> None:
    importazione = caricata(persone, foglio([aderente("Associazione")]))
    dove = reverse("registro-importazione", args=["pat-acs", importazione.pk])
    client = accedi(persone.agenzia)
    versione = client.get(dove).context["versione"]
    altra = Organizzazione.objects.create(codice="associazione-x", denominazione="Associazione")
    registra_adesione(
        distretto=Distretto.objects.get(codice=CODICE), organizzazione=altra, dal=date(2024, 2, 1)
    )
    risposta = client.post(dove, {"versione": versione, "conferma": "on"})
    assert risposta.status_code == 409
    assert "Nel frattempo il registro è cambiato" in risposta.content.decode()
    assert risposta.context["conti"]["invariata"] == 1
    assert Organizzazione.objects.filter(denominazione="Associazione").count() == 1


def test_con_un_errore_non_si_scrive_niente(persone: Persone, accedi: Callable[..., Client]) -> None:
    importazione = caricata(persone, foglio([aderente("Buona"), aderente("Cattiva", dal="mai")]))
    dove = reverse("registro-importazione", args=["pat-acs", importazione.pk])
    client = accedi(persone.agenzia)
    pagina = client.get(dove)
    assert "Riga 3, colonna «Aderente dal»: «mai» non è una data" in pagina.content.decode()
    risposta = client.post(dove, {"versione": pagina.context["versione"], "conferma": "on"})
    assert risposta.status_code == 422
    assert not Organizzazione.objects.filter(denominazione="Buona").exists()


def test_le_impronte_del_file_si_controllano(persone: Persone) -> None:
    importazione = caricata(persone, foglio([aderente("Associazione")]))
    versione = versione_della_prova(importazione, prova(importazione, persone.agenzia))
    with importazione.file.storage.open(str(importazione.file.name), "wb") as conservato:
        conservato.write(foglio([aderente("Tutt'altro")]))
    with pytest.raises(StatoNonAmmesso, match="non è più quello caricato"):
        conferma(importazione=importazione, versione=versione, utente=persone.agenzia)
    importazione.file.storage.delete(str(importazione.file.name))
    with pytest.raises(StatoNonAmmesso, match="non si trova più"):
        prova(importazione, persone.agenzia)


def test_chi_carica_di_nuovo_butta_quello_che_non_ha_confermato(
    persone: Persone, django_capture_on_commit_callbacks: Any
) -> None:
    prima = caricata(persone, foglio([aderente("Una")]))
    with django_capture_on_commit_callbacks(execute=True):
        dopo = caricata(persone, foglio([aderente("Altra")]))
    assert list(ImportazioneRegistro.objects.all()) == [dopo]
    assert not prima.file.storage.exists(str(prima.file.name))


def test_cio_che_si_esporta_si_reimporta_senza_cambiare_nulla(persone: Persone) -> None:
    Organizzazione.objects.filter(codice="cs4").update(denominazione="=CS4+«Più»")
    contenuto = esportazione(Autorita.objects.get(codice="pat-acs"))
    celle = [c for riga in load_workbook(BytesIO(contenuto))["Aderenti"].iter_rows() for c in riga]
    assert [c.data_type for c in celle if c.value == "=CS4+«Più»"] == ["s"]
    esiti = prova(caricata(persone, contenuto), persone.agenzia)
    assert {esito.genere.value for esito in esiti} == {"invariata"}
    assert len(esiti) == Adesione.objects.count() + Certificazione.objects.count()


def test_si_esporta_un_distretto_in_un_giorno(persone: Persone, accedi: Callable[..., Client]) -> None:
    Organizzazione.objects.filter(codice="cs4").update(denominazione="@CS4")
    pagina, client = reverse("registro-esporta", args=["pat-acs"]), accedi(persone.agenzia)
    chiesti = {"distretto": CODICE, "alla_data": "2022-10-31", "formato": "csv"}
    risposta = client.get(pagina, chiesti)
    assert risposta["Content-Disposition"] == f'attachment; filename="registro-{CODICE}-2022-10-31.csv"'
    righe = risposta.content.decode("utf-8-sig").splitlines()
    assert len(righe) == 6  # the headings, and five: DIAL FUNGHI came in December
    assert f"{CODICE},cs4,'@CS4,privata" in righe[1]
    assert client.get(pagina, chiesti | {"formato": "xlsx"})["Content-Type"] == TIPO_XLSX
    assert client.get(pagina, chiesti | {"alla_data": "ieri"}).status_code == 422
