"""What the page of each step says, and the form it shows: the table says who, when and to where."""

from dataclasses import dataclass

from programmi.forms.procedura import (
    ApprovazioneForm,
    MotivoForm,
    NotaForm,
    PassoForm,
    PresaInCaricoForm,
    RespingimentoForm,
    RinvioForm,
    TrasmissioneForm,
)
from programmi.models import AzionePassaggio


@dataclass(frozen=True, slots=True)
class PaginaPassaggio:
    """``titolo`` and ``spiegazione`` above the form, ``pulsante`` below it, ``fatto`` when it is done."""

    form: type[PassoForm]
    titolo: str
    spiegazione: str
    pulsante: str
    fatto: str
    con_completezza: bool = False
    con_osservazioni: bool = False


PAGINE = {
    AzionePassaggio.TRASMISSIONE: PaginaPassaggio(
        TrasmissioneForm,
        "Trasmetti il programma all'Agenzia",
        "Dopo la trasmissione il programma non si può più modificare, finché l'Agenzia non chiede "
        "integrazioni.",
        "Trasmetti",
        "Il programma è trasmesso all'Agenzia.",
        con_completezza=True,
    ),
    AzionePassaggio.PRESA_IN_CARICO: PaginaPassaggio(
        PresaInCaricoForm,
        "Prendi in carico il programma",
        "Comincia l'esame: l'Agenzia integra i dati di sua competenza e controlla il programma.",
        "Prendi in carico",
        "Il programma è in esame.",
    ),
    AzionePassaggio.RINVIO: PaginaPassaggio(
        RinvioForm,
        "Chiedi integrazioni al distretto",
        "Il programma torna al distretto, che può modificarlo e trasmetterlo di nuovo.",
        "Rinvia al distretto",
        "Le integrazioni sono richieste al distretto.",
        con_osservazioni=True,
    ),
    AzionePassaggio.PROPOSTA: PaginaPassaggio(
        NotaForm,
        "Proponi il programma al dirigente",
        "L'esame è concluso: il dirigente mette la determinazione alla firma, oppure restituisce il "
        "programma.",
        "Proponi",
        "Il programma è proposto al dirigente.",
        con_completezza=True,
        con_osservazioni=True,
    ),
    AzionePassaggio.RESTITUZIONE: PaginaPassaggio(
        MotivoForm,
        "Restituisci il programma all'esame",
        "Il programma torna al referente per l'attività, che riprende l'esame.",
        "Restituisci",
        "Il programma è di nuovo in esame.",
    ),
    AzionePassaggio.MESSA_ALLA_FIRMA: PaginaPassaggio(
        NotaForm,
        "Metti il programma alla firma",
        "La determinazione si firma nel registro degli atti: quando ha numero e data, qui si registra "
        "l'approvazione.",
        "Metti alla firma",
        "Il programma è alla firma.",
    ),
    AzionePassaggio.APPROVAZIONE: PaginaPassaggio(
        ApprovazioneForm,
        "Registra l'approvazione",
        "Il dirigente firma la determinazione nel registro degli atti: qui si riportano numero, data e file "
        "firmato. Da quel momento il programma è pubblico e non si modifica più.",
        "Approva il programma",
        "Il programma è approvato.",
        con_completezza=True,
    ),
    AzionePassaggio.PUBBLICAZIONE: PaginaPassaggio(
        NotaForm,
        "Registra la pubblicazione",
        "Il programma approvato è pubblicato: da qui in poi è in attuazione.",
        "Registra la pubblicazione",
        "Il programma è in attuazione.",
    ),
    AzionePassaggio.RITIRO: PaginaPassaggio(
        MotivoForm,
        "Ritira il programma",
        "L'esame si ferma. Il distretto può riaprire la bozza e trasmetterla di nuovo.",
        "Ritira",
        "Il programma è ritirato.",
    ),
    AzionePassaggio.RESPINGIMENTO: PaginaPassaggio(
        RespingimentoForm,
        "Respingi il programma",
        "L'atto che non approva il programma viene dal registro degli atti: qui si riportano numero, data, "
        "file firmato e il motivo. Il distretto può riaprire la bozza.",
        "Respingi il programma",
        "Il programma è respinto.",
    ),
    AzionePassaggio.RIAPERTURA: PaginaPassaggio(
        NotaForm,
        "Riapri la bozza",
        "Il programma torna in bozza: si può modificare e trasmettere di nuovo. I passaggi già avvenuti "
        "restano nella sua storia.",
        "Riapri la bozza",
        "Il programma è di nuovo in bozza.",
    ),
}
