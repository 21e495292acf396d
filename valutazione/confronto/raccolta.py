"""Gathering differences: a text, an object key by key, a list element by element."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from valutazione.confronto.abbina import Abbinati
from valutazione.confronto.modello import Differenza, Genere, Parte
from valutazione.confronto.parole import Json, Parole, nome_chiave, valore

SOLO_SPAZI = "cambiano soltanto gli spazi o gli a capo"
ORDINE = "cambia l'ordine"


@dataclass
class Raccolta:
    """The differences found so far, and the names of what the documents call by a code.

    ``tutte`` receives them in the order in which they are found.
    """

    parole: Parole
    tutte: list[Differenza] = field(default_factory=list)

    def nota(self, parte: Parte, voce: str, prima: str | None, dopo: str | None, **altro: Any) -> None:
        """One difference, whatever it is: the kind follows from what is missing."""
        genere = Genere.AGGIUNTA if prima is None else Genere.TOLTA if dopo is None else Genere.MODIFICATA
        self.tutte.append(Differenza(parte, voce, **{"genere": genere, "prima": prima, "dopo": dopo} | altro))

    def testo(self, parte: Parte, voce: str, prima: str, dopo: str, *, riga: str = "") -> None:
        """Prose, of which the words that changed will be marked; a text that was or is empty is not there."""
        if prima == dopo:
            return
        if prima.split() == dopo.split():
            self.nota(parte, voce, prima, dopo, nota=SOLO_SPAZI, riga=riga)
        else:
            prosa = bool(prima.strip() and dopo.strip())
            self.nota(parte, voce, prima.strip() or None, dopo.strip() or None, prosa=prosa, riga=riga)

    def chiavi(
        self,
        parte: Parte,
        prima: Json,
        dopo: Json,
        *,
        tranne: Collection[str] = (),
        nomi: Mapping[str, str] | None = None,
        davanti: str = "",
        riga: str = "",
    ) -> None:
        """Every key that changed, but ``tranne``; one that says nothing is as one that is not there."""
        for chiave in dict.fromkeys([*dopo, *prima]):
            if chiave in tranne:
                continue
            qui, la = prima.get(chiave), dopo.get(chiave)
            if uguali(qui, la):
                continue
            voce = f"{davanti}{(nomi or {}).get(chiave) or nome_chiave(chiave)}"
            if all(dato is None or valore(chiave, dato) in (dato, None) for dato in (qui, la)):
                self.testo(parte, voce, qui or "", la or "", riga=riga)
            else:
                self.nota(parte, voce, valore(chiave, qui), valore(chiave, la), riga=riga)

    def elenco(
        self,
        parte: Parte,
        prima: Sequence[Any],
        dopo: Sequence[Any],
        abbinati: Abbinati[Any],
        *,
        voce: str,
        descrivi: Callable[[Any], str],
        ordine: bool = True,
    ) -> None:
        """What left, what entered, what changed (in words, as wholes), and a new order."""
        for i in abbinati.tolti:
            self.nota(parte, voce, descrivi(prima[i]), None)
        for j in abbinati.aggiunti:
            self.nota(parte, voce, None, descrivi(dopo[j]))
        for i, j in abbinati.coppie:
            if not uguali(prima[i], dopo[j]):
                self._voce_cambiata(parte, voce, prima[i], dopo[j], descrivi)
        if ordine and abbinati.spostati:
            self.nota(parte, voce, None, None, genere=Genere.SPOSTATA, nota=ORDINE)

    def _voce_cambiata(
        self, parte: Parte, voce: str, prima: Any, dopo: Any, descrivi: Callable[[Any], str]
    ) -> None:
        """In the words of its description; where they say the same, key by key."""
        if descrivi(prima) != descrivi(dopo):
            self.nota(parte, voce, descrivi(prima), descrivi(dopo), prosa=isinstance(dopo, str))
        elif isinstance(prima, dict):
            self.chiavi(parte, prima, dopo, davanti=f"{voce} {descrivi(dopo)}: ")
        else:
            self.nota(parte, voce, str(prima), str(dopo), nota=SOLO_SPAZI)


def uguali(prima: Any, dopo: Any) -> bool:
    """The same value, or both nothing; 1 is not True."""
    if prima in (None, "", [], {}) and dopo in (None, "", [], {}):
        return not isinstance(prima, bool) and not isinstance(dopo, bool)
    return bool(prima == dopo) and isinstance(prima, bool) == isinstance(dopo, bool)
