"""Forms of a new draft and of the parts that are not actions: data, premessa, actors, channels."""

from django import forms

from distretti.forms import DataInput
from programmi.forms.base import ParteForm, RigheFormSet, TestoLungoField
from programmi.models import Riuso, RuoloAttore, TipoCanale
from programmi.services.bozza import PRIMO_ANNO, ULTIMO_ANNO


class NuovoProgrammaForm(forms.Form):
    """The year of a new draft."""

    anno = forms.IntegerField(
        label="Anno",
        min_value=PRIMO_ANNO,
        max_value=ULTIMO_ANNO,
        help_text="L'anno a cui si riferisce il programma, per esempio 2026.",
    )


class DatiForm(ParteForm):
    """The data of the programme; labels are those of ``istantanea_dati``."""

    titolo = forms.CharField(label="Titolo", max_length=250, required=False)
    dal = forms.DateField(label="Primo giorno", widget=DataInput)
    al = forms.DateField(label="Ultimo giorno", widget=DataInput)
    richiede_contributo = forms.BooleanField(
        label="Richiede il contributo",
        required=False,
        help_text="Con la richiesta di contributo le azioni obbligatorie entrano nella valutazione.",
    )
    riuso = forms.ChoiceField(
        label="Riuso delle evidenze",
        choices=Riuso.choices,
        help_text="Se una stessa evidenza può contare su più righe.",
    )
    anno_nascita = forms.IntegerField(
        label="Anno di nascita del distretto", min_value=1990, max_value=2100, required=False
    )
    approvazione_distretto = TestoLungoField(
        label="Approvazione del distretto",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="La deliberazione che ha approvato il distretto, come si stampa.",
    )
    sottoscrizione_accordo = TestoLungoField(
        label="Sottoscrizione dell'accordo", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    aderenti_al = forms.DateField(
        label="Organizzazioni aderenti al",
        widget=DataInput,
        required=False,
        help_text="La data dell'elenco degli aderenti stampato nel programma.",
    )
    testo_obbligatorie = TestoLungoField(
        label="Testo delle azioni obbligatorie", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )


class PremessaForm(ParteForm):
    """The premessa, in restricted Markdown."""

    premessa = forms.CharField(
        label="Premessa",
        widget=forms.Textarea(attrs={"rows": 24}),
        required=False,
        max_length=100_000,
        help_text=(
            "Una riga vuota separa i paragrafi. «# Titolo» e «## Sottotitolo» fanno i titoli, «- » gli "
            "elenchi, «1. » gli elenchi numerati, **testo** il grassetto, *testo* il corsivo."
        ),
    )


class AttoreForm(forms.Form):
    """An actor as the act prints it."""

    ruolo = forms.ChoiceField(label="Ruolo", choices=[("", "—"), *RuoloAttore.choices()], required=False)
    nome = forms.CharField(label="Nome", max_length=200, required=False)
    qualifica = TestoLungoField(
        label="Qualifica", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000, required=False
    )
    mail = forms.CharField(label="Posta elettronica", max_length=254, required=False)
    telefono = forms.CharField(
        label="Telefono",
        max_length=40,
        required=False,
        help_text="Non si pubblica: lo vede chi segue il programma.",
    )

    def clean(self) -> None:
        """A row with something in it says which role it is."""
        altri = ("nome", "qualifica", "mail", "telefono")
        if any(self.cleaned_data.get(campo) for campo in altri) and not self.cleaned_data.get("ruolo"):
            self.add_error("ruolo", "Scegli il ruolo.")


class CanaleForm(forms.Form):
    """A channel of the district."""

    tipo = forms.ChoiceField(label="Tipo", choices=[("", "—"), *TipoCanale.choices()], required=False)
    etichetta = forms.CharField(label="Etichetta", max_length=120, required=False)
    valore = forms.CharField(label="Indirizzo", max_length=300, required=False)

    def clean(self) -> None:
        """A row with something in it says which kind of channel it is."""
        altri = ("etichetta", "valore")
        if any(self.cleaned_data.get(campo) for campo in altri) and not self.cleaned_data.get("tipo"):
            self.add_error("tipo", "Scegli il tipo di canale.")


class RigheDaTogliere(RigheFormSet):
    """Rows that can be taken away."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """The box that takes a row away says what it does."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Togli questa riga"


CAMPI_ATTORE = ("ruolo", "nome", "qualifica", "mail", "telefono")
CAMPI_CANALE = ("tipo", "etichetta", "valore")
AttoreFormSet = forms.formset_factory(AttoreForm, RigheDaTogliere, extra=1, can_delete=True, max_num=40)
CanaleFormSet = forms.formset_factory(CanaleForm, RigheDaTogliere, extra=2, can_delete=True, max_num=40)
