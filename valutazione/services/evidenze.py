"""Recording, changing and withdrawing evidence."""

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from distretti.basi.italiano import elenco
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Organizzazione, Utente
from programmi.models import Indicatore, Programma
from programmi.regola import TipoEvidenza
from valutazione.annotazioni import annota_evidenza
from valutazione.chiusura.controlli import controlla_registrabile
from valutazione.models import (
    Evidenza,
    Imputazione,
    OrganizzazioneCoinvolta,
    StatoEvidenza,
    StatoImputazione,
)
from valutazione.scheda.da_database import documento_di
from valutazione.services.blocco import (
    blocca_evidenza,
    blocca_per_registrare,
    blocca_programma,
    rimetti_in_attesa,
)
from valutazione.services.controllo import errori_delle_voci
from valutazione.versioni import controlla_versione_evidenza, in_parole, nomi_di, parole_di

TESTI = ("titolo", "argomento", "descrizione", "luogo", "url", "titolo_pubblico")
DATE = ("data", "data_fine")


@transaction.atomic
def crea_evidenza(*, programma: Programma, tipo: TipoEvidenza, utente: Utente) -> Evidenza:
    """A new *bozza*, to which files can go up at once. Its code is the next free ``eN`` of the programme.

    A bozza of the same type that the same person left untouched is taken up again. Raises StatoNonAmmesso on
    a variazione: evidence is of the programme that it changes.
    """
    if programma.variazione:
        raise StatoNonAmmesso("Le evidenze si registrano sul programma dell'anno, non su una sua variazione.")
    blocca_programma(programma)
    controlla_registrabile(programma)
    intatta = programma.evidenze.bozze().filter(
        tipo=tipo, registrata_da=utente, dati_modulo__isnull=True, allegati__isnull=True
    )
    if (ripresa := intatta.first()) is not None:
        return ripresa
    codice = f"e{primo_numero_libero(programma)}"
    evidenza = Evidenza(programma=programma, codice=codice, tipo=tipo, registrata_da=utente)
    evidenza.full_clean()
    evidenza.save()
    evidenza.autori.add(utente)
    return evidenza


def primo_numero_libero(programma: Programma) -> int:
    """From which number on the codes ``eN`` of the evidence of ``programma`` are free."""
    codici = programma.evidenze.values_list("codice", flat=True)
    numeri = [int(trovato[1]) for codice in codici if (trovato := re.fullmatch(r"e(\d{1,9})", codice))]
    return max(numeri, default=0) + 1


def salva_dati_modulo(*, evidenza: Evidenza, dati: dict[str, list[str]], utente: Utente) -> None:
    """Keep what was typed, as typed: an error, an expired session, the back button lose nothing.

    Who typed in a bozza is one of its authors, whoever records it then.
    """
    scritte = Evidenza.objects.filter(pk=evidenza.pk).exclude(stato=StatoEvidenza.RITIRATA)
    if not scritte.update(dati_modulo=dati):
        raise StatoNonAmmesso("L'evidenza è stata ritirata: non si può più cambiare.")
    evidenza.dati_modulo = dati
    if evidenza.in_bozza:
        evidenza.autori.add(utente)


def controlla_voce(documento: dict[str, Any], voce: dict[str, Any], gia_scritta: date | None = None) -> None:
    """Does ``documento`` hold with ``voce`` in it? Raises DatiNonValidi by key of the evidence.

    ``voce`` is an evidence of the exchange format: the same reader that checks files checks forms. A form
    also refuses a day outside the esercizio, unless it stands there already (``gia_scritta``: imported).
    """
    errori = errori_delle_voci(documento, [voce], {voce["codice"]: gia_scritta})
    if errori:
        raise DatiNonValidi(errori[voce["codice"]])


def contenuto_cambiato(evidenza: Evidenza, voce: dict[str, Any]) -> bool:
    """Does ``voce`` say something else than what is recorded (lines and measures apart)?"""
    coinvolte = [c.organizzazione.codice for c in evidenza.coinvolte.select_related("organizzazione")]
    return coinvolte != voce.get("organizzazioni", []) or any(
        getattr(evidenza, campo) != valore for campo, valore in valori_di(voce).items()
    )


