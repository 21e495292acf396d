"""The rows of many programmes, read in bulk and put in the shape of the exchange format."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Atto,
    Certificazione,
    Installazione,
    Organizzazione,
    codici_attuali,
)
from programmi.contenuto.azioni import leggi_azioni
from programmi.contenuto.citate import codici_citati
from programmi.contenuto.unioni import codici_misurati
from programmi.models import (
    AttoCitato,
    Attore,
    Canale,
    Passaggio,
    Programma,
)

Oggetto = dict[str, Any]
PerProgramma = dict[int, list[Oggetto]]


def _elenchi() -> PerProgramma:
    return defaultdict(list)


@dataclass
class Letture:
    """What the database holds of some programmes; lists are keyed by the pk of the programme."""

    programmi: list[Programma]
    dimostrazione: bool
    attori: PerProgramma = field(default_factory=_elenchi)
    canali: PerProgramma = field(default_factory=_elenchi)
    passaggi: PerProgramma = field(default_factory=_elenchi)
    obbligatorie: PerProgramma = field(default_factory=_elenchi)
    progettualita: PerProgramma = field(default_factory=_elenchi)
    evidenze: PerProgramma = field(default_factory=_elenchi)
    atti_in_ordine: dict[int, list[Atto]] = field(default_factory=lambda: defaultdict(list))
    adesioni: dict[int, list[Adesione]] = field(default_factory=lambda: defaultdict(list))
    certificazioni: dict[int, list[Certificazione]] = field(default_factory=lambda: defaultdict(list))
    organizzazioni: dict[str, Oggetto] = field(default_factory=dict)
    citate: set[int] = field(default_factory=set)
    """Primary keys of the organisations any of the programmes refers to."""
    unite: dict[str, str] = field(default_factory=dict)
    """The codes of records that were merged, where a programme still names them → those of now."""

    def atti(self, programma: Programma) -> list[Oggetto]:
        """The acts the programme names, then those of its steps that it does not name."""
        atti = {a.pk: a for a in self.atti_in_ordine[programma.pk]}.values()
        return [_atto(atto) | {"codice": _codice_atto(atto, programma)} for atto in atti]

    def aderenti(self, programma: Programma) -> list[Oggetto]:
        """The members as the scheda printed them, if the programme keeps them; else as the register has
        them: the memberships begun by the last day of the esercizio, in its order."""
        stampati = _stampato(programma, "aderenti")
        if stampati is not None:
            return [dict(aderente) for aderente in stampati]
        return [
            {
                "organizzazione": adesione.organizzazione.codice,
                "dal": adesione.dal.isoformat(),
                "al": _giorno(adesione.al),
                "marchi": self._marchi(adesione, programma),
            }
            for adesione in self.adesioni[programma.distretto_id]
            if adesione.dal <= programma.al
        ]

    def organizzazioni_di(self, programma: Programma, citati: Iterable[str]) -> list[Oggetto]:
        """Those the scheda listed, in its words where the programme keeps them, then the others cited."""
        stampate = {voce["codice"]: voce for voce in _stampato(programma, "organizzazioni") or ()}
        return [
            stampate[codice] if len(stampate.get(codice, ())) > 1 else self._organizzazione(codice)
            for codice in dict.fromkeys([*stampate, *citati])
        ]

    def _organizzazione(self, codice: str) -> Oggetto:
        """As the register has it; one that is kept by its code alone and has left the register keeps that."""
        senza_nome = {"codice": codice, "denominazione": codice, "alias": []}
        return self.organizzazioni.get(codice, senza_nome)

    def _marchi(self, adesione: Adesione, programma: Programma) -> list[str]:
        """The marks of the programme's authority that the member held on a day of the esercizio."""
        codici = [
            certificazione.marchio.codice
            for certificazione in self.certificazioni[adesione.organizzazione_id]
            if certificazione.marchio.autorita_id == programma.distretto.autorita_id
            and _valida(certificazione, programma.dal, programma.al)
        ]
        return list(dict.fromkeys(codici))


def _stampato(programma: Programma, chiave: str) -> Any:
    """What the programme keeps of its scheda (``valutazione.scheda.registro``), or ``None``."""
    return (programma.registro_scheda or {}).get(chiave)


def _codice_atto(atto: Atto, programma: Programma) -> str:
    codice: str = (_stampato(programma, "atti") or {}).get(atto.codice, atto.codice)
    return codice


LeggiEvidenze = Callable[[PerProgramma, Sequence[int]], set[int]]
"""Fills the evidence of the programmes with these keys; gives the primary keys of the organisations in it."""


def leggi_righe(chiavi: Sequence[int], evidenze: LeggiEvidenze | None = None) -> Letture:
    """Read everything about the programmes with these primary keys, in a constant number of queries.

    ``evidenze`` comes from the floor above, which alone knows what was done; None: the promise only.
    """
    trovati = {p.pk: p for p in Programma.objects.filter(pk__in=chiavi).select_related("distretto__autorita")}
    programmi = [trovati[chiave] for chiave in dict.fromkeys(chiavi) if chiave in trovati]
    letture = Letture(programmi, Installazione.objects.dimostrazione())
    if not programmi:
        return letture
    _leggi_testata(letture, chiavi)
    letture.citate |= leggi_azioni(letture.obbligatorie, letture.progettualita, chiavi)
    _leggi_adesioni(letture)
    if evidenze is not None:
        letture.citate |= evidenze(letture.evidenze, chiavi)
    _leggi_organizzazioni(letture)
    return letture


