"""What every form of a part of the programme shares: the fingerprint of what it was opened on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.choices import flatten_choices

from distretti.basi.italiano import data_estesa
from programmi.errori import ModificatoNelFrattempo


class ParteForm(forms.Form):
    """A form with the hidden ``versione`` of the part it edits (``programmi.versioni``)."""

    versione = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def versione_letta(self) -> str:
        return str(self.cleaned_data.get("versione", ""))


class TestoLungoField(forms.CharField):
    """A text of several lines: a browser ends them with CR LF, the promise keeps LF.

    Whoever saves a form without touching its texts does not change them.
    """

    def to_python(self, value: Any) -> Any:
        testo = super().to_python(value)
        return testo.replace("\r\n", "\n") if isinstance(testo, str) else testo


if TYPE_CHECKING:
    _FormSet = forms.BaseFormSet[forms.Form]
else:
    _FormSet = forms.BaseFormSet


class RigheFormSet(_FormSet):
    """Rows of a part, with our words for what only a program, or a broken page, can send."""

    default_error_messages = {
        "missing_management_form": "La pagina non è arrivata intera: riaprila e scrivi di nuovo.",
        "too_many_forms": "Le righe sono troppe: al massimo %(num)d.",
    }


def in_conflitto(form: ParteForm, errore: ModificatoNelFrattempo) -> list[tuple[str, str]]:
    """Ready the form to be saved again over what was stored meanwhile; give back what differs.

    Each pair is (label, stored text). What the person typed stays in the form.
    """
    assert isinstance(form.data, QueryDict)
    dati = form.data.copy()
    dati["versione"] = errore.versione
    form.data = dati
    scritti = {str(form[campo].label): _in_parole(form, campo) for campo in form.fields}
    return [
        (etichetta, testo)
        for etichetta, testo in errore.attuale.items()
        if scritti.get(etichetta, "").split() != testo.split()
    ]


def _in_parole(form: forms.Form, campo: str) -> str:
    """What was typed, in the words of ``programmi.versioni``."""
    valore = form.cleaned_data.get(campo)
    scelte = getattr(form.fields[campo], "choices", None)
    if isinstance(valore, list):
        return " ".join(map(str, valore))
    if scelte is not None:
        return str(dict(scelte).get(valore, ""))
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, date):
        return data_estesa(valore)
    return "" if valore is None else str(valore)


def scritto(form: forms.Form) -> list[tuple[str, str]]:
    """What was typed, label by label, right or wrong as it is; fields left empty are left out."""
    coppie = [(str(campo.label), _digitato(campo)) for campo in form.visible_fields()]
    return [(etichetta, testo) for etichetta, testo in coppie if testo]


def _digitato(campo: forms.BoundField) -> str:
    valore = campo.value()
    if isinstance(campo.field, forms.BooleanField):
        return "sì" if valore else "no"
    scelte: Any = flatten_choices(getattr(campo.field, "choices", ()))
    nomi = {str(chiave): str(nome) for chiave, nome in scelte}
    valori = valore if isinstance(valore, list) else [valore or ""]
    return ", ".join(nomi.get(str(uno), str(uno)) for uno in valori if uno)


def righe_piene(formset: Any, campi: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a valid formset that hold something and are not to be deleted."""
    return [
        {campo: riga.get(campo) for campo in campi}
        for riga in (modulo.cleaned_data for modulo in formset.forms)
        if not riga.get("DELETE") and any(_pieno(riga, campo) for campo in campi)
    ]


def _pieno(riga: Mapping[str, Any], campo: str) -> bool:
    return bool(str(riga.get(campo) or "").strip())
