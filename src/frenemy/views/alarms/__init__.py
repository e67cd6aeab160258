"""Bells: where the alarms of a watch ring. Each takes an alarm's line and has a name by which it is remembered."""

from frenemy.views.alarms.choosing import make_bell
from frenemy.views.alarms.lines import LinesBell
from frenemy.views.alarms.mail import MailBell
from frenemy.views.alarms.terminal import TerminalBell
from frenemy.views.alarms.webhook import WebhookBell, signature

__all__ = ["LinesBell", "MailBell", "TerminalBell", "WebhookBell", "make_bell", "signature"]
