"""No attendee's name is ever printed: reasons are free text, and free text may name people.

What is printed of an evidence is public by itself (date, type, public title, measure); only reasons pass
through here. Masking a word too many is the lesser evil.
"""

import re

from valutazione.scheda.modello import Scheda

OMESSO = "[nome omesso]"

_PAROLA = re.compile(r"[^\W\d_]{3,}")
# Attendees are often written as offices ("Referente amministrativo"), which are nobody's name.
_UFFICIO = re.compile(
    r"(?:coordinat|manager|referent|dirigent|dirett|assessor|sindac|president|funzionari|rappresentant|operat|"
    r"segretari|responsabil|consiglier|amministrativ|istituzional|territorial|agenzia)\w*"
    r"|dott|dottor|dottoressa|ssa|sig|signor|signora|avv|prof"
)


def parole_dei_nomi(scheda: Scheda) -> frozenset[str]:
    """The words, in small letters, that name the attendees of any evidence of ``scheda``.

    Capitalised words, or both words of an entry that has two; without offices and without the words of
    the organisations and of the district, which the act prints anyway.
    """
    note = _PAROLA.findall(
        " ".join(
            [scheda.distretto.denominazione]
            + [nome for o in scheda.organizzazioni for nome in (o.denominazione, *o.alias)]
        ).lower()
    )
    parole = {
        parola.lower()
        for evidenza in scheda.evidenze
        if not isinstance(evidenza.persone, int)
        for voce in evidenza.persone
        for parola in _PAROLA.findall(voce)
        if parola[0].isupper() or len(_PAROLA.findall(voce)) == 2
    }
    return frozenset(parola for parola in parole - set(note) if not _UFFICIO.fullmatch(parola))


def senza_nomi(testo: str, parole: frozenset[str]) -> str:
    """``testo`` with every one of ``parole`` masked, in whatever letters; several in a row become one."""
    coperto = _PAROLA.sub(lambda trovata: OMESSO if trovata[0].lower() in parole else trovata[0], testo)
    ripetuto = re.escape(OMESSO)
    return re.sub(rf"{ripetuto}(?:\s+{ripetuto})+", OMESSO, coperto)
