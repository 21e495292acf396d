"""The filters of the lists of the register."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from distretti.models import (
    Adesione,
    Autorita,
    Distretto,
    Marchio,
    Natura,
    StatoDistretto,
    TipoDistretto,
    codici_attuali,
)
from valutazione.api.filtri.campi import Codice, Data, Scelta, testo
from valutazione.api.filtri.lettura import Filtri
from valutazione.api.pubblico import organizzazioni_pubbliche

Righe = Any


def autorita(campo: str = "autorita", **opzioni: Any) -> Codice:
    errore = "Nessuna autorità ha questo codice."
    opzioni = {"help_text": "Codice dell'autorità.", "errore": errore, **opzioni}
    return Codice(campo, tra=Autorita.objects.all, **opzioni)


def distretto(campo: str = "distretto", aiuto: str = "Codice del distretto.", **opzioni: Any) -> Codice:
    errore = "Nessun distretto ha questo codice."
    return Codice(campo, tra=Distretto.objects.all, help_text=aiuto, errore=errore, **opzioni)


def organizzazione(
    campo: str = "organizzazione", aiuto: str = "Codice dell'organizzazione.", **opzioni: Any
) -> Codice:
    errore = "Nessuna organizzazione ha questo codice."
    opzioni = {"help_text": aiuto, "errore": errore, "attuali": codici_attuali, **opzioni}
    return Codice(campo, tra=organizzazioni_pubbliche, **opzioni)


def tipo_distretto(campo: str = "tipo") -> Scelta:
    return Scelta(campo, scelte=TipoDistretto.choices(), help_text="Tipo di distretto.")


def alla_data(aiuto: str) -> Data:
    """For rows that are in force from a day to another: the QuerySet knows how (``alla_data``)."""
    return Data(per=lambda righe, giorno: righe.alla_data(giorno), help_text=aiuto)


class FiltriAutorita(Filtri):
    """Only what every list has."""


class FiltriDistretti(Filtri):
    """``organizzazione`` and ``alla_data`` are read together: the districts it belongs to on that day."""

    tipo = tipo_distretto()
    stato = Scelta("stato", scelte=StatoDistretto.choices, help_text="Stato del distretto.")
    autorita = autorita()
    organizzazione = organizzazione(aiuto="Codice di un'organizzazione aderente, alla data chiesta.")
    alla_data = Data(
        help_text="Giorno a cui si guardano le adesioni (predefinito con «organizzazione»: oggi), lo stato,"
        " la denominazione e l'ente capofila; senza «organizzazione», i distretti che quel giorno avevano"
        " aderenti."
    )
    testo = testo("Parole contenute nella denominazione, nel codice o nell'ente capofila")

    @classmethod
    def applica(cls, righe: Righe, valori: Mapping[str, Any]) -> Righe:
        if "alla_data" in valori and "stato" in valori:
            righe = righe.con_stato_al(valori["alla_data"], valori["stato"])
            valori = {nome: valore for nome, valore in valori.items() if nome != "stato"}
        return _con_adesioni(super(), righe, valori, "distretto", "organizzazione")


class FiltriOrganizzazioni(Filtri):
    """``distretto`` and ``alla_data`` are read together: the members of that district on that day."""

    distretto = distretto(aiuto="Codice del distretto a cui aderiscono, alla data chiesta.")
    alla_data = Data(
        help_text="Giorno in cui sono aderenti (predefinito con «distretto»: oggi); senza «distretto», di"
        " un distretto qualsiasi."
    )
    natura = Scelta("natura", scelte=Natura.choices(), help_text="Pubblica o privata.")
    testo = testo("Parole contenute nella denominazione, nel codice o in un altro nome")

    @classmethod
    def applica(cls, righe: Righe, valori: Mapping[str, Any]) -> Righe:
        return _con_adesioni(super(), righe, valori, "organizzazione", "distretto")


def _con_adesioni(base: Any, righe: Righe, valori: Mapping[str, Any], di: str, con: str) -> Righe:
    """The rows with a membership (``di``: its key to them) of ``con``, if given, on the day asked."""
    resto = {nome: valore for nome, valore in valori.items() if nome not in (con, "alla_data")}
    righe = base.applica(righe, resto)
    if len(resto) == len(valori):
        return righe
    giorno: date = valori.get("alla_data") or timezone.localdate()
    adesioni = Adesione.objects.alla_data(giorno).filter(**{di: OuterRef("pk")})
    if con in valori:
        adesioni = adesioni.filter(**{con: valori[con]})
    return righe.filter(Exists(adesioni))


class FiltriAdesioni(Filtri):
    distretto = distretto()
    organizzazione = organizzazione()
    alla_data = alla_data("Giorno in cui l'adesione è in vigore.")


class FiltriMarchi(Filtri):
    autorita = autorita()


def _con_marchio(righe: Righe, chiave: int) -> Righe:
    """By its code: two authorities may give the same one to marks of their own."""
    return righe.filter(marchio__codice__in=Marchio.objects.filter(pk=chiave).values("codice"))


def _di_aderenti(righe: Righe, distretto: int) -> Righe:
    oggi = Adesione.objects.alla_data(timezone.localdate()).filter(distretto=distretto)
    return righe.filter(Exists(oggi.filter(organizzazione=OuterRef("organizzazione"))))


class FiltriCertificazioni(Filtri):
    autorita = autorita("marchio__autorita")
    marchio = Codice(
        tra=Marchio.objects.all,
        # Authorities may give one code to marks of their own.
        per=_con_marchio,
        help_text="Codice del marchio.",
        errore="Nessun marchio ha questo codice.",
    )
    organizzazione = organizzazione()
    distretto = distretto(
        per=_di_aderenti,
        aiuto="Codice del distretto a cui oggi aderisce chi ha il marchio.",
    )
    alla_data = alla_data("Giorno in cui il marchio è valido; senza date note vale sempre.")
