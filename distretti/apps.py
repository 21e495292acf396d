from django.apps import AppConfig


class DistrettiConfig(AppConfig):
    name = "distretti"
    verbose_name = "Distretti"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from distretti import checks  # noqa: F401  (registers the checks)
        from distretti.basi.ricerca import insegna_a_piegare

        connection_created.connect(insegna_a_piegare, dispatch_uid="piega")
