"""The last touches to a PDF before it is written: what PDF/UA asks beyond PDF/A.

Works on the objects WeasyPrint hands to its *finisher* (:mod:`distretti.basi.pdf`), before the file gets its
identifier: nothing is parsed or written a second time, so whatever is hashed or signed later is final.
Sources: ISO 14289-1 §5 (identification), §7.5 (table headers), §7.6 (lists); ISO 19005-3 §6.6.2.3
(extension schemas).
"""

from typing import Any

_FINE_RDF = b"</rdf:RDF>"

# One rdf:RDF holds everything: PDF/A readers refuse a second one. "pdfuaid" is not among the schemas that
# PDF/A knows, so the file describes it.
_XMP_PDF_UA = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>'
    b'<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def completa(documento: Any, pdf: Any) -> None:
    """Declare PDF/UA-1 beside PDF/A, orient headers, give list items a body, name attachments once.

    ``documento`` and ``pdf`` are those of WeasyPrint's ``finisher``.
    """
    _dichiara_pdf_ua(pdf)
    for elemento in list(pdf.objects):
        if isinstance(elemento, dict) and elemento.get("S") == "/TH":
            _orienta(pdf, elemento)
        elif isinstance(elemento, dict) and elemento.get("S") == "/LI":
            _raccogli_voce(pdf, elemento)
    _allegati_una_volta(pdf)


def _dichiara_pdf_ua(pdf: Any) -> None:
    flusso = pdf.objects[_numero(pdf.catalog["Metadata"])].stream
    inizio, fine, resto = flusso[0].rpartition(_FINE_RDF)
    assert fine, "the XMP of WeasyPrint holds its rdf:RDF"
    flusso[0] = inizio + _XMP_PDF_UA + fine + resto


def _orienta(pdf: Any, intestazione: Any) -> None:
    """A header of the head heads its column, one of the body its row: as ``scope`` says in the templates."""
    sopra = intestazione
    while sopra["S"] not in ("/THead", "/TBody", "/Table", "/Document"):
        sopra = pdf.objects[_numero(sopra["P"])]
    intestazione["A"]["Scope"] = "/Column" if sopra["S"] == "/THead" else "/Row"


def _raccogli_voce(pdf: Any, voce: Any) -> None:
    """A list item holds its mark and one body: where the mark stands inside the text, the text is bare."""
    figli = {figlio: pdf.objects[_numero(figlio)] for figlio in voce["K"]}
    sciolti = {nome: figlio for nome, figlio in figli.items() if figlio["S"] not in ("/Lbl", "/LBody")}
    if not sciolti:
        return
    corpo = type(voce)({"Type": "/StructElem", "S": "/LBody", "Pg": voce["Pg"], "P": voce.reference})
    pdf.add_object(corpo)
    corpo["K"] = type(voce["K"])(sciolti)
    for figlio in sciolti.values():
        figlio["P"] = corpo.reference
    voce["K"][:] = [*(nome for nome in figli if nome not in sciolti), corpo.reference]


def _allegati_una_volta(pdf: Any) -> None:
    """WeasyPrint lists what it embeds both by name and by kind, so twice."""
    associati = pdf.catalog.get("AF")
    if associati:
        associati[:] = dict.fromkeys(associati)


def _numero(riferimento: bytes) -> int:
    """``b"12 0 R"`` → 12"""
    return int(riferimento.split()[0])
