/** What a response would mean, in figures, and the figures that its dialogs repeat. */

import type { ResponsePreview as Read } from "../shared/api";
import { count } from "../shared/format";
import { nameOf, pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { Failed, Waiting } from "../shared/ui/parts";
import { Convened } from "./ResponseRoster";
import { ask, preview, wanted } from "./responseDraft";

export function Preview() {
  const remote = preview.value;
  const read = known(remote);
  const shape = wanted.value;
  return (
    <section class="section" aria-label={t("response.preview")} aria-live="polite" data-test="preview">
      <h3>{t("response.preview")}</h3>
      {!shape && <p class="dim">{t("response.preview_wait")}</p>}
      {shape && remote.status === "failed" && <Failed failure={remote.failure} onRetry={() => void ask(shape)} />}
      {shape && !read && remote.status !== "failed" && <Waiting rows={4} label={t("response.preview_loading")} />}
      {read && (
        <>
          <p>{t("response.lies_in", { name: nameOf(read.area) || read.path.split("/").at(-1) || "" })}</p>
          <Figures lines={figuresOf(read)} />
          <Convened meetings={read.convened} />
        </>
      )}
    </section>
  );
}

export function figuresOf(read: Read): [string, string][] {
  const vacant = read.convened.reduce((sum, one) => sum + one.vacant, 0);
  return [
    [t("response.fig_meeting"), pick(read.meeting_name)],
    [t("response.fig_posts"), count(read.posts)],
    [t("response.fig_vacant"), count(vacant)],
    [t("response.fig_areas"), count(read.areas)],
    [t("response.fig_households"), count(read.households)],
    [t("response.fig_incidents"), count(read.incidents)],
  ];
}

export function Figures({ lines }: { lines: [string, string][] }) {
  return (
    <dl class="figures">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
