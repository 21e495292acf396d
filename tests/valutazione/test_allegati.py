"""Files of an evidence: they go up one by one, are checked by content, and go out to the entitled only."""

import re
from collections.abc import Callable
from hashlib import sha256
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from distretti.basi.antivirus import Clamd
from distretti.basi.italiano import del_giorno
from distretti.models import DatiEvento, Evento, Utente
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.programmi.ingressi import pdf
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.decisioni import Decisione
from valutazione.models import Allegato, Evidenza, StatoImputazione
from valutazione.pagine.allegati import allegati_di
from valutazione.services import crea_evidenza, verifica_imputazione

pytestmark = pytest.mark.django_db

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def png(nome: str = "foto.png", coda: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, PNG + coda, content_type="image/png")


def foto(nome: str = "foto.jpg", colore: str = "navy") -> SimpleUploadedFile:
    """A photograph with the place and the hour it was taken at."""
    exif, dati = Image.Exif(), BytesIO()
    exif[0x010F] = "ACME Phone"
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 3.0, 29.5), 3: "E", 4: (11.0, 14.0, 8.0)})
    Image.new("RGB", (32, 24), colore).save(dati, "JPEG", exif=exif)
    return SimpleUploadedFile(nome, dati.getvalue(), content_type="image/jpeg")


@pytest.fixture
def bozza_evidenza(programma: Programma, persone: Persone) -> Evidenza:
    return crea_evidenza(programma=programma, tipo=TipoEvidenza.INCONTRO, utente=persone.manager)


def carica(client: Client, evidenza: Evidenza, *file: SimpleUploadedFile, **dati: Any) -> str:
    corpo = {"azione": "carica", "file": list(file), **dati}
    risposta = client.post(indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk), corpo)
    assert risposta.status_code == 302
    return client.get(risposta["Location"]).content.decode().replace("&#x27;", "'")


def scarica(client: Client, allegato: Allegato) -> Any:
    evidenza = allegato.evidenza
    risposta: Any = client.get(indirizzo("allegato", evidenza.programma, evidenza.pk, allegato.pk))
    if risposta.streaming:
        risposta.content_letto = b"".join(risposta)
        risposta.close()
    return risposta


def test_piu_file_insieme_e_cio_che_e_scritto_resta(manager: Client, bozza_evidenza: Evidenza) -> None:
    pagina = carica(manager, bozza_evidenza, png("uno.png"), foto("due.jpg"), titolo="Titolo scritto prima")
    assert "2 file caricati" in pagina
    assert "Titolo scritto prima" in pagina
    assert [a.nome for a in bozza_evidenza.allegati.all()] == ["uno.png", "due.jpg"]
    allegato = bozza_evidenza.allegati.first()
    assert allegato is not None
    assert allegato.dimensione == len(PNG)
    assert len(allegato.sha256) == 64


def test_un_file_rifiutato_non_perde_gli_altri(manager: Client, bozza_evidenza: Evidenza) -> None:
    cattivo = SimpleUploadedFile(
        "programma.pdf", b"MZ\x90\x00" + b"\x00" * 200, content_type="application/pdf"
    )
    pagina = carica(manager, bozza_evidenza, cattivo, png())
    assert "programma.pdf" in pagina
    assert "1 file caricato" in pagina
    assert [a.nome for a in bozza_evidenza.allegati.all()] == ["foto.png"]


