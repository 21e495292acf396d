"""La ricerca perdona gli accenti, allo stesso modo in Python e nel database."""

import pytest
from django.db import connection
from django.db.models import F, Func, TextField
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from distretti.basi.ricerca import parole, piega
from distretti.models import AliasOrganizzazione, Distretto, Organizzazione
from programmi.models import Progettualita, Programma

INTERVALLI = [
    (0x20, 0x7F),
    (0xA0, 0x24F),
    (0x2B9, 0x2BD),
    (0x300, 0x370),
    (0x1E00, 0x1F00),
    (0x2010, 0x2065),
    (0x20A0, 0x20B6),
    (0x2100, 0x214A),
    (0xFB00, 0xFB07),
    (0xFF01, 0xFF5F),
]
"""Latin letters with every sign, punctuation, symbols, ligatures, full-width forms."""

LATINE = "".join(chr(punto) for dal, al in INTERVALLI for punto in range(dal, al))


def piegati(codici: list[str]) -> dict[str, str]:
    """What the database reads of each organisation when it searches."""
    colonna = Func(F("testo_ricerca"), function="piega", output_field=TextField())
    letto = colonna if connection.vendor == "sqlite" else F("testo_ricerca")
    righe = Organizzazione.objects.filter(codice__in=codici).annotate(letto=letto)
    return dict(righe.values_list("denominazione", "letto"))


def crea(nomi: list[str]) -> list[str]:
    codici = [f"prova-{posto}" for posto in range(len(nomi))]
    Organizzazione.objects.bulk_create(
        Organizzazione(codice=codice, denominazione=nome) for codice, nome in zip(codici, nomi, strict=True)
    )
    return codici


@pytest.mark.parametrize(
    ("scritto", "piegato"),
    [
        ("Società Cooperativa", "societa cooperativa"),
        ("PERCHÉ È COSÌ", "perche e cosi"),
        ("Bozen, Straße, Fürstentum", "bozen, strasse, furstentum"),
        ("l’aiuto – «qui»", 'l\'aiuto - "qui"'),
        ("ÆØÅ Łódź œuvre Đ", "aeoa lodz oeuvre d"),
        ("caffe\u0300 af\u00adfi\u00addato", "caffe affidato"),
        ("ﬁore n.º 2²", "fiore n.o 22"),
    ],
)
def test_piega(scritto: str, piegato: str) -> None:
    assert piega(scritto) == piegato


def test_parole() -> None:
    assert parole("  «Città» della (città), 50% a_b ? ") == ["citta", "della", "50%", "a_b", "?"]
    assert parole(" \n ") == []


@given(st.text(alphabet=LATINE))
def test_piegare_due_volte_non_cambia_e_le_maiuscole_sono_pari(testo: str) -> None:
    assert piega(piega(testo)) == piega(testo)


@pytest.mark.django_db
def test_il_database_piega_ogni_lettera_come_python() -> None:
    nomi = [LATINE[n : n + 200] for n in range(0, len(LATINE), 200)]
    for nome, letto in piegati(crea(nomi)).items():
        assert letto.split("\n")[0] == piega(nome)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nomi=st.lists(st.text(alphabet=LATINE, min_size=1, max_size=60), min_size=1, max_size=20, unique=True))
def test_il_database_piega_ogni_parola_come_python(nomi: list[str]) -> None:
    Organizzazione.objects.filter(codice__startswith="prova-").delete()
    for nome, letto in piegati(crea(nomi)).items():
        assert letto.rpartition("\nprova-")[0] == piega(nome)


@pytest.mark.django_db
def test_trova_senza_accenti_e_con_gli_accenti() -> None:
    crea(["Forza Città S.p.A.", "L’Équipe dell'Àncora"])
    for testo in ("forza citta", "CITTÀ forza", "città", "s.p.a"):
        assert Organizzazione.objects.con_testo(testo).filter(denominazione="Forza Città S.p.A.").exists()
    for testo in ("l'equipe", "L´ÉQUIPE ancora", "dell’ancora"):
        assert Organizzazione.objects.con_testo(testo).get().denominazione == "L’Équipe dell'Àncora"
    assert not Organizzazione.objects.con_testo("forza ancora").exists()


@pytest.mark.django_db
def test_percento_trattino_basso_e_barra_rovescia_valgono_se_stessi() -> None:
    crea(["Sconto 50% per tutti", "Sconto 500 per tutti", "a_b", "axb", r"c\d"])
    assert Organizzazione.objects.con_testo("50%").get().denominazione == "Sconto 50% per tutti"
    assert Organizzazione.objects.con_testo("a_b").get().denominazione == "a_b"
    assert Organizzazione.objects.con_testo("\\").get().denominazione == r"c\d"


@pytest.mark.django_db
def test_la_colonna_segue_la_riga_comunque_la_si_scriva() -> None:
    crea(["Prima"])
    Organizzazione.objects.filter(codice="prova-0").update(denominazione="Dòpo")
    assert not Organizzazione.objects.con_testo("prima").exists()
    una = Organizzazione.objects.con_testo("dopo").get()
    AliasOrganizzazione.objects.create(organizzazione=una, testo="Gli Élite")
    assert Organizzazione.objects.con_testo("elite dopo").get() == una
    una.denominazione = "Poì"
    una.full_clean()
    una.save()
    assert Organizzazione.objects.con_testo("poi elite").get() == una


@pytest.mark.django_db
def test_un_distretto_si_trova_per_nome_codice_e_capofila() -> None:
    una = Distretto.objects.get(codice="dfa-alta-valsugana")
    Distretto.objects.filter(pk=una.pk).update(capofila="Comunità Alta Valsugana")
    assert una in Distretto.objects.con_testo("comunita valsugana dfa-alta")


def test_una_progettualita_si_trova_per_cio_che_dice(programma: Programma) -> None:
    una = programma.progettualita.get(numero=6)
    Progettualita.objects.filter(pk=una.pk).update(azioni="Spesa a chilometro zèro", ambito="Ünico")
    trovate = Progettualita.objects.con_testo("CHILOMETRO zero unico")
    assert list(trovate) == [una]
    assert trovate[0].get_deferred_fields() == {"testo_ricerca"}
    assert list(Programma.objects.con_testo("chilometro")) == [programma]
    assert programma in Programma.objects.con_testo("valsugana chilometro")
    assert not Programma.objects.con_testo("inesistente valsugana").exists()
