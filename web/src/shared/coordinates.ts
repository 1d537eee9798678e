/** Coordinates that a person typed. */

/** Read "114.29437, 35.74581" (longitude first; latitude first where only that can be meant); null where it is not that. */
export function readCoordinates(text: string): [number, number] | null {
  const match = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[°]?\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*[°]?\s*$/.exec(text);
  if (!match) return null;
  const [first, second] = [Number(match[1]), Number(match[2])];
  if (Math.abs(first) <= 180 && Math.abs(second) <= 90) return [first, second];
  if (Math.abs(second) <= 180 && Math.abs(first) <= 90) return [second, first];
  return null;
}
