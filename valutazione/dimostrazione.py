"""The demonstration: invented evidence, an invented district, accounts with an office for a name.

Loading it again only adds what has never been there. An evidence that someone withdrew or changed, an
account with another password, a role that was ended, a draft that went on: all stay as people left them.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from distretti.basi.lettore import Errore
from distretti.errori import ErroreDominio
from distretti.models import Autorita, Distretto, Incarico, Installazione, Ruolo, Utente
from programmi.models import Indicatore, Programma
from programmi.services import crea_bozza
from valutazione.chiusura import stato_di
from valutazione.dati_base import carica_base
from valutazione.installazione import fixtures, installazione_vuota
from valutazione.models import Evidenza, MotivoVerifica, ParametriChiusura, StatoChiusura, StatoImputazione
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.importa import ImportazioneRifiutata, importa_documenti
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.nel_database import Evidenze, trascrivi_evidenze
from valutazione.scheda.testo import leggi_json

DISTRETTO = "dfa-alta-valsugana"
ANNO = 2025
ANNO_BOZZA = 2026
INIZIO_INCARICHI = date(2022, 1, 1)
ACCOUNT: Mapping[str, Ruolo] = {
    "manager": Ruolo.MANAGER,
    "referente": Ruolo.REFERENTE_AMMINISTRATIVO,
    "agenzia": Ruolo.REFERENTE_ATTIVITA,
    "dirigente": Ruolo.DIRIGENTE,
    "coordinatore": Ruolo.COORDINATORE,
    "auditor": Ruolo.AUDITOR,
    "amministratore": Ruolo.AMMINISTRATORE,
}
"""The demonstration accounts, each with its one role on the real district or on its authority."""

MOTIVI: Mapping[str, str] = {
    "inventato-elenco": "Manca l'elenco con la data, l'argomento trattato e le persone coinvolte",
    "inventato-doppione": "È la stessa attività di un'altra evidenza",
    "inventato-estranea": "Non riguarda l'azione a cui è imputata",
    "inventato-illeggibile": "L'allegato non si legge o non si apre",
    "inventato-misura": "La quantità dichiarata non risulta dalla documentazione",
}
"""Reasons of the authority for rejecting: plausible, and invented."""


class DatiReali(ErroreDominio):
    """The installation is in use and was never marked as a demonstration."""


@dataclass
class Caricata:
    """What was added. ``password`` is filled only when it was made up here: it is shown once."""

    account: list[str] = field(default_factory=list)
    password: str = ""
    evidenze: int = 0
    programmi: list[str] = field(default_factory=list)


@transaction.atomic
def carica_dimostrazione(*, password: str = "") -> Caricata:
    """Add what the demonstration still lacks and mark the installation.

    ``password``: of the accounts that are created now; empty = a random one. Raises ``DatiReali``, or
    ``ImportazioneRifiutata`` when the register no longer agrees with the invented data.
    """
    list(Autorita.objects.select_for_update(no_key=True).order_by("pk"))  # two loads at once wait
    if not Installazione.objects.dimostrazione():
        if not installazione_vuota():
            raise DatiReali(
                "Questa installazione contiene già dati e non è segnata come dimostrazione: i dati inventati"
                " non si caricano. Usare un database vuoto."
            )
        Installazione.objects.update_or_create(id=1, defaults={"dimostrazione": True})
    carica_base()
    caricata = Caricata()
    _carica_account(caricata, password)
    _carica_motivi()
    _carica_repliche()
    _carica_evidenze(caricata)
    _carica_distretto_inventato(caricata)
    _carica_bozza(caricata)
    return caricata


def _carica_account(caricata: Caricata, password: str) -> None:
    """The accounts that have never been there, with their role. The others are left as they are."""
    presenti = set(Utente.objects.filter(username__in=ACCOUNT).values_list("username", flat=True))
    mancanti = [nome for nome in ACCOUNT if nome not in presenti]
    if not mancanti:
        return
    if not password:
        password = caricata.password = secrets.token_urlsafe(9)
    distretto = Distretto.objects.select_related("autorita").get(codice=DISTRETTO)
    for nome in mancanti:
        ruolo = ACCOUNT[nome]
        utente = Utente.objects.create_user(
            username=nome, password=password, nome_esteso=f"{ruolo.label} (dimostrazione)"
        )
        di_distretto = ruolo in (Ruolo.MANAGER, Ruolo.REFERENTE_AMMINISTRATIVO, Ruolo.COORDINATORE)
        incarico = Incarico(
            utente=utente,
            ruolo=ruolo,
            dal=INIZIO_INCARICHI,
            distretto=distretto if di_distretto else None,
            autorita=None if di_distretto else distretto.autorita,
        )
        incarico.full_clean()
        incarico.save()
        caricata.account.append(nome)


def _carica_motivi() -> None:
    """Invented reasons for rejecting, as their codes say; none comes with the product."""
    autorita = Autorita.objects.get(distretti__codice=DISTRETTO)
    if MotivoVerifica.objects.filter(autorita=autorita).exists():
        return
    MotivoVerifica.objects.bulk_create(
        MotivoVerifica(autorita=autorita, codice=codice, testo=testo) for codice, testo in MOTIVI.items()
    )


def _carica_repliche() -> None:
    """The days for replying, invented: without them the verification of the year cannot be concluded."""
    ParametriChiusura.objects.get_or_create(
        autorita=Autorita.objects.get(distretti__codice=DISTRETTO),
        anno=ANNO,
        defaults={"giorni_replica": 15, "fonte": "inventato per la dimostrazione"},
    )


def _carica_evidenze(caricata: Caricata) -> None:
    """The invented evidence of the real programme; one whose code was ever there is not written again, and
    none once its year was declared."""
    programma = (
        Programma.objects.annuali()
        .select_related("distretto__autorita")
        .get(distretto__codice=DISTRETTO, anno=ANNO)
    )
    if stato_di(programma) != StatoChiusura.IN_CORSO:
        return
    nome = f"evidenze-{DISTRETTO}-{ANNO}.json"
    voci = leggi_json((fixtures() / "dimostrazione" / nome).read_bytes())["evidenze"]
    presenti = set(Evidenza.objects.filter(programma=programma).values_list("codice", flat=True))
    nuove = [voce for voce in voci if voce["codice"] not in presenti]
    if not nuove:
        return
    errori: list[Errore] = []
    documento = documento_di(programma)
    try:
        leggi_scheda(documento | {"evidenze": [*documento["evidenze"], *nuove]})
    except SchedaNonValida as non_valida:
        raise ImportazioneRifiutata([(nome, errore) for errore in non_valida.errori]) from non_valida
    righe = {riga.codice: riga for riga in Indicatore.objects.filter(programma=programma).in_ordine()}
    evidenze = trascrivi_evidenze(nuove, programma, righe, errori)
    _firma(evidenze)
    if errori:
        raise ImportazioneRifiutata([(nome, errore) for errore in errori])
    evidenze.salva()
    caricata.evidenze = len(nuove)


def _firma(evidenze: Evidenze) -> None:
    """Recorded by the manager, verified by the Agenzia: nobody verifies what they recorded."""
    persone = Utente.objects.in_bulk(["manager", "agenzia"], field_name="username")
    adesso = timezone.now()
    for evidenza in evidenze.evidenze:
        evidenza.registrata_da = persone["manager"]
    for imputazione in evidenze.imputazioni:
        if imputazione.stato != StatoImputazione.IN_ATTESA:
            imputazione.verificata_da = persone["agenzia"]
            imputazione.verificata_alle = adesso


def _carica_distretto_inventato(caricata: Caricata) -> None:
    """The invented districts with their programmes, unless they are there already, changed or not."""
    for file in sorted((fixtures() / "dimostrazione").glob("distretto-*.json")):
        scheda = leggi_json(file.read_bytes())
        codice, anno = scheda["distretto"]["codice"], int(scheda["dal"][:4])
        if not Programma.objects.filter(distretto__codice=codice, anno=anno).exists():
            importati = importa_documenti([(file.name, scheda)])
            caricata.programmi += [importato.riferimento for importato in importati]


def _carica_bozza(caricata: Caricata) -> None:
    """A draft of the following year, whole enough to be transmitted and approved."""
    if Programma.objects.filter(distretto__codice=DISTRETTO, anno=ANNO_BOZZA).exists():
        return
    bozza = crea_bozza(distretto=Distretto.objects.get(codice=DISTRETTO), anno=ANNO_BOZZA)
    nome = f"progettualita-{DISTRETTO}-{ANNO_BOZZA}.json"
    inventate = leggi_json((fixtures() / "dimostrazione" / nome).read_bytes())["progettualita"]
    importa_documenti([(nome, documento_di(bozza) | {"progettualita": inventate})], sostituisci=True)
    caricata.programmi.append(bozza.riferimento)
