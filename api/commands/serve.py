"""`gridscape serve`: the map and the API over a store."""

import errno
import ipaddress
import os
import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from api.commands.language import say
from api.playing import FASTEST
from api.settings import LOOPBACK_NAMES, Settings
from spatial.errors import BadFile, BadParameter, NotFound, Refused
from spatial.text import Text

if TYPE_CHECKING:
    from api.playing import Play
    from spatial.store.protocol import Store

DEFAULT_STORE = "data/gridscape.gpkg"
STALLED_S = 30.0
StoreOption = Annotated[
    str,
    typer.Option("--store", envvar="GRIDSCAPE_STORE", help="A GeoPackage's path or postgresql://… 存储地址。"),
]


def serve(
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="The address to listen at. 监听地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one. 端口。")] = 8000,
    open_demo: Annotated[
        bool, typer.Option("--open-demo", help="Everybody is staff; loopback only. 演示模式：人人可见全部内容。")
    ] = False,
    public_url: Annotated[
        str | None, typer.Option(help="Where others reach this server, as behind a proxy. 对外地址。")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A further host name to answer to; may be repeated. 另可使用的主机名。")
    ] = None,
    base_tiles: Annotated[
        str | None,
        typer.Option(help="A PMTiles file, or a tile address with {z}, {x} and {y}, for the base map. 底图。"),
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option(help="A proxy of yours says in X-Forwarded-For whom it heard. 位于自己的反向代理之后。"),
    ] = False,
    indexes: Annotated[
        Path | None,
        typer.Option(help="A folder for built indexes; default: beside the store. 索引文件夹。", file_okay=False),
    ] = None,
    play: Annotated[
        int | None,
        typer.Option(min=1, max=FASTEST, help="Speed of the demo that an open demo plays; default: 30. 演示速度。"),
    ] = None,
    no_play: Annotated[bool, typer.Option("--no-play", help="An open demo that stands still. 不播放演示。")] = False,
) -> None:
    """Serve the map and the API. 启动地图与接口服务。

    Example: gridscape serve --store data/gridscape.gpkg --port 8000 --open-demo
    """
    settings = settings_of(host, open_demo, public_url, allow_host or [], base_tiles)
    settings = replace(settings, indexes=indexes, behind_proxy=behind_proxy)
    listening = listen(host, port)
    opened = open_existing(store)
    try:
        refuse_demo_accounts(opened, host, settings)
        _run(opened, settings, listening, host, *play_of(opened, open_demo, play, no_play))
    finally:
        opened.close()
        listening.close()


def play_of(store: "Store", open_demo: bool, speed: int | None, no_play: bool) -> "tuple[Play | None, Text | None]":
    """Return the demo that a server plays, or None and why; raises Refused where one was asked for that must not be.

    An open demo plays unless it is told not to; over a store that is no demo it says why it does not.
    """
    if no_play or (not open_demo and speed is None):
        return None, None
    if not open_demo:
        raise Refused(
            Text("只有 --open-demo 才能播放演示", "Only an open demo plays"),
            Text("请加上 --open-demo，或去掉 --play", "Add --open-demo, or leave --play out"),
        )
    from api.commands.play import DEFAULT_SPEED, played_districts, ready
    from api.commands.playing import ThreadedPlay

    try:
        ready(store)
    except Refused as error:
        if speed is not None:
            raise
        return None, error.problem
    return ThreadedPlay(store, played_districts(store, []), seed=1, speed=speed or DEFAULT_SPEED), None


def is_loopback(host: str) -> bool:
    """Return whether an address to listen at is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() in LOOPBACK_NAMES


def beyond_loopback(host: str, settings: Settings) -> bool:
    """Return whether others than this machine's users reach the server, a proxy on this machine included."""
    public = urlsplit(settings.public_url or "http://127.0.0.1").hostname or ""
    return not (is_loopback(host) and is_loopback(public) and all(map(is_loopback, settings.allowed_hosts)))


def refuse_demo_accounts(store: "Store", host: str, settings: Settings) -> None:
    """Raise Refused where a server that others reach has accounts whose password everybody knows."""
    left = [account.login for account in store.accounts() if account.demo and not account.disabled]
    if left and (beyond_loopback(host, settings) or settings.behind_proxy):
        listed = ", ".join(left)
        raise Refused(
            Text(
                f"存储中还有演示账户（{listed}），其密码人人皆知，不能对外提供",
                f"The store still has accounts of the demo ({listed}), whose password everybody knows",
            ),
            Text(
                "请先运行：gridscape account disable --demo；或用 gridscape account password 逐个改密码",
                "First run: gridscape account disable --demo; or give each a password: gridscape account password",
            ),
        )


