/** Who is signed in, in which role and area, at the end of every top bar; and the way out. */

import { useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { isDemo, readSession, session, signingOut, signOut } from "../account";
import type * as api from "../api";
import { locale, nameOf, pick, t } from "../language";
import { known } from "../remote";
import { Icon } from "./icons";
import { Menu } from "./Menu";
import { SignIn } from "./SignIn";
import { Tools } from "./Tools";
import "./account.css";

/** `children`: what else belongs to the person on this page. `crowded`: a phone has no room for language and theme in
 * this page's bar, so they are in the menu there. */
export function Account({ children, crowded }: { children?: ComponentChildren; crowded?: boolean }) {
  const open = useSignal(false);
  const me = useComputed(() => known(session.value));
  const name = me.value ? shortName(me.value) : "…";
  return (
    <Menu
      class="scope account"
      open={open}
      label={`${t("account.label")}: ${me.value ? longName(me.value) : t("account.unknown")}`}
      face={
        <>
          <i
            class="account-disc"
            aria-hidden="true"
            data-nobody={!me.value?.role}
            data-letter={[...name][0]?.toUpperCase()}
          >
            {!me.value?.role && <Icon name="person" />}
          </i>
          <b class="cut">{name}</b>
        </>
      }
    >
      <section class="menu account-menu" aria-label={t("account.label")}>
        {me.value ? <Who me={me.value} /> : <Unknown />}
        {me.value?.role && children}
        {crowded && (
          <div class="account-tools">
            <Tools keys={false} />
          </div>
        )}
        {me.value && !isDemo(me.value) && me.value.role && <Out />}
      </section>
    </Menu>
  );
}

function shortName(me: api.Session): string {
  if (me.role === null) return t("account.nobody");
  return isDemo(me) ? t("account.demo") : me.name || me.account || "";
}

function longName(me: api.Session): string {
  return me.role_name ? `${shortName(me)}, ${pick(me.role_name)}` : shortName(me);
}

function Unknown() {
  if (session.value.status !== "failed") return <p class="dim">{t("account.unknown")}</p>;
  return (
    <>
      <p class="dim">{t("account.failed")}</p>
      <button type="button" onClick={() => void readSession()}>
        {t("error.retry")}
      </button>
    </>
  );
}

function Who({ me }: { me: api.Session }) {
  const role = me.role_name ? pick(me.role_name) : "";
  if (me.role === null)
    return (
      <>
        <b>{t("account.nobody")}</b>
        <p class="dim">{t("account.nobody_help")}</p>
        <SignIn onDone={async () => location.reload()} />
      </>
    );
  if (isDemo(me))
    return (
      <>
        <b>{t("account.demo")}</b>
        <p class="dim">{t("account.demo_help", { role })}</p>
      </>
    );
  return (
    <>
      <b>{me.name || me.account}</b>
      {me.name && <span class="code-text dim">{me.account}</span>}
      <dl>
        <dt>{t("account.role")}</dt>
        <dd>{role}</dd>
        <dt>{t("account.area")}</dt>
        <dd>
          {me.scope.length === 0 && t("account.everywhere")}
          {me.scope.map((area) => (
            <span key={area.path}>{nameOf(area) || area.code}</span>
          ))}
        </dd>
        {me.ends_at && (
          <>
            <dt>{t("account.ends")}</dt>
            <dd class="number">{endsAt(me.ends_at)}</dd>
          </>
        )}
      </dl>
    </>
  );
}

function endsAt(at: string): string {
  const words = { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false } as const;
  return new Intl.DateTimeFormat(locale.value, { ...words, timeZone: "Asia/Shanghai" }).format(new Date(at));
}

function Out() {
  return (
    <>
      {signingOut.value === "failed" && (
        <p class="refused" role="alert">
          {t("account.sign_out_failed")}
        </p>
      )}
      <button
        type="button"
        class="account-out"
        data-test="sign-out"
        disabled={signingOut.value === "asking"}
        onClick={() => void signOut()}
      >
        {t(signingOut.value === "asking" ? "account.signing_out" : "account.sign_out")}
      </button>
    </>
  );
}
