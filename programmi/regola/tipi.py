"""The closed lists a rule is written with, each with its Italian words."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Parola:
    """A noun: singular, plural, gender."""

    singolare: str
    plurale: str
    femminile: bool = False


class TipoEvidenza(StrEnum):
    """What an evidence is (contract: "Evidence and imputazioni")."""

    INCONTRO = "incontro"
    COMUNICATO_STAMPA = "comunicato_stampa"
    POST = "post"
    MAIL = "mail"
    NEWSLETTER = "newsletter"
    RELAZIONE = "relazione"
    ELENCO_ADERENTI = "elenco_aderenti"
    PIANO_EDITORIALE = "piano_editoriale"
    PROGETTO_FUORI_PROGRAMMA = "progetto_fuori_programma"
    FORMAZIONE = "formazione"
    CONVENZIONE = "convenzione"
    EVENTO = "evento"
    MATERIALE = "materiale"
    DOCUMENTO = "documento"
    ALTRO = "altro"

    @property
    def parola(self) -> Parola:
        return _PAROLE[self]

    @property
    def singolare(self) -> str:
        return _PAROLE[self].singolare

    @property
    def plurale(self) -> str:
        return _PAROLE[self].plurale

    @property
    def etichetta(self) -> str:
        """As a label: "Comunicato stampa"."""
        return self.singolare[0].upper() + self.singolare[1:]

    @property
    def a_unita(self) -> bool:
        """May one evidence of this type be worth more than one unit? A meeting is one meeting."""
        return self in TIPI_A_UNITA


_PAROLE: dict[TipoEvidenza, Parola] = {
    TipoEvidenza.INCONTRO: Parola("incontro", "incontri"),
    TipoEvidenza.COMUNICATO_STAMPA: Parola("comunicato stampa", "comunicati stampa"),
    TipoEvidenza.POST: Parola("post", "post"),
    TipoEvidenza.MAIL: Parola("mail", "mail", femminile=True),
    TipoEvidenza.NEWSLETTER: Parola("newsletter", "newsletter", femminile=True),
    TipoEvidenza.RELAZIONE: Parola("relazione", "relazioni", femminile=True),
    TipoEvidenza.ELENCO_ADERENTI: Parola("elenco degli aderenti", "elenchi degli aderenti"),
    TipoEvidenza.PIANO_EDITORIALE: Parola("piano editoriale", "piani editoriali"),
    TipoEvidenza.PROGETTO_FUORI_PROGRAMMA: Parola("progetto fuori programma", "progetti fuori programma"),
    TipoEvidenza.FORMAZIONE: Parola("attività di formazione", "attività di formazione", femminile=True),
    TipoEvidenza.CONVENZIONE: Parola("convenzione", "convenzioni", femminile=True),
    TipoEvidenza.EVENTO: Parola("evento", "eventi"),
    TipoEvidenza.MATERIALE: Parola("materiale", "materiali"),
    TipoEvidenza.DOCUMENTO: Parola("documento", "documenti"),
    TipoEvidenza.ALTRO: Parola("evidenza di altro tipo", "evidenze di altro tipo", femminile=True),
}

TIPI_A_UNITA = frozenset(
    {
        TipoEvidenza.POST,
        TipoEvidenza.MAIL,
        TipoEvidenza.NEWSLETTER,
        TipoEvidenza.COMUNICATO_STAMPA,
        TipoEvidenza.MATERIALE,
        TipoEvidenza.DOCUMENTO,
        TipoEvidenza.ALTRO,
    }
)
"""Types of which one evidence may hold several units."""


class Ufficio(StrEnum):
    """An office whose presence an evidence records (``presenze``)."""

    MANAGER = "manager"
    COORDINATORE = "coordinatore"
    REFERENTE_AMMINISTRATIVO = "referente_amministrativo"
    AGENZIA = "agenzia"

    @property
    def etichetta(self) -> str:
        return _UFFICI[self][0]

    @property
    def del_ufficio(self) -> str:
        """With its preposition: "del Manager territoriale"."""
        return _UFFICI[self][1]


_UFFICI: dict[Ufficio, tuple[str, str]] = {
    Ufficio.MANAGER: ("Manager territoriale", "del Manager territoriale"),
    Ufficio.COORDINATORE: ("Coordinatore istituzionale", "del Coordinatore istituzionale"),
    Ufficio.REFERENTE_AMMINISTRATIVO: ("Referente amministrativo", "del Referente amministrativo"),
    Ufficio.AGENZIA: ("Agenzia", "dell'Agenzia"),
}


class CampoEvidenza(StrEnum):
    """A field of the evidence that a rule may require (``campi``)."""

    ARGOMENTO = "argomento"
    DESCRIZIONE = "descrizione"
    LUOGO = "luogo"
    PERSONE = "persone"
    ORGANIZZAZIONI = "organizzazioni"
    URL = "url"
    ALLEGATI = "allegati"

    @property
    def etichetta(self) -> str:
        return _CAMPI[self][0]

    @property
    def con_articolo(self) -> str:
        """With its article: "l'argomento", "le persone"."""
        return _CAMPI[self][1]

    @property
    def plurale(self) -> bool:
        return self in (CampoEvidenza.PERSONE, CampoEvidenza.ORGANIZZAZIONI, CampoEvidenza.ALLEGATI)


_CAMPI: dict[CampoEvidenza, tuple[str, str]] = {
    CampoEvidenza.ARGOMENTO: ("Argomento", "l'argomento"),
    CampoEvidenza.DESCRIZIONE: ("Descrizione", "la descrizione"),
    CampoEvidenza.LUOGO: ("Luogo", "il luogo"),
    CampoEvidenza.PERSONE: ("Persone", "le persone"),
    CampoEvidenza.ORGANIZZAZIONI: ("Organizzazioni", "le organizzazioni"),
    CampoEvidenza.URL: ("Indirizzo web", "l'indirizzo web"),
    CampoEvidenza.ALLEGATI: ("Allegati", "gli allegati"),
}


class Distinti(StrEnum):
    """What a ``per_distinti`` rule counts."""

    ORGANIZZAZIONE_ADERENTE = "organizzazione_aderente"
    ORGANIZZAZIONE = "organizzazione"

    @property
    def parola(self) -> Parola:
        if self is Distinti.ORGANIZZAZIONE:
            return Parola("organizzazione", "organizzazioni", femminile=True)
        return Parola("organizzazione aderente", "organizzazioni aderenti", femminile=True)


class LetturaOre(StrEnum):
    """The two readings of "50% della formazione" (contract: ``quota_ore``)."""

    SOGLIA = "soglia"
    PROPORZIONALE = "proporzionale"

    @property
    def etichetta(self) -> str:
        if self is LetturaOre.SOGLIA:
            return "100% se si raggiungono le ore dovute, altrimenti 0"
        return "in proporzione alle ore dovute"


class TipoRegola(StrEnum):
    """The forms of rule (contract: "Rules")."""

    UNICA = "unica"
    PER_UNITA = "per_unita"
    FASCE = "fasce"
    PER_DISTINTI = "per_distinti"
    COMPOSTA = "composta"
    QUOTA_ORE = "quota_ore"
    MANUALE = "manuale"

    @property
    def etichetta(self) -> str:
        return _TIPI_REGOLA[self]


_TIPI_REGOLA: dict[TipoRegola, str] = {
    TipoRegola.UNICA: "Percentuale unica",
    TipoRegola.PER_UNITA: "Percentuale per ogni unità",
    TipoRegola.FASCE: "Percentuale a fasce",
    TipoRegola.PER_DISTINTI: "Percentuale per ogni organizzazione",
    TipoRegola.COMPOSTA: "Più parti",
    TipoRegola.QUOTA_ORE: "Quota di ore",
    TipoRegola.MANUALE: "Percentuale assegnata",
}
