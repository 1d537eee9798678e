/** Who is convened: meeting by meeting, area by area, with vacancies climbing the chain. */

import type { MeetingConvened } from "../shared/api";
import { count } from "../shared/format";
import { nameOf, pick, t } from "../shared/language";

/** The meetings from the one that the level convenes down to the building; `then`: when these held the posts. */
export function Convened({ meetings, then }: { meetings: readonly MeetingConvened[]; then?: string | undefined }) {
  return (
    <section class="section" aria-label={t("response.convened")} data-test="convened">
      <h3>{t("response.convened")}</h3>
      {then !== undefined && <p class="dim">{t("response.convened_then", { at: then })}</p>}
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
  const names = (posts: Convoked["posts"]): string => posts.map(held).join(t("response.and"));
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

/** A post, who held it, and who holds it now where that is somebody else. */
function held(post: Convoked["posts"][number]): string {
  const then = `${pick(post.post_name)} ${post.holder ?? ""}`.trim();
  if (!post.now) return then;
  return t("response.holds_now", { then, who: post.now.holder ?? t("response.nobody") });
}
