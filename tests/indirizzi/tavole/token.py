"""Read tokens."""

from collections.abc import Iterator

from tests.indirizzi import corpi
from tests.indirizzi.indirizzo import INVIO, MODULO, Indirizzo, dell_autorita, senza


def _token() -> Iterator[Indirizzo]:
    """Read tokens: each person's own, and those of the authority for its administrators."""
    manager, amministra = ("manager",), ("amministratore",)
    yield Indirizzo("token", senza, fuori=200)
    yield Indirizzo(
        "token-nuovo",
        lambda m: (m.incarico.pk,),
        MODULO,
        leggono=manager,
        scrivono=manager,
        vietato=404,
        fuori=404,
        scritto=201,
        corpo=corpi.token,
    )
    revocano = (*manager, *amministra)
    yield Indirizzo(
        "token-revoca", lambda m: (m.token.pk,), INVIO, None, (), revocano, vietato=404, fuori=404
    )
    yield Indirizzo("token-autorita", dell_autorita, leggono=amministra)
    yield Indirizzo(
        "token-applicazione",
        dell_autorita,
        MODULO,
        leggono=amministra,
        scrivono=amministra,
        scritto=201,
        corpo=corpi.applicazione,
    )


RIGHE = (*_token(),)
