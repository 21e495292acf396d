"""The page that shows the REST interface to a person: what can be read, and a place to try it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from valutazione.api.linee_guida import RADICE
from valutazione.api.radice import VERSIONE, documento_openapi


@login_not_required
@require_safe
def documentazione(request: HttpRequest) -> HttpResponse:
    """All the operations, from the OpenAPI document; Swagger UI, from our own files, where scripts run."""
    documento = documento_openapi()
    gruppi: dict[str, list[dict[str, str]]] = {etichetta["name"]: [] for etichetta in documento["tags"]}
    for percorso, metodi in documento["paths"].items():
        operazione = metodi["get"]
        voce = {"percorso": RADICE + percorso, "sommario": operazione["summary"]}
        gruppi[operazione["tags"][0]].append(voce)
    descrizioni = {etichetta["name"]: etichetta["description"] for etichetta in documento["tags"]}
    contesto = {
        "versione_api": VERSIONE,
        "gruppi": [(descrizioni[nome], voci) for nome, voci in gruppi.items()],
    }
    return render(request, "valutazione/documentazione.html", contesto)
