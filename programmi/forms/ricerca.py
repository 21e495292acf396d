"""The question of the search."""

from django import forms

from distretti.basi.ricerca import LUNGHEZZA_DOMANDA

MINIMO = 2


class RicercaForm(forms.Form):
    """Some words, and the one kind of thing to look through, when it is one."""

    q = forms.CharField(
        label="Che cosa cerchi",
        help_text="Un distretto, un'organizzazione, un tema. Accenti e maiuscole non contano.",
        required=False,
        min_length=MINIMO,
        max_length=LUNGHEZZA_DOMANDA,
        error_messages={
            "min_length": f"Scrivi almeno {MINIMO} caratteri.",
            "max_length": f"Il testo è troppo lungo: al massimo {LUNGHEZZA_DOMANDA} caratteri.",
        },
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    tra = forms.ChoiceField(
        label="Tra",
        required=False,
        choices=[
            ("", "tutto"),
            ("distretti", "distretti"),
            ("organizzazioni", "organizzazioni"),
            ("progettualita", "progettualità"),
        ],
        widget=forms.HiddenInput,
    )
