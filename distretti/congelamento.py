"""On PostgreSQL the database itself refuses to change a row that is written once.

The triggers are made after every ``migrate`` when they are missing, and a system check looks for them. On
SQLite there are none: see ``distretti.models.congelata``. Who owns the tables can always take a trigger away:
in production the site should connect as somebody else, and every alteration is found by its hash anyway.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from distretti.models.congelata import Congelata

FUNZIONE = "distretti_riga_congelata"
CAMBIA, CANCELLA = "congelata_cambia", "congelata_cancella"

_CREA_FUNZIONE = f"""
CREATE OR REPLACE FUNCTION {FUNZIONE}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Le righe di % si scrivono una volta sola.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$
"""
_PRESENTI = """
SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
   AND c.relnamespace = current_schema()::regnamespace
   AND t.tgname IN (%s, %s)
"""


def modelli_congelati(modelli: Iterable[type[models.Model]] | None = None) -> list[type[Congelata]]:
    """Those of ``modelli`` (default: of every app) whose rows are written once."""
    return [m for m in (apps.get_models() if modelli is None else modelli) if issubclass(m, Congelata)]


def mancanti(
    collegamento: BaseDatabaseWrapper, modelli: Iterable[type[models.Model]] | None = None
) -> list[tuple[type[Congelata], str]]:
    """The triggers that a table already there should have and has not, or has switched off."""
    congelati = modelli_congelati(modelli)
    if collegamento.vendor != "postgresql" or not congelati:
        return []
    with collegamento.cursor() as cursore:
        tabelle = set(collegamento.introspection.table_names(cursore))
        cursore.execute(_PRESENTI, [CAMBIA, CANCELLA])
        presenti = set(cursore.fetchall())
    return [
        (modello, nome)
        for modello in congelati
        if modello._meta.db_table in tabelle
        for nome in (CAMBIA, CANCELLA)
        if (modello._meta.db_table, nome) not in presenti
    ]


def congela_tabelle(app_config: AppConfig, using: str, **altro: Any) -> None:
    """After ``migrate``, for each app: make the triggers that its tables lack."""
    da_fare = mancanti(connections[using], app_config.get_models())
    if not da_fare:
        return
    with connections[using].cursor() as cursore:
        cursore.execute(_CREA_FUNZIONE)
        for modello, nome in da_fare:
            cursore.execute(_togli(modello, nome))
            cursore.execute(_crea(modello, nome))


def _crea(modello: type[Congelata], nome: str) -> str:
    salvo = modello.unico_cambiamento
    quando = f" WHEN (NOT ({salvo}))" if nome == CAMBIA and salvo else ""
    che_cosa = "UPDATE" if nome == CAMBIA else "DELETE"
    return (
        f'CREATE TRIGGER {nome} BEFORE {che_cosa} ON "{modello._meta.db_table}"'
        f" FOR EACH ROW{quando} EXECUTE FUNCTION {FUNZIONE}()"
    )


def _togli(modello: type[Congelata], nome: str) -> str:
    return f'DROP TRIGGER IF EXISTS {nome} ON "{modello._meta.db_table}"'


@register(Tags.database)
def tabelle_congelate(databases: Iterable[str] | None = None, **altro: Any) -> list[CheckMessage]:
    """A warning, not an error: ``migrate`` looks at it too, and it is ``migrate`` that mends it."""
    return [
        Warning(
            f"Le righe di «{modello._meta.db_table}» si possono cambiare: manca il trigger «{nome}».",
            hint="Eseguire «manage.py migrate», poi «manage.py verifica_registro».",
            id="distretti.W005",
        )
        for database in databases or ()
        for modello, nome in mancanti(connections[database])
    ]
