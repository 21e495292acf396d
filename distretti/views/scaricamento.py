"""A stored file goes out through our pages only, always as a download; its storage may be a disk or S3."""

import logging

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

_registro = logging.getLogger(__name__)


def scarica(
    request: HttpRequest, file: FieldFile, *, nome: str, tipo: str, altrimenti: str
) -> HttpResponseBase:
    """``file`` as a download named ``nome``; if the storage lost it, a message on the page ``altrimenti``.

    Who calls has checked who asks. A lost file is told to the logs too: a backup has it.
    """
    try:
        contenuto = file.open("rb")
    except FileNotFoundError:
        _registro.error("Manca dal deposito il file %s", file.name)
        messages.error(
            request,
            f"Il file «{nome}» non si trova più nel deposito: segnalalo all'amministratore, che lo può "
            "recuperare da un salvataggio.",
        )
        return redirect(altrimenti)
    return FileResponse(contenuto, as_attachment=True, filename=nome, content_type=tipo)