def settings_of(
    host: str, open_demo: bool, public_url: str | None, allow_host: list[str], base_tiles: str | None
) -> Settings:
    """Return the settings that the options mean; raises Refused or BadParameter for those that must not be."""
    loopback = is_loopback(host)
    if open_demo and not loopback:
        raise Refused(
            Text(f"--open-demo 只能监听本机，不能监听 {host}", f"--open-demo serves this machine only, not {host}"),
            Text("去掉 --open-demo，或用 --host 127.0.0.1", "Leave --open-demo out, or use --host 127.0.0.1"),
        )
    if open_demo and (public_url is not None or allow_host):
        raise Refused(
            Text("--open-demo 不能对外提供", "--open-demo cannot be offered to others"),
            Text(
                "去掉 --open-demo，或去掉 --public-url 和 --allow-host",
                "Leave out either it, or --public-url and --allow-host",
            ),
        )
    names = [*allow_host]
    if not loopback:
        names.append(host)
        if host in ("0.0.0.0", "::") and public_url is None and not allow_host:  # noqa: S104  refused, not bound
            raise BadParameter(
                Text(f"监听 {host} 时须说明对外地址", f"Listening at {host} needs to know where others reach it"),
                Text(
                    "请加上 --public-url https://…，或用 --allow-host 列出主机名",
                    "Add --public-url https://…, or name the hosts with --allow-host",
                ),
            )
    return Settings(
        open_demo=open_demo,
        public_url=_checked_url(public_url),
        allowed_hosts=tuple(names),
        base_tiles=_checked_base(base_tiles),
    )


def _checked_url(public_url: str | None) -> str | None:
    if public_url is None:
        return None
    parts = urlsplit(public_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadParameter(
            Text(f"--public-url {public_url} 不是网址", f"--public-url {public_url} is not an address"),
            Text("例如 https://map.example.org/gridscape", "Such as https://map.example.org/gridscape"),
        )
    return public_url.rstrip("/")


def _checked_base(base_tiles: str | None) -> str | None:
    if base_tiles is None:
        return None
    from api.pmtiles import BaseTiles

    if "://" in base_tiles:
        if base_tiles.startswith(("http://", "https://")) and all(part in base_tiles for part in ("{z}", "{x}", "{y}")):
            return base_tiles
        raise BadParameter(
            Text(
                "--base-tiles 的瓦片地址须含 {z}、{x} 和 {y}",
                "The tile address of --base-tiles must hold {z}, {x} and {y}",
            ),
            Text("例如 https://tiles.example.org/{z}/{x}/{y}.png", "Such as https://tiles.example.org/{z}/{x}/{y}.png"),
        )
    try:
        BaseTiles(Path(base_tiles)).close()
    except OSError as error:
        raise BadFile(
            Text(f"无法读取底图文件 {base_tiles}", f"The base map's file {base_tiles} cannot be read"),
            Text("请检查路径和权限", "Check its path and who may read it"),
        ) from error
    return str(Path(base_tiles).resolve())


def open_existing(store: str) -> "Store":
    """Open a store that is there; raises NotFound for a file that is not, StoreUnavailable where none answers."""
    from spatial.store import open_store

    if "://" not in store and not Path(store).is_file():
        raise NotFound(
            Text(f"没有存储文件 {store}", f"There is no store {store}"),
            Text(f"先用 gridscape demo --store {store} 生成", f"Make one with gridscape demo --store {store}"),
        )
    opened = open_store(store)
    try:
        opened.ping()
    except BaseException:
        opened.close()
        raise
    return opened


def give_up_stalled(listening: socket.socket, after_s: float = STALLED_S) -> None:
    """Let the system end connections whose other side has taken nothing of what was sent for so long.

    Who sleeps with a stream open, or has gone without a word, would else hold its memory for ever: an application is
    not told, and a server that waits for it waits without an end. Connections inherit it from where they were made.
    """
    if sys.platform == "linux":
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(1000 * after_s))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; raises BadParameter that says which port is taken and what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise BadParameter(
            Text(f"找不到主机 {host}", f"There is no host {host}"),
            Text("请用 --host 127.0.0.1 或本机地址", "Use --host 127.0.0.1 or an address of this machine"),
        ) from error
    bound = socket.socket(family, kind, protocol)
    # a port that was served a moment ago is free; one that is served now is not
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    give_up_stalled(bound)
    try:
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise _not_bound(host, port, error) from error
    return bound


