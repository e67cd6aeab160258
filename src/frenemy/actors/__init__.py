"""Which names, in which documents, are the same real-world actor: rules from rigour and rapidfuzz, and a person's judgements above them."""

from frenemy.actors.judged import subject_key
from frenemy.actors.keys import lead_handles, name_keys
from frenemy.actors.names import fold
from frenemy.actors.resolve import decide, resolve, uncertain
from frenemy.model import Chain

__all__ = ["Chain", "decide", "fold", "lead_handles", "name_keys", "resolve", "subject_key", "uncertain"]
