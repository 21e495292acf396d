"""What the pages show: the tree of the kernel beside the words of the act. Nothing is computed here."""

from valutazione.pagine.aderenti import AderenteInPagina, aderenti_in_pagina
from valutazione.pagine.azioni import (
    AzioneInPagina,
    azioni_in_pagina,
    azioni_promesse,
    pagina_azione,
)
from valutazione.pagine.codici import azione_di
from valutazione.pagine.evidenze import VoceEvidenza, evidenza_in_pagina
from valutazione.pagine.piu_righe import SuPiuRighe, regola_del_riuso, su_piu_righe
from valutazione.pagine.registro import RigaInPagina, VoceRegistro
from valutazione.pagine.regole import regola_di, regole_di

__all__ = [
    "AderenteInPagina",
    "AzioneInPagina",
    "RigaInPagina",
    "SuPiuRighe",
    "VoceEvidenza",
    "VoceRegistro",
    "aderenti_in_pagina",
    "azione_di",
    "azioni_in_pagina",
    "azioni_promesse",
    "evidenza_in_pagina",
    "pagina_azione",
    "regola_del_riuso",
    "regola_di",
    "regole_di",
    "su_piu_righe",
]
