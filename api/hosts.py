"""The gate before every route: hosts that are ours, and headers that keep a browser on this origin."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem
from api.settings import LOOPBACK_NAMES, Settings
from spatial.errors import BadParameter
from spatial.text import Language, Text


def host_name(host: str) -> str:
    """Return the name in a Host header, without its port; empty where it is malformed."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def accepted_hosts(settings: Settings) -> frozenset[str]:
    """Return the host names that this server answers to."""
    names = {name.lower() for name in settings.allowed_hosts}
    if settings.public_url is not None:
        names.add(urlsplit(settings.public_url).hostname or "")
    return LOOPBACK_NAMES | frozenset(name for name in names if name)


def content_security_policy(settings: Settings) -> str:
    """Return the policy: everything from this origin, and the base map's where the operator configured one."""
    outside = ""
    if settings.base_tiles is not None and "://" in settings.base_tiles:
        parts = urlsplit(settings.base_tiles)
        outside = f" {parts.scheme}://{parts.netloc}"
    return "; ".join(
        (
            "default-src 'self'",
            f"connect-src 'self'{outside}",
            f"img-src 'self' data: blob:{outside}",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


class Gate:
    """Refuses requests for other hosts (DNS rebinding) and sends the security headers with every answer.

    HEAD is answered as GET without its body, so that every route has it.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = accepted_hosts(settings)
        self._headers = {
            "Content-Security-Policy": content_security_policy(settings),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bodiless = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            elif bodiless and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        asked = Headers(scope=scope)
        if host_name(asked.get("host", "")) not in self._hosts:
            await self._refuse(scope, asked)(scope, receive, guarded)
            return
        await self._app({**scope, "method": "GET"} if bodiless else scope, receive, guarded)

    def _refuse(self, scope: Scope, asked: Headers) -> ASGIApp:
        error = BadParameter(
            Text("此服务器不以该主机名提供服务", "This server does not answer to that host name"),
            Text(
                "请用启动时打印的地址；反向代理后请用 --public-url 启动",
                "Use the address printed at start; behind a proxy start it with --public-url",
            ),
        )
        return problem(error, Language.parse(asked.get("accept-language")), scope["path"])
