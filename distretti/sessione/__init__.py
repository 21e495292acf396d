"""A form that the server could not accept loses nothing that was typed.

Two ways it happens: the session ended while the person was writing, or they signed in again in another
tab and the old page holds a CSRF token that is no longer good. The form is set aside in the session
(``sospesi``), and a page offers to send it again with a press of a button. Files cannot be set aside:
the page says so.
"""
