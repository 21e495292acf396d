"""Forms of the top floor: they check shape and give the services plain data; they hold no procedure."""

from .evidenza import EvidenzaForm, RigaImputabile
from .tipi import TipoForm
from .verifica import VerificaForm

__all__ = ["EvidenzaForm", "RigaImputabile", "TipoForm", "VerificaForm"]
