"""The rules of accounts: logins, scopes, passwords, sessions, tokens, and how guesses are slowed."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.accounts.account import Account, bounded, folded, new_account, within
from spatial.accounts.passwords import Cost, check_password, hashed, is_password
from spatial.accounts.secrets import (
    TOKEN_PREFIX,
    Limits,
    Session,
    digest_of,
    new_secret,
    new_session,
    new_token,
    request_key,
    same,
)
from spatial.accounts.throttle import BY_ADDRESS, BY_LOGIN, Throttle, network
from spatial.errors import BadParameter
from spatial.governance import Role

NOW = datetime(2026, 11, 23, 1, 31, tzinfo=UTC)
CHEAP = Cost(1, 64, 1)
LI = Account("li.qiang", "李强", Role.DISPATCHER, ("/510521",))
STEPS = st.lists(st.sampled_from(["1", "2", "11", "12"]), min_size=1, max_size=4).map(lambda s: "/" + "/".join(s))


@pytest.mark.parametrize("login", ["li.qiang", " Li.Qiang ", "a1", "0_x-y"])
def test_logins_are_kept_in_lower_case(login: str) -> None:
    assert new_account(login, "", Role.ADMINISTRATOR).login == folded(login)


@pytest.mark.parametrize("login", ["", "a", "李强", "a b", ".x", "a" * 41, "public", "DEMO", "a\nb", "a/b"])
def test_a_login_that_breaks_the_rules_or_is_taken_by_the_house_is_refused(login: str) -> None:
    with pytest.raises(BadParameter):
        new_account(login, "", Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", list(Role))
def test_only_an_administrator_is_unbounded_without_saying_so(role: Role) -> None:
    if role is Role.ADMINISTRATOR:
        assert bounded(role, []) == ()
    else:
        with pytest.raises(BadParameter):
            bounded(role, [])
    assert bounded(role, [], everywhere=True) == ()
    assert bounded(role, ["/510521"]) == ("/510521",)
    with pytest.raises(BadParameter):
        bounded(role, ["/510521"], everywhere=True)


@pytest.mark.parametrize("path", ["", "510521", "/", "//", "/510521/", "/510521//1"])
def test_a_scope_is_made_of_paths(path: str) -> None:
    with pytest.raises(BadParameter):
        bounded(Role.VIEWER, [path])


@given(st.lists(STEPS, min_size=1, max_size=5), STEPS)
def test_leaving_out_what_lies_below_another_changes_nothing(scope: list[str], path: str) -> None:
    assert within(path, bounded(Role.VIEWER, scope)) == within(path, scope)
    assert within(path, scope) == any([*path.split("/")][: one.count("/") + 1] == one.split("/") for one in scope)


def test_what_has_no_path_lies_below_none() -> None:
    assert not within(None, ["/510521"])
    assert not within("/5105210", ["/510521"])


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaaaaa", "password123", "li.qiang2026", "x" * 201, "abcabcabcabc"]
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(BadParameter):
        check_password(password, LI)


@pytest.mark.parametrize("password", ["correct horse battery", "三号楼的路灯昨晚又坏了", "li.qiang likes riding trams"])
def test_good_passwords_pass(password: str) -> None:
    check_password(password, LI)


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_only_the_same_password_is_the_password(one: str, other: str) -> None:
    import unicodedata

    kept = hashed(one, os.urandom, CHEAP)
    assert kept.startswith("$argon2id$")
    assert is_password(kept, one, CHEAP)
    alike = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert is_password(kept, other, CHEAP) == alike


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert hashed("correct horse battery", os.urandom, CHEAP) != hashed("correct horse battery", os.urandom, CHEAP)


def test_no_password_is_that_of_nobody() -> None:
    assert not is_password(None, "nobody", CHEAP)
    assert not is_password("damaged", "nobody", CHEAP)
    assert not is_password(hashed("x" * 200, os.urandom, CHEAP), "x" * 201, CHEAP)


def test_a_wrong_login_takes_as_long_as_a_wrong_password() -> None:
    kept = hashed("correct horse battery", os.urandom)
    is_password(None, "warm")

    def work(of: str | None) -> float:
        began = time.process_time()
        assert not is_password(of, "wrong")
        return time.process_time() - began

    times = [(work(kept), work(None)) for _ in range(5)]
    known, unknown = (sorted(column)[2] for column in zip(*times, strict=True))
    assert 0.5 < unknown / known < 2


def test_secrets_are_32_bytes_and_only_their_hash_is_in_what_is_kept() -> None:
    secret, session = new_session("li.qiang", NOW, os.urandom)
    assert len(new_secret(os.urandom)) == 43
    assert session.digest == digest_of(secret)
    assert secret not in repr(session)
    shown, token = new_token("li.qiang", "QGIS", NOW, timedelta(days=1), os.urandom)
    assert shown.startswith(TOKEN_PREFIX)
    assert shown not in repr(token)
    assert token.lives(NOW)
    assert not token.lives(NOW + timedelta(days=1))
    assert new_token("li.qiang", "QGIS", NOW, None, os.urandom)[1].lives(NOW + timedelta(days=9999))


@pytest.mark.parametrize("label", ["", "  ", "x" * 61, "a\nb"])
def test_a_token_says_what_it_is_for(label: str) -> None:
    with pytest.raises(BadParameter):
        new_token("li.qiang", label, NOW, None, os.urandom)


def test_a_session_ends_when_nothing_is_heard_and_at_last_in_any_case() -> None:
    limits = Limits(idle=timedelta(hours=1), absolute=timedelta(hours=3))
    session = Session("d", "li.qiang", NOW, NOW)
    assert session.lives(NOW + timedelta(minutes=59), limits)
    assert not session.lives(NOW + timedelta(hours=1), limits)
    busy = Session("d", "li.qiang", NOW, NOW + timedelta(minutes=170))
    assert busy.lives(NOW + timedelta(minutes=179), limits)
    assert not busy.lives(NOW + timedelta(hours=3), limits)


def test_the_key_for_changes_belongs_to_one_session() -> None:
    assert request_key("one") == request_key("one") != request_key("other")
    assert request_key("one") != "one"
    assert same("钥匙", "钥匙")
    assert not same("钥匙", "key")


def fail(throttle: Throttle, login: str, address: str, now: datetime) -> None:
    throttle.attempt(login, address, now)


def test_the_first_guesses_are_free_and_then_each_takes_twice_as_long() -> None:
    throttle, now, waits = Throttle(), NOW, []
    for _ in range(BY_LOGIN.free + 9):
        wait = throttle.wait("root", f"10.0.0.{len(waits)}", now)
        waits.append(wait.total_seconds())
        now += wait
        fail(throttle, "root", f"10.0.0.{len(waits)}", now)
    assert waits == [0.0] * 5 + [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]


def test_many_logins_from_one_address_are_slowed_together() -> None:
    throttle = Throttle()
    for number in range(BY_ADDRESS.free):
        assert throttle.wait(f"user{number}", "10.0.0.1", NOW) == timedelta()
        fail(throttle, f"user{number}", "10.0.0.1", NOW)
    assert throttle.wait("someone.else", "10.0.0.1", NOW) == timedelta(seconds=1)
    assert throttle.wait("someone.else", "10.0.0.2", NOW) == timedelta()


def test_an_account_of_ones_own_does_not_wipe_out_what_was_tried_with_others() -> None:
    throttle = Throttle()
    for number in range(40):
        fail(throttle, f"user{number}", "10.0.0.1", NOW)
        throttle.attempt("mine", "10.0.0.1", NOW)
        throttle.succeeded("mine", "10.0.0.1")
    assert throttle.wait("another", "10.0.0.1", NOW) >= timedelta(minutes=10)
    assert throttle.wait("mine", "10.0.0.2", NOW) == timedelta()


def test_what_was_failed_is_forgotten_after_an_hour_of_quiet() -> None:
    throttle = Throttle()
    for _ in range(30):
        fail(throttle, "root", "10.0.0.1", NOW)
    assert throttle.wait("root", "10.0.0.1", NOW + timedelta(hours=1)) == timedelta()
    fail(throttle, "root", "10.0.0.1", NOW + timedelta(hours=1))
    assert throttle.wait("root", "10.0.0.1", NOW + timedelta(hours=1)) == timedelta()


def test_memory_is_bounded() -> None:
    throttle = Throttle(kept=10)
    for number in range(30):
        fail(throttle, f"user{number}", "10.0.0.1", NOW)
    assert throttle.wait("another", "10.0.0.1", NOW) > timedelta()


def test_a_household_is_one_address() -> None:
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2:ffff::9") != network("2001:db8:1:3::4")
    assert network("::ffff:10.0.0.1") == network("10.0.0.1") == "10.0.0.1"
    assert network("fe80::1%eth0") == network("fe80::2")
    assert network("unix") == "unix"
