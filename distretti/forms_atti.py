"""The acts that a form of the register asks for: a group of fields each, with its own legend."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from distretti.basi.file_caricati import FORMATI_ATTO, formati_in_parole
from distretti.forms import DataInput
from distretti.models import TipoAtto
from distretti.services import DatiAtto
from distretti.services.atti import SENZA_NUMERO

_FILE = f"{formati_in_parole(FORMATI_ATTO)} Al massimo 20 MB."
_DETTI = ("ente", "numero", "data", "file")


@dataclass(frozen=True, slots=True)
class AttoChiesto:
    """An act that a form asks for: which one it is, in ``aiuto``, and of which kinds it may be."""

    prefisso: str
    legenda: str
    aiuto: str
    tipi: Sequence[TipoAtto]
    oggetto: str
    obbligatorio: bool = False

    def campi(self) -> dict[str, forms.Field]:
        """Its fields, by name; without the kind, when there is only one."""
        senza_numero = set(self.tipi) <= set(SENZA_NUMERO)
        campi: dict[str, forms.Field] = {}
        if len(self.tipi) > 1:
            scelte = [(tipo.value, tipo.etichetta) for tipo in self.tipi]
            campi["tipo"] = forms.ChoiceField(label="Tipo di atto", choices=scelte, required=False)
        campi["ente"] = forms.CharField(label="Ente che l'ha emesso", max_length=200, required=False)
        if not senza_numero:
            campi["numero"] = forms.CharField(label="Numero", max_length=60, required=False)
        campi["data"] = forms.DateField(label="Data", widget=DataInput, required=False)
        campi["file"] = forms.FileField(
            label="File firmato",
            widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.p7m"}),
            required=False,
            max_length=400,
            help_text=_FILE,
        )
        for nome in ("ente", "data", *(() if senza_numero else ("numero",))):
            campi[nome].required = self.obbligatorio
        return {f"{self.prefisso}_{nome}": campo for nome, campo in campi.items()}


@dataclass(frozen=True, slots=True)
class GruppoDiCampi:
    """What the page shows of an act: its legend, what it is, its fields."""

    prefisso: str
    legenda: str
    aiuto: str
    campi: list[BoundField]


class ConAtti(forms.Form):
    """A form that asks for acts besides its own fields; they come after these."""

    atti_chiesti: ClassVar[tuple[AttoChiesto, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for atto in self.atti_chiesti:
            self.fields.update(atto.campi())

    def clean(self) -> dict[str, Any]:
        """An act is told whole or not at all."""
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        for atto in self.atti_chiesti:
            if self._detto(atto):
                for nome in ("ente", "data"):
                    self._pretendi(f"{atto.prefisso}_{nome}")
                if self._tipo(atto) not in SENZA_NUMERO:
                    self._pretendi(f"{atto.prefisso}_numero")
        return dati

    def atti(self) -> Mapping[str, DatiAtto]:
        """Those that were told, each by its prefix."""
        return {atto.prefisso: self._dati(atto) for atto in self.atti_chiesti if self._detto(atto)}

    def atto(self) -> DatiAtto | None:
        """The one act, where a form asks for one."""
        return next(iter(self.atti().values()), None)

    @property
    def campi_propri(self) -> list[BoundField]:
        """The fields that are not of an act."""
        prefissi = tuple(f"{atto.prefisso}_" for atto in self.atti_chiesti)
        return [c for c in self.visible_fields() if not (prefissi and c.name.startswith(prefissi))]

    @property
    def gruppi(self) -> Iterator[GruppoDiCampi]:
        for atto in self.atti_chiesti:
            campi = [self[nome] for nome in self.fields if nome.startswith(f"{atto.prefisso}_")]
            yield GruppoDiCampi(atto.prefisso, atto.legenda, atto.aiuto, campi)

    def _detto(self, atto: AttoChiesto) -> bool:
        return atto.obbligatorio or any(self.cleaned_data.get(f"{atto.prefisso}_{nome}") for nome in _DETTI)

    def _pretendi(self, nome: str) -> None:
        if not self.cleaned_data.get(nome) and nome not in self.errors:
            self.add_error(nome, "Di un atto servono l'ente, la data e il numero.")

    def _tipo(self, atto: AttoChiesto) -> TipoAtto:
        return TipoAtto(self.cleaned_data.get(f"{atto.prefisso}_tipo") or atto.tipi[0])

    def _dati(self, atto: AttoChiesto) -> DatiAtto:
        valori: dict[str, Any] = {nome: self.cleaned_data.get(f"{atto.prefisso}_{nome}") for nome in _DETTI}
        return DatiAtto(
            tipo=self._tipo(atto),
            ente=valori["ente"],
            numero=valori["numero"] or "",
            data=valori["data"],
            oggetto=atto.oggetto,
            file=valori["file"],
        )
