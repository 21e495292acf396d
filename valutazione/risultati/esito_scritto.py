"""Back from ``esito-valutazione/1`` to the tree that pages and documents show, without computing anything.

A frozen result is read as it was written, whatever the kernel has become since. Its percentages are the
rounded ones, with two decimals: what is printed of them is the same.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from valutazione.kernel import (
    Conteggiata,
    Esito,
    EsitoAzione,
    EsitoProgramma,
    EsitoRiga,
    Manca,
    Motivo,
    OltreIlMassimo,
    Scartata,
    Valori,
)
from valutazione.kernel.somma import massimo_di
from valutazione.parole import StatoImputazione
from valutazione.scheda.misure import effettiva
from valutazione.scheda.modello import (
    Evidenza,
    Imputazione,
    Misura,
    MisuraOre,
    MisuraOrganizzazioni,
    MisuraParti,
    MisuraUnita,
    Riga,
    Scheda,
)

Oggetto = dict[str, Any]


def leggi_esito(scheda: Scheda, esito: Oggetto) -> Esito:
    """The tree of ``esito``, which comes from ``scheda``.

    Raises ``KeyError``, ``ValueError`` or ``TypeError`` for what is not an esito of that scheda.
    """
    lettore = _Lettore(scheda)
    programma = esito["programma"]
    return Esito(
        programma=EsitoProgramma(
            valori=valori_scritti(programma),
            obbligatorie=valori_scritti(programma["obbligatorie"]),
            progettualita=valori_scritti(programma["progettualita"]),
            incompleta=programma["incompleta"],
        ),
        azioni=tuple(lettore.azione(azione) for azione in esito["azioni"]),
    )


class _Lettore:
    """What an esito does not repeat of its scheda: weights, rules, the evidence."""

    def __init__(self, scheda: Scheda) -> None:
        self.scheda = scheda
        self.obbligatorie = {riga.codice for riga in scheda.obbligatorie}
        self.pesi = {p.codice: p.peso for p in scheda.progettualita}
        self.evidenze = {evidenza.codice: evidenza for evidenza in scheda.evidenze}

    def azione(self, scritta: Oggetto) -> EsitoAzione:
        codice = scritta["codice"]
        obbligatoria = codice in self.obbligatorie
        return EsitoAzione(
            codice=codice,
            obbligatoria=obbligatoria,
            valori=valori_scritti(scritta),
            peso=self.scheda.righe[codice].peso if obbligatoria else self.pesi[codice],
            incompleta=scritta["incompleta"],
            righe=tuple(self.riga(riga) for riga in scritta["righe"]),
        )

    def riga(self, scritta: Oggetto) -> EsitoRiga:
        riga = self.scheda.righe[scritta["codice"]]
        valori, manca = valori_scritti(scritta), scritta["manca"]
        valutata = valori.valutata and riga.regola is not None
        return EsitoRiga(
            codice=riga.codice,
            valori=valori,
            calcolo=scritta["calcolo"],
            peso=riga.peso,
            massimo=massimo_di(riga.regola) if valutata and riga.regola is not None else None,
            incompleta=scritta["incompleta"],
            conteggiate=tuple(_conteggiata(voce) for voce in scritta["conteggiate"]),
            oltre_il_massimo=tuple(self._oltre(riga, voce) for voce in scritta["oltre_il_massimo"]),
            scartate=tuple(self._scartata(voce) for voce in scritta["scartate"]),
            manca=None if manca is None else _manca(manca),
        )

    def _oltre(self, riga: Riga, voce: Oggetto) -> OltreIlMassimo:
        evidenza, imputazione = self.imputata(voce["evidenza"], riga.codice)
        misura = effettiva(riga.regola, imputazione.misura, evidenza.organizzazioni)
        return OltreIlMassimo(evidenza.codice, imputazione.stato, misura)

    def _scartata(self, voce: Oggetto) -> Scartata:
        evidenza = self.evidenze[voce["evidenza"]]
        return Scartata(evidenza.codice, Motivo(voce["motivo"]), voce["dettaglio"], evidenza.pianificata)

    def imputata(self, evidenza: str, riga: str) -> tuple[Evidenza, Imputazione]:
        trovata = self.evidenze[evidenza]
        imputazioni = {imputazione.indicatore: imputazione for imputazione in trovata.imputazioni}
        return trovata, imputazioni[riga]


def _percentuale(scritta: str | None) -> Fraction | None:
    return None if scritta is None else Fraction(scritta)


def valori_scritti(scritti: Oggetto) -> Valori:
    """The three values beside each other in an esito: of the programme, of a part, of an action."""
    return Valori(
        _percentuale(scritti["dichiarato"]),
        _percentuale(scritti["riconosciuto"]),
        _percentuale(scritti["prospettico"]),
    )


def _quota(scritta: str | None) -> Decimal | None:
    return None if scritta is None else Decimal(scritta)


def _conteggiata(voce: Oggetto) -> Conteggiata:
    return Conteggiata(
        evidenza=voce["evidenza"],
        stato=StatoImputazione(voce["stato"]),
        misura=_misura(voce["misura"]),
        misura_riconosciuta=_misura(voce["misura_riconosciuta"]),
        dichiarato=_quota(voce["dichiarato"]),
        riconosciuto=_quota(voce["riconosciuto"]),
    )


def _misura(scritta: Oggetto | None) -> Misura | None:
    match scritta:
        case None:
            return None
        case {"unita": unita}:
            return MisuraUnita(unita)
        case {"ore": ore}:
            return MisuraOre(Fraction(ore))
        case {"parti": parti}:
            return MisuraParti(tuple(parti))
        case {"organizzazioni": organizzazioni}:
            return MisuraOrganizzazioni(tuple(organizzazioni))
    raise ValueError("la misura non è di una forma nota")


def _manca(scritta: Oggetto) -> Manca:
    misura = scritta["misura"]
    parti, ore = misura.get("parti"), misura.get("ore")
    return Manca(
        frase=scritta["frase"],
        possibile=scritta["possibile"],
        unita=misura.get("unita"),
        parti=None if parti is None else tuple(parti),
        ore=_percentuale(ore),
        organizzazioni=misura.get("organizzazioni"),
    )
