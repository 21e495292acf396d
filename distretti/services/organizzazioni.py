"""Organisations: new ones, names that change, records that look alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from distretti.controlli import controlla
from distretti.errori import DatiNonValidi
from distretti.eventi import annota
from distretti.istantanee import istantanea_organizzazione
from distretti.models import AliasOrganizzazione, CodicePrecedente, Natura, Organizzazione, Utente
from distretti.services.blocco import blocca_organizzazioni
from distretti.somiglianza import Conosciuta, simili_a
from distretti.versioni import controlla_versione


class OrganizzazioniSimili(DatiNonValidi):
    """There are organisations with such a name: whoever enters the new one says that it is another."""

    def __init__(self, simili: Sequence[Conosciuta]) -> None:
        nomi = ", ".join(f"«{simile.denominazione}»" for simile in simili)
        esiste = "Esistono già" if len(simili) > 1 else "Esiste già"
        e_la_stessa = "una di queste" if len(simili) > 1 else "la stessa"
        super().__init__({"denominazione": f"{esiste} {nomi}: è {e_la_stessa}?"})
        self.simili = simili


@transaction.atomic
def crea_organizzazione(
    *,
    denominazione: str,
    natura: str = "",
    codice: str = "",
    anche_se_simile: bool = False,
    tra: Sequence[Conosciuta] | None = None,
    utente: Utente | None = None,
) -> Organizzazione:
    """A new organisation. Without ``codice`` it gets one from its name.

    Raises ``OrganizzazioniSimili`` when the register (``tra``, if it was read already) has one with such a
    name, unless ``anche_se_simile``;
    ``DatiNonValidi`` for a code that is taken, also by a record that was merged into another.
    """
    denominazione = " ".join(denominazione.split())
    if not denominazione:
        raise DatiNonValidi({"denominazione": "Indica la denominazione."})
    simili = [] if anche_se_simile else simili_a(denominazione, tra)
    if simili:
        raise OrganizzazioniSimili(simili)
    if CodicePrecedente.objects.filter(codice=codice).exists():
        raise DatiNonValidi({"codice": "Questo codice porta già a un'altra organizzazione."})
    organizzazione = Organizzazione(
        codice=codice or codice_libero(denominazione), denominazione=denominazione, natura=natura
    )
    controlla(organizzazione)
    organizzazione.save()
    annota(
        azione="organizzazione.creazione",
        oggetti=[organizzazione],
        utente=utente,
        dopo=istantanea_organizzazione(organizzazione),
    )
    return organizzazione


def codice_libero(denominazione: str) -> str:
    """A code that nobody has, nor had: addresses are for ever."""
    base = slugify(denominazione)[:80].strip("-") or "organizzazione"
    codice, numero = base, 2
    while (
        Organizzazione.objects.filter(codice=codice).exists()
        or CodicePrecedente.objects.filter(codice=codice).exists()
    ):
        codice, numero = f"{base}-{numero}", numero + 1
    return codice


@dataclass(frozen=True, slots=True)
class DatiOrganizzazione:
    """What a person may change of an organisation; ``alias`` are all its other names, in order."""

    denominazione: str
    natura: str
    alias: Sequence[str]
    conserva_nome: bool = True
    """Does a name that changes stay among the others? A mistyped one need not."""


@transaction.atomic
def modifica_organizzazione(
    *,
    organizzazione: Organizzazione,
    dati: DatiOrganizzazione,
    versione: str | None = None,
    utente: Utente | None = None,
) -> Organizzazione:
    """Write name, nature and other names; the old name stays among them.

    Raises ``ModificatoNelFrattempo`` when ``versione`` is no longer that of the record, ``DatiNonValidi``.
    """
    organizzazione = blocca_organizzazioni([organizzazione.pk])[organizzazione.pk]
    prima = istantanea_organizzazione(organizzazione)
    controlla_versione(prima, versione)
    nome_di_prima = organizzazione.denominazione
    organizzazione.denominazione = " ".join(dati.denominazione.split())
    organizzazione.natura = dati.natura
    controlla(organizzazione)
    organizzazione.save()
    altri = [*dati.alias]
    if dati.conserva_nome and organizzazione.denominazione != nome_di_prima:
        altri.append(nome_di_prima)
    _scrivi_alias(organizzazione, altri)
    dopo = istantanea_organizzazione(organizzazione)
    if dopo != prima:
        annota(
            azione="organizzazione.modifica",
            oggetti=[organizzazione],
            utente=utente,
            prima=prima,
            dopo=dopo,
        )
    return organizzazione


def _scrivi_alias(organizzazione: Organizzazione, testi: Sequence[str]) -> None:
    """These and no others, each once, none of them the name itself."""
    puliti = dict.fromkeys(" ".join(testo.split()) for testo in testi)
    voluti = [testo for testo in puliti if testo and testo != organizzazione.denominazione]
    lunghezza = AliasOrganizzazione._meta.get_field("testo").max_length
    if any(lunghezza is not None and len(testo) > lunghezza for testo in voluti):
        raise DatiNonValidi({"alias": f"Un nome può avere al massimo {lunghezza} caratteri."})
    presenti = list(organizzazione.alias.order_by("ordine").values_list("testo", flat=True))
    if voluti == presenti:
        return
    organizzazione.alias.all().delete()
    AliasOrganizzazione.objects.bulk_create(
        AliasOrganizzazione(organizzazione=organizzazione, testo=testo, ordine=ordine)
        for ordine, testo in enumerate(voluti)
    )


def aggiungi_alias(organizzazione: Organizzazione, testi: Sequence[str]) -> None:
    """Other names besides those it has."""
    noti = {organizzazione.denominazione, *organizzazione.alias.values_list("testo", flat=True)}
    nuovi = [testo for testo in dict.fromkeys(testi) if testo and testo not in noti]
    ultimo = organizzazione.alias.aggregate(ultimo=Max("ordine"))["ultimo"]
    AliasOrganizzazione.objects.bulk_create(
        AliasOrganizzazione(organizzazione=organizzazione, testo=testo, ordine=ordine)
        for ordine, testo in enumerate(nuovi, start=0 if ultimo is None else ultimo + 1)
    )


def nature() -> list[tuple[str, str]]:
    """The choices of a form: unknown, public, private."""
    return [("", "non indicata"), *Natura.choices()]
