"""Ciò che la scena ha del registro: un distretto in costituzione, un'adesione, un marchio, un foglio."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from distretti.importazione_xlsx.foglio import TIPO_XLSX, esportazione
from distretti.importazione_xlsx.servizio import carica
from distretti.models import (
    Adesione,
    Atto,
    Certificazione,
    Distretto,
    ImportazioneRegistro,
    TipoAtto,
    TipoDistretto,
    Utente,
)
from distretti.services import DatiAtto, cambia_capofila, crea_distretto
from tests.conftest import CODICE
from tests.programmi.ingressi import pdf

DAL = date(2026, 1, 10)


@dataclass(frozen=True)
class RegistroDelMondo:
    in_costituzione: Distretto
    adesione: Adesione
    certificazione: Certificazione
    importazione: ImportazioneRegistro
    atto: Atto


def registro(agenzia: Utente) -> RegistroDelMondo:
    """Una cosa di ogni genere, com'è dopo che l'Agenzia l'ha registrata."""
    distretto = Distretto.objects.select_related("autorita").get(codice=CODICE)
    nuovo = crea_distretto(
        autorita=distretto.autorita,
        denominazione="Distretto in costituzione",
        tipo=TipoDistretto.TERRITORIALE,
        il=DAL,
        utente=agenzia,
    )
    atto = DatiAtto(TipoAtto.DETERMINAZIONE, "Comune", "12", DAL, file=pdf())
    cambia_capofila(distretto=distretto, capofila="Altro ente", il=DAL, atti={"atto": atto}, utente=agenzia)
    return RegistroDelMondo(
        in_costituzione=nuovo,
        adesione=Adesione.objects.get(distretto=distretto, organizzazione__codice="cs4"),
        certificazione=Certificazione.objects.get(
            organizzazione__codice="cs4", marchio__codice="family_audit"
        ),
        importazione=carica(autorita=distretto.autorita, file=_foglio(distretto), utente=agenzia),
        atto=Atto.objects.get(annotazioni__annotazione__distretto=distretto),
    )


def _foglio(distretto: Distretto) -> SimpleUploadedFile:
    """The members of another district, none: and one row to add to them."""
    from io import BytesIO

    from openpyxl import load_workbook

    libro = load_workbook(BytesIO(esportazione(distretto.autorita, distretto=distretto)))
    libro["Aderenti"].append([CODICE, "", "Aderente dal foglio", "privata", "", "01/02/2024", ""])
    contenuto = BytesIO()
    libro.save(contenuto)
    return SimpleUploadedFile("registro.xlsx", contenuto.getvalue(), TIPO_XLSX)
