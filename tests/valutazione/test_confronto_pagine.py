"""Il confronto sulle pagine: quali versioni, per chi, con quali parole, che cosa non si mostra."""

import io
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from distretti.models import Adesione, Utente
from programmi.models import Indicatore, Programma, Versione
from programmi.regola import TipoEvidenza
from programmi.services import salva_premessa, salva_regola
from programmi.variazione import apri_variazione
from tests.conftest import CODICE, Persone
from tests.pdf.lettura import leggi_pdf
from tests.programmi.ingressi import con_progettualita
from tests.programmi.passi import porta
from valutazione import confronti
from valutazione.confronti import confronto_di, lati_di, predefiniti
from valutazione.services import crea_evidenza, registra_evidenza

pytestmark = pytest.mark.django_db

Accedi = Callable[[Utente], Client]


def url(nome: str = "confronto", anno: int = 2025, query: str = "") -> str:
    return reverse(nome, args=[CODICE, anno]) + query


@pytest.fixture
def con_post(programma: Programma, persone: Persone) -> Programma:
    """Two posts on line 4.2, which is worth 50% each in the act."""
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.POST, utente=persone.manager)
    voce = {
        "codice": evidenza.codice,
        "tipo": "post",
        "data": "2025-05-05",
        "titolo": "Due post",
        "imputazioni": [{"indicatore": "4.2", "stato": "in_attesa", "misura": {"unita": 2}}],
    }
    registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager)
    return programma


def _dimezza(programma: Programma) -> None:
    """By the back door: an approved programme is changed by a variazione alone."""
    riga = Indicatore.objects.get(programma=programma, progettualita__numero=4, ordine=2)
    Indicatore.objects.filter(pk=riga.pk).update(regola={**(riga.regola or {}), "percentuale": "25"})


def test_la_versione_e_oggi_con_le_evidenze_di_oggi(
    con_post: Programma, persone: Persone, accedi: Accedi
) -> None:
    _dimezza(con_post)
    risposta = accedi(persone.manager).get(url())
    pagina = " ".join(risposta.content.decode().split())
    assert "Riga 4.2: regola" in pagina
    assert "<del>50</del>% per ogni post o mail, fino al 100%" in pagina
    assert "<ins>25</ins>% per ogni post o mail, fino al 100%" in pagina
    assert "con le evidenze di oggi la riga passa da 100,00% a 50,00%" in pagina
    nomi = [passa.nome for passa in risposta.context["confronto"].cambiate]
    assert nomi[0] == "Programma"
    assert nomi[-1] == "Riga 4.2"


def test_il_registro_di_oggi(programma: Programma, persone: Persone, accedi: Accedi) -> None:
    Adesione.objects.filter(distretto=programma.distretto, organizzazione__codice="cs4").update(
        al="2025-09-30"
    )
    pagina = accedi(persone.auditor).get(url()).content.decode()
    assert "aderisce fino al" in pagina
    assert "30 settembre 2025" in pagina


def test_la_stessa_versione_da_due_parti_non_ha_differenze(
    programma: Programma, persone: Persone, accedi: Accedi
) -> None:
    pagina = accedi(persone.agenzia).get(url(query="?prima=1&dopo=1")).content.decode()
    assert "Nessuna differenza" in pagina


def test_due_versioni_dello_stesso_programma(bozza: Programma, persone: Persone, accedi: Accedi) -> None:
    con_progettualita(bozza)
    porta(bozza, persone, "integrazioni_richieste")
    salva_premessa(programma=bozza, premessa="Un testo del tutto nuovo.")
    lati = lati_di(bozza, tutti=True)
    assert [lato.chiave for lato in lati] == ["1", "oggi"]
    assert [lato.chiave for lato in predefiniti(lati)] == ["1", "oggi"]
    pagina = accedi(persone.manager).get(url(anno=2026)).content.decode()
    assert "Un testo del tutto nuovo." in pagina
    assert "Versione 1, trasmessa il 22 gennaio 2026" in pagina


def test_una_bozza_mai_trasmessa_si_confronta_solo_con_se_stessa(
    bozza: Programma, persone: Persone, accedi: Accedi
) -> None:
    assert "Nessuna differenza" in accedi(persone.manager).get(url(anno=2026)).content.decode()
    assert accedi(persone.estraneo).get(url(anno=2026)).status_code == 404


