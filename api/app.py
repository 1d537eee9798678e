"""The application over one store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from api import errors
from api.compression import Compression
from api.hosts import Gate
from api.operations import Operations
from api.playing import Play
from api.routes import (
    base,
    clusters,
    collections,
    demo,
    districts,
    events,
    health,
    incidents,
    items,
    landing,
    layers,
    locate,
    near,
    operations_map,
    photos,
    responders,
    responses,
    search,
    session,
    site,
    statistics,
    styles,
    tiles,
)
from api.service import Service
from api.settings import Settings
from spatial.store.protocol import Store

FAMILIES = (
    landing.declare,
    health.declare,
    session.declare,
    demo.declare,
    districts.declare,
    locate.declare,
    search.declare,
    incidents.declare,
    clusters.declare,
    statistics.declare,
    near.declare,
    responders.declare,
    operations_map.declare,
    photos.declare,
    responses.declare,
    events.declare,
    layers.declare,
    styles.declare,
    collections.declare,
    items.declare,
    tiles.declare,
    collections.declare_unknown,
    base.declare,
    site.declare,
)


def create_app(store: Store, settings: Settings = Settings(), play: Play | None = None) -> FastAPI:
    """Return the application over a store; the caller opens the store, and closes it after the application.

    `play`: a demo that begins and ends with the server.
    """
    service = Service(store, settings, play)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        service.warm_up()
        yield
        await service.close()

    app = FastAPI(
        title="Gridscape",
        version=version("gridscape"),
        lifespan=lifespan,
        # the definition at /api is ours; the built-in pages would ask a CDN
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.service = service
    errors.install(app)
    app.add_middleware(Compression)
    app.add_middleware(Gate, settings=settings)
    operations = declared_operations()
    operations.bind(app, service)
    app.state.operations = operations
    return app


def declared_operations() -> Operations:
    """Return everything that can be asked."""
    operations = Operations()
    for declare in FAMILIES:
        declare(operations)
    return operations
