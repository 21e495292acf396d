"""Keeping the table that a person is filling in, and recording its rows: all of them, or none."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from distretti.basi.canonico import sha256_di
from distretti.basi.italiano import conta
from distretti.errori import DatiNonValidi, ErroreDominio
from distretti.models import Organizzazione, Utente
from programmi.models import Indicatore, Programma
from valutazione.annotazioni import annota_registrate
from valutazione.chiusura.controlli import controlla_registrabile
from valutazione.models import (
    Evidenza,
    Imputazione,
    OrganizzazioneCoinvolta,
    SerieInCorso,
    StatoEvidenza,
)
from valutazione.scheda.da_database import documento_di
from valutazione.services.blocco import blocca_programma
from valutazione.services.controllo import errori_delle_voci
from valutazione.services.evidenze import nomi_delle, primo_numero_libero, valori_di
from valutazione.versioni import in_parole, nomi_di

Contenuto = dict[str, Any]
Documento = dict[str, Any]


class SerieSuperata(ErroreDominio):
    """The table was changed or recorded from another page. ``gia_registrata``: with this very content."""

    def __init__(self, serie: SerieInCorso, *, gia_registrata: bool) -> None:
        super().__init__("La tabella è stata cambiata o registrata da un'altra pagina.")
        self.serie = serie
        self.gia_registrata = gia_registrata


@transaction.atomic
def tieni_serie(
    *, programma: Programma, utente: Utente, contenuto: Contenuto, versione: int | None
) -> SerieInCorso:
    """Keep what was typed. ``versione``: that of the table the person had before them.

    Raises SerieSuperata, and keeps what there was.
    """
    serie = _blocca(programma, utente)
    if serie.versione != versione:
        raise SerieSuperata(serie, gia_registrata=serie.registrata == sha256_di(contenuto))
    if serie.contenuto != contenuto:
        serie.contenuto = contenuto
        serie.versione += 1
        serie.save()
    return serie


@transaction.atomic
def registra_serie(
    *,
    serie: SerieInCorso,
    voci: Sequence[Documento],
    resto: Contenuto,
    utente: Utente,
) -> list[Evidenza]:
    """Record ``voci`` (exchange format, without codes) of a table; ``resto`` stays to be mended.

    Raises SerieSuperata, StatoNonAmmesso, DatiNonValidi: then nothing is recorded and the table stays.
    """
    attuale = _blocca(serie.programma, utente)
    if attuale.versione != serie.versione:
        raise SerieSuperata(attuale, gia_registrata=attuale.registrata == sha256_di(serie.contenuto))
    attuale.registrata = sha256_di(serie.contenuto)
    attuale.contenuto = resto
    attuale.versione += 1
    attuale.save()
    return registra_voci(programma=serie.programma, voci=voci, utente=utente)


@transaction.atomic
def registra_voci(*, programma: Programma, voci: Sequence[Documento], utente: Utente) -> list[Evidenza]:
    """Record many evidences at once (exchange format without ``codice``), each with its event.

    Raises DatiNonValidi when one does not hold (by path of the evidence, if it is the only one), and
    StatoNonAmmesso: nothing was written.
    """
    blocca_programma(programma)
    controlla_registrabile(programma)
    documento = documento_di(programma)
    voci = con_codici(programma, voci)
    errate = errori_delle_voci(documento, voci)
    if errate and len(voci) == 1:
        raise DatiNonValidi(next(iter(errate.values())))
    if errate:
        quante = conta(len(errate), "riga non è", "righe non sono")
        raise DatiNonValidi({"": f"{quante} più da registrare così: nel frattempo qualcosa è cambiato."})
    nomi = nomi_di(documento) | nomi_delle([c for voce in voci for c in voce.get("organizzazioni", [])])
    evidenze = _scrivi(programma, voci, utente)
    parole = [in_parole(voce, nomi) for voce in voci]
    annota_registrate(zip(evidenze, parole, strict=True), utente)
    return evidenze


def con_codici(programma: Programma, voci: Iterable[Documento]) -> list[Documento]:
    """``voci`` with the next free codes of ``programma``."""
    primo = primo_numero_libero(programma)
    return [{**voce, "codice": f"e{n}"} for n, voce in enumerate(voci, start=primo)]


def _blocca(programma: Programma, utente: Utente) -> SerieInCorso:
    SerieInCorso.objects.get_or_create(programma=programma, utente=utente)
    serie = SerieInCorso.objects.select_for_update(no_key=True).get(programma=programma, utente=utente)
    serie.programma = programma
    return serie


def _scrivi(programma: Programma, voci: Sequence[Documento], utente: Utente) -> list[Evidenza]:
    """The rows. Named constraints refuse what the fields alone do not; codes are free under the lock."""
    nuove = [
        Evidenza(
            programma=programma,
            codice=voce["codice"],
            tipo=voce["tipo"],
            stato=StatoEvidenza.REGISTRATA,
            registrata_da=utente,
            **valori_di(voce),
        )
        for voce in voci
    ]
    for evidenza in nuove:
        evidenza.clean_fields(exclude=["programma", "registrata_da"])
    evidenze = Evidenza.objects.bulk_create(nuove)
    autori = Evidenza.autori.through
    autori._default_manager.bulk_create(autori(evidenza_id=e.pk, utente_id=utente.pk) for e in evidenze)
    coppie = list(zip(evidenze, voci, strict=True))
    _organizzazioni(coppie)
    righe = {r.codice: r for r in Indicatore.objects.filter(programma=programma).in_ordine()}
    _imputazioni(coppie, righe)
    return evidenze


def _organizzazioni(coppie: Sequence[tuple[Evidenza, Documento]]) -> None:
    nominate = {codice for _, voce in coppie for codice in voce.get("organizzazioni", ())}
    trovate = Organizzazione.objects.in_bulk(nominate, field_name="codice") if nominate else {}
    OrganizzazioneCoinvolta.objects.bulk_create(
        OrganizzazioneCoinvolta(evidenza=evidenza, organizzazione=trovate[codice], ordine=ordine)
        for evidenza, voce in coppie
        for ordine, codice in enumerate(voce.get("organizzazioni", ()))
    )


def _imputazioni(coppie: Sequence[tuple[Evidenza, Documento]], righe: Mapping[str, Indicatore]) -> None:
    Imputazione.objects.bulk_create(
        Imputazione(
            evidenza=evidenza,
            indicatore=righe[imputata["indicatore"]],
            misura=imputata.get("misura"),
            ordine=ordine,
        )
        for evidenza, voce in coppie
        for ordine, imputata in enumerate(voce["imputazioni"])
    )
