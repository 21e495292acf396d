"""Cose pronte per le prove del piano di mezzo: indirizzi, file, moduli compilati."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from threading import Barrier, Thread
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from distretti.models import TipoAtto, Utente
from distretti.services import DatiAtto
from programmi.models import Progettualita, Programma
from programmi.procedura import trasmetti
from programmi.services import DatiProgettualita, DatiRiga, crea_progettualita, crea_riga, salva_regola

MEZZO = {"tipo": "per_unita", "percentuale": "50", "evidenze": ["incontro"]}


def pdf(nome: str = "atto.pdf") -> SimpleUploadedFile:
    """Un PDF vero, di una pagina bianca."""
    uscita = BytesIO()
    documento = pikepdf.new()
    documento.add_blank_page()
    documento.save(uscita)
    return SimpleUploadedFile(nome, uscita.getvalue(), content_type="application/pdf")


def indirizzo(nome: str, programma: Programma, **altro: Any) -> str:
    return reverse(nome, kwargs={"codice": programma.distretto.codice, "anno": programma.anno, **altro})


def con_progettualita(programma: Programma, quante: int = 1) -> list[Progettualita]:
    """Progettualità con un indicatore ciascuna."""
    nuove = []
    for numero in range(quante):
        nuova = crea_progettualita(programma=programma, dati=DatiProgettualita(titolo=f"Azione {numero + 1}"))
        riga = crea_riga(programma=programma, progettualita=nuova, dati=DatiRiga(testo="Incontri"))
        salva_regola(riga=riga, regola=MEZZO)
        nuove.append(nuova)
    return nuove


def delibera(**altro: Any) -> DatiAtto:
    dati = {"tipo": TipoAtto.DELIBERA_GC, "ente": "Comune di Pergine Valsugana", "numero": "12"}
    return DatiAtto(**{**dati, "data": date(2026, 1, 20), **altro})


def trasmesso(programma: Programma, referente: Utente) -> Programma:
    """Il programma, completo e trasmesso il 22 gennaio 2026."""
    if not programma.progettualita.exists():
        con_progettualita(programma)
    passaggio = trasmetti(
        programma=programma,
        utente=referente,
        il=date(2026, 1, 22),
        delibera=delibera(),
        protocollo_mittente="100",
        protocollo_ricevente="4711",
    )
    return passaggio.programma


def in_due(prima: Callable[[], Any], seconda: Callable[[], Any]) -> list[Any]:
    """Le due chiamate insieme, ciascuna con la sua connessione: esiti o errori, nell'ordine dato."""
    partenza = Barrier(2)
    esiti: list[Any] = [None, None]

    def corri(posto: int, chiamata: Callable[[], Any]) -> None:
        try:
            partenza.wait(timeout=20)
            esiti[posto] = chiamata()
        except Exception as errore:
            esiti[posto] = errore
        finally:
            connection.close()

    fili = [Thread(target=corri, args=coppia) for coppia in enumerate((prima, seconda))]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join(timeout=60)
    return esiti
