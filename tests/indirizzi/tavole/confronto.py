"""The comparison of two versions, and what is printed of them."""

from collections.abc import Iterator

from tests.indirizzi.indirizzo import Indirizzo
from tests.indirizzi.mondo import programma_di


def _confronto() -> Iterator[Indirizzo]:
    # Everyone compares two approved versions; the real programme has one, and the others do not exist.
    for quale in ("approvato", "trasmesso"):
        yield Indirizzo("confronto", programma_di(quale), pubblico=404)
    yield Indirizzo("confronto", programma_di("trasmesso"), pubblico=404, query="?prima=1&dopo=1")
    # Short ones: the long ones are printed in tests/pdf.
    yield Indirizzo("confronto-pdf", programma_di("trasmesso"), pubblico=404, query="?prima=1&dopo=oggi")
    yield Indirizzo("versione-pdf", programma_di("trasmesso", 1), pubblico=404)


RIGHE = (*_confronto(),)
