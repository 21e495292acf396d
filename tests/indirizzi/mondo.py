"""Una scena con almeno una cosa di ogni genere, su cui provare tutti gli indirizzi."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.eventi import annota
from distretti.models import Atto, Distretto, Incarico, Organizzazione, Struttura, TokenLettura, Utente
from distretti.token_lettura import crea_token
from programmi.avvisi import avvisa
from programmi.models import (
    ClassificazioneProgettualita,
    GenereAvviso,
    Indicatore,
    Osservazione,
    Progettualita,
    Programma,
    Referente,
    Replica,
    Scadenza,
    StatoProgramma,
    VoceClassificazione,
)
from programmi.regola import TipoEvidenza
from programmi.services import DatiRiga, crea_bozza, crea_riga, salva_regola
from tests.conftest import CODICE, Persone
from tests.indirizzi.chiuso_del_mondo import chiuso
from tests.indirizzi.chiusure_del_mondo import ChiusureDelMondo, chiusure
from tests.indirizzi.persone_del_mondo import invitata, sospesa
from tests.indirizzi.registro_del_mondo import RegistroDelMondo, registro
from tests.indirizzi.verifica_del_mondo import VerificaDelMondo, verifica
from tests.programmi.ingressi import MEZZO, con_progettualita, pdf, trasmesso
from tests.valutazione.test_allegati import png
from valutazione.models import Allegato, Evidenza, Imputazione, SerieInCorso
from valutazione.services import aggiungi_allegato, crea_evidenza, registra_evidenza, ritira_evidenza

TITOLO_RISERVATO = "Titolo riservato"


@dataclass(frozen=True)
class Mondo:
    """``approvato`` is the real 2025 programme; ``bozza`` is being written; ``trasmesso`` waits.

    ``in_esame``, ``proposto``, ``alla_firma``, ``ritirato`` are further on their way, and empty.
    """

    persone: Persone
    approvato: Programma
    bozza: Programma
    trasmesso: Programma
    in_esame: Programma
    proposto: Programma
    alla_firma: Programma
    ritirato: Programma
    integrazioni_richieste: Programma
    da_proporre: Programma
    """In esame too, with nothing left to mend."""
    chiuso: Programma
    """Of 2024: its first result is published, the correction of it is not."""
    evidenza: Evidenza
    abbozzo: Evidenza
    ritirata: Evidenza
    pianificata: Evidenza
    """Planned, for a day that has passed."""
    allegato: Allegato
    allegato_abbozzo: Allegato
    imputazione: Imputazione
    atto_pubblico: Atto
    atto_riservato: Atto
    azione: Progettualita
    riga: Indicatore
    organizzazione: Organizzazione
    nuova: Organizzazione
    struttura: Struttura
    incarico: Incarico
    scadenza: Scadenza
    invitata: Utente
    sospesa: Utente
    token: TokenLettura
    registro: RegistroDelMondo
    verifica: VerificaDelMondo
    chiusure: ChiusureDelMondo

    def entra(self, chi: str) -> Client:
        """A client signed in as ``chi``; "" is a stranger."""
        client = Client()
        if chi:
            client.force_login(getattr(self.persone, chi))
        return client

    def versione(
        self, nome: str, *chiavi: int, anno: int = 2026, chi: str = "manager", query: str = ""
    ) -> str:
        """The fingerprint that the form at an address carries, as its writer finds it."""
        indirizzo = reverse(nome, args=[CODICE, anno, *chiavi]) + query
        contesto: Any = self.entra(chi).get(indirizzo).context
        return str(contesto["form"]["versione"].value())


def crea_mondo(persone: Persone) -> Mondo:
    """The scene, in the database."""
    distretto = Distretto.objects.get(codice=CODICE)
    approvato = Programma.objects.select_related("distretto__autorita").get(distretto=distretto, anno=2025)
    bozza = crea_bozza(distretto=distretto, anno=2026)
    azione = _scrivi(bozza)
    futuro = crea_bozza(distretto=distretto, anno=2027)
    _scrivi(futuro)
    in_attesa = trasmesso(futuro, persone.referente)
    riservato = in_attesa.passaggi.get().atto
    pubblico = approvato.passaggi.exclude(atto=None).order_by("ordine").last()
    assert riservato is not None
    assert pubblico is not None
    assert pubblico.atto is not None
    prima = approvato.progettualita.get(numero=1)
    Referente.objects.create(progettualita=prima, ordine=90, testo="Un distretto", distretto=distretto)
    evidenza = _evidenza(approvato, persone.manager, TipoEvidenza.MAIL)
    abbozzo = crea_evidenza(programma=approvato, tipo=TipoEvidenza.INCONTRO, utente=persone.manager)
    incarico = persone.manager.incarichi.get()
    avvisa(genere=GenereAvviso.DA_FARE, programma=bozza, a=[persone.manager], testo="Prova.", chiave="prova")
    ritirata = _evidenza(approvato, persone.manager, TipoEvidenza.MAIL)
    in_cammino = _in_cammino(distretto)
    for programma in (approvato, in_cammino["in_esame"], in_cammino["integrazioni_richieste"]):
        _osservazioni(programma, persone)
    celle = [{"data": "12/3/2025", "argomento": "Una"}]
    contenuto = {"tipo": "mail", "righe": ["1.3"], "celle": celle}
    SerieInCorso.objects.create(programma=approvato, utente=persone.manager, contenuto=contenuto)
    organizzazione = Organizzazione.objects.get(codice="asif-chimelli")
    annota(azione="organizzazione.modifica", oggetti=[organizzazione, abbozzo])  # both have a history
    return Mondo(
        persone=persone,
        approvato=approvato,
        bozza=bozza,
        trasmesso=in_attesa,
        **in_cammino,
        chiuso=chiuso(distretto, persone, TITOLO_RISERVATO),
        evidenza=evidenza,
        abbozzo=abbozzo,
        ritirata=ritira_evidenza(evidenza=ritirata, motivo="Doppione", utente=persone.manager),
        pianificata=_evidenza(approvato, persone.manager, TipoEvidenza.MAIL, pianificata=True),
        allegato=aggiungi_allegato(evidenza=evidenza, file=png(), utente=persone.manager)[0],
        allegato_abbozzo=aggiungi_allegato(evidenza=abbozzo, file=png(), utente=persone.manager)[0],
        imputazione=evidenza.imputazioni.order_by("ordine")[0],
        atto_pubblico=_con_file(pubblico.atto),
        atto_riservato=_con_file(riservato),
        azione=azione,
        riga=azione.indicatori.order_by("ordine")[0],
        organizzazione=organizzazione,
        nuova=Organizzazione.objects.create(codice="organizzazione-nuova", denominazione="Nuova"),
        struttura=Struttura.objects.filter(autorita=distretto.autorita).order_by("pk")[0],
        incarico=incarico,
        scadenza=Scadenza.objects.create(
            autorita=distretto.autorita,
            anno=2030,
            azione="trasmissione",
            giorno=date(2030, 4, 30),
            fonte="Prova",
        ),
        invitata=invitata(distretto, persone.amministratore),
        sospesa=sospesa(distretto.autorita),
        chiusure=chiusure(distretto, persone),  # before the sheet of the register is made
        registro=registro(persone.agenzia),
        verifica=verifica(distretto, persone, TITOLO_RISERVATO),
        token=crea_token(incarico=incarico, nome="Prova", durata=90, utente=persone.manager)[0],
    )


def _in_cammino(distretto: Distretto) -> dict[str, Programma]:
    """A programme for each of the inner states of the procedure."""
    giorno = date(2026, 1, 22)
    stati = {
        "in_esame": StatoProgramma.IN_ESAME,
        "proposto": StatoProgramma.PROPOSTO,
        "alla_firma": StatoProgramma.ALLA_FIRMA,
        "ritirato": StatoProgramma.RITIRATO,
        "integrazioni_richieste": StatoProgramma.INTEGRAZIONI_RICHIESTE,
        "da_proporre": StatoProgramma.IN_ESAME,
    }
    programmi = Programma.objects.bulk_create(
        Programma(
            distretto=distretto,
            anno=anno,
            dal=date(anno, 1, 1),
            al=date(anno, 12, 31),
            stato=stato,
            stato_dal=giorno,
            trasmesso_il=giorno,
        )
        for anno, stato in enumerate(stati.values(), start=2031)
    )
    in_cammino = dict(zip(stati, programmi, strict=True))
    # Before the manager whose role ended had it: to them too its osservazioni do not exist.
    rinviato = in_cammino["integrazioni_richieste"]
    rinviato.trasmesso_il = date(2021, 12, 31)
    rinviato.save(update_fields=["trasmesso_il"])
    return in_cammino


def _osservazioni(programma: Programma, persone: Persone) -> None:
    """An open one, and one closed after a reply."""
    scritta = {"programma": programma, "utente": persone.agenzia, "ruolo": "referente_attivita"}
    chiusura = {"chiusa_da": persone.dirigente, "chiusa_ruolo": "dirigente", "chiusa_alle": timezone.now()}
    Osservazione.objects.create(
        numero=1, testo="Manca.", campo="premessa", oggetto_scritto="premessa", **scritta
    )
    chiusa = Osservazione.objects.create(numero=2, testo="Tutto.", stato="chiusa", **chiusura, **scritta)
    Replica.objects.create(
        osservazione=chiusa, ordine=1, testo="Ecco.", utente=persone.manager, ruolo="manager"
    )


def _scrivi(bozza: Programma) -> Progettualita:
    """Two progettualità and, on the first, one of everything that hangs from it."""
    azione, _ = con_progettualita(bozza, 2)
    salva_regola(riga=crea_riga(programma=bozza, progettualita=azione, dati=DatiRiga("Altri")), regola=MEZZO)
    voce = VoceClassificazione.objects.order_by("pk")[0]
    ClassificazioneProgettualita.objects.create(progettualita=azione, voce=voce, ordine=1)
    chi = Organizzazione.objects.order_by("pk")[0]
    Referente.objects.create(progettualita=azione, ordine=1, testo="Chi", organizzazione=chi)
    Referente.objects.create(progettualita=azione, ordine=2, testo="Altro", distretto=bozza.distretto)
    # Actors, channels and cited acts come from the programme of the year before.
    assert bozza.attori.exists()
    assert bozza.canali.exists()
    assert bozza.atti_citati.exists()
    return azione


def _evidenza(programma: Programma, utente: Utente, tipo: TipoEvidenza, **campi: Any) -> Evidenza:
    evidenza = crea_evidenza(programma=programma, tipo=tipo, utente=utente)
    voce = {
        "codice": evidenza.codice,
        "tipo": tipo.value,
        "data": "2025-05-05",
        "titolo": TITOLO_RISERVATO,
        "organizzazioni": ["asif-chimelli"],
        "imputazioni": [{"indicatore": riga, "stato": "in_attesa"} for riga in ("1.3", "obb.1")],
    } | campi
    return registra_evidenza(evidenza=evidenza, voce=voce, utente=utente)[0]


def _con_file(atto: Atto) -> Atto:
    atto.file_nome, atto.file_sha256 = "atto.pdf", "0" * 64
    atto.file.save("atto.pdf", pdf(), save=False)
    atto.save()
    return atto


Argomenti = Callable[[Mondo], tuple[object, ...]]


def del_distretto(mondo: Mondo) -> tuple[object, ...]:
    return (CODICE,)


def programma_di(quale: str, *altri: str | int) -> Argomenti:
    """The arguments of an address of a programme; a name among ``altri`` is the pk of that object."""

    def argomenti(mondo: Mondo) -> tuple[object, ...]:
        chiavi = (altro if isinstance(altro, int) else getattr(mondo, altro).pk for altro in altri)
        return (CODICE, getattr(mondo, quale).anno, *chiavi)

    return argomenti


GIORNO = date(2026, 2, 1)
"""A day after the transmission of the scene."""