def test_chiunque_confronta_due_versioni_approvate_senza_percentuali(
    con_post: Programma, persone: Persone, accedi: Accedi, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Client().get(url()).status_code == 404
    versione = Versione.objects.get(programma=con_post)
    documento = json.loads(versione.contenuto)
    documento["progettualita"][3]["indicatori"][1]["regola"]["percentuale"] = "25"
    documento["attori"][0]["telefono"] = "0461-riservato"
    seconda = Versione(**{**_campi(versione), "numero": 2, "contenuto": json.dumps(documento)})
    monkeypatch.setattr(
        confronti, "lati_di", lambda programma, *, tutti: _lati(versione, seconda, oggi=tutti)
    )
    monkeypatch.setattr("valutazione.views.confronto.lati_di", confronti.lati_di)
    monkeypatch.setattr(confronti, "leggi", lambda letta: json.loads(letta.contenuto))
    risposta = Client().get(url(query="?prima=1&dopo=oggi"))
    pagina = risposta.content.decode()
    assert risposta.context["confronto"].effetto is None
    assert "<ins>25</ins>" in pagina
    for riservato in ("evidenze di oggi", "0461-riservato", "registro di oggi"):
        assert riservato not in pagina
    assert "evidenze di oggi" in accedi(persone.manager).get(url(query="?prima=1&dopo=2")).content.decode()


def _campi(versione: Versione) -> dict[str, Any]:
    return {campo.attname: getattr(versione, campo.attname) for campo in versione._meta.concrete_fields}


def _lati(*versioni: Versione, oggi: bool) -> list[confronti.Lato]:
    lati = [confronti.Lato(str(v.numero), confronti._nome(v), v) for v in versioni]
    return [*lati, confronti.Lato(confronti.OGGI, "oggi, con il registro di oggi")] if oggi else lati


def test_cio_che_fu_alterato_non_si_confronta_e_non_si_stampa(
    programma: Programma, persone: Persone, accedi: Accedi
) -> None:
    """As SQL alone can do it, behind the product's back."""
    with connection.cursor() as cursore:
        if connection.vendor == "postgresql":
            cursore.execute("SET LOCAL session_replication_role = replica")
        cursore.execute("UPDATE programmi_versione SET contenuto = replace(contenuto, 'Pergine', 'Altrove')")
        if connection.vendor == "postgresql":
            cursore.execute("SET LOCAL session_replication_role = origin")
    client = accedi(persone.manager)
    client.raise_request_exception = False
    for indirizzo in (url(), url("confronto-pdf"), reverse("versione-pdf", args=[CODICE, 2025, 1])):
        risposta = client.get(indirizzo)
        assert risposta.status_code >= 500, indirizzo
        assert "Altrove" not in risposta.content.decode(errors="ignore")


def test_il_confronto_in_pdf(con_post: Programma, persone: Persone, accedi: Accedi) -> None:
    _dimezza(con_post)
    risposta = accedi(persone.dirigente).get(url("confronto-pdf"))
    assert risposta["Content-Type"] == "application/pdf"
    assert risposta["Content-Disposition"] == f'attachment; filename="confronto-{CODICE}-2025-1-oggi.pdf"'
    testo = leggi_pdf(risposta.content)
    assert "la riga passa da 100,00% a 50,00%" in testo
    assert Versione.objects.get(programma=con_post).sha256 in testo.replace(" ", "")


def test_la_versione_in_pdf_per_tutti_e_per_chi_segue(
    bozza: Programma, persone: Persone, accedi: Accedi
) -> None:
    """Everyone prints what was approved, in its public form; what was only transmitted, who follows it."""
    con_progettualita(bozza)
    porta(bozza, persone, "approvato")
    trasmessa, versione = Versione.objects.filter(programma=bozza).order_by("numero")
    for client, intera in ((accedi(persone.manager), True), (Client(), False)):
        contenuto = client.get(reverse("versione-pdf", args=[CODICE, 2026, versione.numero])).content
        with pikepdf.open(io.BytesIO(contenuto)) as file:
            (allegato,) = file.Root.AF
            dentro = allegato.EF.F.read_bytes()
        testo = leggi_pdf(contenuto).replace(" ", "")
        # From the hash of the whole one could guess what the public form does not say.
        assert (versione.sha256 in testo) is intera
        assert sha256(dentro).hexdigest() in testo
        assert (dentro.decode() == versione.contenuto) is intera
        assert ("0461/502356" in testo) is intera
    per_chi_segue = reverse("versione-pdf", args=[CODICE, 2026, trasmessa.numero])
    assert Client().get(per_chi_segue).status_code == 404
    assert "PROGRAMMA NON APPROVATO" in leggi_pdf(accedi(persone.manager).get(per_chi_segue).content)
    assert accedi(persone.manager).get(reverse("versione-pdf", args=[CODICE, 2026, 9])).status_code == 404


def test_le_interrogazioni_del_confronto(
    con_post: Programma, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    lati = lati_di(con_post, tutti=True)
    with django_assert_max_num_queries(40):
        confronto_di(con_post, *predefiniti(lati), tutti=True)


def test_una_variazione_si_confronta_con_il_programma_in_vigore(
    con_post: Programma, persone: Persone, accedi: Accedi
) -> None:
    """With the evidence of the programme it changes: a variazione has none of its own."""
    variazione = apri_variazione(programma=con_post, utente=persone.manager, motivo="Meno post")
    riga = Indicatore.objects.get(programma=variazione, progettualita__numero=4, ordine=2)
    salva_regola(riga=riga, regola={**(riga.regola or {}), "percentuale": "25"})
    lati = lati_di(variazione, tutti=True)
    assert [lato.chiave for lato in lati] == ["vigente", "oggi"]
    indirizzo = reverse("confronto", args=[CODICE, variazione.edizione])
    pagina = accedi(persone.agenzia).get(indirizzo).content.decode()
    assert "con le evidenze di oggi la riga passa da 100,00% a 50,00%" in pagina
    assert "Riga 4.2: regola" in pagina
    assert Client().get(indirizzo).status_code == 404
