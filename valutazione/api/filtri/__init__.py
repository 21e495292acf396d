"""The filters of the lists (django-filter), and the strict reading of every parameter."""

from .campi import AnnoField, CodiceField, DataField, IstanteField, leggi_data
from .lettura import DI_OGNI_ELENCO, Filtri, controlla_parametri, leggi_filtri
from .programmi import (
    FiltriAtti,
    FiltriIndicatori,
    FiltriProgettualita,
    FiltriProgrammi,
    FiltriRisultati,
    FiltriSchemi,
    FiltriValutazioni,
    FiltriVoci,
)
from .registro import (
    FiltriAdesioni,
    FiltriAutorita,
    FiltriCertificazioni,
    FiltriDistretti,
    FiltriMarchi,
    FiltriOrganizzazioni,
)

__all__ = [
    "DI_OGNI_ELENCO",
    "AnnoField",
    "CodiceField",
    "DataField",
    "Filtri",
    "FiltriAdesioni",
    "FiltriAtti",
    "FiltriAutorita",
    "FiltriCertificazioni",
    "FiltriDistretti",
    "FiltriIndicatori",
    "FiltriMarchi",
    "FiltriOrganizzazioni",
    "FiltriProgettualita",
    "FiltriProgrammi",
    "FiltriRisultati",
    "FiltriSchemi",
    "FiltriValutazioni",
    "FiltriVoci",
    "IstanteField",
    "controlla_parametri",
    "leggi_data",
    "leggi_filtri",
]
