"""From the rows of a spreadsheet to the register, with the services and the checks of the pages.

There is one way through: the preview goes it too, and is undone. So it never promises what the writing
would then refuse.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction

from distretti.basi.italiano import al_giorno
from distretti.basi.ricerca import piega
from distretti.errori import DatiNonValidi, ErroreDominio
from distretti.importazione_xlsx.colonne import ADERENTI
from distretti.importazione_xlsx.lettura import Riga
from distretti.importazione_xlsx.marchi import importa_marchio
from distretti.importazione_xlsx.trovate import Trovate
from distretti.models import Adesione, Autorita, Natura, Organizzazione, Utente
from distretti.permissions import puo_tenere_organizzazione
from distretti.services import (
    DatiOrganizzazione,
    OrganizzazioniSimili,
    cancella_adesione,
    crea_organizzazione,
    modifica_organizzazione,
    registra_adesione,
)
from distretti.services.blocco import blocca_distretti, blocca_organizzazioni


class Genere(StrEnum):
    """What becomes of a row."""

    NUOVA = "nuova"
    CAMBIATA = "cambiata"
    INVARIATA = "invariata"
    ERRORE = "errore"


_TONI = {
    Genere.NUOVA: "positivo",
    Genere.CAMBIATA: "info",
    Genere.INVARIATA: "neutro",
    Genere.ERRORE: "negativo",
}


@dataclass(slots=True)
class EsitoRiga:
    """A row of the preview: what it is about, and what it does or what is wrong."""

    foglio: str
    numero: int
    oggetto: str
    nuove: list[str] = field(default_factory=list)
    cambiamenti: list[str] = field(default_factory=list)
    errori: list[str] = field(default_factory=list)

    @property
    def genere(self) -> Genere:
        if self.errori:
            return Genere.ERRORE
        if self.nuove:
            return Genere.NUOVA
        return Genere.CAMBIATA if self.cambiamenti else Genere.INVARIATA

    @property
    def tono(self) -> str:
        """Of its badge."""
        return _TONI[self.genere]

    @property
    def parole(self) -> list[str]:
        """What the page says of it."""
        return self.errori or [*self.nuove, *self.cambiamenti]


@dataclass(frozen=True, slots=True)
class Contesto:
    """Whose register, from which file, by whom."""

    autorita: Autorita
    file: str
    utente: Utente
    trovate: Trovate

    @property
    def motivo(self) -> str:
        return f"Importazione del registro da «{self.file}»."


def scrivi_righe(autorita: Autorita, righe: Sequence[Riga], *, file: str, utente: Utente) -> list[EsitoRiga]:
    """Write every row that is right, in the transaction of the caller, who undoes it if any is wrong.

    The districts and the organisations are locked first, all of them, in the order every service keeps.
    """
    Autorita.objects.select_for_update(no_key=True).get(pk=autorita.pk)
    trovate = Trovate.del_registro(autorita)
    blocca_distretti(distretto.pk for distretto in trovate.distretti_citati(righe))
    blocca_organizzazioni(trovate.organizzazioni_citate(righe))
    contesto = Contesto(autorita, file, utente, trovate)
    return [_scrivi(contesto, riga) for riga in righe]


def _scrivi(contesto: Contesto, riga: Riga) -> EsitoRiga:
    oggetto = " – ".join(
        testo for chiave in ("denominazione", "distretto", "marchio") if (testo := riga.testo(chiave))
    )
    esito = EsitoRiga(riga.foglio.titolo, riga.numero, oggetto, errori=list(riga.errori))
    if esito.errori:
        return esito
    try:
        with transaction.atomic():
            organizzazione = _organizzazione(contesto, riga, esito)
            if riga.foglio is ADERENTI:
                _adesione(contesto, riga, organizzazione, esito)
            else:
                chi = (contesto.autorita, contesto.utente, contesto.motivo)
                importa_marchio(riga, organizzazione, esito, *chi)
    except OrganizzazioniSimili as errore:
        testo = f"{errore.messaggio} Scrivi il suo codice ({_codici(errore)}), o uno nuovo se è un'altra."
        esito.errori = [_nella_colonna(riga, "denominazione", testo)]
    except DatiNonValidi as errore:
        esito.errori = [_nella_colonna(riga, campo, testo) for campo, testo in errore.campi.items()]
    except ErroreDominio as errore:
        esito.errori = [errore.messaggio]
    else:
        contesto.trovate.aggiungi(organizzazione)
    return esito


def _codici(errore: OrganizzazioniSimili) -> str:
    return ", ".join(f"«{simile.codice}»" for simile in errore.simili)


_COLONNA_DI = {"dal": ("dal", "valido_dal"), "al": ("al", "valido_al"), "il": ("revocata_il",)}
"""The fields of the services, by the columns they come from."""


def _nella_colonna(riga: Riga, campo: str, testo: str) -> str:
    for chiave in _COLONNA_DI.get(campo, (campo,)):
        if titolo := riga.foglio.titolo_di(chiave):
            return f"colonna «{titolo}»: {testo}"
    return testo


def _organizzazione(contesto: Contesto, riga: Riga, esito: EsitoRiga) -> Organizzazione:
    """The one of the row, created or brought up to date as the row says."""
    trovata = contesto.trovate.organizzazione(riga.testo("codice"), riga.testo("denominazione"))
    natura, altri = _natura(riga), _altri_nomi(riga)
    if trovata is None:
        nuova = crea_organizzazione(
            denominazione=riga.testo("denominazione"),
            natura=natura,
            codice=riga.testo("codice"),
            anche_se_simile=contesto.trovate.e_un_altra(riga.testo("codice"), riga.testo("denominazione")),
            tra=contesto.trovate.conosciute,
            utente=contesto.utente,
        )
        _scrivi_alias(contesto, nuova, "", altri)
        esito.nuove.append("nuova organizzazione")
        return nuova
    if riga.foglio is ADERENTI:
        nome = riga.testo("denominazione") if riga.testo("codice") else ""
        prima = _in_parole(trovata)
        _aggiorna(contesto, trovata, nome, natura, altri)
        dopo = _in_parole(trovata)
        esito.cambiamenti += [f"{c}: da «{prima[c]}» a «{dopo[c]}»" for c in dopo if dopo[c] != prima[c]]
    return trovata


def _natura(riga: Riga) -> str:
    testo = piega(riga.testo("natura"))
    if testo and testo not in set(Natura):
        raise DatiNonValidi({"natura": f"«{riga.testo('natura')}» non è «pubblica» né «privata»"})
    return testo


def _altri_nomi(riga: Riga) -> list[str]:
    return [nome.strip() for nome in riga.testo("alias").split(";") if nome.strip()]


def _in_parole(organizzazione: Organizzazione) -> dict[str, str]:
    return {
        "denominazione": organizzazione.denominazione,
        "natura": organizzazione.get_natura_display() or "non indicata",
        "altri nomi": "; ".join(organizzazione.alias.order_by("ordine").values_list("testo", flat=True)),
    }


def _aggiorna(
    contesto: Contesto, organizzazione: Organizzazione, nome: str, natura: str, altri: list[str]
) -> None:
    """What the row says otherwise; an empty cell says nothing. A name the register knows changes nothing."""
    noti = {piega(testo) for testo in contesto.trovate.nomi(organizzazione)}
    nome = "" if piega(nome) in noti else nome
    altri = [altro for altro in altri if piega(altro) not in noti]
    if not nome and not altri and (not natura or natura == organizzazione.natura):
        return
    if not puo_tenere_organizzazione(contesto.utente, organizzazione):
        raise DatiNonValidi({"denominazione": "la sua scheda la tiene un'altra autorità"})
    organizzazione.natura = natura or organizzazione.natura
    _scrivi_alias(contesto, organizzazione, nome, altri)


def _scrivi_alias(contesto: Contesto, organizzazione: Organizzazione, nome: str, altri: list[str]) -> None:
    if not organizzazione.natura and not nome and not altri:
        return
    alias = organizzazione.alias.order_by("ordine").values_list("testo", flat=True)
    dati = DatiOrganizzazione(
        denominazione=nome or organizzazione.denominazione,
        natura=organizzazione.natura,
        alias=[*alias, *altri],
    )
    modifica_organizzazione(organizzazione=organizzazione, dati=dati, utente=contesto.utente)
    organizzazione.refresh_from_db()


def _adesione(contesto: Contesto, riga: Riga, organizzazione: Organizzazione, esito: EsitoRiga) -> None:
    """The membership of the row, if it says one."""
    dal, al = riga.giorno("dal"), riga.giorno("al")
    if not riga.testo("distretto"):
        if dal or al:
            raise DatiNonValidi({"distretto": "manca, ma la riga ha le date di un'adesione"})
        return
    distretto = contesto.trovate.distretto(riga.testo("distretto"))
    if dal is None:
        raise DatiNonValidi({"dal": "manca"})
    nota = Adesione.objects.filter(distretto=distretto, organizzazione=organizzazione, dal=dal).first()
    if nota is None:
        registra_adesione(
            distretto=distretto, organizzazione=organizzazione, dal=dal, al=al, utente=contesto.utente
        )
        esito.nuove.append(f"nuova adesione a {distretto}")
    elif al is not None and nota.al is None:
        cancella_adesione(adesione=nota, al=al, motivo=contesto.motivo, utente=contesto.utente)
        esito.cambiamenti.append(f"aderente fino {al_giorno(al)}")
    elif al is not None and nota.al != al:
        assert nota.al is not None
        raise DatiNonValidi({"al": f"nel registro l'adesione risulta già finita {al_giorno(nota.al)}"})


def riassunto(esiti: Iterable[EsitoRiga]) -> dict[str, int]:
    """How many rows of each kind, by the code of the kind."""
    conti: dict[str, int] = defaultdict(int)
    for esito in esiti:
        conti[esito.genere.value] += 1
    return {genere.value: conti[genere.value] for genere in Genere}
