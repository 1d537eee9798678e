/** Round values for an axis. Pure. */

/** Steps of times that are read easily, in seconds: minutes, hours, days. */
const TIMES = [60, 300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 259_200, 432_000, 864_000];

/** Return about `wanted` values from 0 up to the first that is no less than `most`; `kind`: of what. */
export function ticks(most: number, kind: "count" | "time" | "share", wanted = 4): number[] {
  const least = kind === "count" ? 1 : kind === "share" ? 0.01 : 60;
  const rough = Math.max(most, least) / wanted;
  let step: number;
  if (kind === "time") step = TIMES.find((each) => each >= rough) ?? Math.ceil(rough / 864_000) * 864_000;
  else {
    const power = 10 ** Math.floor(Math.log10(rough));
    step = power * ([1, 2, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10);
    if (kind === "count") step = Math.max(1, step);
  }
  const count = Math.max(1, Math.ceil(Math.max(most, least) / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, each) => each * step);
}
