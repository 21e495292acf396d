"""The marks that authorities grant, and who holds them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from distretti.models import Certificazione, Marchio
from valutazione.api.cursore import Ordine, Riga, contrari
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriCertificazioni, FiltriMarchi
from valutazione.api.indirizzi import indirizzo
from valutazione.api.pubblico import certificazioni_pubbliche
from valutazione.api.riferimenti import CodiceSerializer, VoceSerializer


class MarchioSerializer(VoceSerializer):
    autorita = CodiceSerializer()
    codice = serializers.CharField(help_text="Unico tra i marchi dell'autorità.")
    denominazione = serializers.CharField()


class MarchioCitatoSerializer(CodiceSerializer):
    autorita = serializers.CharField(help_text="Codice dell'autorità che lo rilascia.")


class CertificazioneSerializer(VoceSerializer):
    organizzazione = CodiceSerializer()
    marchio = MarchioCitatoSerializer()
    livello = serializers.CharField()
    numero = serializers.CharField()
    dal = serializers.DateField(allow_null=True, help_text="null: la fonte non lo dice.")
    al = serializers.DateField(allow_null=True)
    revocata_il = serializers.DateField(allow_null=True)


class ElencoMarchi(Elenco):
    """The marks."""

    operazione = "elencaMarchi"
    sommario = "I marchi"
    descrizione = "I marchi che le autorità rilasciano alle organizzazioni."
    modello = Marchio
    voce = MarchioSerializer
    filtri = FiltriMarchi
    ordini = contrari(codice=Ordine(("autorita__codice", "codice"), (str, str)))
    ordine = "codice"
    campi = ("autorita__codice", "codice", "denominazione", "modificato_alle")

    def righe(self, request: Request) -> QuerySet[Marchio]:
        return Marchio.objects.all()

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        return [
            {
                "autorita": {"codice": autorita, "href": indirizzo(base, "autorita", autorita)},
                "codice": codice,
                "denominazione": denominazione,
                "modificato_alle": modificato_alle,
                "href": self.indirizzo(base, autorita, codice),
            }
            for autorita, codice, denominazione, modificato_alle in righe
        ]


def _nel_percorso(**parti: str) -> tuple[OpenApiParameter, ...]:
    return tuple(
        OpenApiParameter(nome, str, OpenApiParameter.PATH, description=descrizione)
        for nome, descrizione in parti.items()
    )


class RisorsaMarchio(Singola):
    """One mark."""

    operazione = "leggiMarchio"
    sommario = "Un marchio"
    serializer_class = MarchioSerializer
    elenco = ElencoMarchi
    parametri = _nel_percorso(autorita="Codice dell'autorità.", codice="Codice del marchio.")


class ElencoCertificazioni(Elenco):
    """Who holds which mark: of the organisations of the public register."""

    operazione = "elencaCertificazioni"
    sommario = "Le certificazioni"
    descrizione = "I marchi posseduti dalle organizzazioni del registro pubblico, anche scaduti o revocati."
    modello = Certificazione
    voce = CertificazioneSerializer
    filtri = FiltriCertificazioni
    ordini = contrari(
        organizzazione=Ordine(("organizzazione__codice", "pk"), (str, int)),
        marchio=Ordine(("marchio__codice", "organizzazione__codice", "pk"), (str, str, int)),
    )
    ordine = "organizzazione"
    campi = (
        "organizzazione__codice",
        "marchio__autorita__codice",
        "marchio__codice",
        "livello",
        "numero",
        "dal",
        "al",
        "revocata_il",
        "modificato_alle",
    )

    def righe(self, request: Request) -> QuerySet[Certificazione]:
        return certificazioni_pubbliche()

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        return [self._voce(base, *riga) for riga in righe]

    def _voce(self, base: str, organizzazione: str, autorita: str, marchio: str, *resto: Any) -> Voce:
        livello, numero, dal, al, revocata_il, modificato_alle = resto
        return {
            "organizzazione": {
                "codice": organizzazione,
                "href": indirizzo(base, "organizzazioni", organizzazione),
            },
            "marchio": {
                "autorita": autorita,
                "codice": marchio,
                "href": indirizzo(base, "marchi", autorita, marchio),
            },
            "livello": livello,
            "numero": numero,
            "dal": dal,
            "al": al,
            "revocata_il": revocata_il,
            "modificato_alle": modificato_alle,
            "href": self.indirizzo(base, organizzazione, autorita, marchio, "-" if dal is None else dal),
        }


class RisorsaCertificazione(Singola):
    """One mark of one organisation."""

    operazione = "leggiCertificazione"
    sommario = "Una certificazione"
    serializer_class = CertificazioneSerializer
    elenco = ElencoCertificazioni
    unita = "organizzazione"
    parametri = _nel_percorso(
        organizzazione="Codice dell'organizzazione.",
        autorita="Codice dell'autorità.",
        marchio="Codice del marchio.",
        dal="Primo giorno di validità; un trattino dove non si sa.",
    )