def con_decisioni(evidenza: Evidenza, voce: dict[str, Any]) -> dict[str, Any]:
    """``voce`` with the decisions of the Agenzia that would survive if it were recorded now."""
    if not evidenza.registrata or contenuto_cambiato(evidenza, voce):
        return voce
    decise = {
        i.indicatore.codice: i
        for i in evidenza.imputazioni.select_related("indicatore__progettualita")
        if i.stato != StatoImputazione.IN_ATTESA
    }
    imputazioni = []
    for voluta in voce["imputazioni"]:
        decisa = decise.get(voluta["indicatore"])
        if decisa is not None and decisa.misura == voluta.get("misura"):
            voluta = voluta | {"stato": decisa.stato, "motivazione": decisa.motivazione}
            if decisa.misura_riconosciuta is not None:
                voluta["misura_riconosciuta"] = decisa.misura_riconosciuta
        imputazioni.append(voluta)
    return voce | {"imputazioni": imputazioni}


@transaction.atomic
def registra_evidenza(
    *, evidenza: Evidenza, voce: dict[str, Any], utente: Utente, versione: str | None = None
) -> tuple[Evidenza, int]:
    """Record a bozza, or change a registered evidence, with the lines it is credited to.

    ``voce``: an evidence of the exchange format whose imputazioni carry ``indicatore`` and ``misura``
    alone. ``versione``: fingerprint of what the person had before them (``valutazione.versioni``).
    Returns the evidence and how many lines, already verified, wait for the Agenzia again.
    Raises DatiNonValidi (keys of ``voce``), ModificatoNelFrattempo, StatoNonAmmesso.
    """
    attuale = blocca_per_registrare(evidenza)
    documento = documento_di(attuale.programma)
    controlla_versione_evidenza(documento, attuale.codice, versione, voce)
    controlla_voce(documento, voce, attuale.data)
    era_registrata = attuale.registrata
    prima = parole_di(documento, attuale.codice)
    nominate = nomi_delle(voce.get("organizzazioni", []))
    cambiata = contenuto_cambiato(attuale, voce)
    if cambiata:
        for campo, valore in valori_di(voce).items():
            setattr(attuale, campo, valore)
        _scrivi_organizzazioni(attuale, voce.get("organizzazioni", []))
    attuale.stato = StatoEvidenza.REGISTRATA
    attuale.dati_modulo = None
    attuale.registrata_da = attuale.registrata_da or utente
    attuale.full_clean()
    attuale.save()
    rimesse = rimetti_in_attesa(attuale) if era_registrata and cambiata else 0
    imputate, tornate = _scrivi_imputazioni(attuale, voce["imputazioni"])
    if cambiata or imputate or not era_registrata:
        attuale.autori.add(utente)
        azione = "evidenza.modifica" if era_registrata else "evidenza.registrazione"
        dopo = in_parole(voce, nomi_di(documento) | nominate) | {
            "Allegati": elenco([a.nome_negli_eventi for a in attuale.allegati.order_by("ordine")])
        }
        if prima:
            prima = prima | {"Allegati": dopo["Allegati"]}  # files have events of their own
        annota_evidenza(attuale, azione, utente, prima, dopo, rimesse + tornate)
    return attuale, rimesse + tornate


def nomi_delle(codici: list[str]) -> dict[str, str]:
    """Of organisations, by code: a document holds those that somebody named before."""
    trovate = Organizzazione.objects.filter(codice__in=codici) if codici else Organizzazione.objects.none()
    return dict(trovate.values_list("codice", "denominazione"))


def valori_di(voce: dict[str, Any]) -> dict[str, Any]:
    """The columns of an evidence that ``voce`` says."""
    valori: dict[str, Any] = {campo: voce.get(campo, "") for campo in TESTI}
    valori |= {campo: parse_date(voce[campo]) if voce.get(campo) else None for campo in DATE}
    valori |= {"persone": voce.get("persone", []), "presenze": voce.get("presenze", [])}
    return valori | {"pianificata": voce.get("pianificata", False), "progetto": voce.get("progetto")}


