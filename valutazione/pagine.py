"""What the pages show: the tree of the kernel beside the words of the act. Nothing is computed here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from distretti.basi.italiano import conta, elenco, numero, percento
from distretti.models import Marchio
from programmi.models import Programma
from programmi.regola import Errore, Regola, TipoEvidenza, frase, leggi_regola
from valutazione.kernel import Conteggiata, EsitoAzione, EsitoRiga, Scartata
from valutazione.letture import Valutazione
from valutazione.models import Evidenza, Imputazione
from valutazione.scheda import modello
from valutazione.scheda.modello import Riga, Scheda

TONI = {"accolta": "positivo", "in_attesa": "attesa", "respinta": "negativo"}
SENZA_QUOTA = "–"


@dataclass(frozen=True)
class VoceRegistro:
    """One evidence in the ledger of a line, in words."""

    codice: str
    pk: int | None
    titolo: str
    data: date
    esito: str
    tono: str
    dettaglio: str
    dichiarato: str
    riconosciuto: str
    classe: str = ""


@dataclass(frozen=True)
class RigaInPagina:
    """A line: words of the act, sentence of its rule and, for who may see it, its ledger."""

    riga: Riga
    frase: str
    esito: EsitoRiga | None = None
    voci: tuple[VoceRegistro, ...] = ()


@dataclass(frozen=True)
class AzioneInPagina:
    """An action of the programme: a compulsory line or a progettualità."""

    codice: str
    titolo: str
    sezione: str
    numero: int | None
    righe: tuple[RigaInPagina, ...]
    peso: Fraction = modello.UNO
    esito: EsitoAzione | None = None


@dataclass(frozen=True)
class AderenteInPagina:
    """A member as the programme counts it: the same list that the evaluation reads."""

    codice: str
    denominazione: str
    dal: date
    marchi: tuple[str, ...]


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


def azioni_in_pagina(valutazione: Valutazione) -> tuple[list[AzioneInPagina], list[AzioneInPagina]]:
    """Compulsory actions and progettualità with their percentages and ledgers."""
    voci = _Voci(valutazione)
    scheda, esito = valutazione.scheda, valutazione.esito
    obbligatorie = [
        AzioneInPagina(
            codice=riga.codice,
            titolo=riga.testo,
            sezione=riga.sezione,
            numero=None,
            peso=riga.peso,
            righe=(voci.riga(riga),),
            esito=esito.azione(riga.codice),
        )
        for riga in scheda.obbligatorie
    ]
    return obbligatorie, [_progettualita(p, voci, esito.azione(p.codice)) for p in scheda.progettualita]


def aderenti_in_pagina(scheda: Scheda, giorno: date) -> list[AderenteInPagina]:
    """The members of the programme on ``giorno``, in the order of the act."""
    marchi = dict(
        Marchio.objects.filter(autorita__codice=scheda.autorita).values_list("codice", "denominazione")
    )
    return [
        AderenteInPagina(
            codice=aderente.organizzazione,
            denominazione=scheda.nomi_organizzazioni.get(aderente.organizzazione, aderente.organizzazione),
            dal=aderente.dal,
            marchi=tuple(marchi.get(codice, codice) for codice in aderente.marchi),
        )
        for aderente in scheda.aderenti
        if aderente.nel_giorno(giorno)
    ]


def pagina_azione(valutazione: Valutazione, codice: str) -> AzioneInPagina:
    """One action. Raises StopIteration for an unknown code."""
    obbligatorie, progettualita = azioni_in_pagina(valutazione)
    return next(azione for azione in [*obbligatorie, *progettualita] if azione.codice == codice)


def _progettualita(p: modello.Progettualita, voci: "_Voci", esito: EsitoAzione) -> AzioneInPagina:
    return AzioneInPagina(
        codice=p.codice,
        titolo=p.titolo,
        sezione=_intestazione(p),
        numero=p.numero,
        peso=p.peso,
        righe=tuple(voci.riga(riga) for riga in p.indicatori),
        esito=esito,
    )


def azioni_promesse(scheda: Scheda) -> tuple[list[AzioneInPagina], list[AzioneInPagina]]:
    """The same actions as a stranger reads them: the promise, without any percentage reached.

    ``scheda`` is the public promise (``valutazione.promessa``).
    """
    obbligatorie = [
        AzioneInPagina(r.codice, r.testo, r.sezione, None, (_promessa(r),), r.peso)
        for r in scheda.obbligatorie
    ]
    progettualita = [
        AzioneInPagina(
            codice=p.codice,
            titolo=p.titolo,
            sezione=_intestazione(p),
            numero=p.numero,
            righe=tuple(_promessa(riga) for riga in p.indicatori),
            peso=p.peso,
        )
        for p in scheda.progettualita
    ]
    return obbligatorie, progettualita


def _promessa(riga: Riga) -> RigaInPagina:
    return RigaInPagina(riga, _frase(riga.regola))


def _intestazione(p: modello.Progettualita) -> str:
    return " - ".join(parte for parte in (p.tipo_azione, p.ambito) if parte)


def regola_di(dato: dict[str, Any] | None) -> Regola | None:
    """The rule stored on a line, which the services checked when they wrote it."""
    errori: list[Errore] = []
    return None if dato is None else leggi_regola(dato, "$.regola", errori)


def regole_di(programma: Programma) -> list[Regola]:
    """The rules of the lines of a programme."""
    lette = (regola_di(dato) for dato in programma.indicatori.values_list("regola", flat=True))
    return [regola for regola in lette if regola is not None]


def _frase(regola: Regola | None) -> str:
    return "non valutata." if regola is None else frase(regola)


class _Voci:
    """Ledgers of the lines of one evaluation; the addresses of the evidence are read once."""

    def __init__(self, valutazione: Valutazione) -> None:
        self.valutazione = valutazione
        self.evidenze = {e.codice: e for e in valutazione.scheda.evidenze}
        self.pk = dict(
            Evidenza.objects.registrate().filter(programma=valutazione.programma).values_list("codice", "pk")
        )

    def riga(self, riga: Riga) -> RigaInPagina:
        esito = self.valutazione.esito.righe[riga.codice]
        voci = [
            *(self._conteggiata(v) for v in esito.conteggiate),
            *(self._oltre(v.evidenza) for v in esito.oltre_il_massimo),
            *(self._scartata(v) for v in esito.scartate),
            *self._pianificate(riga, {v.evidenza for v in esito.scartate}),
        ]
        return RigaInPagina(riga, _frase(riga.regola), esito, tuple(voci))

    def _oltre(self, codice: str) -> VoceRegistro:
        dettaglio = "conta, ma la riga è già al massimo"
        return self._voce(codice, "Oltre il massimo", "neutro", dettaglio, "oltre-il-massimo")

    def _scartata(self, voce: Scartata) -> VoceRegistro:
        dettaglio = f"{voce.motivo.etichetta}: {voce.dettaglio}"
        return self._voce(voce.evidenza, "Non conta", "negativo", dettaglio, "scartata")

    def _pianificate(self, riga: Riga, scartate: set[str]) -> Iterable[VoceRegistro]:
        for evidenza in self.valutazione.scheda.evidenze:
            imputata = any(i.indicatore == riga.codice for i in evidenza.imputazioni)
            if evidenza.pianificata and imputata and evidenza.codice not in scartate:
                yield self._voce(evidenza.codice, "Pianificata", "info", "non conta finché non avviene")

    def _conteggiata(self, voce: Conteggiata) -> VoceRegistro:
        scheda = self.valutazione.scheda
        tipo = self.evidenze[voce.evidenza].tipo
        parti = [_misura_in_parole(voce.misura, scheda, tipo)]
        in_parte = voce.misura_riconosciuta not in (None, voce.misura)
        if in_parte:
            parti.append(_misura_in_parole(voce.misura_riconosciuta, scheda, tipo, "riconosciuto: "))
        return self._voce(
            voce.evidenza,
            "Accolta in parte" if in_parte else voce.stato.etichetta.capitalize(),
            TONI[voce.stato.value],
            "; ".join(parte for parte in parti if parte),
            dichiarato=voce.dichiarato,
            riconosciuto=voce.riconosciuto,
        )

    def _voce(
        self,
        codice: str,
        esito: str,
        tono: str,
        dettaglio: str,
        classe: str = "",
        dichiarato: Decimal | None = None,
        riconosciuto: Decimal | None = None,
    ) -> VoceRegistro:
        evidenza = self.evidenze[codice]
        return VoceRegistro(
            codice=codice,
            pk=self.pk.get(codice),
            titolo=str(evidenza.titolo),
            data=evidenza.data,
            esito=esito,
            tono=tono,
            dettaglio=dettaglio,
            dichiarato=_quota(dichiarato),
            riconosciuto=_quota(riconosciuto),
            classe=classe,
        )


def _quota(valore: Decimal | None) -> str:
    return SENZA_QUOTA if valore is None else percento(valore)


def _misura_in_parole(
    misura: modello.Misura | None, scheda: Scheda, tipo: TipoEvidenza, prefisso: str = ""
) -> str:
    match misura:
        case modello.MisuraUnita(unita=unita):
            return f"{prefisso}{conta(unita, tipo.singolare, tipo.plurale)}" if unita > 1 or prefisso else ""
        case modello.MisuraOre(ore=ore):
            return f"{prefisso}{numero(ore)} ore"
        case modello.MisuraParti(parti=parti):
            return f"{prefisso}{elenco(parti)}"
        case modello.MisuraOrganizzazioni(organizzazioni=codici):
            return f"{prefisso}{elenco([scheda.nomi_organizzazioni.get(c, c) for c in codici])}"
    return ""


def evidenza_in_pagina(valutazione: Valutazione, evidenza: Evidenza) -> list[VoceEvidenza]:
    """What ``evidenza`` is worth on each of its lines, in their order."""
    if not evidenza.registrata:
        return []
    scritta = next(e for e in valutazione.scheda.evidenze if e.codice == evidenza.codice)
    voci = _Voci(valutazione)
    righe = valutazione.scheda.righe
    trovate = []
    per_codice = {i.indicatore: i for i in scritta.imputazioni}
    for imputazione in evidenza.imputazioni.select_related("indicatore__progettualita", "evidenza"):
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


def azione_di(codice_riga: str) -> str:
    """The action of a line: ``obb.2`` is its own, ``4.1`` belongs to ``P4``."""
    return codice_riga if codice_riga.startswith("obb.") else f"P{codice_riga.partition('.')[0]}"
