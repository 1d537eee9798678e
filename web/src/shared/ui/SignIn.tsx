/** Who works here: asked for as long as nobody is signed in. */

import { useSignal } from "@preact/signals";
import { Failure, signIn } from "../api";
import { t } from "../language";
import "./signIn.css";

/** `onDone`: what follows once somebody is. */
export function SignIn({ onDone }: { onDone: () => Promise<void> }) {
  const failure = useSignal<Failure | null>(null);
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const filled = new FormData(event.currentTarget as HTMLFormElement);
    try {
      await signIn(String(filled.get("login")), String(filled.get("password")));
      failure.value = null;
      await onDone();
    } catch (error) {
      failure.value = Failure.of(error);
    }
  };
  return (
    <form class="sign-in" aria-label={t("account.sign_in")} onSubmit={send}>
      <b>{t("account.sign_in_first")}</b>
      <label>
        <span>{t("account.name")}</span>
        <input class="field" name="login" autocomplete="username" required />
      </label>
      <label>
        <span>{t("account.password")}</span>
        <input class="field" name="password" type="password" autocomplete="current-password" required />
      </label>
      {failure.value && (
        <p class="refused" role="alert">
          <b>{failure.value.problem.problem ?? t("error.refused")}</b> {failure.value.problem.remedy}
        </p>
      )}
      <button type="submit" class="button primary">
        {t("account.sign_in")}
      </button>
    </form>
  );
}
