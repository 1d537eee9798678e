/** Who is convened: meeting by meeting, area by area, with vacancies climbing the chain. */

import type { MeetingConvened } from "../shared/api";
import { count } from "../shared/format";
import { nameOf, pick, t } from "../shared/language";

/** The meetings from the one that the level convenes down to the building. */
export function Convened({ meetings }: { meetings: readonly MeetingConvened[] }) {
  return (
    <section class="section" aria-label={t("response.convened")} data-test="convened">
      <h3>{t("response.convened")}</h3>
      {meetings.map((one, index) => (
        <details key={one.meeting} class="meeting" open={index === 0}>
          <summary>
            <b>{pick(one.name)}</b>
            <span class="dim">{t("response.meeting_line", { areas: count(one.areas), posts: count(one.posts) })}</span>
            {one.vacant > 0 && <span class="vacant">{t("response.vacant", { n: count(one.vacant) })}</span>}
          </summary>
          <ul>
            {one.seats.map((seat) => (
              <Seat key={seat.path} seat={seat} />
            ))}
            {one.areas > one.seats.length && (
              <li class="dim">{t("response.more_seats", { n: count(one.areas - one.seats.length) })}</li>
            )}
          </ul>
        </details>
      ))}
    </section>
  );
}

type Convoked = MeetingConvened["seats"][number];

function Seat({ seat }: { seat: Convoked }) {
  const names = (posts: Convoked["posts"]): string =>
    posts.map((post) => `${pick(post.post_name)} ${post.holder ?? ""}`.trim()).join(t("response.and"));
  return (
    <li>
      <span class="seat-area">{nameOf(seat) || seat.code}</span>
      <span class="seat-who">
        {seat.posts.length > 0 && names(seat.posts)}
        {seat.vacant > 0 && <span class="vacant">{t("response.vacant", { n: count(seat.vacant) })}</span>}
        {seat.posts.length === 0 && (
          <span class="dim">
            {seat.instead.length > 0 ? t("response.instead", { who: names(seat.instead) }) : t("response.own_centre")}
          </span>
        )}
      </span>
    </li>
  );
}
