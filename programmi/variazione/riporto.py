"""Bringing the content of one programme onto another of the same year, row by row.

The only way a promise is copied here: opening a variazione brings the programme onto an empty draft,
approving it brings the draft back. A row that corresponds to another is written in place, and keeps its
primary key: whatever the upper floor hangs from it stays where it was, also when its number changes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Model

from programmi.models import (
    Attore,
    Canale,
    ClassificazioneProgettualita,
    Indicatore,
    Progettualita,
    Programma,
    Referente,
)

CONTENUTO = (
    "dal",
    "al",
    "titolo",
    "richiede_contributo",
    "riuso",
    "premessa",
    "anno_nascita",
    "approvazione_distretto",
    "sottoscrizione_accordo",
    "testo_obbligatorie",
    "aderenti_al",
    "registro_scheda",
    "fonte",
)
"""The fields of a programme that are its promise."""

PROPRI = (
    "id",
    "distretto",
    "anno",
    "variazione",
    "variazione_di",
    "stato",
    "stato_dal",
    "trasmesso_il",
    "approvato_il",
    "modificato_alle",
)
"""Those that say which programme it is, how it came here and where its procedure stands."""

_POSTO = frozenset({"id", "programma", "progettualita", "origine", "modificato_alle"})
"""Where a row stands and where it comes from: not its content."""
_FUORI_MANO = 10_000
"""Added to a number to put it out of the way: each is unique at every instant."""

Valori = tuple[Any, ...]
Regola = dict[str, Any] | None


def campi_di(modello: type[Model]) -> list[str]:
    """The columns of a row below a programme that are its content (numbers and places among them)."""
    return [
        campo.attname
        for campo in modello._meta.concrete_fields
        if campo.name not in _POSTO and not getattr(campo, "generated", False)
    ]


def apri_da(annuale: Programma, bozza: Programma) -> None:
    """Fill the empty ``bozza`` with the content of ``annuale``; each row remembers where it comes from."""
    riporta_testata(annuale, bozza)
    azioni = {p.pk: _copia(p, programma=bozza, origine=p) for p in annuale.progettualita.order_by("numero")}
    Progettualita.objects.bulk_create(azioni.values())
    _riporta_parti({sua.pk: azione for sua, azione in _con_origine(azioni.values())})
    Indicatore.objects.bulk_create(
        _copia(
            riga,
            programma=bozza,
            progettualita=azioni.get(riga.progettualita_id or 0),
            origine=riga,
        )
        for riga in annuale.indicatori.in_ordine()
    )


def riporta(variazione: Programma, annuale: Programma) -> None:
    """Make the content of ``annuale`` that of ``variazione``; both locked, the lines to go free to go.

    Raises ``ProtectedError`` when something above stands on a row that the variazione took away.
    """
    riporta_testata(variazione, annuale)
    azioni = list(variazione.progettualita.order_by("numero"))
    righe = list(variazione.indicatori.in_ordine())
    sue = {p.pk: p for p in annuale.progettualita.all()}
    sue_righe = {r.pk: r for r in annuale.indicatori.select_related("progettualita")}
    _togli(annuale.indicatori.all(), sue_righe, {riga.origine_id for riga in righe})
    _togli(annuale.progettualita.all(), sue, {azione.origine_id for azione in azioni})
    _fuori_mano(annuale, azioni, righe, sue, sue_righe)
    arrivi = _riporta_azioni(azioni, annuale, sue)
    _riporta_righe(righe, annuale, arrivi, sue_righe)
    _riporta_parti({azione.pk: arrivi[azione.pk] for azione in azioni})


def riporta_testata(da: Programma, su: Programma) -> None:
    """The fields of the programme, its actors, its channels."""
    cambiati = [campo for campo in CONTENUTO if getattr(su, campo) != getattr(da, campo)]
    for campo in cambiati:
        setattr(su, campo, getattr(da, campo))
    if cambiati:
        su.save(update_fields=cambiati)
    _sostituisci(Attore, {da.pk: su}, "programma")
    _sostituisci(Canale, {da.pk: su}, "programma")


def _con_origine(azioni: Iterable[Progettualita]) -> list[tuple[Progettualita, Progettualita]]:
    return [(azione.origine, azione) for azione in azioni if azione.origine is not None]


def _copia(riga: Any, **posto: Any) -> Any:
    valori = {campo: getattr(riga, campo) for campo in campi_di(type(riga))}
    return type(riga)(**valori, **posto)


def _togli(righe: Any, sue: dict[int, Any], tenute: set[int | None]) -> None:
    """Delete those of ``sue`` that the variazione no longer has, before any of them changes number."""
    tolte = [pk for pk in sue if pk not in tenute]
    righe.filter(pk__in=tolte).delete()
    for pk in tolte:
        del sue[pk]


def _fuori_mano(
    annuale: Programma,
    azioni: Sequence[Progettualita],
    righe: Sequence[Indicatore],
    sue: dict[int, Progettualita],
    sue_righe: dict[int, Indicatore],
) -> None:
    """Put aside the numbers of the rows that take another: those that stay as they are are not touched."""
    numeri = {azione.origine_id: azione.numero for azione in azioni}
    mosse = [azione for pk, azione in sue.items() if numeri[pk] != azione.numero]
    annuale.progettualita.filter(pk__in=[a.pk for a in mosse]).update(numero=F("numero") + _FUORI_MANO)
    for azione in mosse:
        azione.numero += _FUORI_MANO
    codici = {riga.origine_id: riga.codice for riga in righe}
    cambiate = [riga for pk, riga in sue_righe.items() if codici[pk] != riga.codice]
    annuale.indicatori.filter(pk__in=[r.pk for r in cambiate]).update(ordine=F("ordine") + _FUORI_MANO)
    for riga in cambiate:
        riga.ordine += _FUORI_MANO


def _riporta_azioni(
    azioni: Sequence[Progettualita], annuale: Programma, sue: dict[int, Progettualita]
) -> dict[int, Progettualita]:
    """The progettualità of ``annuale`` by the primary key of the one of the variazione they come from."""
    arrivi: dict[int, Progettualita] = {}
    for azione in azioni:
        sua = sue.get(azione.origine_id or 0)
        arrivi[azione.pk] = _scrivi(azione, sua, programma=annuale)
    return arrivi


def _riporta_righe(
    righe: Sequence[Indicatore],
    annuale: Programma,
    arrivi: dict[int, Progettualita],
    sue: dict[int, Indicatore],
) -> None:
    for riga in righe:
        azione = None if riga.progettualita_id is None else arrivi[riga.progettualita_id]
        sua = sue.get(riga.origine_id or 0)
        if sua is not None:
            riga.regola = _con_giudizio(riga.regola_json, sua.regola_json)
        _scrivi(riga, sua, programma=annuale, progettualita=azione)


def _con_giudizio(nuova: Regola, attuale: Regola) -> Regola:
    """What the authority assigned by hand is of the evaluation: a variazione neither gives nor takes it."""
    if nuova is None or attuale is None or not nuova["tipo"] == attuale["tipo"] == "manuale":
        return nuova
    giudizio: dict[str, Any] = {
        chiave: attuale[chiave] for chiave in ("assegnata", "motivazione") if chiave in attuale
    }
    return {**{k: v for k, v in nuova.items() if k not in ("assegnata", "motivazione")}, **giudizio}


def _scrivi(da: Any, su: Any | None, **posto: Any) -> Any:
    """``su`` (None: a new row) with the content of ``da``; nothing is written where nothing changes."""
    if su is None:
        su = _copia(da, **posto)
        su.save()
        return su
    valori = {campo: getattr(da, campo) for campo in campi_di(type(da))}
    valori |= {nome: valore for nome, valore in posto.items() if nome != "programma"}
    cambiati = [campo for campo, valore in valori.items() if getattr(su, campo) != valore]
    for campo in cambiati:
        setattr(su, campo, valori[campo])
    if cambiati:
        su.save(update_fields=[su._meta.get_field(campo).name for campo in cambiati])
    return su


def _riporta_parti(arrivi: dict[int, Progettualita]) -> None:
    _sostituisci(Referente, arrivi, "progettualita")
    _sostituisci(ClassificazioneProgettualita, arrivi, "progettualita")


def _sostituisci(modello: Any, arrivi: dict[int, Any], padre: str) -> None:
    """Below each of ``arrivi`` (by the key of what it comes from), the same rows that are there."""
    campi = campi_di(modello)
    chiavi = [*arrivi, *(arrivo.pk for arrivo in arrivi.values())]
    lette: dict[int, list[Valori]] = {chiave: [] for chiave in chiavi}
    righe = modello.objects.filter(**{f"{padre}__in": chiavi}).order_by("ordine")
    for di, *valori in righe.values_list(f"{padre}_id", *campi):
        lette[di].append(tuple(valori))
    diversi = {da: su for da, su in arrivi.items() if lette[da] != lette[su.pk]}
    modello.objects.filter(**{f"{padre}__in": [su.pk for su in diversi.values()]}).delete()
    modello.objects.bulk_create(
        modello(**{padre: su}, **dict(zip(campi, valori, strict=True)))
        for da, su in diversi.items()
        for valori in lette[da]
    )