def _scrivi_organizzazioni(evidenza: Evidenza, codici: list[str]) -> None:
    trovate = Organizzazione.objects.in_bulk(codici, field_name="codice") if codici else {}
    evidenza.coinvolte.all().delete()
    OrganizzazioneCoinvolta.objects.bulk_create(
        OrganizzazioneCoinvolta(evidenza=evidenza, organizzazione=trovate[codice], ordine=ordine)
        for ordine, codice in enumerate(codici)
    )


def _scrivi_imputazioni(evidenza: Evidenza, volute: list[dict[str, Any]]) -> tuple[bool, int]:
    """Make the imputazioni those of ``volute``; one whose measure changes waits again.

    Returns whether anything changed, and how many verified ones wait again.
    """
    righe = {r.codice: r for r in Indicatore.objects.filter(programma=evidenza.programma).in_ordine()}
    attuali = {i.indicatore_id: i for i in evidenza.imputazioni.select_related("indicatore__progettualita")}
    rimesse, cambiate = 0, False
    for ordine, voluta in enumerate(volute):
        riga = righe[voluta["indicatore"]]
        imputazione = attuali.pop(riga.pk, None) or Imputazione(evidenza=evidenza, indicatore=riga)
        cambiate = cambiate or not imputazione.pk or imputazione.misura != voluta.get("misura")
        if imputazione.pk and imputazione.misura != voluta.get("misura"):
            rimesse += imputazione.stato != StatoImputazione.IN_ATTESA
            imputazione.stato = StatoImputazione.IN_ATTESA
            imputazione.misura_riconosciuta = None
            imputazione.motivazione, imputazione.motivo = "", None
            imputazione.verificata_da = imputazione.verificata_alle = None
        imputazione.misura = voluta.get("misura")
        imputazione.ordine = ordine
        imputazione.full_clean()
        imputazione.save()
    evidenza.imputazioni.filter(indicatore__in=list(attuali)).delete()
    return cambiate or bool(attuali), rimesse


@transaction.atomic
def ritira_evidenza(*, evidenza: Evidenza, motivo: str, utente: Utente) -> Evidenza:
    """Withdraw a registered evidence: it stays in the archive, and counts for nothing from now on.

    Raises DatiNonValidi (key ``motivo``) without a reason, StatoNonAmmesso on a bozza.
    """
    attuale = blocca_per_registrare(evidenza)
    if attuale.in_bozza:
        raise StatoNonAmmesso("Una bozza non si ritira: si elimina.")
    if not motivo.strip():
        raise DatiNonValidi({"motivo": "Scrivi perché ritiri l'evidenza."})
    attuale.stato = StatoEvidenza.RITIRATA
    attuale.ritirata_alle = timezone.now()
    attuale.ritirata_da = utente
    attuale.motivo_ritiro = motivo.strip()
    attuale.full_clean()
    attuale.save(update_fields=["stato", "ritirata_alle", "ritirata_da", "motivo_ritiro", "modificata_alle"])
    annota(
        azione="evidenza.ritiro",
        oggetti=[attuale, attuale.programma],
        utente=utente,
        dopo={"Evidenza": f"{attuale} ({attuale.codice})", "Stato": attuale.get_stato_display()},
        motivo=motivo,
    )
    return attuale


@transaction.atomic
def elimina_bozza(*, evidenza: Evidenza) -> None:
    """Delete a bozza with its files: it was never recorded, so nothing of it is owed to anyone.

    Raises StatoNonAmmesso when it was recorded meanwhile.
    """
    attuale = blocca_evidenza(evidenza)
    if not attuale.in_bozza:
        raise StatoNonAmmesso("L'evidenza è già registrata: non si elimina, si ritira.")
    file = [(a.file.storage, a.file.name) for a in attuale.allegati.all() if a.file.name]
    attuale.delete()

    def elimina_file() -> None:
        for magazzino, nome in file:
            magazzino.delete(nome)

    transaction.on_commit(elimina_file)
