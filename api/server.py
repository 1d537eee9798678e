"""The server of an application: it ends open streams first when it is told to stop, then waits for who still asks."""

import socket

import uvicorn
from fastapi import FastAPI


class StreamEndingServer(uvicorn.Server):
    """Uvicorn's server over an application of ours."""

    def __init__(self, app: FastAPI, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._live = app.state.service.live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: streams would otherwise be waited for until the patience of the server ends."""
        await self._live.close()
        await super().shutdown(sockets)
