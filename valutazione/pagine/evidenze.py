"""What one evidence is worth, line by line."""

from dataclasses import dataclass

from valutazione.letture import Valutazione
from valutazione.models import Evidenza, Imputazione
from valutazione.pagine.codici import azione_di
from valutazione.pagine.registro import Registri
from valutazione.scheda import modello
from valutazione.scheda.modello import Riga


@dataclass(frozen=True)
class VoceEvidenza:
    """What one evidence is worth on one of its lines."""

    riga: Riga
    azione: str
    imputazione: Imputazione
    evidenza: modello.Evidenza
    imputazione_scheda: modello.Imputazione
    frase: str
    esito: str
    tono: str
    dettaglio: str
    misura: str
    dichiarato: str
    riconosciuto: str


def evidenza_in_pagina(valutazione: Valutazione, evidenza: Evidenza) -> list[VoceEvidenza]:
    """What ``evidenza`` is worth on each of its lines, in their order."""
    if not evidenza.registrata:
        return []
    scritta = next(e for e in valutazione.scheda.evidenze if e.codice == evidenza.codice)
    voci = Registri(valutazione)
    righe = valutazione.scheda.righe
    trovate = []
    per_codice = {i.indicatore: i for i in scritta.imputazioni}
    for imputazione in evidenza.imputazioni.con_repliche():
        codice = imputazione.indicatore.codice
        pagina = voci.riga(righe[codice])
        voce = next(voce for voce in pagina.voci if voce.codice == evidenza.codice)
        misura = imputazione.motivazione and f"Motivo dell'Agenzia: {imputazione.motivazione}"
        trovate.append(
            VoceEvidenza(
                riga=pagina.riga,
                azione=azione_di(codice),
                imputazione=imputazione,
                evidenza=scritta,
                imputazione_scheda=per_codice[codice],
                frase=pagina.frase,
                esito=voce.esito,
                tono=voce.tono,
                dettaglio=voce.dettaglio,
                misura="" if imputazione.stato == "respinta" else misura,
                dichiarato=voce.dichiarato,
                riconosciuto=voce.riconosciuto,
            )
        )
    return trovate
