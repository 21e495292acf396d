"""The sheets and columns of the register: one declaration for the template, the export and the import."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colonna:
    """A column: its name in the code, its heading, what it is; ``larga`` in characters."""

    chiave: str
    titolo: str
    aiuto: str
    larga: int
    e_data: bool = False
    obbligatoria: bool = False
    massimo: int = 250


@dataclass(frozen=True, slots=True)
class Foglio:
    titolo: str
    colonne: tuple[Colonna, ...]

    def titolo_di(self, chiave: str) -> str:
        """The heading of a column; empty when this sheet has none of that name."""
        return next((colonna.titolo for colonna in self.colonne if colonna.chiave == chiave), "")


_CODICE = Colonna(
    "codice",
    "Codice",
    "Il codice dell'organizzazione nel registro. Si può lasciare vuoto: allora la si riconosce dal nome.",
    28,
)
_NOME = Colonna(
    "denominazione", "Denominazione", "Il nome, o uno degli altri nomi del registro.", 44, obbligatoria=True
)

ADERENTI = Foglio(
    "Aderenti",
    (
        Colonna(
            "distretto",
            "Distretto",
            "Il codice del distretto, o il suo nome. Vuoto: l'organizzazione senza un'adesione.",
            28,
            massimo=200,
        ),
        _CODICE,
        _NOME,
        Colonna("natura", "Natura", "«pubblica» o «privata». Vuoto: non indicata.", 12),
        Colonna(
            "alias",
            "Altri nomi",
            "Separati da un punto e virgola. Si aggiungono a quelli noti.",
            36,
            massimo=2000,
        ),
        Colonna("dal", "Aderente dal", "Il giorno in cui ha sottoscritto l'accordo.", 16, e_data=True),
        Colonna("al", "Fino al", "L'ultimo giorno di adesione. Vuoto: è tuttora aderente.", 16, e_data=True),
    ),
)
MARCHI = Foglio(
    "Marchi",
    (
        _CODICE,
        _NOME,
        Colonna("marchio", "Marchio", "Il codice del marchio, o il suo nome.", 24, obbligatoria=True),
        Colonna("livello", "Livello", "Per esempio «base» o «executive».", 16, massimo=60),
        Colonna("numero", "Numero", "Quello del registro del marchio.", 14, massimo=60),
        Colonna("valido_dal", "Valido dal", "Il primo giorno. Vuoto: la fonte non lo dice.", 16, e_data=True),
        Colonna("valido_al", "Valido fino al", "L'ultimo giorno. Vuoto: senza scadenza.", 16, e_data=True),
        Colonna(
            "revocata_il", "Revocato il", "Il giorno della revoca. Vuoto: non è revocato.", 16, e_data=True
        ),
    ),
)
FOGLI = (ADERENTI, MARCHI)
ISTRUZIONI = "Istruzioni"
"""The sheet of the template that explains the others; the import never reads it."""

RIGHE_MASSIME = 1_000
"""Of one sheet: so many new organisations take about twenty seconds, within the minute of a request."""
DIMENSIONE_MASSIMA = 2 * 1024 * 1024
