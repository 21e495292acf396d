"""The ledgers of the lines: which evidence counts, which does not, and why, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from distretti.basi.italiano import conta, elenco, numero, percento
from programmi.regola import Regola, TipoEvidenza, frase
from valutazione.kernel import Conteggiata, EsitoRiga, Scartata
from valutazione.letture import Valutazione
from valutazione.models import Evidenza
from valutazione.pagine.piu_righe import AltraRiga, DoveConta
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
    anche: tuple[AltraRiga, ...] = ()
    """The other lines on which it counts."""


@dataclass(frozen=True)
class RigaInPagina:
    """A line: words of the act, sentence of its rule and, for who may see it, its ledger."""

    riga: Riga
    frase: str
    esito: EsitoRiga | None = None
    voci: tuple[VoceRegistro, ...] = ()


def frase_di(regola: Regola | None) -> str:
    """The sentence of a rule; of none, that the line is not scored."""
    return "non valutata." if regola is None else frase(regola)


class Registri:
    """Ledgers of the lines of one evaluation; the addresses of the evidence are read once."""

    def __init__(self, valutazione: Valutazione) -> None:
        self.valutazione = valutazione
        self.evidenze = {e.codice: e for e in valutazione.scheda.evidenze}
        self.dove = DoveConta(valutazione)
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
        con_altre = (replace(voce, anche=self.dove.anche(voce.codice, riga.codice)) for voce in voci)
        return RigaInPagina(riga, frase_di(riga.regola), esito, tuple(con_altre))

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
