"""What the evidence of today is worth under two promises: the kernel, twice. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from distretti.basi.italiano import percento
from programmi.regola import TipoRegola
from valutazione.confronto.azioni import abbina_progettualita, righe_abbinate
from valutazione.confronto.parole import Json
from valutazione.kernel import Esito, Valori, valuta
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.lettura import leggi_scheda

NON_VALUTATA = "non valutata"

_MISURE = {
    TipoRegola.PER_UNITA: "unita",
    TipoRegola.FASCE: "unita",
    TipoRegola.PER_DISTINTI: "organizzazioni",
    TipoRegola.COMPOSTA: "parti",
    TipoRegola.QUOTA_ORE: "ore",
}
"""The measure that a form of rule reads; the others read none."""


@dataclass(frozen=True, slots=True)
class Passa:
    """A percentage under the two promises: ``prima`` and ``dopo`` of *dichiarato* and *riconosciuto*."""

    nome: str
    prima: Valori
    dopo: Valori
    che: str = "la riga"

    @property
    def cambia(self) -> bool:
        return self.prima != self.dopo

    @property
    def frase(self) -> str:
        """ "con le evidenze di oggi la riga passa da 100,00% a 50,00%" """
        prima, dopo = in_percento(self.prima.dichiarato), in_percento(self.dopo.dichiarato)
        if prima == dopo:
            return f"con le evidenze di oggi {self.che} resta {_a(dopo)}"
        return f"con le evidenze di oggi {self.che} passa da {prima} a {dopo}"

    @property
    def celle(self) -> tuple[str, str, str, str]:
        """Dichiarato before and after, riconosciuto before and after."""
        valori = (
            self.prima.dichiarato,
            self.dopo.dichiarato,
            self.prima.riconosciuto,
            self.dopo.riconosciuto,
        )
        uno, due, tre, quattro = map(in_percento, valori)
        return uno, due, tre, quattro


@dataclass(frozen=True, slots=True)
class Effetto:
    """By the code of the second document: the actions and the lines that are in both."""

    programma: Passa
    parti: tuple[Passa, ...]
    azioni: Mapping[str, Passa]
    righe: Mapping[str, Passa]

    @property
    def cambiate(self) -> list[Passa]:
        """What changes, from the whole to the parts: the rows of a table."""
        tutte = [self.programma, *self.parti, *self.azioni.values(), *self.righe.values()]
        return [passa for passa in tutte if passa.cambia]


def in_percento(valore: Fraction | None) -> str:
    """ "33,33%", or "non valutata": never 0 for what is not scored."""
    return NON_VALUTATA if valore is None else percento(valore)


def _a(valore: str) -> str:
    return valore if valore == NON_VALUTATA else f"a {valore}"


def effetto(prima: Json, dopo: Json, oggi: Json) -> Effetto | None:
    """The evidence of ``oggi`` valued under ``prima`` and under ``dopo``, line by line.

    A credit follows its line where it is in the other promise, and is left out where it is not; a measure
    that the other rule does not read is left out too. None when one of the two cannot be evaluated (a
    draft half written).
    """
    try:
        esiti = [valuta(leggi_scheda(con_evidenze(documento, oggi))) for documento in (prima, dopo)]
    except SchedaNonValida:
        return None
    return _effetto(esiti[0], esiti[1], prima, dopo)


def _effetto(prima: Esito, dopo: Esito, qui: Json, la: Json) -> Effetto:
    uno, altro = prima.programma, dopo.programma
    codici = righe_abbinate(qui, la)
    obbligatorie = {r["codice"] for r in qui["obbligatorie"]}
    coppie = abbina_progettualita(qui["progettualita"], la["progettualita"]).coppie
    azioni = {}
    for i, j in coppie:
        vecchio, voce = f"P{qui['progettualita'][i]['numero']}", la["progettualita"][j]
        nome = f"Progettualità {voce['numero']}: {voce['titolo']}"
        valori = prima.azione(vecchio).valori, dopo.azione(f"P{voce['numero']}").valori
        azioni[f"P{voce['numero']}"] = Passa(nome, *valori, che="l'azione")
    righe = {
        nuovo: Passa(
            f"Riga {'obbligatoria ' if codice in obbligatorie else ''}{nuovo}",
            prima.righe[codice].valori,
            dopo.righe[nuovo].valori,
        )
        for codice, nuovo in codici.items()
    }
    return Effetto(
        Passa("Programma", uno.valori, altro.valori, che="il programma"),
        (
            Passa("Azioni obbligatorie", uno.obbligatorie, altro.obbligatorie, che="la media"),
            Passa("Progettualità", uno.progettualita, altro.progettualita, che="la media"),
        ),
        azioni,
        righe,
    )


def con_evidenze(documento: Json, oggi: Json) -> Json:
    """The promise of ``documento`` with the evidence of ``oggi``, credited to the same lines."""
    codici = righe_abbinate(oggi, documento)
    regole = {
        riga["codice"]: riga["regola"]
        for riga in [
            *documento["obbligatorie"],
            *(r for p in documento["progettualita"] for r in p["indicatori"]),
        ]
    }
    evidenze = [
        {
            **evidenza,
            "imputazioni": [
                _per_la_regola(imputazione, codici[imputazione["indicatore"]], regole)
                for imputazione in evidenza["imputazioni"]
                if imputazione["indicatore"] in codici
            ],
        }
        for evidenza in oggi["evidenze"]
    ]
    note = {voce["codice"] for voce in documento["organizzazioni"]}
    altre = [voce for voce in oggi["organizzazioni"] if voce["codice"] not in note]
    return {**documento, "organizzazioni": [*documento["organizzazioni"], *altre], "evidenze": evidenze}


def _per_la_regola(imputazione: Json, codice: str, regole: Mapping[str, Json | None]) -> Json:
    """The credit on the line ``codice``, without a measure that its rule would not read."""
    adatta: Json = {**imputazione, "indicatore": codice}
    for chiave in ("misura", "misura_riconosciuta"):
        if chiave in adatta:
            misura = _adatta(adatta[chiave], regole[codice])
            adatta[chiave] = misura
    if adatta.get("misura") is None:
        adatta.pop("misura_riconosciuta", None)
    return {nome: valore for nome, valore in adatta.items() if valore is not None}


def _adatta(misura: Any, regola: Json | None) -> Json | None:
    if not misura or regola is None:
        return None
    chiave = _MISURE.get(TipoRegola(regola["tipo"]))
    if chiave is None or chiave not in misura:
        return None
    if chiave != "parti":
        return dict(misura)
    parti = [nome for nome in misura["parti"] if nome in {parte["nome"] for parte in regola["parti"]}]
    return {"parti": parti} if parti else None
