"""`gridscape account`: who may sign in, in which role, bounded by which areas."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.language import say, terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.accounts.account import Account, bounded, folded, new_account, within
from spatial.accounts.passwords import check_password, hashed
from spatial.accounts.secrets import new_token
from spatial.errors import BadParameter, Conflict, NotFound
from spatial.governance import Role
from spatial.text import Text
from spatial.vocabulary import word

if TYPE_CHECKING:
    from spatial.store.protocol import Store

ACTOR = "command line"

app = typer.Typer(
    help="Accounts: who may sign in, in which role, bounded by which areas. 账户。\n\n"
    "Example: gridscape account add li.qiang --role dispatcher --area 510521001",
    no_args_is_help=True,
)

Login = Annotated[str, typer.Argument(help="The login. 登录名。")]
Areas = Annotated[
    list[str] | None,
    typer.Option("--area", help="Code or path of an area that bounds it; may be repeated. 辖区编码或路径。"),
]
Everywhere = Annotated[bool, typer.Option("--everywhere", help="Bounded by no area. 不限区域。")]


@app.command("add")
def add(
    login: Login,
    role: Annotated[Role, typer.Option(help="What it may do. 角色。")],
    name: Annotated[str, typer.Option(help="The person's name. 姓名。")] = "",
    area: Areas = None,
    everywhere: Everywhere = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Add an account; its password is asked for, or read from standard input. 添加账户。

    Example: gridscape account add li.qiang --role dispatcher --name 李强 --area 510521001
    """
    with _opened(store) as opened:
        account = new_account(login, name, role, _paths(opened, area or []), everywhere=everywhere)
        if opened.account(account.login) is not None:
            raise Conflict(
                Text(f"账户 {account.login} 已存在", f"There is an account {account.login} already"),
                Text("用 gridscape account change 修改", "Change it with gridscape account change"),
            )
        kept = _asked_password(account)
        with opened.write(ACTOR) as tx:
            tx.put_account(account)
            tx.put_password(account.login, kept)
    say(Text(f"✓ 已添加账户 {account.login}", f"✓ Added the account {account.login}"))


