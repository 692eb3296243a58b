"""Sessions in the database, as Django's, and whose each is; the one every page asks for is read by plain SQL."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from lms.core.rows import rows

LOAD = "SELECT session_data FROM accounts_browsersession WHERE session_key = %s AND expire_date > %s"
SIGNED_IN = "signed_in"
"""Where a session keeps when and with what its person signed in: `{"at", "browser", "system"}`."""


class SessionStore(db.SessionStore):
    """Django's own store: reading is shorter, a key that is not there is forgotten, and a row names its person."""

    @classmethod
    def get_model_class(cls) -> Any:
        from lms.accounts.models import BrowserSession  # the store is needed before models are loaded

        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        came = data.get(SIGNED_IN) or {}
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.signed_in_at = parse_datetime(came["at"]) if came else None
        row.browser, row.system = came.get("browser", ""), came.get("system", "")
        return row

    def load(self) -> dict[str, Any]:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        if found := rows(LOAD, [self.session_key, now]):
            return self.decode(found[0][0])
        self._session_key = None
        return {}