def _not_bound(host: str, port: int, error: OSError) -> BadParameter:
    match error.errno:
        case errno.EADDRINUSE:
            return BadParameter(
                Text(f"端口 {port} 已被占用", f"Port {port} is in use"),
                Text(
                    f"停止占用它的程序，或换一个：--port {port + 1 if port < 65535 else 8000}",
                    f"Stop what uses it, or take another: --port {port + 1 if port < 65535 else 8000}",
                ),
                port=port,
            )
        case errno.EACCES:
            return BadParameter(
                Text(f"无权使用端口 {port}", f"This user may not use port {port}"),
                Text("请用 1024 以上的端口", "Use a port above 1023"),
                port=port,
            )
        case _:
            return BadParameter(
                Text(
                    f"无法监听 {host}:{port}（{error.strerror}）", f"Cannot listen at {host}:{port} ({error.strerror})"
                ),
                Text("请用本机的地址", "Use an address of this machine"),
            )


def _tell_accounts(store: "Store", settings: Settings) -> None:
    """Say who can sign in where that is not known yet: the demo's accounts, or that there are none."""
    accounts = store.accounts()
    # who only plays has no password
    demo = [one for one in accounts if one.demo and not one.disabled and store.password(one.login) is not None]
    if demo:
        from fixtures.accounts import PASSWORD

        say(Text(f"演示账户，密码均为 {PASSWORD}：", f"Accounts of the demo, each with the password {PASSWORD}:"))
        for account in demo:
            areas = ", ".join(account.scope) or "*"
            typer.echo(f"  {account.login:<10} {account.role.value:<14} {areas:<34} {account.name}")
    if beyond_loopback("127.0.0.1", settings) and not (settings.public_url or "").startswith("https://"):
        say(
            Text(
                "注意：对外地址不是 https，密码和会话会以明文传输",
                "Mind: the public address is not https, so that passwords and sessions travel in the clear",
            ),
            error=True,
        )
    if not accounts and not settings.open_demo:
        say(Text("还没有账户：gridscape account add", "Nobody can sign in yet: gridscape account add"))


def _run(
    store: "Store",
    settings: Settings,
    listening: socket.socket,
    host: str,
    play: "Play | None" = None,
    unplayed: Text | None = None,
) -> None:
    import uvicorn

    from api.app import create_app
    from api.commands.calendar import tell_ending
    from api.commands.event_list import tell_missing
    from api.pace import keep_answers_quick
    from api.server import StreamEndingServer

    port = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    local = f"http://{shown}:{port}"

    app = create_app(store, settings, play)

    class Announcing(StreamEndingServer):
        """Says where it listens once it does."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                address = settings.public_url or local
                say(Text(f"Gridscape 已就绪：{address}", f"Gridscape is ready: {address}"))
                if settings.open_demo:
                    say(Text("演示模式：人人可见全部内容。", "Open demo: everybody sees everything."))
                if unplayed is not None:
                    say(unplayed)
                if play is not None:
                    speed, where = play.state().speed, f"{address}/dispatch?district={play.state().districts[0]}"
                    say(
                        Text(
                            f"正在演示一天，速度 ×{speed}，见 {where} ；--no-play 不播放。",
                            f"A day is played at ×{speed}: see {where} ; --no-play leaves it out.",
                        )
                    )
                _tell_accounts(store, settings)
                tell_missing(store)
                tell_ending(store)
                say(Text("按 Ctrl-C 停止。", "Stop it with Ctrl-C."))
                sys.stdout.flush()

    config = uvicorn.Config(
        app,
        log_level=os.environ.get("GRIDSCAPE_LOG", "warning"),
        access_log=False,
        proxy_headers=False,  # where others reach us is --public-url's to say, no header's
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    keep_answers_quick()
    # uvicorn stops gracefully, then hands the signal on: leave by the ordinary way, so that the store is closed
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        Announcing(app, config).run(sockets=[listening])
    except KeyboardInterrupt:
        sys.exit(0)
