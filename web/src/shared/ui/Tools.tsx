/** The switches of language and theme, at the end of every top bar. */

import { chooseLanguage, language, t } from "../language";
import { otherTheme, theme } from "../theme";
import { IconButton, Segmented } from "./parts";

/** `keys`: the page has its single keys. */
export function Tools({ keys = true }: { keys?: boolean }) {
  return (
    <>
      <Segmented
        label={t("language.label")}
        value={language.value}
        options={[
          { value: "zh", label: "中", lang: "zh-CN" },
          { value: "en", label: "EN", lang: "en" },
        ]}
        onChoose={chooseLanguage}
      />
      <IconButton
        icon={theme.value === "dark" ? "sun" : "moon"}
        label={t(theme.value === "dark" ? "theme.to_light" : "theme.to_dark")}
        {...(keys ? { hint: "T" } : {})}
        onClick={otherTheme}
      />
    </>
  );
}
