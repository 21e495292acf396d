"""The form of a rule: first its form is chosen, then there are only the fields of that form.

What is typed becomes the JSON of the exchange format and is read by ``programmi.regola``: there is no
second list of what a rule may be. Errors come back with their JSON path, and go beside their field.
"""

import re
from typing import Any

from django import forms
from django.forms import BoundField

from programmi.forms.base import ParteForm
from programmi.forms.campi_regola import campi_comuni, campi_propri
from programmi.models import Programma
from programmi.regola import (
    Distinti,
    Errore,
    LetturaOre,
    Regola,
    TipoRegola,
    frase,
    leggi_regola,
)

NESSUNA = "nessuna"
"""The choice "non valutata": a line without a rule."""

_RIGHE_MINIME = 4
_RIGHE_IN_PIU = 2
_CHIAVI_SEMPLICI = (
    "percentuale",
    "soglia",
    "massimo",
    "distinti",
    "lettura",
    "obiettivo",
    "evidenze",
    "presenze",
    "campi",
)
_PERCORSO = re.compile(r"\$\.(?P<chiave>\w+)(?:\[(?P<posto>\d+)\])?(?:\.(?P<voce>\w+))?")
_ESEMPI: dict[TipoRegola, str] = {
    TipoRegola.UNICA: "100% per l'invio dell'elenco aggiornato: basta un'evidenza.",
    TipoRegola.PER_UNITA: "20% per ogni incontro: le unità si sommano.",
    TipoRegola.FASCE: "40% con almeno 1 post, 100% con almeno 5.",
    TipoRegola.PER_DISTINTI: "50% per ogni diversa organizzazione coinvolta.",
    TipoRegola.COMPOSTA: "100% con il piano editoriale e il calendario.",
    TipoRegola.QUOTA_ORE: "almeno il 50% delle ore di formazione offerte.",
    TipoRegola.MANUALE: "la percentuale si assegna con una motivazione, in sede di valutazione.",
}


class FormaRegolaForm(forms.Form):
    """First step: which form of rule."""

    tipo = forms.ChoiceField(
        label="Come si calcola la percentuale di questa riga?",
        choices=[
            *((tipo.value, f"{tipo.etichetta} – {_ESEMPI[tipo]}") for tipo in TipoRegola),
            (NESSUNA, "Non valutata – la riga non ha una percentuale e non entra in nessuna media."),
        ],
        widget=forms.RadioSelect,
    )


