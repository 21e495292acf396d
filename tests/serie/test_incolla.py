"""La tabella incollata: separatori, intestazione, colonne, limiti."""

import pytest

from programmi.regola import TipoEvidenza
from valutazione.serie.celle import MASSIMO_RIGHE
from valutazione.serie.colonne import Colonna, colonne_di, riconosci
from valutazione.serie.incolla import (
    MASSIMO_INCOLLATO,
    Tabella,
    TabellaIllegibile,
    abbina,
    in_celle,
    leggi_tabella,
)
from valutazione.serie.nomi import Nomi

COLONNE = colonne_di(TipoEvidenza.INCONTRO, [])
NOMI = Nomi([("pergine", ["Comune di Pergine"])])


@pytest.mark.parametrize(
    ("intestazione", "chiave"),
    [
        ("Data", "data"),
        ("DATA DELL'INCONTRO", "data"),
        ("Giorno", "data"),
        ("Argomento trattato", "argomento"),
        ("O.d.g.", ""),
        ("Ordine del giorno", "argomento"),
        ("Partecipanti", "persone"),
        ("Persone/organizzazioni coinvolte", "persone"),
        ("Enti coinvolti", "organizzazioni"),
        ("Sede", "luogo"),
        ("Note", "descrizione"),
        ("Numero di presenti", "persone"),
        ("N.", ""),
        ("", ""),
        ("Bilancio", ""),
    ],
)
def test_le_colonne_si_riconoscono_dal_nome(intestazione: str, chiave: str) -> None:
    assert riconosci(intestazione, COLONNE) == chiave


def test_le_misure_si_riconoscono_dalla_loro_colonna() -> None:
    ore = Colonna("misura-obb-9", "Ore (obb.9)", misura="ore")
    for nome in ("Ore", "N. ore", "Durata", "ore (OBB.9)", "h"):
        assert riconosci(nome, [*COLONNE, ore]) == "misura-obb-9"


def test_una_tabella_con_intestazione() -> None:
    tabella = leggi_tabella("Giorno\tOggetto\tEnti\n12/3\tAvvio\tComune di Pergine\n\n13/3\tSeguito\t\n")
    assert tabella == Tabella(
        ("Giorno", "Oggetto", "Enti"), (("12/3", "Avvio", "Comune di Pergine"), ("13/3", "Seguito", ""))
    )
    scelte = abbina(tabella, COLONNE, NOMI)
    assert scelte == ["data", "argomento", "organizzazioni"]
    assert in_celle(tabella, scelte)[1] == {"data": "13/3", "argomento": "Seguito"}


def test_senza_intestazione_si_guarda_il_contenuto() -> None:
    tabella = leggi_tabella("Avvio\tComune di Pergine\t12/3/2025\tA; B\nSeguito\tpergine\t13 marzo 2025\tC\n")
    assert tabella.intestazione == ()
    assert abbina(tabella, COLONNE, NOMI) == ["argomento", "organizzazioni", "data", "persone"]


def test_un_csv_con_punto_e_virgola_e_virgolette() -> None:
    tabella = leggi_tabella('Data;Argomento;Persone\r\n12/3/2025;"Primo; secondo";"Uno\nDue"\r\n')
    assert tabella.righe == (("12/3/2025", "Primo; secondo", "Uno; Due"),)


def test_una_virgoletta_che_non_si_chiude_non_inghiotte_le_altre_righe() -> None:
    tabella = leggi_tabella('12/3/2025\t"Avvio\n13/3/2025\tSeguito\n')
    assert [riga[1] for riga in tabella.righe] == ['"Avvio', "Seguito"]


def test_due_colonne_per_la_stessa_cosa_si_uniscono() -> None:
    tabella = leggi_tabella("Data\tPersone\tPresenti\n12/3\tA\tB\n")
    assert in_celle(tabella, abbina(tabella, COLONNE, NOMI)) == [{"data": "12/3", "persone": "A; B"}]


@pytest.mark.parametrize(
    ("testo", "messaggio"),
    [
        ("\n \n\t\t\n", "nessuna riga"),
        ("Data\tArgomento\n", "soltanto l'intestazione"),
        ("12/3/2025\tA\n" * (MASSIMO_RIGHE + 1), "al massimo 500"),
        ("\t".join("x" * 60), "al massimo 40"),
        ("x" * (MASSIMO_INCOLLATO + 1), "troppo lungo"),
    ],
)
def test_cio_che_non_e_una_tabella_si_rifiuta(testo: str, messaggio: str) -> None:
    with pytest.raises(TabellaIllegibile, match=messaggio):
        leggi_tabella(testo)


def test_una_cella_enorme_non_rompe_il_lettore() -> None:
    assert len(leggi_tabella(f"12/3/2025\t{'x' * 500_000}").righe[0][1]) == 500_000
