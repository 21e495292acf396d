"""Sessions in the database; a request that changed nothing of its session writes nothing but its end."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction


class SessionStore(db.SessionStore):
    """Django's own, save for ``SESSION_SAVE_EVERY_REQUEST``.

    Every request moves the end of the session forward. Django writes the whole of it back, as it was when the
    request began: one that goes on beside another (the percentages a page asks for by itself while a file is
    being removed) would undo what the other has just written, a message or a form set aside.
    """

    def save(self, must_create: bool = False) -> Any:
        """Raise ``UpdateError`` if the session was deleted meanwhile, as Django does."""
        if must_create or self.modified or self.session_key is None:
            return super().save(must_create=must_create)
        with transaction.atomic():  # as Django's: every request asks the database as many questions
            trovate = self.model.objects.filter(pk=self.session_key)
            if not trovate.update(expire_date=self.get_expiry_date()):
                raise UpdateError
        return None
