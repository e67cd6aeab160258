"""The web app: a local server with a JSON interface over the ledger, and the built page that asks it."""

from frenemy.views.server.app import create_app
from frenemy.views.server.serving import serve

__all__ = ["create_app", "serve"]