class RegolaForm(ParteForm):
    """Second step: the fields of one form of rule. After ``is_valid()``: ``regola``, ``in_parole``."""

    def __init__(
        self,
        *args: Any,
        tipo: TipoRegola,
        programma: Programma,
        attuale: dict[str, Any] | None,
        **kwargs: Any,
    ) -> None:
        self.tipo = tipo
        self.programma = programma
        self.attuale = (
            attuale if attuale is not None and attuale.get("tipo") == tipo else {"tipo": tipo.value}
        )
        self.regola: Regola | None = None
        kwargs["initial"] = _iniziale(self.attuale) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields.update(campi_propri(tipo, self._quante))
        self.fields.update(campi_comuni(tipo, self.attuale))

    def _quante(self, chiave: str) -> range:
        """Rows: those there are (or were sent) and some more."""
        inviate = sum(1 for nome in self.data if re.fullmatch(rf"{chiave}_\d+_percentuale", nome))
        presenti = len(self.attuale.get(chiave, ())) + _RIGHE_IN_PIU
        return range(1, min(60, max(_RIGHE_MINIME, presenti, inviate)) + 1)

    @property
    def gruppi(self) -> list[tuple[str, list[BoundField]]]:
        """The fields as the page shows them: those of the form, the evidence, the conditions."""
        condizioni = ("presenze", "campi", "massimo", "entro", "obiettivo")
        propri = [n for n in self.fields if n not in ("versione", "evidenze", *condizioni)]
        gruppi = [(self.tipo.etichetta, propri), ("Evidenze", ["evidenze"]), ("Condizioni", list(condizioni))]
        return [(titolo, [self[nome] for nome in nomi]) for titolo, nomi in gruppi if nomi]

    @property
    def in_parole(self) -> str:
        """The Italian sentence of the rule that was typed."""
        return "" if self.regola is None else frase(self.regola)

    def clean(self) -> None:
        """Read what was typed as the exchange format reads it."""
        self.posti: dict[str, list[int]] = {}
        self.json = self._in_json()
        errori: list[Errore] = []
        self.regola = leggi_regola(self.json, "$", errori, dal=self.programma.dal, al=self.programma.al)
        for errore in errori:
            campo = self._campo_di(errore.percorso)
            if campo is None or campo not in self.errors:
                self.add_error(campo, _frase(errore.messaggio))

    def _in_json(self) -> dict[str, Any]:
        dati = self.cleaned_data
        dato: dict[str, Any] = {"tipo": self.tipo.value}
        if self.tipo is TipoRegola.MANUALE:
            # Assigned when the programme is evaluated, never while it is written.
            dato["assegnata"] = self.attuale.get("assegnata")
            dato |= {k: v for k, v in self.attuale.items() if k == "motivazione"}
        for chiave in _CHIAVI_SEMPLICI:
            if dati.get(chiave):
                dato[chiave] = dati[chiave]
        if dati.get("entro"):
            dato["entro"] = dati["entro"].isoformat()
        if self.tipo is TipoRegola.QUOTA_ORE:
            dato["ore_previste"] = dati.get("ore_previste") or None
        if self.tipo is TipoRegola.FASCE:
            dato["fasce"] = self._righe("fasce", "da")
        if self.tipo is TipoRegola.COMPOSTA:
            dato |= {"parti": self._righe("parti", "nome"), "tutte": dati.get("tutte", True)}
        return dato

    def _righe(self, chiave: str, prima: str) -> list[dict[str, Any]]:
        """The rows that hold something, remembering where each was typed."""
        righe: list[dict[str, Any]] = []
        posti = self.posti[chiave] = []
        for n in self._quante(chiave):
            riga = {
                prima: self.cleaned_data.get(f"{chiave}_{n}_{prima}"),
                "percentuale": self.cleaned_data.get(f"{chiave}_{n}_percentuale"),
            }
            if any(riga.values()):
                posti.append(n)
                righe.append({voce: valore for voce, valore in riga.items() if valore})
        return righe

    def _campo_di(self, percorso: str) -> str | None:
        """The field that a JSON path speaks of; None for the whole form."""
        trovato = _PERCORSO.match(percorso)
        if trovato is None:
            return None
        chiave, posto, voce = trovato["chiave"], trovato["posto"], trovato["voce"]
        if chiave in self.posti:
            righe = self.posti[chiave]
            numero = righe[int(posto)] if posto is not None and int(posto) < len(righe) else 1
            prima = "da" if chiave == "fasce" else "nome"
            chiave = f"{chiave}_{numero}_{voce or prima}"
        return chiave if chiave in self.fields else None


def _mostrato(testo: str) -> str:
    """A number of the exchange format as Italians write it."""
    return testo.replace(".", ",")


def _frase(messaggio: str) -> str:
    if messaggio.startswith("manca la chiave"):
        return "Va compilato anche questo: è obbligatorio."
    return messaggio[:1].upper() + messaggio[1:] + "."


def _iniziale(regola: dict[str, Any]) -> dict[str, Any]:
    """The rule of the exchange format as the fields of the form show it."""
    iniziale: dict[str, Any] = {
        "tutte": True,
        "distinti": Distinti.ORGANIZZAZIONE_ADERENTE.value,
        "lettura": LetturaOre.SOGLIA.value,
    }
    for chiave, valore in regola.items():
        if chiave in ("fasce", "parti"):
            for n, riga in enumerate(valore, start=1):
                for voce, testo in riga.items():
                    iniziale[f"{chiave}_{n}_{voce}"] = _mostrato(testo) if voce == "percentuale" else testo
        elif chiave in ("percentuale", "massimo", "soglia", "ore_previste") and valore is not None:
            iniziale[chiave] = _mostrato(valore)
        else:
            iniziale[chiave] = valore
    return iniziale
