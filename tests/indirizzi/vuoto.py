"""Il contrario della crescita: da ogni cosa si toglie ciò che elenca, poi le cose stesse."""

from collections.abc import Callable

from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    AnnotazioneDistretto,
    Atto,
    AttoAnnotato,
    Autorita,
    Certificazione,
    DatiEvento,
    DatoDichiarato,
    Distretto,
    Evento,
    ImportazioneRegistro,
    Incarico,
    Marchio,
    OggettoEvento,
    Organizzazione,
    Struttura,
    TokenLettura,
)
from programmi.models import (
    AttoCitato,
    Attore,
    Canale,
    ClassificazioneProgettualita,
    Indicatore,
    ModelloAnnuale,
    Passaggio,
    Progettualita,
    Programma,
    Referente,
    Replica,
    Scadenza,
    SchemaClassificazione,
    Versione,
    VoceClassificazione,
)
from tests.congelate import togli
from tests.indirizzi.mondo import Mondo
from valutazione.models import (
    Allegato,
    Autovalutazione,
    Chiusura,
    CommentoAzione,
    Completamento,
    CostoManager,
    Evidenza,
    Imputazione,
    MotivoVerifica,
    OrganizzazioneCoinvolta,
    ParametriChiusura,
    ParametriConservazione,
    ParametriContributo,
    PassaggioChiusura,
    ReplicaVerifica,
    Risultato,
    SerieInCorso,
)


def spoglia(mondo: Mondo) -> None:
    """The things of the addresses stay, with nothing that hangs from them and no text that may be absent."""
    togli(Versione, Risultato, PassaggioChiusura, Autovalutazione)  # a result and its steps name each other
    for modello in (
        Chiusura,
        CommentoAzione,
        ParametriChiusura,
        ParametriConservazione,
        CostoManager,
        Replica,
        ReplicaVerifica,
        SerieInCorso,
        Completamento,
        Allegato,
        OrganizzazioneCoinvolta,
        Imputazione,
        MotivoVerifica,
        ClassificazioneProgettualita,
        Referente,
        Attore,
        Canale,
        AttoCitato,
        Passaggio,
        AttoAnnotato,
        AnnotazioneDistretto,
        ImportazioneRegistro,
        Adesione,
        Certificazione,
        AliasOrganizzazione,
        DatoDichiarato,
    ):
        modello._default_manager.all().delete()
    Indicatore.objects.exclude(pk=mondo.riga.pk).delete()
    Indicatore.objects.update(regola=None, testo_regola="", testo_evidenze="")
    Programma.objects.update(
        premessa="", titolo="", testo_obbligatorie="", anno_nascita=None, aderenti_al=None
    )
    Programma.objects.update(approvazione_distretto="", sottoscrizione_accordo="")
    Progettualita.objects.update(tipo_azione="", ambito="", azioni="", tempi="", indicatori_testo=[])
    Progettualita.objects.update(obiettivo_generale="", obiettivo_specifico="", altre_organizzazioni="")
    Distretto.objects.update(capofila="", anno_nascita=None, note="")
    Organizzazione.objects.update(natura="")


def senza_evidenze(mondo: Mondo) -> None:
    """No evidence, no line, no progettualità."""
    for modello in (Evidenza, Indicatore, Progettualita):
        modello._default_manager.all().delete()


def senza_niente(mondo: Mondo) -> None:
    """Accounts, and nothing else."""
    togli(DatiEvento, OggettoEvento, Evento)
    for modello in (
        TokenLettura,
        Scadenza,
        Programma,
        ModelloAnnuale,
        VoceClassificazione,
        SchemaClassificazione,
        Incarico,
        Distretto,
        Organizzazione,
        Marchio,
        Struttura,
        Atto,
        ParametriContributo,
        Autorita,
    ):
        modello._default_manager.all().delete()


STADI: tuple[Callable[[Mondo], None], ...] = (spoglia, senza_evidenze, senza_niente)