def _leggi_testata(letture: Letture, chiavi: Sequence[int]) -> None:
    for attore in Attore.objects.filter(programma__in=chiavi).order_by("ordine"):
        letture.attori[attore.programma_id].append(
            {
                "ruolo": attore.ruolo,
                "nome": attore.nome,
                "qualifica": attore.qualifica,
                "mail": attore.mail,
                "telefono": attore.telefono,
            }
        )
    for canale in Canale.objects.filter(programma__in=chiavi).order_by("ordine"):
        letture.canali[canale.programma_id].append(
            {"tipo": canale.tipo, "etichetta": canale.etichetta, "valore": canale.valore}
        )
    for citato in AttoCitato.objects.filter(programma__in=chiavi).select_related("atto").order_by("ordine"):
        letture.atti_in_ordine[citato.programma_id].append(citato.atto)
    passaggi = Passaggio.objects.filter(programma__in=chiavi).select_related("atto").order_by("ordine")
    programmi = {programma.pk: programma for programma in letture.programmi}
    for passaggio in passaggi:
        if passaggio.atto is not None:
            letture.atti_in_ordine[passaggio.programma_id].append(passaggio.atto)
        letture.passaggi[passaggio.programma_id].append(
            _passaggio(passaggio, programmi[passaggio.programma_id])
        )


def _passaggio(passaggio: Passaggio, programma: Programma) -> Oggetto:
    return {
        "azione": passaggio.azione,
        "il": passaggio.il.isoformat(),
        "atto": _codice_atto(passaggio.atto, programma) if passaggio.atto else None,
        "protocollo_mittente": passaggio.protocollo_mittente,
        "protocollo_ricevente": passaggio.protocollo_ricevente,
        "nota": passaggio.nota,
    }


def _atto(atto: Atto) -> Oggetto:
    return {
        "codice": atto.codice,
        "tipo": atto.tipo,
        "ente": atto.ente,
        "numero": atto.numero,
        "data": _giorno(atto.data),
        "oggetto": atto.oggetto,
        "riferimento": atto.riferimento,
    }


def _leggi_adesioni(letture: Letture) -> None:
    """Memberships, and the marks of whoever has been a member."""
    distretti = {programma.distretto_id for programma in letture.programmi}
    ultimo = max(programma.al for programma in letture.programmi)
    adesioni = Adesione.objects.filter(distretto__in=distretti, dal__lte=ultimo)
    for adesione in adesioni.select_related("organizzazione").order_by("ordine", "dal", "pk"):
        letture.adesioni[adesione.distretto_id].append(adesione)
        letture.citate.add(adesione.organizzazione_id)
    certificazioni = Certificazione.objects.filter(organizzazione__in=letture.citate)
    for certificazione in certificazioni.select_related("marchio").order_by("pk"):
        letture.certificazioni[certificazione.organizzazione_id].append(certificazione)


def _leggi_organizzazioni(letture: Letture) -> None:
    """Those referred to by a key, and those that only a kept scheda or a project names by their code."""
    per_codice: set[str] = set()
    for programma in letture.programmi:
        per_codice.update(voce["codice"] for voce in _stampato(programma, "organizzazioni") or ())
        per_codice.update(voce["organizzazione"] for voce in _stampato(programma, "aderenti") or ())
        promessa = {"aderenti": [], "progettualita": [], "evidenze": letture.evidenze[programma.pk]}
        per_codice.update(codici_citati(promessa))
        per_codice.update(codici_misurati(letture.evidenze[programma.pk]))
    trovate = list(Organizzazione.objects.filter(Q(pk__in=letture.citate) | Q(codice__in=per_codice)))
    if ignoti := per_codice - {organizzazione.codice for organizzazione in trovate}:
        letture.unite = codici_attuali(ignoti)
        altre = set(letture.unite.values()) - {organizzazione.codice for organizzazione in trovate}
        trovate += Organizzazione.objects.filter(codice__in=altre)
    alias: dict[int, list[str]] = defaultdict(list)
    for altro in AliasOrganizzazione.objects.filter(organizzazione__in=trovate).order_by("ordine"):
        alias[altro.organizzazione_id].append(altro.testo)
    for organizzazione in trovate:
        letture.organizzazioni[organizzazione.codice] = {
            "codice": organizzazione.codice,
            "denominazione": organizzazione.denominazione,
            "alias": alias[organizzazione.pk],
            **({"natura": organizzazione.natura} if organizzazione.natura else {}),
        }
    for codice, attuale in letture.unite.items():
        letture.organizzazioni[codice] = letture.organizzazioni[attuale]


def _valida(certificazione: Certificazione, dal: date, al: date) -> bool:
    """Was it in force on at least one day of the period? A date the source does not give is no limit."""
    fine = certificazione.al
    revoca = certificazione.revocata_il
    return (
        (certificazione.dal is None or certificazione.dal <= al)
        and (fine is None or fine >= dal)
        and (revoca is None or revoca > dal)
    )


def _giorno(giorno: date | None) -> str | None:
    return giorno.isoformat() if giorno else None
