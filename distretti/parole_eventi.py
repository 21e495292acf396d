"""The events in words: what kind of thing they happened to, and what happened."""

GENERI: dict[str, str] = {
    "programma": "Programma",
    "progettualita": "Progettualità",
    "riga": "Riga",
    "osservazione": "Osservazione",
    "evidenza": "Evidenza",
    "motivo": "Motivo di verifica",
    "adesione": "Adesione",
    "organizzazione": "Organizzazione",
    "certificazione": "Marchio",
    "distretto": "Distretto",
    "scadenza": "Scadenza",
    "contributo": "Contributo",
    "termine_repliche": "Termine delle repliche",
    "persona": "Persona",
    "token": "Token di lettura",
    "accesso": "Accesso",
    "chiusura": "Chiusura dell'anno",
    "risultato": "Risultato",
    "registro": "Registro",
    "conservazione": "Conservazione dei file",
}
"""The first part of the name of an action, and what it is called."""

_PAROLE = {
    "inizio": "nuova bozza",
    "versione": "versione conservata",
    "premessa": "premessa modificata",
    "dati": "dati modificati",
    "attori": "attori modificati",
    "canali": "canali modificati",
    "regola": "regola modificata",
    "verifica_annullata": "verifica annullata, vale quella di prima",
    "trasmissione_autovalutazione": "trasmissione dell'autovalutazione",
    "restituzione_autovalutazione": "restituzione dell'autovalutazione",
    "conclusione_verifica": "conclusione della verifica",
    "definizione_risultato": "definizione del risultato",
    "pubblicazione_risultato": "pubblicazione del risultato",
    "riapertura_verifica": "riapertura della verifica",
    "risposta_alla_replica": "risposta dell'Agenzia alla replica",
    "dati_personali": "dati personali di un file",
    "file_cancellato": "contenuto di un file cancellato",
    "file_ripulito": "dati di posizione tolti da un file",
    "cancellazione_dati": "dati di un evento cancellati",
}
"""Where the name of the action, read as it is, would not tell."""


def azione_in_parole(azione: str) -> str:
    """ "evidenza.ritiro" → "Evidenza: ritiro"."""
    genere, _, che_cosa = azione.partition(".")
    parole = _PAROLE.get(che_cosa, che_cosa.replace("_", " "))
    nome = GENERI.get(genere, genere.replace("_", " ").capitalize())
    return f"{nome}: {parole}" if parole else nome
