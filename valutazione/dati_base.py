"""The base data of an installation: the register, the schemes, the templates, the published programmes.

Loading them again is always safe: it adds what is missing and says how much; what people changed stays.
"""

from collections import Counter
from pathlib import Path

from django.db import transaction

from distretti.basi.lettore import Errore
from distretti.controlli import controlla
from distretti.dati_base import Conteggio, carica_registro
from distretti.models import Adesione, Autorita, Certificazione, Distretto, Organizzazione
from distretti.registro import controlla_marchi, registra_aderenti, registra_organizzazioni
from programmi.dati_base import carica_classificazioni, carica_modelli
from programmi.models import Programma
from valutazione.installazione import fixtures, programmi_di_base
from valutazione.models import ParametriContributo
from valutazione.scheda.importa import ImportazioneRifiutata, importa_documenti
from valutazione.scheda.testo import Documento, leggi_json


@transaction.atomic
def carica_base(*, senza_programmi: bool = False) -> Conteggio:
    """Add what is missing; give how many rows of each kind were written.

    ``senza_programmi``: the register only (members of the published programmes included), without the
    programmes themselves. Raises ``ImportazioneRifiutata`` when a published programme cannot be written.
    """
    scritti: Conteggio = Counter()
    scritti += carica_registro(fixtures() / "registro")
    scritti += carica_classificazioni(fixtures() / "registro")
    scritti += carica_modelli(fixtures() / "modelli")
    scritti += carica_contributi(fixtures() / "contributi")
    for scheda in programmi_di_base():
        scritti += _carica_aderenti(scheda)
        if not senza_programmi and not _presente(scheda):
            importa_documenti([(f"{scheda['distretto']['codice']}/{scheda['dal'][:4]}", scheda)])
            scritti["programmi"] += 1
    return scritti


def carica_contributi(cartella: Path) -> Conteggio:
    """Add the parameters of the contribution that are missing: of an authority and year that has none.

    They are never adopted: only the authority does that, by an act.
    """
    scritti: Conteggio = Counter()
    for file in sorted(cartella.glob("*.json")):
        dati = leggi_json(file.read_bytes())
        autorita = Autorita.objects.get(codice=dati.pop("autorita"))
        if ParametriContributo.objects.filter(autorita=autorita, anno=dati["anno"]).exists():
            continue
        parametri = ParametriContributo(autorita=autorita, versione=1, **dati)
        controlla(parametri)
        parametri.save()
        scritti[str(ParametriContributo._meta.verbose_name_plural)] += 1
    return scritti


def _presente(scheda: Documento) -> bool:
    return Programma.objects.filter(
        distretto__codice=scheda["distretto"]["codice"], anno=int(scheda["dal"][:4])
    ).exists()


def _carica_aderenti(scheda: Documento) -> Conteggio:
    """The members of a district whose register is still empty, as its published programme lists them."""
    distretto = Distretto.objects.select_related("autorita").get(codice=scheda["distretto"]["codice"])
    if Adesione.objects.filter(distretto=distretto).exists():
        return Counter()
    errori: list[Errore] = []
    prima = _righe()
    nuove = registra_organizzazioni(scheda["organizzazioni"], "$.organizzazioni", errori)
    controlla_marchi(distretto.autorita, scheda["aderenti"], "$.aderenti", errori)
    if errori:
        raise ImportazioneRifiutata([(distretto.codice, errore) for errore in errori])
    registra_aderenti(distretto, scheda["aderenti"], nuove)
    return _righe() - prima


def _righe() -> Conteggio:
    return Counter(
        {
            "organizzazioni": Organizzazione.objects.count(),
            "adesioni": Adesione.objects.count(),
            "certificazioni": Certificazione.objects.count(),
        }
    )
