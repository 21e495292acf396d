"""The forms of the life of a district: beginning, constitution, names, lead bodies, end."""

from django import forms
from django.utils import timezone

from distretti.forms import DataInput
from distretti.forms_atti import AttoChiesto, ConAtti
from distretti.forms_registro import ATTI, MOTIVO
from distretti.models import StatoDistretto, TipoAtto, TipoDistretto


class DistrettoNuovoForm(forms.Form):
    """A district whose constitution begins."""

    denominazione = forms.CharField(label="Denominazione", max_length=200)
    tipo = forms.ChoiceField(label="Tipo", choices=TipoDistretto.choices)
    capofila = forms.CharField(label="Ente capofila", max_length=200, required=False)
    codice = forms.CharField(
        label="Codice",
        max_length=100,
        required=False,
        help_text="Sarà per sempre nel suo indirizzo, anche se cambierà nome: lettere senza accenti, cifre e "
        "trattini, per esempio «df-val-di-non». Se lo lasci vuoto si ricava dalla denominazione.",
    )
    il = forms.DateField(
        label="In costituzione dal",
        widget=DataInput,
        initial=timezone.localdate,
        help_text="Il giorno della proposta degli enti che lo promuovono.",
    )


class CostituzioneForm(ConAtti):
    """The acts with which a district is constituted, and the day of the agreement."""

    atti_chiesti = (
        AttoChiesto(
            "delibera_gp",
            "Deliberazione della Giunta provinciale",
            "Quella che approva lo schema di accordo volontario di area o di obiettivo.",
            (TipoAtto.DELIBERA_GP,),
            "Costituzione del Distretto",
            obbligatorio=True,
        ),
        AttoChiesto(
            "delibera_capofila",
            "Deliberazione dell'ente capofila",
            "Quella con cui l'ente capofila approva l'accordo.",
            (TipoAtto.DELIBERA_GC, TipoAtto.ALTRO),
            "Adesione all'accordo volontario",
            obbligatorio=True,
        ),
        AttoChiesto(
            "accordo",
            "Accordo volontario",
            "L'accordo sottoscritto dai proponenti.",
            (TipoAtto.ACCORDO,),
            "Accordo volontario per la costituzione del Distretto",
            obbligatorio=True,
        ),
    )

    il = forms.DateField(
        label="Attivo dal", widget=DataInput, help_text="Di norma il giorno in cui l'accordo è stato firmato."
    )


def _atto_di(oggetto: str, aiuto: str) -> tuple[AttoChiesto, ...]:
    return (AttoChiesto("atto", "Atto", aiuto, ATTI, oggetto),)


class NomeDistrettoForm(ConAtti):
    """A new name of a district."""

    atti_chiesti = _atto_di(
        "Nuova denominazione del Distretto", "La deliberazione o la determinazione che cambia il nome."
    )

    denominazione = forms.CharField(label="Nuova denominazione", max_length=200)
    il = forms.DateField(label="Dal giorno", widget=DataInput, help_text="Prima vale il nome di adesso.")
    motivo = forms.CharField(label="Motivo", widget=MOTIVO, required=False)


class CapofilaForm(ConAtti):
    """A new lead body of a district."""

    atti_chiesti = _atto_di(
        "Nuovo ente capofila del Distretto", "L'atto con cui il nuovo ente assume il ruolo di capofila."
    )

    capofila = forms.CharField(label="Nuovo ente capofila", max_length=200)
    il = forms.DateField(label="Dal giorno", widget=DataInput, help_text="Prima vale l'ente di adesso.")
    motivo = forms.CharField(label="Motivo", widget=MOTIVO, required=False)


class ChiusuraForm(ConAtti):
    """The end of a district: there is always an act."""

    atti_chiesti = (
        AttoChiesto(
            "atto",
            "Atto",
            "La determinazione o la deliberazione che revoca il distretto o ne dichiara la cessazione.",
            ATTI,
            "Revoca o cessazione del Distretto",
            obbligatorio=True,
        ),
    )

    stato = forms.ChoiceField(
        label="Che cosa dispone l'atto",
        widget=forms.RadioSelect,
        choices=[
            (StatoDistretto.REVOCATO.value, "la revoca del distretto"),
            (StatoDistretto.CESSATO.value, "la cessazione del distretto"),
        ],
    )
    il = forms.DateField(
        label="Dal giorno", widget=DataInput, help_text="Le adesioni in corso finiscono il giorno prima."
    )
    motivo = forms.CharField(label="Motivo", widget=MOTIVO)
