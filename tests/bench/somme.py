"""The plain sums in SQL that the evaluation is compared with: one statement, no rule of the contract.

Units × percentage, capped at 100 on each line; the mean of the lines of an action, the mean of the actions
of a programme; the three values. No days, no types, no members, no reuse, no other form of rule: it is right
only where every rule is ``per_unita`` and every evidence counts (``evidenze.crea_evidenze(semplici=True)``).
"""

from decimal import Decimal

from django.db import connection

_SQL = """
WITH crediti AS (
    SELECT m.indicatore_id AS riga,
        SUM(CASE WHEN m.stato <> 'respinta' AND NOT e.pianificata THEN {unita} ELSE 0 END) AS dichiarate,
        SUM(CASE WHEN m.stato = 'accolta' THEN {riconosciute} ELSE 0 END) AS riconosciute,
        SUM(CASE WHEN m.stato <> 'respinta' THEN {unita} ELSE 0 END) AS prospettiche
    FROM valutazione_imputazione m
    JOIN valutazione_evidenza e ON e.id = m.evidenza_id
    JOIN programmi_programma p ON p.id = e.programma_id
    WHERE p.anno = %s AND p.variazione = 0 AND e.stato = 'registrata'
    GROUP BY m.indicatore_id
), righe AS (
    SELECT i.programma_id AS programma, COALESCE(i.progettualita_id, -i.id) AS azione,
        {minimo}(100, {percentuale} * COALESCE(c.dichiarate, 0)) AS dichiarato,
        {minimo}(100, {percentuale} * COALESCE(c.riconosciute, 0)) AS riconosciuto,
        {minimo}(100, {percentuale} * COALESCE(c.prospettiche, 0)) AS prospettico
    FROM programmi_indicatore i
    JOIN programmi_programma p ON p.id = i.programma_id
    LEFT JOIN crediti c ON c.riga = i.id
    WHERE p.anno = %s AND p.variazione = 0 AND i.regola IS NOT NULL
), azioni AS (
    SELECT programma, azione, AVG(dichiarato) AS dichiarato, AVG(riconosciuto) AS riconosciuto,
        AVG(prospettico) AS prospettico
    FROM righe GROUP BY programma, azione
)
SELECT programma, AVG(dichiarato), AVG(riconosciuto), AVG(prospettico) FROM azioni GROUP BY programma
"""

_PAROLE = {
    "postgresql": {
        "unita": "COALESCE((m.misura->>'unita')::int, 1)",
        "riconosciute": "COALESCE((m.misura_riconosciuta->>'unita')::int, (m.misura->>'unita')::int, 1)",
        "percentuale": "(i.regola->>'percentuale')::numeric",
        "minimo": "LEAST",
    },
    "sqlite": {
        "unita": "COALESCE(json_extract(m.misura, '$.unita'), 1)",
        "riconosciute": "COALESCE(json_extract(m.misura_riconosciuta, '$.unita'),"
        " json_extract(m.misura, '$.unita'), 1)",
        "percentuale": "CAST(json_extract(i.regola, '$.percentuale') AS REAL)",
        "minimo": "MIN",
    },
}
"""What the two databases write otherwise."""

Tre = tuple[Decimal, Decimal, Decimal]


def somme_di(anno: int) -> dict[int, Tre]:
    """For each programme of the year (its key): dichiarato, riconosciuto, prospettico, unrounded."""
    with connection.cursor() as cursore:
        cursore.execute(_SQL.format(**_PAROLE[connection.vendor]), [anno, anno])
        return {
            programma: (Decimal(str(dichiarato)), Decimal(str(riconosciuto)), Decimal(str(prospettico)))
            for programma, dichiarato, riconosciuto, prospettico in cursore.fetchall()
        }
