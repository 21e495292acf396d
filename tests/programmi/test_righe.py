"""Le righe e le loro regole: prima la forma, poi i campi di quella forma."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from programmi.models import Indicatore, Progettualita, Programma
from programmi.regola import TipoRegola
from programmi.services import (
    DatiRiga,
    Direzione,
    RegolaNonValida,
    crea_riga,
    elimina_progettualita,
    elimina_riga,
    salva_regola,
    salva_riga,
    sposta_riga,
)
from programmi.versioni import istantanea_regola, istantanea_riga, versione_di
from tests.conftest import Persone
from tests.programmi.ingressi import MEZZO, con_progettualita, indirizzo


@pytest.fixture
def manager(accedi: Callable[..., Client], persone: Persone) -> Client:
    return accedi(persone.manager)


@pytest.fixture
def riga(azione: Progettualita) -> Indicatore:
    return azione.indicatori.get()


def invia(manager: Client, riga: Indicatore, **campi: Any) -> Any:
    """Il secondo passo, compilato."""
    versione = versione_di(istantanea_regola(Indicatore.objects.get(pk=riga.pk)))
    pagina = indirizzo("indicatore-regola", riga.programma, pk=riga.pk)
    return manager.post(pagina, {"versione": versione, "evidenze": ["incontro"], **campi})


def test_nuova_riga_e_subito_la_sua_regola(bozza: Programma, azione: Progettualita, manager: Client) -> None:
    pagina = indirizzo("indicatore-nuovo", bozza, pk=azione.pk)
    risposta = manager.post(pagina, {"testo": "Post", "testo_regola": "50% per ogni post"})
    nuova = azione.indicatori.get(ordine=2)
    assert (nuova.codice, nuova.regola) == ("1.2", None)
    assert risposta["Location"] == indirizzo("indicatore-regola", bozza, pk=nuova.pk)


def test_nuova_obbligatoria_ha_la_sezione(bozza: Programma, manager: Client) -> None:
    pagina = indirizzo("obbligatoria-nuova", bozza)
    assert manager.post(pagina, {"testo": "Altro"}).status_code == 422
    assert manager.post(pagina, {"testo": "Altro", "sezione": "ICT"}).status_code == 302
    assert bozza.indicatori.obbligatori().get(ordine=10).codice == "obb.10"
    with pytest.raises(DatiNonValidi):
        crea_riga(programma=bozza, progettualita=None, dati=DatiRiga(testo="x"))


def test_la_progettualita_di_un_altro_programma_non_si_usa(bozza: Programma, altra_bozza: Programma) -> None:
    altrui = con_progettualita(altra_bozza)[0]
    with pytest.raises(DatiNonValidi, match="altro programma"):
        crea_riga(programma=bozza, progettualita=altrui, dati=DatiRiga(testo="x"))


def test_modifica_le_parole_e_chi_salva_per_secondo_lo_sa(riga: Indicatore, manager: Client) -> None:
    pagina = indirizzo("indicatore-modifica", riga.programma, pk=riga.pk)
    versione = versione_di(istantanea_riga(riga))
    assert manager.post(pagina, {"testo": "Nuovo", "versione": versione}).status_code == 302
    risposta = manager.post(pagina, {"testo": "Mio", "versione": versione})
    assert risposta.status_code == 409
    assert risposta.context["conflitto"] == [("Indicatore", "Nuovo")]
    riga.refresh_from_db()
    assert riga.testo == "Nuovo"


def test_si_riordinano_e_si_eliminano_senza_buchi(
    bozza: Programma, azione: Progettualita, riga: Indicatore, manager: Client
) -> None:
    seconda = crea_riga(programma=bozza, progettualita=azione, dati=DatiRiga(testo="B"))
    crea_riga(programma=bozza, progettualita=azione, dati=DatiRiga(testo="C"))
    manager.post(indirizzo("indicatore-sposta", bozza, pk=seconda.pk), {"direzione": "giu"})
    assert list(azione.indicatori.order_by("ordine").values_list("testo", flat=True)) == [
        "Incontri",
        "C",
        "B",
    ]
    risposta = manager.post(indirizzo("indicatore-elimina", bozza, pk=riga.pk))
    assert risposta["Location"].endswith("#righe")
    assert list(azione.indicatori.order_by("ordine").values_list("ordine", "testo")) == [(1, "C"), (2, "B")]
    obbligatorie = bozza.indicatori.obbligatori()
    manager.post(indirizzo("indicatore-elimina", bozza, pk=obbligatorie.get(ordine=2).pk))
    assert list(obbligatorie.order_by("ordine").values_list("ordine", flat=True)) == list(range(1, 9))


def test_il_primo_passo_offre_le_forme_e_non_valutata(riga: Indicatore, manager: Client) -> None:
    pagina = manager.get(indirizzo("indicatore-regola", riga.programma, pk=riga.pk)).content.decode()
    for tipo in TipoRegola:
        assert f'value="{tipo}"' in pagina
    assert 'value="nessuna"' in pagina
    assert "50% per ogni incontro, fino al 100%" in pagina


@pytest.mark.parametrize("tipo", list(TipoRegola))
def test_il_secondo_passo_ha_solo_i_campi_della_forma(
    riga: Indicatore, manager: Client, tipo: TipoRegola
) -> None:
    pagina = manager.get(indirizzo("indicatore-regola", riga.programma, pk=riga.pk), {"tipo": tipo})
    assert pagina.status_code == 200
    corpo = pagina.content.decode()
    assert ('name="percentuale"' in corpo) == (tipo in ("unica", "per_unita", "per_distinti"))
    assert ('name="fasce_1_da"' in corpo) == (tipo == "fasce")
    assert ('name="parti_1_nome"' in corpo) == (tipo == "composta")
    assert ('name="soglia"' in corpo) == (tipo == "quota_ore")


@pytest.mark.parametrize(
    ("campi", "attesa"),
    [
        (
            {"tipo": "unica", "percentuale": "100"},
            {"tipo": "unica", "percentuale": "100", "evidenze": ["incontro"]},
        ),
        (
            {
                "tipo": "per_unita",
                "percentuale": "12,5 %",
                "massimo": "80",
                "presenze": ["manager"],
                "campi": ["argomento", "persone|organizzazioni"],
                "entro": "2026-11-30",
                "obiettivo": "4",
            },
            {
                "tipo": "per_unita",
                "percentuale": "12.5",
                "evidenze": ["incontro"],
                "massimo": "80",
                "presenze": ["manager"],
                "campi": ["argomento", "persone|organizzazioni"],
                "entro": "2026-11-30",
                "obiettivo": 4,
            },
        ),
        (
            {
                "tipo": "fasce",
                "fasce_2_da": "1",
                "fasce_2_percentuale": "40",
                "fasce_3_da": "5",
                "fasce_3_percentuale": "100",
                "evidenze": ["post"],
            },
            {
                "tipo": "fasce",
                "fasce": [{"da": 1, "percentuale": "40"}, {"da": 5, "percentuale": "100"}],
                "evidenze": ["post"],
            },
        ),
        (
            {"tipo": "per_distinti", "percentuale": "100/3", "distinti": "organizzazione_aderente"},
            {
                "tipo": "per_distinti",
                "percentuale": "100/3",
                "distinti": "organizzazione_aderente",
                "evidenze": ["incontro"],
            },
        ),
        (
            {
                "tipo": "composta",
                "parti_1_nome": "piano",
                "parti_1_percentuale": "50",
                "parti_2_nome": "calendario",
                "parti_2_percentuale": "50",
            },
            {
                "tipo": "composta",
                "parti": [
                    {"nome": "piano", "percentuale": "50"},
                    {"nome": "calendario", "percentuale": "50"},
                ],
                "tutte": False,
                "evidenze": ["incontro"],
            },
        ),
        (
            {"tipo": "quota_ore", "ore_previste": "", "soglia": "50", "lettura": "soglia"},
            {"tipo": "quota_ore", "ore_previste": None, "soglia": "50", "evidenze": ["incontro"]},
        ),
        (
            {"tipo": "quota_ore", "ore_previste": "16", "soglia": "50", "lettura": "proporzionale"},
            {
                "tipo": "quota_ore",
                "ore_previste": "16",
                "soglia": "50",
                "lettura": "proporzionale",
                "evidenze": ["incontro"],
            },
        ),
        ({"tipo": "manuale", "evidenze": []}, {"tipo": "manuale", "assegnata": None}),
    ],
)
def test_salva_ogni_forma(
    riga: Indicatore, manager: Client, campi: dict[str, Any], attesa: dict[str, Any]
) -> None:
    assert invia(manager, riga, **campi).status_code == 302
    riga.refresh_from_db()
    assert riga.regola == attesa
    pagina = manager.get(indirizzo("indicatore-regola", riga.programma, pk=riga.pk), {"tipo": campi["tipo"]})
    assert pagina.status_code == 200


def test_ogni_regola_del_programma_vero_si_riapre_e_si_risalva_uguale(
    bozza: Programma, programma: Programma, manager: Client, riga: Indicatore
) -> None:
    for originale in programma.indicatori.exclude(regola=None):
        salva_regola(riga=riga, regola=originale.regola)
        riga.refresh_from_db()
        prima = riga.regola_json
        assert prima is not None
        pagina = manager.get(indirizzo("indicatore-regola", bozza, pk=riga.pk), {"tipo": prima["tipo"]})
        modulo = pagina.context["form"]
        campi = {nome: modulo[nome].value() for nome in modulo.fields}
        inviati = {nome: valore for nome, valore in campi.items() if valore not in (None, False)}
        assert invia(manager, riga, **(inviati | {"tipo": prima["tipo"]})).status_code == 302
        riga.refresh_from_db()
        assert riga.regola == prima, originale


def test_anteprima_mostra_la_frase_e_non_salva(riga: Indicatore, manager: Client) -> None:
    risposta = invia(manager, riga, tipo="unica", percentuale="80", anteprima="1")
    assert risposta.status_code == 200
    assert risposta.context["anteprima"] == "80% con almeno un incontro"
    riga.refresh_from_db()
    assert riga.regola == MEZZO


@pytest.mark.parametrize(
    ("campi", "campo", "parola"),
    [
        ({"tipo": "unica", "percentuale": "101"}, "percentuale", "fino a 100"),
        ({"tipo": "unica", "percentuale": "0"}, "percentuale", "maggiore di 0"),
        ({"tipo": "unica", "percentuale": "-5"}, "percentuale", "non è un numero"),
        ({"tipo": "unica", "percentuale": "dodici"}, "percentuale", "non è un numero"),
        ({"tipo": "unica", "percentuale": "1e2"}, "percentuale", "non è un numero"),
        ({"tipo": "unica", "percentuale": ""}, "percentuale", "obbligatorio"),
        ({"tipo": "unica", "percentuale": "10", "evidenze": []}, "evidenze", "almeno una"),
        ({"tipo": "unica", "percentuale": "10", "evidenze": ["festa"]}, "evidenze", "scegli"),
        ({"tipo": "unica", "percentuale": "10", "massimo": "200"}, "massimo", "fino a 100"),
        ({"tipo": "unica", "percentuale": "10", "entro": "2025-06-01"}, "entro", "fuori dall'esercizio"),
        ({"tipo": "unica", "percentuale": "10", "entro": "mai"}, "entro", "data che esiste"),
        ({"tipo": "unica", "percentuale": "10", "obiettivo": "0"}, "obiettivo", "da 1 in su"),
        ({"tipo": "per_distinti", "percentuale": "10", "distinti": "persone"}, "distinti", "scegli"),
        ({"tipo": "fasce"}, "fasce_1_da", "almeno una fascia"),
        (
            {
                "tipo": "fasce",
                "fasce_1_da": "5",
                "fasce_1_percentuale": "40",
                "fasce_3_da": "2",
                "fasce_3_percentuale": "100",
            },
            "fasce_3_da",
            "devono crescere",
        ),
        ({"tipo": "fasce", "fasce_2_da": "1"}, "fasce_2_percentuale", "obbligatorio"),
        (
            {"tipo": "composta", "parti_1_nome": "a", "parti_1_percentuale": "120"},
            "parti_1_percentuale",
            "fino a 100",
        ),
        ({"tipo": "composta", "parti_2_percentuale": "20"}, "parti_2_nome", "obbligatorio"),
        ({"tipo": "quota_ore", "soglia": "50", "ore_previste": "poche"}, "ore_previste", "non è un numero"),
    ],
)
def test_ogni_errore_sta_accanto_al_suo_campo(
    riga: Indicatore, manager: Client, campi: dict[str, Any], campo: str, parola: str
) -> None:
    risposta = invia(manager, riga, **campi)
    assert risposta.status_code == 422
    errori = risposta.context["form"].errors
    assert campo in errori, errori
    assert parola in " ".join(errori[campo]).lower()
    riga.refresh_from_db()
    assert riga.regola == MEZZO


def test_parti_che_insieme_superano_100(riga: Indicatore, manager: Client) -> None:
    risposta = invia(
        manager,
        riga,
        tipo="composta",
        parti_1_nome="a",
        parti_1_percentuale="60",
        parti_2_nome="b",
        parti_2_percentuale="60",
    )
    assert risposta.status_code == 422
    assert "insieme superano 100" in risposta.content.decode()


@pytest.mark.parametrize("tipo", ["inventata", "PER_UNITA", "<script>"])
def test_una_forma_sconosciuta_si_dice(riga: Indicatore, manager: Client, tipo: str) -> None:
    assert invia(manager, riga, tipo=tipo).status_code == 422
    pagina = indirizzo("indicatore-regola", riga.programma, pk=riga.pk)
    risposta = manager.get(pagina, {"tipo": tipo})
    assert risposta.status_code == 422
    assert "Controlla i dati inseriti" in risposta.content.decode()
    riga.refresh_from_db()
    assert riga.regola == MEZZO


def test_il_servizio_rifiuta_una_regola_fuori_dal_contratto(riga: Indicatore) -> None:
    with pytest.raises(RegolaNonValida) as errore:
        salva_regola(riga=riga, regola={**MEZZO, "percentuale": 50})
    assert errore.value.errori[0].percorso == "$.percentuale"


def test_non_valutata_toglie_la_regola(riga: Indicatore, manager: Client) -> None:
    pagina = indirizzo("indicatore-regola", riga.programma, pk=riga.pk)
    assert "non valutata" in manager.get(pagina, {"tipo": "nessuna"}).content.decode()
    assert invia(manager, riga, tipo="nessuna").status_code == 302
    riga.refresh_from_db()
    assert riga.regola is None


def test_una_regola_cambiata_da_altri_si_dice(riga: Indicatore, manager: Client) -> None:
    versione = versione_di(istantanea_regola(riga))
    salva_regola(riga=riga, regola={**MEZZO, "percentuale": "20"})
    risposta = invia(manager, riga, tipo="unica", percentuale="100", versione=versione)
    assert risposta.status_code == 409
    assert risposta.context["conflitto"] == [("Regola", "20% per ogni incontro, fino al 100%")]


def test_ogni_servizio_rifiuta_un_programma_approvato(programma: Programma) -> None:
    scelta = programma.indicatori.obbligatori().get(ordine=1)
    chiamate: list[Callable[[], Any]] = [
        lambda: crea_riga(programma=programma, progettualita=None, dati=DatiRiga(testo="x", sezione="X")),
        lambda: salva_riga(riga=scelta, dati=DatiRiga(testo="x", sezione="X")),
        lambda: salva_regola(riga=scelta, regola=None),
        lambda: elimina_riga(riga=scelta),
        lambda: sposta_riga(riga=scelta, direzione=Direzione.GIU),
    ]
    for chiamata in chiamate:
        with pytest.raises(StatoNonAmmesso):
            chiamata()
    scelta.refresh_from_db()
    assert scelta.regola is not None


def test_una_riga_con_evidenze_non_si_elimina_e_non_cambia_forma(
    bozza: Programma, azione: Progettualita, riga: Indicatore, manager: Client
) -> None:
    from valutazione.models import Evidenza, Imputazione

    evidenza = Evidenza.objects.create(programma=bozza, codice="e1", tipo="incontro")
    Imputazione.objects.create(evidenza=evidenza, indicatore=riga)
    for pagina in (
        indirizzo("indicatore-elimina", bozza, pk=riga.pk),
        indirizzo("progettualita-elimina", bozza, pk=azione.pk),
    ):
        risposta = manager.post(pagina, follow=True)
        assert "Ci sono evidenze imputate" in risposta.content.decode()
    with pytest.raises(StatoNonAmmesso):
        salva_regola(riga=riga, regola=None)
    salva_regola(riga=riga, regola={**MEZZO, "percentuale": "20"})
    assert Indicatore.objects.filter(pk=riga.pk).exists()
    assert Progettualita.objects.filter(pk=azione.pk).exists()


def test_le_parole_scritte_su_una_riga_eliminata_non_si_perdono(riga: Indicatore, manager: Client) -> None:
    pagina = indirizzo("indicatore-modifica", riga.programma, pk=riga.pk)
    elimina_riga(riga=riga)
    risposta = manager.post(pagina, {"testo": "Scritto con cura", "testo_regola": "50%\nper ogni mail"})
    assert risposta.status_code == 409
    corpo = risposta.content.decode()
    assert "Eliminata nel frattempo" in corpo
    assert "<dt>Indicatore</dt><dd>Scritto con cura</dd>" in corpo
    assert "50%<br>per ogni mail" in corpo
    assert manager.get(pagina).status_code == 404


def test_la_regola_scritta_per_una_riga_eliminata_non_si_perde(riga: Indicatore, manager: Client) -> None:
    pagina = indirizzo("indicatore-regola", riga.programma, pk=riga.pk)
    elimina_riga(riga=riga)
    scritta = {"tipo": "per_unita", "percentuale": "37,5", "evidenze": ["incontro", "mail"]}
    risposta = manager.post(pagina, scritta)
    assert risposta.status_code == 409
    corpo = risposta.content.decode()
    assert "<dd>37,5</dd>" in corpo
    assert "incontro, mail" in corpo.lower()
    for tipo in ("nessuna", "inventata"):
        assert manager.post(pagina, {"tipo": tipo}).status_code == 409
    assert manager.get(pagina).status_code == 404


def test_una_riga_nuova_di_una_progettualita_eliminata_non_si_perde(
    bozza: Programma, azione: Progettualita, manager: Client
) -> None:
    pagina = indirizzo("indicatore-nuovo", bozza, pk=azione.pk)
    elimina_progettualita(progettualita=azione)
    risposta = manager.post(pagina, {"testo": "Scritto con cura"})
    assert risposta.status_code == 409
    assert "La progettualità non c'è più" in risposta.content.decode()
    assert "Scritto con cura" in risposta.content.decode()
    assert manager.get(pagina).status_code == 404


def test_la_riga_di_un_altro_programma_resta_ignota(
    bozza: Programma, altra_bozza: Programma, manager: Client
) -> None:
    altrui = con_progettualita(altra_bozza)[0]
    riga = altrui.indicatori.get()
    for nome, pk in (("indicatore-modifica", riga.pk), ("indicatore-regola", riga.pk)):
        assert manager.post(indirizzo(nome, bozza, pk=pk), {"testo": "x"}).status_code == 404
    assert manager.post(indirizzo("indicatore-nuovo", bozza, pk=altrui.pk), {"testo": "x"}).status_code == 404


def test_cio_che_sparisce_mentre_si_risponde_e_404_e_non_un_guasto(
    bozza: Programma, azione: Progettualita, riga: Indicatore, manager: Client
) -> None:
    elimina_riga(riga=Indicatore.objects.get(pk=riga.pk))
    with pytest.raises(Indicatore.DoesNotExist):
        salva_riga(riga=riga, dati=DatiRiga(testo="x"))
    assert manager.post(indirizzo("indicatore-elimina", bozza, pk=riga.pk)).status_code == 404
    elimina_progettualita(progettualita=Progettualita.objects.get(pk=azione.pk))
    with pytest.raises(Progettualita.DoesNotExist):
        crea_riga(programma=bozza, progettualita=azione, dati=DatiRiga(testo="x"))


def test_chi_tocca_un_azione_del_modello_lo_sa_subito(bozza: Programma, manager: Client) -> None:
    del_modello = bozza.indicatori.obbligatori().get(ordine=1)
    for nome in ("indicatore-modifica", "indicatore-regola"):
        assert "Azione del modello" in manager.get(indirizzo(nome, bozza, pk=del_modello.pk)).content.decode()
    pagina = manager.get(indirizzo("programma-modifica", bozza)).content.decode()
    assert pagina.count("dal modello dell'anno") == bozza.indicatori.obbligatori().count()
    campi = {"testo": "Altre parole", "sezione": del_modello.sezione}
    versione = versione_di(istantanea_riga(del_modello))
    dopo = manager.post(
        indirizzo("indicatore-modifica", bozza, pk=del_modello.pk),
        campi | {"versione": versione},
        follow=True,
    )
    assert "Era un'azione obbligatoria del modello" in _leggibile(dopo)
    altra = bozza.indicatori.obbligatori().get(ordine=2)
    dopo = manager.post(indirizzo("indicatore-elimina", bozza, pk=altra.pk), follow=True)
    assert "Era un'azione obbligatoria del modello" in _leggibile(dopo)


def test_di_una_riga_propria_non_si_dice_niente(
    bozza: Programma, azione: Progettualita, riga: Indicatore, manager: Client
) -> None:
    propria = crea_riga(programma=bozza, progettualita=None, dati=DatiRiga(testo="Nostra", sezione="ICT"))
    for una in (riga, propria):
        pagina = manager.get(indirizzo("indicatore-modifica", bozza, pk=una.pk)).content.decode()
        assert "Azione del modello" not in pagina
        dopo = manager.post(indirizzo("indicatore-elimina", bozza, pk=una.pk), follow=True)
        assert "Era un'azione obbligatoria" not in _leggibile(dopo)


def _leggibile(risposta: Any) -> str:
    return str(risposta.content.decode()).replace("&#x27;", "'")
