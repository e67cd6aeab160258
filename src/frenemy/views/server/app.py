"""The routes: which question goes where, and what an answer looks like on the wire."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frenemy.errors import FrenemyError, LedgerLocked
from frenemy.views.server import deciding, documents, findings, forecasts, network, overview, pairs
from frenemy.views.server.asked import Asked, BadQuestion, NotThere
from frenemy.views.server.guard import Guard, new_token
from frenemy.views.server.keeper import Keeper, Preparing

ASSETS = files("frenemy.views.server") / "assets"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
STATUS = {BadQuestion: 400, NotThere: 404, LedgerLocked: 423}
LONGEST_BODY = 100_000

Answer = Callable[..., Mapping[str, Any]]

QUESTIONS: Mapping[str, Answer] = {
    "/api/ledger": overview.ledger,
    "/api/search": overview.search,
    "/api/actors": overview.actors,
    "/api/actors/{actor_id}": overview.actor,
    "/api/network": network.answer,
    "/api/network/blocs": network.blocs,
    "/api/pairs/{one}/{other}": pairs.pair,
    "/api/pairs/{one}/{other}/ties": pairs.ties,
    "/api/pairs/{one}/{other}/forecast": forecasts.pair,
    "/api/ties/{tie_id}": pairs.tie,
    "/api/shifts": findings.shifts,
    "/api/claims": findings.claims,
    "/api/conflicts": findings.conflicts,
    "/api/documents": documents.documents,
    "/api/documents/{document_id}": documents.document,
    "/api/review": deciding.review,
}
DECISIONS: Mapping[str, Answer] = {"/api/judgements": deciding.judge, "/api/undo": deciding.undo}


def create_app(path: Path | str, *, by: str | None = None) -> Starlette:
    """The app over one ledger; `by` is who decides in it, the login name without it."""
    from frenemy.pipeline import login_name

    keeper, token = Keeper(Path(path), by=by or login_name()), new_token()
    routes = [
        Route("/", _asset_route("index.html"), methods=["GET"]),
        *(Route(f"/{name}", _asset_route(name), methods=["GET"]) for name in asset_names() if name != "index.html"),
        *(Route(at, _question_route(keeper, token, answer), methods=["GET"]) for at, answer in QUESTIONS.items()),
        Route("/api/network/frames", _frames_route(keeper), methods=["GET"]),
        *(Route(at, _decision_route(keeper, decide), methods=["POST"]) for at, decide in DECISIONS.items()),
    ]
    app = Starlette(
        routes=routes, middleware=[Middleware(Guard, token=token), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)]
    )
    app.state.keeper = keeper
    return app


def asset_names() -> list[str]:
    """The files of the built page."""
    return sorted(file.name for file in ASSETS.iterdir() if Path(file.name).suffix in KINDS) if ASSETS.is_dir() else []


def _asset_route(name: str) -> Callable[[Request], Any]:
    async def serve_asset(request: Request) -> Response:
        file: Traversable = ASSETS / name
        if not file.is_file():
            return Response("The page was not built: run `make web`.", 500, media_type="text/plain")
        body = file.read_bytes()
        return _tagged(request, body, hashlib.sha256(body).hexdigest()[:16], KINDS[Path(name).suffix])

    return serve_asset


def _tagged(request: Request, body: bytes | Callable[[], bytes], tag: str, kind: str) -> Response:
    """A body under a tag; where the page has it already, only that."""
    headers = {"etag": f'"{tag}"', "cache-control": "no-cache"}
    if request.headers.get("if-none-match", "").removeprefix("W/") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(body() if callable(body) else body, headers=headers, media_type=kind)


def _question_route(keeper: Keeper, token: str, answer: Answer) -> Callable[[Request], Any]:
    def ask(request: Request) -> Response:
        tag = _tag(keeper, token)

        def body() -> bytes:
            says = dict(answer(keeper, Asked(request.query_params), **request.path_params))
            if request.url.path == "/api/ledger":
                says["token"] = token
            return _json(says)

        return _tagged(request, body, tag, "application/json")

    return _answering(ask)


def _frames_route(keeper: Keeper) -> Callable[[Request], Any]:
    def ask(request: Request) -> Response:
        drawn = network.network(keeper, network.limit(Asked(request.query_params)))
        headers = {"content-encoding": "deflate", "cache-control": "no-store"}
        return Response(drawn.frames, headers=headers, media_type="application/octet-stream")

    return _answering(ask)


def _decision_route(keeper: Keeper, decide: Answer) -> Callable[[Request], Any]:
    async def route(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                return _complaint(BadQuestion("That is too long."))

        def ask(_: Request) -> Response:
            try:
                said = json.loads(body or b"{}")
            except (ValueError, RecursionError):
                raise BadQuestion("That is no JSON.") from None
            if not isinstance(said, dict):
                raise BadQuestion("That is no JSON object.")
            return Response(_json(decide(keeper, said)), media_type="application/json")

        answered: Response = await _answering(ask)(request)
        return answered

    return route


def _answering(ask: Callable[[Request], Response]) -> Callable[[Request], Any]:
    """A route that answers in a thread of its own, and turns frenemy's errors into answers."""

    async def route(request: Request) -> Response:
        try:
            return await run_in_threadpool(ask, request)
        except Preparing as error:
            return Response(_json({"preparing": str(error)}), 202, headers={"retry-after": "1", "cache-control": "no-store"})
        except FrenemyError as error:
            return _complaint(error)

    return route


def _complaint(error: FrenemyError) -> Response:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 409)
    return Response(_json({"error": str(error)[:1000]}), status, headers={"cache-control": "no-store"}, media_type="application/json")


def _tag(keeper: Keeper, token: str) -> str:
    return f"{hashlib.sha256(token.encode()).hexdigest()[:8]}-{keeper.state()}"


def _json(says: Mapping[str, Any]) -> bytes:
    return json.dumps(says, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
