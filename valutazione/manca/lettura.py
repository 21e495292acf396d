"""From an evaluation to what it lacks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from distretti.permissions import Persona
from programmi.regola import Regola
from valutazione.kernel import EsitoRiga, Manca
from valutazione.kernel.ipotesi import Arrivo, Ipotesi
from valutazione.letture import Valutazione
from valutazione.manca import frasi
from valutazione.manca.modello import CosaManca, Genere, Passo, Sguardo, Voce
from valutazione.manca.passi import Passi, ultimo_giorno
from valutazione.manca.rimedi import completati, rimediabili
from valutazione.manca.sguardi import sguardi_di
from valutazione.pagine.codici import azione_di
from valutazione.scheda import modello

PASSI_IN_VISTA = 5


def cosa_manca_di(utente: Persona, valutazioni: Iterable[Valutazione], oggi: date) -> list[CosaManca]:
    """What each of ``valutazioni`` lacks, with the steps that ``utente`` may take."""
    elenco = list(valutazioni)
    sguardi = sguardi_di(utente, [valutazione.programma for valutazione in elenco], oggi)
    return [cosa_manca(valutazione, sguardi[valutazione.programma.pk]) for valutazione in elenco]


def cosa_manca(valutazione: Valutazione, sguardo: Sguardo) -> CosaManca:
    """What ``valutazione`` lacks for who looks so: first what brings most, line by line."""
    lettore = _Lettore(valutazione, sguardo)
    voci = [voce for codice in valutazione.scheda.righe if (voce := lettore.voce(codice)) is not None]
    ordine = list(Genere)
    voci.sort(key=lambda voce: (ordine.index(voce.genere), -voce.guadagno))
    raggiungibili = {
        voce.codice: voce.arrivo.riga
        for voce in voci
        if voce.arrivo is not None and voce.genere in (Genere.DA_FARE, Genere.GIA_AVVENUTO)
    }
    valori = valutazione.esito.programma.valori
    return CosaManca(
        tuple(voci), valori.dichiarato, valori.prospettico, lettore.ipotesi.se_tutte(raggiungibili)
    )


class _Lettore:
    """What is read once for all the lines of a programme."""

    def __init__(self, valutazione: Valutazione, sguardo: Sguardo) -> None:
        self.valutazione = valutazione
        self.sguardo = sguardo
        self.ipotesi = Ipotesi(valutazione.esito)
        self.passi = Passi(valutazione, sguardo)
        self.rimediabili = rimediabili(valutazione)
        # One more evaluation, and only where there is something to mend.
        self.completi = completati(valutazione, self.rimediabili) if self.rimediabili else None
        self.pianificate: dict[str, list[modello.Evidenza]] = defaultdict(list)
        for evidenza in sorted(valutazione.scheda.evidenze, key=lambda e: (e.data, e.codice)):
            for imputazione in evidenza.imputazioni if evidenza.pianificata else ():
                self.pianificate[imputazione.indicatore].append(evidenza)

    def voce(self, codice: str) -> Voce | None:
        """What there is to say of a line, ``None`` when it is nothing."""
        riga, regola = self.valutazione.esito.righe[codice], self.valutazione.scheda.righe[codice].regola
        if regola is None:
            return None
        if riga.incompleta:
            passi = tuple(self.passi.completa(codice, regola))
            return self._voce(riga, Genere.AGENZIA, frasi.incompleta(regola), passi=passi)
        if riga.manca is not None and riga.valori.dichiarato is not None and riga.massimo is not None:
            return self._mancante(riga, regola, riga.manca, riga.valori.dichiarato, riga.massimo)
        if attende := frasi.in_attesa(riga):
            passi = tuple(self.passi.verifica(codice))
            return self._voce(riga, Genere.AGENZIA, attende, passi=passi)
        return None

    def _mancante(
        self, riga: EsitoRiga, regola: Regola, manca: Manca, adesso: Fraction, massimo: Fraction
    ) -> Voce:
        genere, note = self._possibile(riga, regola, manca)
        if genere is Genere.MAI_PIU:
            frase = frasi.impossibile(manca, adesso)
            return self._voce(riga, genere, frase, note=(*note, *self._attesa(riga)))
        passi = list(self._passi(riga, regola))
        return self._voce(
            riga,
            genere,
            frasi.intera(regola, manca, adesso, massimo),
            arrivo=self.ipotesi.se(riga.codice, massimo),
            note=(*note, *self._note(riga, regola), *self._attesa(riga)),
            passi=tuple(passi[:PASSI_IN_VISTA]),
            altri_passi=max(0, len(passi) - PASSI_IN_VISTA),
        )

    def _possibile(self, riga: EsitoRiga, regola: Regola, manca: Manca) -> tuple[Genere, tuple[str, ...]]:
        ultimo = ultimo_giorno(self.valutazione, riga.codice, regola)
        if not manca.possibile:
            return Genere.MAI_PIU, ()
        if not self.sguardo.aperta:
            return Genere.MAI_PIU, ("L'autovalutazione è trasmessa: non si registra più.",)
        if ultimo < self.sguardo.oggi:
            suo = ultimo != self.valutazione.scheda.al
            return Genere.GIA_AVVENUTO, (frasi.termine(ultimo),) if suo else ()
        return Genere.DA_FARE, ()

    def _note(self, riga: EsitoRiga, regola: Regola) -> Iterator[str]:
        """What is there already and would help, and what to write in what is still to record."""
        adesso, previsto = riga.valori.dichiarato, riga.valori.prospettico
        assert adesso is not None
        da_rimediare = [v for v in self.rimediabili.get(riga.codice, ()) if not v.scartata.pianificata]
        if da_rimediare and self.completi is not None:
            dopo = self.completi.righe[riga.codice]
            if dopo.valori.dichiarato is not None and dopo.valori.dichiarato > adesso:
                yield frasi.sanate(len(da_rimediare), dopo.valori.dichiarato, dopo.manca)
        if previsto is not None and previsto > adesso:
            yield frasi.previste(len(self._che_conterebbero(riga)), previsto)
        if richiesti := frasi.campi(regola):
            yield richiesti

    def _attesa(self, riga: EsitoRiga) -> tuple[str, ...]:
        attende = frasi.in_attesa(riga)
        return (attende,) if attende else ()

    def _che_conterebbero(self, riga: EsitoRiga) -> list[modello.Evidenza]:
        """The planned ones that will count when they happen."""
        scartate = {scartata.evidenza for scartata in riga.scartate}
        return [e for e in self.pianificate.get(riga.codice, ()) if e.codice not in scartate]

    def _passi(self, riga: EsitoRiga, regola: Regola) -> Iterator[Passo]:
        """First what is there already: to mend an evidence is less than to do another one."""
        yield from self.passi.rimedi(self.rimediabili.get(riga.codice, ()))
        yield from self.passi.conferme(self._che_conterebbero(riga))
        yield from self.passi.registra(riga.codice, regola)
        if frasi.in_attesa(riga):
            yield from self.passi.verifica(riga.codice)

    def _voce(
        self,
        riga: EsitoRiga,
        genere: Genere,
        frase: str,
        *,
        arrivo: Arrivo | None = None,
        note: tuple[str, ...] = (),
        passi: tuple[Passo, ...] = (),
        altri_passi: int = 0,
    ) -> Voce:
        azione = self.valutazione.esito.azione(azione_di(riga.codice))
        programma = self.valutazione.esito.programma.valori.dichiarato
        return Voce(
            codice=riga.codice,
            testo=self.valutazione.scheda.righe[riga.codice].testo,
            azione=azione.codice,
            genere=genere,
            frase=frase,
            adesso=riga.valori.dichiarato,
            arrivo=arrivo,
            azione_adesso=azione.valori.dichiarato,
            azione_con_piu_righe=len(azione.righe) > 1,
            guadagno=Fraction(0) if arrivo is None or programma is None else arrivo.programma - programma,
            note=note,
            passi=passi,
            altri_passi=altri_passi,
        )