@pytest.mark.parametrize(
    ("nome", "contenuto"),
    [
        ("pagina.html", b"<html><script>alert(1)</script></html>"),
        ("foto.png", b"non sono una foto"),
        ("vuoto.pdf", b""),
        ("script.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("disegno.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    ],
)
def test_i_tipi_vietati_si_rifiutano(
    manager: Client, bozza_evidenza: Evidenza, nome: str, contenuto: bytes
) -> None:
    pagina = carica(manager, bozza_evidenza, SimpleUploadedFile(nome, contenuto))
    assert "Non riuscito" in pagina
    assert bozza_evidenza.allegati.count() == 0


def test_un_file_troppo_grande_si_rifiuta(manager: Client, bozza_evidenza: Evidenza, settings: Any) -> None:
    settings.DIMENSIONE_MASSIMA_ALLEGATO = 100
    assert "Non riuscito" in carica(manager, bozza_evidenza, png(coda=b"x" * 100))
    assert bozza_evidenza.allegati.count() == 0


def test_un_nome_che_vuole_uscire_dalla_cartella_resta_dentro(
    manager: Client, bozza_evidenza: Evidenza, settings: Any
) -> None:
    carica(manager, bozza_evidenza, png("../../x.png"))
    allegato = bozza_evidenza.allegati.get()
    assert allegato.nome == "x.png"
    assert Path(allegato.file.path).is_relative_to(settings.MEDIA_ROOT)


def test_lo_stesso_file_due_volte_si_tiene_una_volta(manager: Client, bozza_evidenza: Evidenza) -> None:
    carica(manager, bozza_evidenza, png())
    carica(manager, bozza_evidenza, png("copia.png"))
    assert bozza_evidenza.allegati.count() == 1


def test_aggiungere_un_file_a_un_evidenza_accolta_la_rimette_in_attesa(
    manager: Client, registra: Registra, persone: Persone
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    imputazione = evidenza.imputazioni.get()
    accolta = Decisione(StatoImputazione.ACCOLTA)
    verifica_imputazione(imputazione=imputazione, decisione=accolta, utente=persone.agenzia)
    assert "torna in attesa" in carica(manager, evidenza, png())
    imputazione.refresh_from_db()
    assert imputazione.stato == StatoImputazione.IN_ATTESA


def test_si_scarica_sempre_come_file(manager: Client, registra: Registra) -> None:
    evidenza = registra()
    carica(manager, evidenza, png())
    risposta = scarica(manager, evidenza.allegati.get())
    assert risposta["Content-Disposition"] == 'attachment; filename="foto.png"'
    assert risposta.content_letto == PNG


@pytest.mark.parametrize(
    ("chi", "stato"),
    [
        ("coordinatore", 200),
        ("agenzia", 200),
        ("auditor", 200),
        ("estraneo", 403),
        ("manager_altro", 403),
        ("manager_scaduto", 403),
    ],
)
def test_chi_scarica(
    accedi: Callable[[Utente], Client],
    persone: Persone,
    manager: Client,
    registra: Registra,
    chi: str,
    stato: int,
) -> None:
    evidenza = registra()
    carica(manager, evidenza, png())
    assert scarica(accedi(getattr(persone, chi)), evidenza.allegati.get()).status_code == stato


def test_un_anonimo_non_scarica(client: Client, manager: Client, registra: Registra) -> None:
    evidenza = registra()
    carica(manager, evidenza, png())
    assert scarica(client, evidenza.allegati.get())["Location"].startswith("/accesso/")


def test_l_agenzia_non_vede_i_file_di_una_bozza(
    agenzia: Client, manager: Client, bozza_evidenza: Evidenza
) -> None:
    carica(manager, bozza_evidenza, png())
    assert scarica(agenzia, bozza_evidenza.allegati.get()).status_code == 404


def test_l_allegato_di_un_altra_evidenza_da_404(
    manager: Client, registra: Registra, bozza_evidenza: Evidenza
) -> None:
    carica(manager, bozza_evidenza, png())
    altra = registra()
    allegato = bozza_evidenza.allegati.get()
    risposta = manager.get(indirizzo("allegato", altra.programma, altra.pk, allegato.pk))
    assert risposta.status_code == 404


def invia(client: Client, evidenza: Evidenza, azione: str, **dati: Any) -> Any:
    corpo = {"azione": azione, **dati}
    return client.post(indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk), corpo)


def test_da_una_bozza_si_toglie_da_una_registrata_no(
    manager: Client, registra: Registra, bozza_evidenza: Evidenza
) -> None:
    for evidenza, rimasti in ((bozza_evidenza, 0), (registra("mail"), 1)):
        carica(manager, evidenza, png())
        risposta = invia(manager, evidenza, f"togli-{evidenza.allegati.get().pk}", titolo="Scritto prima")
        assert risposta.status_code == 302
        assert evidenza.allegati.count() == rimasti
        evidenza.refresh_from_db()
        assert evidenza.dati_modulo is not None
        assert evidenza.dati_modulo["titolo"] == ["Scritto prima"]


def test_una_pagina_chiesta_intanto_non_cancella_l_esito(
    manager: Client, bozza_evidenza: Evidenza, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page was being made when the file was removed: what it saves at its end is older."""
    pagina = carica(manager, bozza_evidenza, png())
    assert "è stato tolto" not in pagina
    azione = f"togli-{bozza_evidenza.allegati.get().pk}"
    di_chi = "valutazione.views.allegati.allegati_di"

    def lento(evidenza: Evidenza, **scelte: Any) -> Any:
        monkeypatch.setattr(di_chi, allegati_di)
        altra = Client()
        altra.cookies = SimpleCookie({nome: biscotto.value for nome, biscotto in manager.cookies.items()})
        assert invia(altra, evidenza, azione).status_code == 302
        return allegati_di(evidenza, **scelte)

    indirizzo_modifica = indirizzo("evidenza-modifica", bozza_evidenza.programma, bozza_evidenza.pk)
    monkeypatch.setattr(di_chi, lento)
    assert manager.get(indirizzo_modifica).status_code == 200
    assert bozza_evidenza.allegati.count() == 0
    assert "è stato tolto" in manager.get(indirizzo_modifica).content.decode()


@pytest.mark.parametrize("azione", ["bozza", "registra"])
def test_i_file_scelti_salgono_con_qualunque_pulsante(
    manager: Client, bozza_evidenza: Evidenza, azione: str
) -> None:
    risposta = invia(manager, bozza_evidenza, azione, data="2025-03-10", titolo="Prova", file=[png()])
    assert risposta.status_code == 302
    assert [a.nome for a in bozza_evidenza.allegati.all()] == ["foto.png"]


def test_la_bozza_salvata_dice_se_un_file_non_e_accettato(manager: Client, bozza_evidenza: Evidenza) -> None:
    cattivo = SimpleUploadedFile("pagina.html", b"<html></html>")
    risposta = invia(manager, bozza_evidenza, "bozza", titolo="Prova", file=[cattivo])
    pagina = manager.get(risposta["Location"]).content.decode()
    assert "Bozza salvata, ma un file non è stato accettato" in pagina
    assert "puoi continuare" not in pagina


def test_non_si_registra_se_un_file_non_e_accettato(manager: Client, bozza_evidenza: Evidenza) -> None:
    cattivo = SimpleUploadedFile("pagina.html", b"<html></html>")
    risposta = invia(manager, bozza_evidenza, "registra", data="2025-03-10", titolo="Prova", file=[cattivo])
    assert risposta.status_code == 422
    assert "un file non è stato accettato" in risposta.content.decode()
    bozza_evidenza.refresh_from_db()
    assert bozza_evidenza.in_bozza


def test_eliminare_una_bozza_elimina_anche_i_suoi_file(
    manager: Client,
    bozza_evidenza: Evidenza,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    carica(manager, bozza_evidenza, png())
    percorso = Path(bozza_evidenza.allegati.get().file.path)
    elimina = indirizzo("evidenza-elimina", bozza_evidenza.programma, bozza_evidenza.pk)
    assert manager.get(elimina).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        assert manager.post(elimina).status_code == 302
    assert not Evidenza.objects.filter(pk=bozza_evidenza.pk).exists()
    assert not percorso.exists()


def test_una_registrata_non_si_elimina(manager: Client, agenzia: Client, registra: Registra) -> None:
    evidenza = registra()
    elimina = indirizzo("evidenza-elimina", evidenza.programma, evidenza.pk)
    assert agenzia.post(elimina).status_code == 403
    assert manager.post(elimina).status_code == 302
    assert Evidenza.objects.filter(pk=evidenza.pk).exists()


def test_togliere_e_solo_del_manager(agenzia: Client, manager: Client, bozza_evidenza: Evidenza) -> None:
    carica(manager, bozza_evidenza, png())
    allegato = bozza_evidenza.allegati.get()
    assert invia(agenzia, bozza_evidenza, f"togli-{allegato.pk}").status_code == 403
    assert bozza_evidenza.allegati.count() == 1


# Photographs, the same file twice, personal data


def test_di_una_foto_si_tengono_i_punti_e_non_il_luogo(manager: Client, bozza_evidenza: Evidenza) -> None:
    venuta = foto()
    contenuto = venuta.read()
    venuta.seek(0)
    assert "dati di posizione tolti" in carica(manager, bozza_evidenza, venuta)
    allegato = bozza_evidenza.allegati.get()
    tenuta = scarica(manager, allegato).content_letto
    with Image.open(BytesIO(tenuta)) as dopo, Image.open(BytesIO(contenuto)) as prima:
        assert prima.getexif().get_ifd(0x8825)[2] == (46.0, 3.0, 29.5)
        assert dict(dopo.getexif()) == {}
        assert dopo.tobytes() == prima.tobytes()
    assert allegato.sha256_originale == sha256(contenuto).hexdigest()
    assert allegato.sha256 == sha256(tenuta).hexdigest()
    assert allegato.dimensione == len(tenuta)


def test_una_foto_che_non_si_puo_ripulire_si_rifiuta_e_si_dice_perche(
    manager: Client, bozza_evidenza: Evidenza
) -> None:
    tronca = SimpleUploadedFile("foto.jpg", foto().read()[:-40])
    assert "«foto.jpg»: è un'immagine danneggiata" in carica(
        manager, bozza_evidenza, tronca, foto("buona.jpg")
    )
    assert [a.nome for a in bozza_evidenza.allegati.all()] == ["buona.jpg"]


def test_lo_stesso_file_si_riconosce_anche_ripulito_e_anche_altrove(
    manager: Client, agenzia: Client, bozza_evidenza: Evidenza, registra: Registra
) -> None:
    evidenza = registra("newsletter")
    assert evidenza.data is not None
    carica(manager, evidenza, foto())
    with evidenza.allegati.get().file.open() as tenuto:
        ripulita = SimpleUploadedFile("ripulita.jpg", tenuto.read())
    for stesso in (foto("altro nome.jpg"), ripulita):
        assert "lo stesso file non si allega due volte" in carica(manager, evidenza, stesso)
    pagina = carica(manager, bozza_evidenza, foto())
    assert f"lo stesso file è già allegato all'evidenza «{evidenza}» {del_giorno(evidenza.data)}" in pagina
    assert "È lo stesso file dell'evidenza" in pagina
    assert evidenza.allegati.count() == bozza_evidenza.allegati.count() == 1
    # Who verifies does not learn what a bozza holds, and sees the same file on what is registered.
    letta = agenzia.get(indirizzo("evidenza", evidenza.programma, evidenza.pk)).content.decode()
    assert "È lo stesso file" not in letta
    carica(manager, registra("mail"), foto())
    letta = agenzia.get(indirizzo("evidenza", evidenza.programma, evidenza.pk)).content.decode()
    assert "È lo stesso file dell&#x27;evidenza" in letta or "È lo stesso file dell'evidenza" in letta


@pytest.mark.parametrize(
    ("nome", "spunta", "segnato"),
    [
        ("foto.jpg", "", True),
        ("foglio presenze.csv", "", True),
        ("bilancio.csv", "", False),
        ("bilancio.csv", "1", True),
    ],
)
def test_i_dati_personali_si_propongono_e_il_manager_decide(
    manager: Client, bozza_evidenza: Evidenza, nome: str, spunta: str, segnato: bool
) -> None:
    file = foto() if nome.endswith("jpg") else SimpleUploadedFile(nome, b"a;b\n1;2\n")
    dati = {"dati_personali": spunta} if spunta else {}
    pagina = carica(manager, bozza_evidenza, file, **dati)
    allegato = bozza_evidenza.allegati.get()
    assert allegato.dati_personali is segnato
    assert ("stato-attesa" in pagina) is segnato
    verbo = "impersonali" if segnato else "personali"
    assert invia(manager, bozza_evidenza, f"{verbo}-{allegato.pk}", titolo="Scritto prima").status_code == 302
    allegato.refresh_from_db()
    assert allegato.dati_personali is not segnato
    bozza_evidenza.refresh_from_db()
    assert (bozza_evidenza.dati_modulo or {})["titolo"] == ["Scritto prima"]


def test_segnare_i_dati_personali_e_solo_del_manager_e_resta_nel_registro(
    agenzia: Client, manager: Client, registra: Registra
) -> None:
    evidenza = registra()
    carica(manager, evidenza, foto("Mario Rossi.jpg"))
    pk = evidenza.allegati.get().pk
    assert invia(agenzia, evidenza, f"impersonali-{pk}").status_code == 403
    assert invia(manager, registra("mail"), f"impersonali-{pk}").status_code == 404
    assert invia(manager, evidenza, "impersonali-" + "9" * 5000).status_code == 404
    assert invia(manager, evidenza, f"impersonali-{pk}").status_code == 302
    ultimo = Evento.objects.order_by("numero").last()
    assert ultimo is not None
    assert ultimo.azione == "evidenza.dati_personali"
    racconti = DatiEvento.objects.filter(evento__azione__startswith="evidenza.")
    assert not [dati for dati in racconti if "Mario Rossi" in dati.contenuto]


def test_la_pagina_che_manda_i_file_senza_lasciarla_ne_legge_l_esito(
    manager: Client, registra: Registra
) -> None:
    evidenza = registra()
    pagina = manager.get(indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk))
    versione = pagina.context["form"]["versione"].value()
    corpo = {"azione": "carica", "file": [foto()], "versione": versione, "titolo": "Scritto prima"}
    risposta = manager.post(
        indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk), corpo, headers={"HX-Request": "true"}
    )
    testo = risposta.content.decode()
    assert risposta.status_code == 200
    assert "<html" not in testo
    assert "1 file caricato" in testo
    nuova = re.search(r'data-versione="([^"]+)"', testo)
    assert nuova is not None
    assert nuova[1] != versione, "il proprio file non deve sembrare la modifica di un altro"
    evidenza.refresh_from_db()
    assert (evidenza.dati_modulo or {})["titolo"] == ["Scritto prima"]


@pytest.mark.parametrize("nome", ["foto.jpg", "tabella.csv", "messaggio.eml", "pagina.pdf"])
def test_qualunque_file_si_scarica_e_non_si_apre_nella_pagina(
    manager: Client, registra: Registra, nome: str
) -> None:
    contenuti = {
        "foto.jpg": foto().read(),
        "tabella.csv": b"a;b\n<script>alert(1)</script>;2\n",
        "messaggio.eml": b"From: a@example.org\nTo: b@example.org\nSubject: x\n\n<script></script>\n",
        "pagina.pdf": pdf().read(),
    }
    evidenza = registra()
    carica(manager, evidenza, SimpleUploadedFile(nome, contenuti[nome]))
    risposta = scarica(manager, evidenza.allegati.get())
    assert risposta["Content-Disposition"] == f'attachment; filename="{nome}"'
    assert risposta["X-Content-Type-Options"] == "nosniff"
    assert (
        "default-src 'none'" in risposta["Content-Security-Policy"]
        or "default-src 'self'" in (risposta["Content-Security-Policy"])
    )


def test_se_l_antivirus_non_risponde_niente_si_carica_e_niente_si_perde(
    manager: Client, bozza_evidenza: Evidenza, settings: Any
) -> None:
    settings.ANTIVIRUS = Clamd(("127.0.0.1", 9), 1)
    pagina = carica(manager, bozza_evidenza, foto(), titolo="Titolo scritto prima")
    assert "il controllo antivirus non risponde" in pagina
    assert "Titolo scritto prima" in pagina
    assert bozza_evidenza.allegati.count() == 0
