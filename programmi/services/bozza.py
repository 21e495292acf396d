"""A new draft: the authority's template of the year, and what the district already said of itself."""

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Distretto, StatoDistretto
from programmi.blocco import segna_autore
from programmi.models import AttoCitato, Attore, Canale, Indicatore, ModelloAnnuale, Programma, RigaModello

PRIMO_ANNO, ULTIMO_ANNO = 2011, 2100
"""The years a programme may be of: the provincial law on districts is of 2011."""

_CESSATI = (StatoDistretto.CESSATO, StatoDistretto.REVOCATO)
_TESTI_RIPRESI = ("premessa", "anno_nascita", "approvazione_distretto", "sottoscrizione_accordo", "riuso")


@transaction.atomic
def crea_bozza(*, distretto: Distretto, anno: int) -> Programma:
    """Begin the programme of ``anno`` from the authority's template in force for that year.

    The compulsory lines come with their rules; title, premessa, data, actors, channels and
    cited acts come from the latest earlier programme of the district, if any, to be brought up to date.
    Whether who asks may is the caller's to check (``puo_creare_programma``).

    Raises ``DatiNonValidi`` (year, no template) or ``StatoNonAmmesso`` (the district no longer exists,
    or has a programme for the year: also when two ask together, as the district's row is locked).
    """
    if not PRIMO_ANNO <= anno <= ULTIMO_ANNO:
        raise DatiNonValidi({"anno": f"L'anno deve essere tra il {PRIMO_ANNO} e il {ULTIMO_ANNO}."})
    distretto = (
        Distretto.objects.select_for_update(no_key=True, of=("self",))
        .select_related("autorita")
        .get(pk=distretto.pk)
    )
    if distretto.stato in _CESSATI:
        raise StatoNonAmmesso(
            f"Il distretto è {distretto.get_stato_display()}: non può avere nuovi programmi."
        )
    if Programma.objects.filter(distretto=distretto, anno=anno).exists():
        raise StatoNonAmmesso(f"Il distretto ha già un programma per il {anno}.")
    modello = ModelloAnnuale.objects.per_anno(distretto.autorita, anno)
    if modello is None:
        raise DatiNonValidi({"anno": f"Non c'è ancora un modello di programma per il {anno}."})
    precedenti = Programma.objects.annuali().filter(distretto=distretto, anno__lt=anno)
    precedente = precedenti.order_by("-anno").first()
    programma = _nuovo(distretto, anno, modello, precedente)
    _copia_righe(programma, modello)
    if precedente is not None:
        _copia(Attore, precedente.attori.all(), programma)
        _copia(Canale, precedente.canali.all(), programma)
        _copia_atti(programma, precedente)
    segna_autore(programma)
    annota(
        azione="programma.inizio",
        oggetti=[programma, distretto],
        dopo={"Bozza": str(programma), "Modello": str(modello)},
    )
    return programma


def _nuovo(
    distretto: Distretto, anno: int, modello: ModelloAnnuale, precedente: Programma | None
) -> Programma:
    titolo = f"PROGRAMMA DI LAVORO {distretto.denominazione.upper()} {anno}"
    ripresi: dict[str, Any] = {"anno_nascita": distretto.anno_nascita}
    if precedente is not None:
        ripresi = {campo: getattr(precedente, campo) for campo in _TESTI_RIPRESI}
        if str(precedente.anno) in precedente.titolo:
            titolo = precedente.titolo.replace(str(precedente.anno), str(anno))
    programma = Programma(
        distretto=distretto,
        anno=anno,
        dal=date(anno, 1, 1),
        al=date(anno, 12, 31),
        titolo=titolo[:250],
        testo_obbligatorie=modello.testo_obbligatorie,
        **ripresi,
    )
    controlla(programma)
    programma.save()
    return programma


def _copia_righe(programma: Programma, modello: ModelloAnnuale) -> None:
    Indicatore.objects.bulk_create(
        Indicatore(
            programma=programma,
            ordine=ordine,
            sezione=riga.sezione,
            testo=riga.testo,
            testo_regola=riga.testo_regola,
            testo_evidenze=riga.testo_evidenze,
            regola=regola_dell_anno(riga, programma.anno - modello.anno),
        )
        for ordine, riga in enumerate(modello.righe.order_by("ordine"), start=1)
    )


def regola_dell_anno(riga: RigaModello, anni: int) -> dict[str, Any] | None:
    """The rule of the template, its last day moved on by ``anni`` when the template is of an earlier year."""
    regola: dict[str, Any] | None = riga.regola
    if regola is None or "entro" not in regola:
        return regola
    entro = date.fromisoformat(regola["entro"])
    anno = entro.year + anni
    ultimo = calendar.monthrange(anno, entro.month)[1]
    return regola | {"entro": entro.replace(year=anno, day=min(entro.day, ultimo)).isoformat()}


def _copia_atti(programma: Programma, precedente: Programma) -> None:
    """The laws, deliberations and agreement it cites; not the acts of last year's own procedure."""
    dei_passaggi = precedente.passaggi.exclude(atto=None).values("atto")
    citati = precedente.atti_citati.exclude(atto__in=dei_passaggi).order_by("ordine")
    AttoCitato.objects.bulk_create(
        AttoCitato(programma=programma, atto_id=citato.atto_id, ordine=ordine)
        for ordine, citato in enumerate(citati)
    )


def _copia(
    modello: type[Attore] | type[Canale], righe: Iterable[Attore | Canale], programma: Programma
) -> None:
    for riga in righe:
        valori = {
            campo.attname: getattr(riga, campo.attname)
            for campo in modello._meta.concrete_fields
            if campo.name not in ("id", "programma")
        }
        modello.objects.create(programma=programma, **valori)
