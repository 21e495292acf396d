"""Saving an installation to one archive and bringing it back: database and files together, by hash.

The database is taken at one instant; then come the files which that instant names. A file is stored before
the row that names it is committed and deleted only after its row is gone, so each of them must be there;
one that is not is told, never passed over. Nothing here knows the domain: it asks the models what they are.
"""

from distretti.errori import ErroreDominio


class SalvataggioRifiutato(ErroreDominio):
    """What was asked cannot be done, or must not be; ``messaggio`` says why.

    Nothing was changed, unless it says so.
    """
