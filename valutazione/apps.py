from django.apps import AppConfig


class ValutazioneConfig(AppConfig):
    name = "valutazione"
    verbose_name = "Valutazione"
    default_auto_field = "django.db.models.BigAutoField"
