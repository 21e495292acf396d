"""One decision on many: all of them or none, an event for each, the same queries however many they are."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from distretti.basi.canonico import sha256_di
from distretti.basi.italiano import conta
from distretti.errori import DatiNonValidi, ErroreDominio, ModificatoNelFrattempo, StatoNonAmmesso
from distretti.eventi import Fatto, annota_molti
from distretti.models import Utente
from programmi.blocco import blocca
from programmi.models import Programma
from valutazione.chiusura.controlli import VERIFICA_CONCLUSA, controlla_ammessa
from valutazione.decisioni import CAMPI, Decisione, Istantanea, Presa, istantanea
from valutazione.models import Imputazione, StatoChiusura, StatoImputazione
from valutazione.scheda.da_database import Documento, documento_di
from valutazione.services.verifica import (
    controlla_chi_decide,
    controlla_motivo,
    errori_del_documento,
    in_parole,
    ruolo_di_chi_verifica,
    scrivi,
)
from valutazione.tabella import DECISIONE
from valutazione.versioni import Nomi, nomi_di, versione_evidenza


class BloccoRifiutato(ErroreDominio):
    """Nothing was decided; ``errori`` says why, of each imputazione (by primary key) in the way."""

    def __init__(self, errori: Mapping[int, str]) -> None:
        quante = conta(len(errori), "evidenza", "evidenze")
        super().__init__(f"Nulla è stato deciso: {quante} non si può decidere così.")
        self.errori = dict(errori)


def versione_del_blocco(documento: Documento, imputazioni: Sequence[Imputazione]) -> str:
    """The fingerprint of what is about to be decided: each evidence as it is, and which lines."""
    viste = {i.pk: versione_evidenza(documento, i.evidenza.codice) for i in imputazioni}
    return sha256_di(sorted([str(pk), vista] for pk, vista in viste.items()))[:20]


def perche_no(imputazione: Imputazione, utente: Utente) -> str:
    """Why ``utente`` may not decide it together with others; "" if nothing stands in the way."""
    if imputazione.stato != StatoImputazione.IN_ATTESA:
        return f"È già {imputazione.get_stato_display()}: si rivede da sola."
    try:
        controlla_chi_decide(imputazione, utente)
    except ErroreDominio as errore:
        return errore.messaggio
    return ""


@transaction.atomic
def verifica_in_blocco(
    *,
    programma: Programma,
    chiavi: Sequence[int],
    decisione: Decisione,
    utente: Utente,
    versione: str | None = None,
) -> list[Presa]:
    """Accept, or reject with one reason, all the imputazioni with these primary keys.

    Raises ``BloccoRifiutato``, ``ModificatoNelFrattempo`` when one of them changed after the preview,
    ``StatoNonAmmesso`` when the closing does not allow it, ``DatiNonValidi`` on ``motivazione``.
    """
    attuale = blocca(programma)
    if controlla_ammessa(DECISIONE, attuale) == StatoChiusura.VERIFICATA:
        raise StatoNonAmmesso(VERIFICA_CONCLUSA)
    if decisione.misura is not None:
        raise DatiNonValidi({"": "Si accoglie in parte un'evidenza alla volta."})
    controlla_motivo(decisione, attuale)
    trovate = list(
        Imputazione.objects.filter(evidenza__programma=attuale, pk__in=chiavi).per_decidere().order_by("pk")
    )
    documento = documento_di(attuale)
    _controlla_versione(documento, trovate, versione)
    errori = dict.fromkeys(set(chiavi) - {i.pk for i in trovate}, "Non c'è più.")
    errori |= {i.pk: perche for i in trovate if (perche := perche_no(i, utente))}
    if errori:
        raise BloccoRifiutato(errori)
    if not trovate:
        return []
    return _scrivi(attuale, trovate, decisione, utente, nomi_di(documento))


def _controlla_versione(documento: Documento, trovate: Sequence[Imputazione], versione: str | None) -> None:
    attuale = versione_del_blocco(documento, trovate)
    if versione is not None and versione != attuale:
        raise ModificatoNelFrattempo({}, attuale)


def _scrivi(
    programma: Programma, trovate: Sequence[Imputazione], decisione: Decisione, utente: Utente, nomi: Nomi
) -> list[Presa]:
    prima: dict[int, Istantanea] = {}
    com_erano: dict[int, str] = {}
    for imputazione in trovate:
        prima[imputazione.pk] = istantanea(imputazione)
        com_erano[imputazione.pk] = in_parole(imputazione, nomi)
        scrivi(imputazione, decisione, utente)
    Imputazione.objects.bulk_update(trovate, CAMPI)
    rifiutate = errori_del_documento(trovate)
    if rifiutate:
        raise BloccoRifiutato({pk: " ".join(campi.values()) for pk, campi in rifiutate.items()})
    annota_molti(
        azione="evidenza.verifica",
        fatti=[_fatto(i, com_erano[i.pk], nomi) for i in trovate],
        utente=utente,
        ruolo=ruolo_di_chi_verifica(utente, programma),
    )
    return [Presa(i.pk, prima[i.pk], istantanea(i)) for i in trovate]


def _fatto(imputazione: Imputazione, com_era: str, nomi: Nomi) -> Fatto:
    evidenza, riga = imputazione.evidenza, f"Riga {imputazione.indicatore.codice}"
    dopo = {"Evidenza": f"{evidenza} ({evidenza.codice})", riga: in_parole(imputazione, nomi)}
    return Fatto([evidenza, evidenza.programma], {riga: com_era}, dopo, imputazione.motivazione)
