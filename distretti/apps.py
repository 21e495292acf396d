from django.apps import AppConfig


class DistrettiConfig(AppConfig):
    name = "distretti"
    verbose_name = "Distretti"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from distretti import checks  # noqa: F401  (registers the checks)
