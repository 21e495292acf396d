"""The package that lets anyone compute every percentage again: the public scheda and its esito.

``{"formato": "pacchetto-valutazione/1", "scheda": …, "esito": …}``: what ``docs/verificatore`` reads.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from distretti.basi.canonico import forma_canonica, sha256_di
from distretti.errori import ErroreDominio
from valutazione.kernel import Esito
from valutazione.kernel.scrittura import valuta_documento
from valutazione.promessa import senza_esame
from valutazione.risultati.esito_scritto import leggi_esito
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.modello import Scheda
from valutazione.scheda.pubblica import forma_pubblica

Documento = dict[str, Any]

FORMATO_PACCHETTO = "pacchetto-valutazione/1"

TESTI = frozenset({"sha256_scheda", "calcolo", "dettaglio"})
"""What of an esito may differ between the full scheda and its public form: hash and words, never a value."""


class ValoriDiversi(ErroreDominio):
    """The public form of a scheda would not give the percentages of the scheda: a fault of the product."""

    def __init__(self) -> None:
        super().__init__(
            "La forma pubblica della scheda non dà le stesse percentuali della scheda intera: il risultato"
            " non si può conservare. Va segnalato a chi cura il programma."
        )


@dataclass(frozen=True)
class Pacchetto:
    """``scheda`` in public form and the ``esito`` that comes from it."""

    scheda: Documento
    esito: Documento

    @property
    def documento(self) -> Documento:
        return {"formato": FORMATO_PACCHETTO, "scheda": self.scheda, "esito": self.esito}

    @property
    def byte(self) -> bytes:
        return forma_canonica(self.documento)

    @cached_property
    def scheda_letta(self) -> Scheda:
        return leggi_scheda(self.scheda)

    @cached_property
    def esito_letto(self) -> Esito:
        """The tree that pages and documents show, as it is written: nothing is computed again."""
        return leggi_esito(self.scheda_letta, self.esito)


def pacchetto_di(documento: Documento) -> Pacchetto:
    """The package of a scheda.

    Raises :class:`~valutazione.scheda.errori.SchedaNonValida`, and ``ValoriDiversi`` unless both forms give
    the same values.
    """
    scheda = da_pubblicare(documento)
    esito = valuta_documento(scheda)
    if senza_testi(esito) != senza_testi(valuta_documento(documento)):
        raise ValoriDiversi
    return Pacchetto(scheda, esito)


def da_pubblicare(documento: Documento) -> Documento:
    """The public form, without the steps of the examination (docs/dati-pubblici.md): everyone reads it."""
    pubblica: Documento = forma_pubblica(documento)
    if "passaggi" in pubblica:
        senza_esame(pubblica)
    return pubblica


def ricalcolato(pacchetto: Pacchetto) -> bool:
    """Does today's kernel give, from the scheda of the package, the very esito of the package?"""
    return sha256_di(valuta_documento(pacchetto.scheda)) == sha256_di(pacchetto.esito)


def senza_testi(esito: Any) -> Any:
    """An esito with its values alone: see ``TESTI``."""
    if isinstance(esito, dict):
        return {chiave: senza_testi(valore) for chiave, valore in esito.items() if chiave not in TESTI}
    return [senza_testi(voce) for voce in esito] if isinstance(esito, list) else esito