@app.command("change")
def change(
    login: Login,
    role: Annotated[Role | None, typer.Option(help="What it may do. 角色。")] = None,
    name: Annotated[str | None, typer.Option(help="The person's name. 姓名。")] = None,
    area: Areas = None,
    everywhere: Everywhere = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Change the role, the name or the areas of an account; it counts at once. 修改账户。

    Example: gridscape account change li.qiang --area 510521001001 --area 510521001002
    """
    with _opened(store) as opened:
        account = _known(opened, login)
        after = replace(account, role=role or account.role)
        if name is not None:
            after = replace(after, name=new_account(account.login, name, Role.ADMINISTRATOR).name)
        if area or everywhere:
            after = replace(after, scope=bounded(after.role, _paths(opened, area or []), everywhere=everywhere))
        with opened.write(ACTOR) as tx:
            tx.put_account(after)
    say(Text(f"✓ 已修改账户 {after.login}", f"✓ Changed the account {after.login}"))


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON. 以 JSON 输出。")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """List the accounts with their roles and areas. 列出账户。

    Example: gridscape account list --store data/gridscape.gpkg
    """
    with _opened(store) as opened:
        accounts = opened.accounts()
        names = _names(opened, {path for account in accounts for path in account.scope})
    if as_json:
        told = [
            {
                "login": account.login,
                "name": account.name,
                "role": account.role.value,
                "scope": [{"path": path, "name": names.get(path)} for path in account.scope],
                "disabled": account.disabled,
                "demo": account.demo,
            }
            for account in accounts
        ]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    language = terminal_language()
    for account in accounts:
        marks = [Text("已停用", "disabled")] if account.disabled else []
        marks += [Text("演示", "demo")] if account.demo else []
        lost = Text("（现版本中没有此区域）", " (no area of now)").in_language(language)
        areas = ", ".join(f"{path} {names.get(path, lost)}" for path in account.scope)
        columns = (
            account.login,
            account.name,
            word(account.role).in_language(language),
            areas or Text("不限区域", "everywhere").in_language(language),
            *(mark.in_language(language) for mark in marks),
        )
        typer.echo("  ".join(columns))
    if not accounts:
        say(Text("还没有账户：gridscape account add", "There are none yet: gridscape account add"))


@app.command("disable")
def disable(
    login: Annotated[list[str] | None, typer.Argument(help="The logins. 登录名。")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="All accounts of the demo. 全部演示账户。")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Let them sign in again. 恢复账户。")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Keep accounts from signing in, and end their sessions; their tokens stop as well. 停用账户。

    Example: gridscape account disable li.qiang
    """
    if bool(login) == demo:
        raise BadParameter(
            Text("请给出登录名，或 --demo", "Give logins, or --demo"),
            Text("例如：gridscape account disable li.qiang", "Such as: gridscape account disable li.qiang"),
        )
    with _opened(store) as opened:
        meant = [_known(opened, one) for one in login or []] or [one for one in opened.accounts() if one.demo]
        with opened.write(ACTOR) as tx:
            for account in meant:
                tx.put_account(replace(account, disabled=not undo))
    listed = ", ".join(account.login for account in meant) or "–"
    if undo:
        say(Text(f"✓ 已恢复：{listed}", f"✓ May sign in again: {listed}"))
    else:
        say(Text(f"✓ 已停用：{listed}", f"✓ Disabled: {listed}"))


@app.command("post")
def post(
    login: Login,
    area: Annotated[list[str], typer.Option("--area", help="Code or path of an area of the post. 区域编码或路径。")],
    release: Annotated[bool, typer.Option("--release", help="Name it there no more. 解除关联。")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Name an account at the posts that its person holds in areas: who is off duty there is passed over. 关联岗位。

    Example: gridscape account post wang.min --area 510521001009001
    """
    from api.located import post_name

    with _opened(store) as opened:
        account = _known(opened, login)
        paths = _paths(opened, area)
        held = [one for one in opened.duty_holders(paths=paths) if one.path in paths and one.holder is not None]
        mine = [one for one in held if (one.account == account.login if release else one.holder == account.name)]
        if not mine:
            there = "、".join(f"{post_name(one.post).zh} {one.holder}" for one in held) or "–"
            there_en = ", ".join(f"{post_name(one.post).en} {one.holder}" for one in held) or "–"
            raise NotFound(
                Text(f"{account.name or login} 在那里没有岗位", f"{account.name or login} holds no post there"),
                Text(f"姓名须一致；那里的责任人：{there}", f"The name must be the same; there are: {there_en}"),
            )
        with opened.write(ACTOR) as tx:
            tx.put_duty_holders(replace(one, account=None if release else account.login) for one in mine)
    for one in mine:
        said, where = post_name(one.post), one.area
        if release:
            say(Text(f"✓ 已解除：{where} {said.zh}", f"✓ Released: {said.en.lower()} of {where}"))
        else:
            say(Text(f"✓ 已关联：{where} {said.zh}", f"✓ Named at: {said.en.lower()} of {where}"))


@app.command("password")
def password(login: Login, store: StoreOption = DEFAULT_STORE) -> None:
    """Give an account another password, asked for or read from standard input; its sessions end. 修改密码。

    Example: gridscape account password li.qiang
    """
    with _opened(store) as opened:
        account = _known(opened, login)
        kept = _asked_password(account)
        with opened.write(ACTOR) as tx:
            # whose password is its own is no account of the demo any more
            tx.put_account(replace(account, demo=False))
            tx.put_password(account.login, kept)
    say(Text(f"✓ 已修改 {account.login} 的密码", f"✓ {account.login} has another password"))


@app.command("token")
def token(
    login: Login,
    label: Annotated[str | None, typer.Argument(help="What it is for; without it they are listed. 用途。")] = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it lasts. 有效天数。")] = 365,
    revoke: Annotated[int | None, typer.Option(help="Take the token of this number back. 撤销令牌编号。")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Make a token for a program (QGIS, GDAL), list an account's tokens, or take one back. 令牌。

    The token is shown once. Programs send it as `Authorization: Bearer …`, or as the password of HTTP Basic.

    Example: gridscape account token li.qiang "QGIS desk 3" --days 90
    """
    with _opened(store) as opened:
        account = _known(opened, login)
        if revoke is not None:
            with opened.write(ACTOR) as tx:
                tx.remove_token(account.login, revoke)
            say(Text(f"✓ 已撤销令牌 {revoke}", f"✓ Took the token {revoke} back"))
            return
        if label is None:
            for known in opened.tokens(account.login):
                until = "–" if known.expires_at is None else known.expires_at.date().isoformat()
                typer.echo(f"{known.number}  {known.label}  {known.created_at.date().isoformat()} → {until}")
            return
        secret, made = new_token(account.login, label, datetime.now(UTC), timedelta(days=days), os.urandom)
        with opened.write(ACTOR) as tx:
            tx.put_token(made)
    say(Text("令牌只显示这一次：", "The token is shown this once:"), error=True)
    typer.echo(secret)


@contextmanager
def _opened(store: str) -> "Iterator[Store]":
    opened = open_existing(store)
    try:
        yield opened
    finally:
        opened.close()


def _known(store: "Store", login: str) -> Account:
    from spatial.store.accounts import no_such_account

    found = store.account(folded(login))
    if found is None:
        raise no_such_account(folded(login)[:60])
    return found


def _asked_password(account: Account) -> str:
    """Return the hash of a password from the terminal, or from the first line of standard input; never an argument."""
    if sys.stdin.isatty():
        language = terminal_language()
        given = typer.prompt(Text("密码", "Password").in_language(language), hide_input=True, confirmation_prompt=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    check_password(given, account)
    return hashed(given, os.urandom)


def _paths(store: "Store", wanted: list[str]) -> list[str]:
    """Return the paths of areas by their codes or paths; raises NotFound, and BadParameter for a code of several."""
    from spatial.levels import MAIN_TREE
    from spatial.schema import AREAS
    from spatial.store.records import Query

    found = []
    for each in wanted:
        code = each.rpartition("/")[2]
        query = Query(tree=MAIN_TREE, equal={"code": code}, columns=("path",), shapes=False)
        paths = [str(path) for path in store.read(AREAS.id, query)["path"]]
        fitting = [path for path in paths if path == each] if each.startswith("/") else paths
        if not fitting:
            raise NotFound(
                Text(f"没有区域 {each}", f"There is no area {each}"),
                Text("用编码或路径，如 510521001", "Give its code or its path, such as 510521001"),
            )
        if len(fitting) > 1:
            raise BadParameter(
                Text(f"编码 {each} 不止一处", f"The code {each} stands in more than one place"),
                Text(f"请用路径：{', '.join(fitting)}", f"Give a path: {', '.join(fitting)}"),
            )
        found += fitting
    return found


def _names(store: "Store", paths: set[str]) -> dict[str, str]:
    """Return the names of areas by their paths, without those that are no areas any more."""
    from spatial.levels import MAIN_TREE
    from spatial.schema import AREAS
    from spatial.store.records import Query

    if not paths:
        return {}
    codes = tuple({path.rpartition("/")[2] for path in paths})
    query = Query(tree=MAIN_TREE, equal={"code": codes}, columns=("path", "name"), shapes=False)
    return {
        str(row["path"]): str(row["name"] or "")
        for row in store.read(AREAS.id, query).rows()
        if within(row["path"], sorted(paths))
    }
