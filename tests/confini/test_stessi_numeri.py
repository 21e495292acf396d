"""Le percentuali di un programma sono le stesse da ogni porta, anche dove l'arrotondamento è a metà."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from distretti.models import Distretto, Utente
from programmi.models import Indicatore, Programma, StatoProgramma
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import con_progettualita
from tests.risultati.ingressi import definisci, pubblica
from tests.verificatore.modulo import verifica as verificatore
from valutazione.models import Autovalutazione, CostoManager
from valutazione.relazione.documento import relazione_di, relazione_html
from valutazione.services.serie import registra_voci

pytestmark = pytest.mark.django_db

ANNO = 2024
ATTESI = ("20,63", "4,13", "37,13")
"""Dichiarato, riconosciuto, prospettico: the half of five, one and nine posts at 8.25%. Each ends in half a
cent, which to the nearest even number, or cut, would be one less."""
NUMERO = re.compile(r"\d+,\d\d(?=%)")
Json = dict[str, Any]


@pytest.fixture
def programma(persone: Persone) -> Programma:
    distretto = Distretto.objects.select_related("autorita").get(codice=CODICE)
    giorno = date(ANNO, 1, 1)
    programma = Programma.objects.create(
        distretto=distretto, anno=ANNO, dal=giorno, al=date(ANNO, 12, 31), richiede_contributo=False
    )
    con_progettualita(programma, 2)
    stato = {"stato": StatoProgramma.IN_ATTUAZIONE, "stato_dal": giorno, "approvato_il": giorno}
    Programma.objects.filter(pk=programma.pk).update(trasmesso_il=giorno, **stato)
    programma.refresh_from_db()
    Indicatore.objects.filter(programma=programma).update(
        regola={"tipo": "per_unita", "percentuale": "8.25", "evidenze": ["post"]}
    )
    voci = [voce(2, "02"), voce(3, "03"), voce(4, "04") | {"pianificata": True}]
    primo, *_ = registra_voci(programma=programma, voci=voci, utente=persone.manager)
    primo.imputazioni.update(stato="accolta", misura_riconosciuta={"unita": 1}, motivazione="Uno è doppio.")
    CostoManager.objects.create(
        programma=programma, importo=Decimal(10000), fonte="Rendiconto", scritto_da=persone.referente
    )
    return programma


def voce(unita: int, mese: str) -> Json:
    imputazione = {"indicatore": "1.1", "stato": "in_attesa", "misura": {"unita": unita}}
    return {"tipo": "post", "data": f"{ANNO}-{mese}-05", "titolo": "Post", "imputazioni": [imputazione]}


TRE = ("dichiarato", "riconosciuto", "prospettico")


def in_testo(pagina: str) -> str:
    return " ".join(unescape(strip_tags(pagina)).split())


def righe_di(pagina: str) -> Iterator[str]:
    """The rows of the tables of a page, as they read."""
    for riga in re.findall(r"<tr.*?</tr>", pagina, re.S):
        celle = re.findall(r"<t[hd].*?</t[hd]>", riga, re.S)
        yield " | ".join(in_testo(cella) for cella in celle)


def nella_riga(pagina: str, inizio: str) -> tuple[str, ...]:
    """The percentages of the first row that begins so and has any."""
    righe = [NUMERO.findall(riga) for riga in righe_di(pagina) if riga.startswith(inizio)]
    return next((tuple(trovati) for trovati in righe if trovati), ())


def scritti(valori: Json, quanti: int = 3) -> tuple[str, ...]:
    """The values of a JSON object, or of a row of a table, with the comma: not rounded here."""
    return tuple(str(valori[nome]).replace(".", ",") for nome in TRE[:quanti])


class Porte:
    """What every door says of the programme to who may read it."""

    def __init__(self, manager: Client, agenzia: Client, programma: Programma) -> None:
        self.manager, self.agenzia, self.programma = manager, agenzia, programma

    def pagina(self, nome: str, *altro: Any) -> str:
        client = self.manager if nome.startswith("autovalutazione") else self.agenzia
        return str(client.get(reverse(nome, args=[CODICE, ANNO, *altro])).content.decode())

    def api(self, dove: str) -> Json:
        dati: Json = self.agenzia.get(f"/api/v1/{dove}").json()
        return dati

    def tabella(self, dove: str) -> Json:
        """The row of the programme in a CSV."""
        righe = csv.DictReader(StringIO(b"".join(self.agenzia.get(dove)).decode("utf-8-sig")))
        return next(r for r in righe if CODICE in r.values())

    def foglio(self, dove: str) -> Json:
        """The same in an XLSX."""
        nomi, *righe = load_workbook(BytesIO(self.agenzia.get(dove).content))["Programmi"].values
        return next(r for r in (dict(zip(nomi, riga, strict=True)) for riga in righe) if CODICE in r.values())

    def tre(self) -> dict[str, tuple[str, ...]]:
        """The three values, wherever all three are."""
        questo, domanda = f"programmi/{CODICE}/{ANNO}", f"valutazioni?autorita=pat-acs&anno={ANNO}"
        quadro = [reverse(nome, args=["pat-acs", ANNO]) for nome in ("quadro", "quadro-csv", "quadro-xlsx")]
        in_csv = self.tabella(f"/api/v1/{domanda}&formato=csv")
        return {
            "programma": nella_riga(self.pagina("programma"), "Programma"),
            "perche": nella_riga(self.pagina("perche"), "Programma (media"),
            "andamento": nella_riga(self.pagina("andamento"), "Dicembre"),
            "quadro": nella_riga(self.agenzia.get(quadro[0]).content.decode(), "Distretto Family"),
            "quadro.csv": scritti(self.tabella(quadro[1])),
            "quadro.xlsx": scritti(self.foglio(quadro[2])),
            "valutazione": scritti(self.api(f"{questo}/valutazione")["programma"]),
            "pacchetto": scritti(self.api(f"{questo}/pacchetto")["esito"]["programma"]),
            "valutazioni": scritti(self.api(domanda)["items"][0]["programma"]),
            "valutazioni.csv": scritti({n: in_csv[f"programma_{n}"] for n in TRE}),
        }

    def due(self) -> dict[str, tuple[str, ...]]:
        """Declared and recognised."""
        relazione = relazione_di(self.programma)
        stampata = relazione_html(relazione)
        return {
            "relazione, tabella": nella_riga(stampata, "Programma"),
            "relazione, atto": (
                *re.findall(r"dichiarata dal Distretto, è pari al ([\d,]+)%", stampata),
                *re.findall(r"riconosciuta del Programma di lavoro è pari al ([\d,]+)%", stampata),
            ),
            "relazione, dati": scritti(json.loads(relazione.dati.esito.contenuto)["programma"], 2),
        }

    def riconosciuto(self) -> dict[str, str]:
        """What is recognised alone."""
        contributo = in_testo(self.pagina("contributo"))
        return {
            "contributo": re.findall(r"Realizzazione riconosciuta ?([\d,]+)%", contributo)[0],
            "api contributo": self.api(f"programmi/{CODICE}/{ANNO}/contributo")["realizzazione"],
            "risultato": NUMERO.findall(in_testo(self.pagina("risultato")))[0],
        }

    def pubblici(self) -> dict[str, tuple[str, ...]]:
        """What everyone reads of a published result."""
        chiunque, questo = Client(), f"/api/v1/programmi/{CODICE}/{ANNO}"
        risultati = chiunque.get(f"/api/v1/risultati?anno={ANNO}").json()["items"][0]
        in_elenco = chiunque.get(f"/api/v1/programmi?anno={ANNO}").json()["items"][0]["risultato"]
        return {
            "risultati": scritti(risultati, 2),
            "risultati.csv": scritti(self.tabella(f"/api/v1/risultati?anno={ANNO}&formato=csv"), 2),
            "programmi": scritti(in_elenco, 2),
            "risultato": scritti(chiunque.get(f"{questo}/risultato").json()["esito"]["programma"], 2),
            "pacchetto": scritti(chiunque.get(f"{questo}/pacchetto").json()["esito"]["programma"], 2),
        }


def test_ogni_porta_dice_gli_stessi_numeri(
    programma: Programma, persone: Persone, accedi: Callable[[Utente], Client], tmp_path: Path
) -> None:
    """While the year goes on, and once its result is published."""
    porte = Porte(accedi(persone.manager), accedi(persone.agenzia), programma)
    assert nella_riga(porte.pagina("autovalutazione"), "Programma") == ATTESI
    for _ in range(2):
        for porta, letti in porte.tre().items():
            assert letti == ATTESI, porta
        for porta, letti in porte.due().items():
            assert letti == ATTESI[:2], porta
        for porta, letto in porte.riconosciuto().items():
            assert letto.replace(".", ",") == ATTESI[1], porta
        if not programma.risultati.exists():
            definisci(programma, persone)
            pubblica(programma, persone)
    assert nella_riga(porte.pagina("autovalutazione-trasmessa", 1), "Programma") == ATTESI
    riga = Autovalutazione.objects.select_related("programma__distretto", "passaggio").get()
    assert scritti(json.loads(riga.contenuto)["esito"]["programma"]) == ATTESI
    for porta, letti in porte.pubblici().items():
        assert letti == ATTESI[:2], porta
    for chi in (Client(), porte.agenzia):
        assert ATTESI[1] in NUMERO.findall(in_testo(chi.get(programma.get_absolute_url()).content.decode()))
    file = tmp_path / "pacchetto.json"
    call_command("pacchetto", f"{CODICE}/{ANNO}", output=str(file))
    pacchetto = json.loads(file.read_text(encoding="utf-8"))
    assert scritti(pacchetto["esito"]["programma"]) == ATTESI
    assert verificatore.verifica(pacchetto)[0] == []
