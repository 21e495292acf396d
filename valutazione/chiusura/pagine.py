"""What the page of each step of the closing says, and the form it shows."""

from dataclasses import dataclass

from valutazione.forms.chiusura import DefinizioneForm, MotivoForm, NotaForm, PassoForm, PubblicazioneForm
from valutazione.models import AzioneChiusura


@dataclass(frozen=True, slots=True)
class PaginaPasso:
    """``titolo`` and ``spiegazione`` above the form, ``pulsante`` below it, ``fatto`` when it is done."""

    form: type[PassoForm]
    titolo: str
    spiegazione: str
    pulsante: str
    fatto: str


PAGINE = {
    AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE: PaginaPasso(
        NotaForm,
        "Trasmetti l'autovalutazione all'Agenzia",
        "Questo è ciò che trasmetti. Da quel momento le evidenze e i commenti non si cambiano più, finché "
        "l'Agenzia non restituisce l'autovalutazione; ciò che hai dichiarato si conserva com'è.",
        "Trasmetti l'autovalutazione",
        "L'autovalutazione è trasmessa all'Agenzia.",
    ),
    AzioneChiusura.RESTITUZIONE_AUTOVALUTAZIONE: PaginaPasso(
        MotivoForm,
        "Restituisci l'autovalutazione al manager",
        "Il manager può di nuovo registrare evidenze e cambiare i commenti, poi trasmette un'altra "
        "autovalutazione. Quella già trasmessa resta conservata. Le decisioni già prese restano.",
        "Restituisci",
        "L'autovalutazione è restituita al manager.",
    ),
    AzioneChiusura.CONCLUSIONE_VERIFICA: PaginaPasso(
        NotaForm,
        "Concludi la verifica",
        "Da oggi cominciano i giorni in cui il manager può replicare, una volta per ogni decisione "
        "contraria (in una correzione, a quelle prese da quando la verifica è riaperta). Le decisioni non si "
        "cambiano più, se non per rispondere a una replica.",
        "Concludi la verifica",
        "La verifica è conclusa.",
    ),
    AzioneChiusura.DEFINIZIONE_RISULTATO: PaginaPasso(
        DefinizioneForm,
        "Definisci il risultato",
        "Le percentuali di oggi si conservano come risultato dell'anno, con la scheda da cui si ricalcolano, "
        "e non si cambiano più.",
        "Definisci il risultato",
        "Il risultato è definito.",
    ),
    AzioneChiusura.PUBBLICAZIONE_RISULTATO: PaginaPasso(
        PubblicazioneForm,
        "Pubblica il risultato",
        "Da quel momento tutti leggono il risultato: mai le persone presenti, gli allegati, i motivi o le "
        "note. Se la pubblicazione viene da un atto, indicalo qui.",
        "Pubblica il risultato",
        "Il risultato è pubblicato.",
    ),
    AzioneChiusura.RIAPERTURA_VERIFICA: PaginaPasso(
        MotivoForm,
        "Riapri la verifica per correggere il risultato",
        "Le decisioni si possono di nuovo cambiare; poi la verifica si conclude di nuovo, il manager può "
        "replicare alle decisioni contrarie prese da allora, e si definisce un nuovo risultato, che dice che "
        "cosa è cambiato e perché. Le evidenze restano quelle. Finché il nuovo risultato non è pubblicato, "
        "il pubblico legge l'ultimo pubblicato.",
        "Riapri la verifica",
        "La verifica è riaperta.",
    ),
}
