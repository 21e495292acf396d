"""The register as a spreadsheet: the template to fill in, and what is registered, in the same columns."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from distretti.basi.celle import cella_csv, e_formula
from distretti.importazione_xlsx.colonne import ADERENTI, FOGLI, ISTRUZIONI, MARCHI, Foglio
from distretti.models import Adesione, Autorita, Certificazione, Distretto

TIPO_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_GRASSETTO = Font(bold=True, color="FFFFFF")
_FONDO = PatternFill("solid", fgColor="0B3D91")
_A_CAPO = Alignment(wrap_text=True, vertical="top")

Valori = Mapping[str, object]


def modello() -> bytes:
    """An empty spreadsheet with the columns, and a sheet that says what goes in each."""
    return _scrivi(dict.fromkeys(FOGLI, ()))


def esportazione(
    autorita: Autorita, *, distretto: Distretto | None = None, giorno: date | None = None
) -> bytes:
    """The members and their marks, of a district or of all; on ``giorno``, or with those that left."""
    adesioni = adesioni_da_esportare(autorita, distretto, giorno)
    return _scrivi({ADERENTI: righe_aderenti(adesioni), MARCHI: _marchi(autorita, adesioni, giorno)})


def esportazione_csv(adesioni: QuerySet[Adesione]) -> str:
    """The sheet of the members as CSV (days as 2025-03-31)."""
    testo = StringIO(newline="")
    scrive = csv.writer(testo, lineterminator="\r\n")
    scrive.writerow([colonna.titolo for colonna in ADERENTI.colonne])
    for valori in righe_aderenti(adesioni):
        celle = (valori.get(colonna.chiave) for colonna in ADERENTI.colonne)
        scrive.writerow(["" if valore is None else cella_csv(str(valore)) for valore in celle])
    return testo.getvalue()


def adesioni_da_esportare(
    autorita: Autorita, distretto: Distretto | None, giorno: date | None
) -> QuerySet[Adesione]:
    adesioni = Adesione.objects.filter(distretto__autorita=autorita)
    if distretto is not None:
        adesioni = adesioni.filter(distretto=distretto)
    if giorno is not None:
        adesioni = adesioni.alla_data(giorno)
    return (
        adesioni.select_related("distretto", "organizzazione")
        .prefetch_related("organizzazione__alias")
        .order_by("distretto__codice", "ordine", "dal", "pk")
    )


def righe_aderenti(adesioni: QuerySet[Adesione]) -> Iterator[Valori]:
    for adesione in adesioni:
        organizzazione = adesione.organizzazione
        yield {
            "distretto": adesione.distretto.codice,
            "codice": organizzazione.codice,
            "denominazione": organizzazione.denominazione,
            "natura": organizzazione.natura,
            "alias": "; ".join(alias.testo for alias in organizzazione.alias.all()),
            "dal": adesione.dal,
            "al": adesione.al,
        }


def _marchi(autorita: Autorita, adesioni: QuerySet[Adesione], giorno: date | None) -> Iterator[Valori]:
    chiavi = adesioni.order_by().values("organizzazione")
    marchi = Certificazione.objects.filter(marchio__autorita=autorita, organizzazione__in=chiavi)
    if giorno is not None:
        marchi = marchi.alla_data(giorno)
    in_ordine = marchi.select_related("organizzazione", "marchio").order_by(
        "organizzazione__codice", "marchio__codice", "dal", "pk"
    )
    for certificazione in in_ordine:
        yield {
            "codice": certificazione.organizzazione.codice,
            "denominazione": certificazione.organizzazione.denominazione,
            "marchio": certificazione.marchio.codice,
            "livello": certificazione.livello,
            "numero": certificazione.numero,
            "valido_dal": certificazione.dal,
            "valido_al": certificazione.al,
            "revocata_il": certificazione.revocata_il,
        }


def _scrivi(fogli: Mapping[Foglio, Iterable[Valori]]) -> bytes:
    libro = Workbook(write_only=True)
    for foglio, righe in fogli.items():
        pagina = libro.create_sheet(foglio.titolo)
        pagina.freeze_panes = "A2"
        for posto, colonna in enumerate(foglio.colonne):
            pagina.column_dimensions[chr(ord("A") + posto)].width = colonna.larga
        pagina.append([intestazione_in_cella(pagina, colonna.titolo) for colonna in foglio.colonne])
        for valori in righe:
            pagina.append([in_cella(pagina, valori.get(colonna.chiave)) for colonna in foglio.colonne])
    _istruzioni(libro)
    contenuto = BytesIO()
    libro.save(contenuto)
    return contenuto.getvalue()


def _istruzioni(libro: Any) -> None:
    """Sheet, column, whether it must be filled in, what goes in it."""
    pagina = libro.create_sheet(ISTRUZIONI)
    for lettera, larga in zip("ABCD", (12, 22, 14, 90), strict=True):
        pagina.column_dimensions[lettera].width = larga
    pagina.append(
        [
            intestazione_in_cella(pagina, testo)
            for testo in ("Foglio", "Colonna", "Obbligatoria", "Che cosa scrivere")
        ]
    )
    for foglio in FOGLI:
        for colonna in foglio.colonne:
            aiuto = f"{colonna.aiuto} Una data: 31/03/2025." if colonna.e_data else colonna.aiuto
            riga = (foglio.titolo, colonna.titolo, "sì" if colonna.obbligatoria else "no", aiuto)
            pagina.append([in_cella(pagina, testo) for testo in riga])


def intestazione_in_cella(pagina: Any, testo: str) -> Any:
    cella = WriteOnlyCell(pagina, testo)
    cella.font, cella.fill = _GRASSETTO, _FONDO
    return cella


def in_cella(pagina: Any, valore: object) -> Any:
    """A day as a day; a text as a text, also one that a spreadsheet would compute."""
    if isinstance(valore, date):
        cella = WriteOnlyCell(pagina, valore)
        cella.number_format = "DD/MM/YYYY"
        return cella
    cella = WriteOnlyCell(pagina, None if valore in (None, "") else str(valore))
    cella.alignment = _A_CAPO
    if isinstance(valore, str) and e_formula(valore):
        cella.data_type = "s"
        cella.quotePrefix = True
    return cella
