"""Two versions of a programme, or a version and today, read from the database and compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from distretti.basi.italiano import il_giorno
from distretti.models import Distretto, Marchio
from programmi.contenuto.unioni import attuale
from programmi.models import Programma, Versione, VoceClassificazione
from programmi.versioni_congelate import leggi, versioni_di
from valutazione.confronto import Differenza, Parole, Parte, confronta, per_parti, segna
from valutazione.confronto.effetto import Effetto, Passa, effetto
from valutazione.confronto.tratti import Tratti
from valutazione.promessa import promessa_pubblica
from valutazione.scheda.da_database import Documento, documento_di

OGGI = "oggi"
VIGENTE = "vigente"
"""Of a variazione: the version in force of the programme it changes."""


@dataclass(frozen=True)
class Lato:
    """One of the two: how an address names it, how a person does; ``versione`` is None for today."""

    chiave: str
    nome: str
    versione: Versione | None = None

    @property
    def con_iniziale(self) -> str:
        return self.nome[0].upper() + self.nome[1:]


@dataclass(frozen=True)
class Voce:
    """A difference as it is shown: the pieces of both texts, and what it does to the percentage."""

    differenza: Differenza
    prima: Tratti
    dopo: Tratti
    effetto: str = ""


@dataclass(frozen=True)
class ParteConfrontata:
    """A heading with its differences; ``effetto`` is that on the action, "" where it has none."""

    parte: Parte
    voci: Sequence[Voce]
    effetto: str = ""


@dataclass(frozen=True)
class Confronto:
    """Everything a page or a print of the comparison says. ``effetto``: None where it is not to be shown."""

    programma: Programma
    prima: Lato
    dopo: Lato
    parti: Sequence[ParteConfrontata]
    effetto: Effetto | None
    tutti: bool = True
    """Is it for who follows the programme? The others do not read the hash of what they do not read whole."""

    @property
    def quante(self) -> int:
        return sum(len(parte.voci) for parte in self.parti)

    @property
    def cambiate(self) -> Sequence[Passa]:
        """The percentages that are not the same under the two."""
        return self.effetto.cambiate if self.effetto else ()


def lati_di(programma: Programma, *, tutti: bool) -> list[Lato]:
    """What may be compared, the oldest first, today at the end. ``tutti`` for who follows the programme; the
    others compare approved versions of a public programme alone."""
    versioni = list(versioni_di(programma).leggibili(tutte=tutti))
    lati = [Lato(str(v.numero), _nome(v), v) for v in reversed(versioni)]
    if not tutti:
        return lati if programma.pubblico else []
    annuale = programma.variazione_di
    vigente = versioni_di(annuale).approvate().first() if annuale is not None else None
    if vigente is not None:
        nome = f"programma in vigore ({_nome(vigente)})"
        lati.insert(0, Lato(VIGENTE, nome, vigente))
    di_oggi = "oggi" if annuale is None else "questa variazione"
    return [*lati, Lato(OGGI, f"{di_oggi}, con il registro di oggi")]


def _nome(versione: Versione) -> str:
    """ "versione 2, approvata il 19 giugno 2025" """
    return f"versione {versione.numero}, {versione.get_genere_display()} {il_giorno(versione.passaggio.il)}"


def predefiniti(lati: Sequence[Lato]) -> tuple[Lato, Lato]:
    """What one most likely wants: the version in force and today for a variazione, else the last two."""
    if lati[0].chiave == VIGENTE:
        return lati[0], lati[-1]
    return (lati[-2], lati[-1]) if len(lati) > 1 else (lati[0], lati[0])


def confronto_di(programma: Programma, prima: Lato, dopo: Lato, *, tutti: bool) -> Confronto:
    """The comparison. Raises ``VersioneAlterata``: what was altered is neither shown nor compared.

    ``tutti``: with what only who follows the programme reads, and with the percentages of today's evidence.
    """
    qui, la = (_documento(programma, lato) for lato in (prima, dopo))
    if not tutti:
        qui, la = promessa_pubblica(qui), promessa_pubblica(la)
    if VIGENTE in (prima.chiave, dopo.chiave):
        qui, la = _senza_procedura(qui), _senza_procedura(la)
    if OGGI in (prima.chiave, dopo.chiave):
        qui, la = _stesso_ordine(qui, la)
    differenze = confronta(qui, la, parole_di(programma, qui, la))
    oggi = documento_di(programma.variazione_di or programma) if tutti else None
    trovato = effetto(qui, la, oggi) if oggi is not None and differenze else None
    return Confronto(programma, prima, dopo, in_pagina(differenze, trovato), trovato, tutti)


def _documento(programma: Programma, lato: Lato) -> Documento:
    if lato.versione is None:
        return documento_di(programma, solo_promessa=True, registro=True)
    return attuale(leggi(lato.versione))


def _senza_procedura(documento: Documento) -> Documento:
    """A variazione has acts and steps of its own: they are not a change of what the programme promises."""
    return {chiave: valore for chiave, valore in documento.items() if chiave not in ("atti", "passaggi")}


def _stesso_ordine(qui: Documento, la: Documento) -> tuple[Documento, Documento]:
    """The register has an order of its own, which is not a change of the list that the act printed."""
    posti = {voce["organizzazione"]: posto for posto, voce in enumerate(qui["aderenti"])}
    in_ordine = sorted(la["aderenti"], key=lambda voce: posti.get(voce["organizzazione"], len(posti)))
    return qui, {**la, "aderenti": in_ordine}


def in_pagina(differenze: Iterable[Differenza], trovato: Effetto | None) -> list[ParteConfrontata]:
    """The differences under their headings, each with what it does to the percentages."""
    parti = []
    for parte, gruppo in per_parti(differenze):
        azione = trovato.azioni.get(parte.azione) if trovato else None
        voci = [_voce(differenza, trovato) for differenza in gruppo]
        parti.append(ParteConfrontata(parte, voci, azione.frase if azione and azione.cambia else ""))
    return parti


def _voce(differenza: Differenza, trovato: Effetto | None) -> Voce:
    prima, dopo = differenza.prima or "", differenza.dopo or ""
    if differenza.prosa:
        tolte, messe = segna(prima, dopo)
    else:
        tolte, messe = [(prima, False)], [(dopo, False)]
    riga = trovato.righe.get(differenza.riga) if trovato and differenza.voce.endswith(": regola") else None
    return Voce(differenza, tolte, messe, riga.frase if riga else "")


def parole_di(programma: Programma, *documenti: Documento) -> Parole:
    """The names of the codes that the documents hold, in three queries."""
    azioni = [azione for documento in documenti for azione in documento["progettualita"]]
    codici = {voce["codice"] for azione in azioni for voce in azione["classificazioni"]}
    distretti = {r["distretto"] for azione in azioni for r in azione["referenti"] if r.get("distretto")}
    voci = VoceClassificazione.objects.filter(codice__in=codici).values_list(
        "schema__codice", "codice", "voce"
    )
    marchi = Marchio.objects.filter(autorita=programma.distretto.autorita_id)
    return Parole(
        classificazioni={(schema, codice): voce for schema, codice, voce in voci},
        marchi=dict(marchi.values_list("codice", "denominazione")),
        distretti=dict(Distretto.objects.filter(codice__in=distretti).values_list("codice", "denominazione")),
    )
