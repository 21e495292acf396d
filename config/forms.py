"""How forms are drawn: Django's own machinery with the templates of ``templates/django/forms``."""

from typing import Any

from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    Field,
    RadioSelect,
    Select,
    Widget,
)
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from config.messaggi import con_parole_nostre

_SPUNTE = (CheckboxInput, CheckboxSelectMultiple, RadioSelect)


class CampoLegato(BoundField):
    """A field with Bootstrap Italia's classes and our words, its label always visible, without the colon."""

    def __init__(self, form: BaseForm, field: Field, name: str) -> None:
        con_parole_nostre(field)  # a copy of this form's own, and not checked yet
        super().__init__(form, field, name)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Add the class of the kind of control, and ``is-invalid`` next to an error."""
        widget = widget or self.field.widget
        pronti = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return pronti
        classi = [str(widget.attrs.get("class", "")), str(pronti.get("class", "")), _classe(widget)]
        if self.errors:
            classi.append("is-invalid")
        pronti["class"] = " ".join(dict.fromkeys(" ".join(classi).split()))
        return pronti

    def label_tag(
        self,
        contents: str | None = None,
        attrs: dict[str, Any] | None = None,
        label_suffix: str | None = None,
        tag: str | None = None,
    ) -> SafeString:
        """The label (or legend), by default without the final colon."""
        return super().label_tag(contents, attrs, "" if label_suffix is None else label_suffix, tag)

    @property
    def ancora(self) -> str:
        """Id of the control that a link in the error summary has to reach."""
        if isinstance(self.field.widget, RadioSelect | CheckboxSelectMultiple) and self.auto_id:
            scelte = self.subwidgets  # the first one may stand in a group of choices
            return str(scelte[0].id_for_label) if scelte else str(self.auto_id)
        return self.id_for_label or str(self.auto_id)

    @property
    def osservazioni(self) -> list[Any]:
        """What the authority asks to mend in this field (``programmi.osservazioni.accanto``)."""
        trovate: list[Any] = self.form.__dict__.get("osservazioni", {}).get(self.name, [])
        return trovate

    @property
    def aria_describedby(self) -> str | None:
        """The help, the errors and what is to mend: all that stands beside the control tells of it."""
        detto: str | None = super().aria_describedby
        if detto is None or not self.auto_id:
            return detto
        accanto = [f"{self.auto_id}_osservazione_{o.numero}" for o in self.osservazioni]
        return " ".join([*detto.split(), *accanto])

    @property
    def e_spunta(self) -> bool:
        """True for a single checkbox, whose label stands on its right."""
        return isinstance(self.field.widget, CheckboxInput)


def _classe(widget: Widget) -> str:
    if isinstance(widget, _SPUNTE):
        return "campo-spunta"
    return "form-select" if isinstance(widget, Select) else "form-control"


class RenderModuli(TemplatesSetting):
    """The project's ``FORM_RENDERER``."""

    bound_field_class = CampoLegato
