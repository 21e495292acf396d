"""Form of a progettualità: the fields of the act, with referents and classification as rows."""

from typing import Any

from django import forms
from django.db.models import Q

from distretti.models import Distretto, Organizzazione
from programmi.forms.base import ParteForm, RigheFormSet, righe_piene
from programmi.models import Progettualita, Programma, VoceClassificazione
from programmi.services import DatiProgettualita, DatiReferente

Scelte = list[tuple[str, str | list[tuple[str, str]]]]


def _area(righe: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": righe})


class ProgettualitaForm(ParteForm):
    """The texts; labels are those of ``istantanea_progettualita``."""

    titolo = forms.CharField(label="Titolo", max_length=300)
    tipo_azione = forms.CharField(label="Tipo di azione", max_length=200, required=False)
    ambito = forms.CharField(label="Ambito", max_length=200, required=False)
    obiettivo_generale = forms.CharField(label="Obiettivo generale", widget=_area(3), required=False)
    obiettivo_specifico = forms.CharField(label="Obiettivo specifico", widget=_area(3), required=False)
    azioni = forms.CharField(label="Azioni", widget=_area(6), required=False)
    altre_organizzazioni = forms.CharField(
        label="Altre organizzazioni coinvolte", widget=_area(2), required=False
    )
    tempi = forms.CharField(label="Tempi", max_length=300, required=False)
    indicatori_testo = forms.CharField(
        label="Indicatori di valutazione", widget=_area(4), required=False, help_text="Uno per riga."
    )


class ReferenteForm(forms.Form):
    """A referent: the name in the act and, where it is certain, who it is in the register."""

    testo = forms.CharField(label="Nome nell'atto", max_length=250, required=False)
    riferimento = forms.ChoiceField(label="Nel registro", required=False)

    def __init__(self, *args: Any, riferimenti: Scelte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["riferimento"].choices = riferimenti  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Whoever is chosen from the register is named in the act."""
        if self.cleaned_data.get("riferimento") and not self.cleaned_data.get("testo"):
            self.add_error("testo", "Scrivi il nome con cui compare nell'atto.")


class ClassificazioneForm(forms.Form):
    """A code of a classification scheme."""

    voce = forms.ChoiceField(label="Classificazione", required=False)

    def __init__(self, *args: Any, voci: Scelte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voce"].choices = voci  # type: ignore[attr-defined]


ReferenteFormSet = forms.formset_factory(ReferenteForm, RigheFormSet, extra=2, max_num=60)
ClassificazioneFormSet = forms.formset_factory(ClassificazioneForm, RigheFormSet, extra=2, max_num=20)


class ModuloProgettualita:
    """The form with its two groups of rows, bound to ``dati`` when there are any."""

    def __init__(
        self, programma: Programma, progettualita: Progettualita | None, versione: str, dati: Any = None
    ) -> None:
        self.organizzazioni = _organizzazioni(programma, progettualita)
        self.distretti = {str(d.pk): d for d in Distretto.objects.order_by("denominazione")}
        self.voci = {str(v.pk): v for v in VoceClassificazione.objects.select_related("schema")}
        iniziale = _iniziale(progettualita) | {"versione": versione}
        self.form = ProgettualitaForm(dati, initial=iniziale)
        self.referenti = ReferenteFormSet(
            dati,
            prefix="referenti",
            initial=_referenti(progettualita),
            form_kwargs={"riferimenti": self._riferimenti()},
        )
        self.classificazioni = ClassificazioneFormSet(
            dati,
            prefix="classificazioni",
            initial=_classificazioni(progettualita),
            form_kwargs={"voci": self._voci()},
        )

    @property
    def formset(self) -> tuple[Any, Any]:
        return self.referenti, self.classificazioni

    def is_valid(self) -> bool:
        # All of them, so that every error is shown at once.
        return all([self.form.is_valid(), self.referenti.is_valid(), self.classificazioni.is_valid()])

    def dati(self) -> DatiProgettualita:
        """What was written, with the objects the codes stand for."""
        testi = {campo: valore for campo, valore in self.form.cleaned_data.items() if campo != "versione"}
        testi["indicatori_testo"] = testi["indicatori_testo"].splitlines()
        return DatiProgettualita(
            **testi,
            referenti=[
                self._referente(**riga) for riga in righe_piene(self.referenti, ("testo", "riferimento"))
            ],
            classificazioni=[
                self.voci[riga["voce"]] for riga in righe_piene(self.classificazioni, ("voce",))
            ],
        )

    def _referente(self, testo: str, riferimento: str) -> DatiReferente:
        genere, _, chiave = riferimento.partition(":")
        return DatiReferente(
            testo,
            self.organizzazioni[chiave] if genere == "o" else None,
            self.distretti[chiave] if genere == "d" else None,
        )

    def _riferimenti(self) -> Scelte:
        return [
            ("", "non collegata al registro"),
            ("Organizzazioni", [(f"o:{k}", str(o)) for k, o in self.organizzazioni.items()]),
            ("Distretti", [(f"d:{k}", str(d)) for k, d in self.distretti.items()]),
        ]

    def _voci(self) -> Scelte:
        gruppi: dict[str, list[tuple[str, str]]] = {}
        for chiave, voce in self.voci.items():
            nome = f"{voce.schema.denominazione} – {voce.macroarea}" if voce.macroarea else str(voce.schema)
            gruppi.setdefault(nome, []).append((chiave, str(voce)))
        return [("", "—"), *gruppi.items()]


def _organizzazioni(programma: Programma, progettualita: Progettualita | None) -> dict[str, Organizzazione]:
    """The members of the year, those that the programme counts, and whoever is already named."""
    propri = programma.aderenti_propri
    if propri is None:
        adesioni = programma.distretto.adesioni.nel_periodo(programma.dal, programma.al)
        scelta = Q(pk__in=adesioni.values("organizzazione"))
    else:
        scelta = Q(codice__in=propri)
    if progettualita is not None:
        scelta |= Q(pk__in=progettualita.referenti.values("organizzazione"))
    return {str(o.pk): o for o in Organizzazione.objects.filter(scelta).order_by("denominazione", "codice")}


def _iniziale(progettualita: Progettualita | None) -> dict[str, Any]:
    if progettualita is None:
        return {}
    testi = [
        campo for campo in ProgettualitaForm.base_fields if campo not in ("versione", "indicatori_testo")
    ]
    iniziale = {campo: getattr(progettualita, campo) for campo in testi}
    return iniziale | {"indicatori_testo": "\n".join(progettualita.indicatori_testo)}


def _referenti(progettualita: Progettualita | None) -> list[dict[str, str]]:
    if progettualita is None:
        return []
    return [
        {"testo": r.testo, "riferimento": _riferimento(r.organizzazione_id, r.distretto_id)}
        for r in progettualita.referenti.order_by("ordine")
    ]


def _riferimento(organizzazione: int | None, distretto: int | None) -> str:
    if organizzazione is not None:
        return f"o:{organizzazione}"
    return "" if distretto is None else f"d:{distretto}"


def _classificazioni(progettualita: Progettualita | None) -> list[dict[str, str]]:
    if progettualita is None:
        return []
    return [{"voce": str(c.voce_id)} for c in progettualita.classificazioni_in_ordine.order_by("ordine")]
