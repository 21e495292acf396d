"""The filters of the lists of the programmes and of what they are made of."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from distretti.models import TipoAtto
from programmi.models import (
    ClassificazioneProgettualita,
    Referente,
    SchemaClassificazione,
    StatoProgramma,
    pubblici,
)
from programmi.models.pubblicazione import atti_mostrati
from valutazione.api.filtri.campi import Anno, Classificazione, Codice, Data, Scelta, testo
from valutazione.api.filtri.lettura import Filtri
from valutazione.api.filtri.registro import autorita, distretto, organizzazione, tipo_distretto

Righe = Any


def _stato(campo: str) -> Scelta:
    return Scelta(campo, scelte=StatoProgramma.choices, help_text="Stato del programma.")


def _con_classificazione(progettualita: str) -> Any:
    """The rows with a progettualità (``progettualita``: from a use of a code to them) classified so."""

    def per(righe: Righe, voci: list[int]) -> Righe:
        usi = ClassificazioneProgettualita.objects.filter(**{progettualita: OuterRef("pk")}, voce__in=voci)
        return righe.filter(Exists(usi))

    return per


def _con_referente(progettualita: str) -> Any:
    def per(righe: Righe, organizzazione: int) -> Righe:
        referenti = Referente.objects.filter(**{progettualita: OuterRef("pk")}, organizzazione=organizzazione)
        return righe.filter(Exists(referenti))

    return per


def _in_vigore(righe: Righe, giorno: Any) -> Righe:
    """The lines in force on a day; those without days of their own are so for the whole esercizio."""
    return righe.filter(
        Q(dal__isnull=True) | Q(dal__lte=giorno),
        Q(al__isnull=True) | Q(al__gte=giorno),
        programma__dal__lte=giorno,
        programma__al__gte=giorno,
    )


class FiltriProgrammi(Filtri):
    distretto = distretto()
    tipo = tipo_distretto("distretto__tipo")
    anno = Anno("anno", help_text="Anno del programma.")
    stato = _stato("stato")
    alla_data = Data(
        per=lambda righe, giorno: righe.filter(dal__lte=giorno, al__gte=giorno),
        help_text="Giorno compreso nell'esercizio.",
    )
    classificazione = Classificazione(
        per=_con_classificazione("progettualita__programma"),
        help_text="Programmi con almeno una progettualità classificata così: codice, oppure schema:codice.",
    )
    organizzazione = organizzazione(
        per=_con_referente("progettualita__programma"),
        aiuto="Codice di un'organizzazione referente di almeno una progettualità.",
    )
    testo = testo("Parole del nome, del codice o del capofila del distretto, o di una progettualità")


class FiltriRisultati(Filtri):
    modificato_da = None  # type: ignore[assignment]  # django-filter's way to leave it out: frozen rows
    autorita = autorita("distretto__autorita")
    distretto = distretto()
    anno = Anno("anno", help_text="Anno del programma.")


class FiltriValutazioni(Filtri):
    modificato_da = None  # type: ignore[assignment]  # a percentage moves without its programme
    autorita = autorita("distretto__autorita", required=True)
    anno = Anno("anno", required=True, help_text="Anno del programma.")


class FiltriProgettualita(Filtri):
    distretto = distretto("programma__distretto")
    tipo = tipo_distretto("programma__distretto__tipo")
    anno = Anno("programma__anno", help_text="Anno del programma.")
    stato = _stato("programma__stato")
    alla_data = Data(
        per=lambda righe, giorno: righe.filter(programma__dal__lte=giorno, programma__al__gte=giorno),
        help_text="Giorno compreso nell'esercizio del programma.",
    )
    classificazione = Classificazione(
        per=_con_classificazione("progettualita"),
        help_text="Codice, oppure schema:codice.",
    )
    organizzazione = organizzazione(
        per=_con_referente("progettualita"), aiuto="Codice di un'organizzazione referente."
    )
    testo = testo("Parole contenute in ciò che l'atto ne scrive")


class FiltriIndicatori(Filtri):
    distretto = distretto("programma__distretto")
    anno = Anno("programma__anno", help_text="Anno del programma.")
    stato = _stato("programma__stato")
    tipo = Scelta(
        scelte=(("obbligatoria", ""), ("progettualita", "")),
        per=lambda righe, tipo: righe.filter(progettualita__isnull=tipo == "obbligatoria"),
        help_text="Riga delle azioni obbligatorie, o di una progettualità.",
    )
    alla_data = Data(per=_in_vigore, help_text="Giorno in cui la riga è in vigore.")


class FiltriAtti(Filtri):
    tipo = Scelta("tipo", scelte=TipoAtto.choices(), help_text="Tipo di atto.")
    anno = Anno("data__year", help_text="Anno dell'atto.")
    distretto = distretto(
        per=lambda righe, chiave: righe.filter(
            pk__in=atti_mostrati(pubblici("programma__") & Q(programma__distretto=chiave)).values("pk")
        ),
        aiuto="Codice di un distretto nei cui programmi approvati compare l'atto.",
    )


class FiltriSchemi(Filtri):
    """Only what every list has."""


class FiltriVoci(Filtri):
    schema = Codice(
        "schema",
        tra=SchemaClassificazione.objects.all,
        help_text="Codice dello schema.",
        errore="Nessuno schema ha questo codice.",
    )
    testo = testo("Parole contenute nel codice, nella voce, nel campo o nella macroarea")
