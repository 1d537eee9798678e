/** Line icons of the panels, 16 px; always beside a word, except close, zoom and the like, which carry a label. */

import "./icons.css";

const PATHS = {
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.6 10.6 14 14",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M5 3l8 5-8 5Z",
  close: "M4 4l8 8M12 4l-8 8",
  up: "M8 13V3.5M4 7l4-4 4 4",
  down: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  left: "M10 4 6 8l4 4",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  layers: "M8 2 2 5.2 8 8.4l6-3.2ZM2 8l6 3.2L14 8M2 10.8 8 14l6-3.2",
  cube: "M8 1.8 2.6 4.9v6.2L8 14.2l5.4-3.1V4.9ZM2.8 5 8 8l5.2-3M8 8v6",
  person: "M8 5.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM5 14l1.2-3.5V7.2L8 6.5l1.800.7v3.3L11 14",
  sun: "M8 10.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1",
  moon: "M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8 5.6 5.6 0 1 0 13.2 9.6Z",
  copy: "M6 6h7.5v7.5H6ZM3.5 10H2.5V2.5H10v1",
  fit: "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3",
  pin: "M8 14s4.5-4.2 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 9.8 8 14 8 14ZM8 8a1.6 1.6 0 1 0 0-3.2A1.6 1.6 0 0 0 8 8Z",
  list: "M5.5 4H14M5.5 8H14M5.5 12H14M2.2 4h.6M2.2 8h.6M2.2 12h.6",
  retry: "M13.2 8A5.2 5.2 0 1 1 11.5 4.2M13.3 2v2.8h-2.8",
  people:
    "M6 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM1.8 13.2c.3-2.6 2-4 4.2-4s3.9 1.4 4.2 4M10.8 7.3a2 2 0 1 0-.6-3.9M11.7 9.5c1.500.4 2.4 1.7 2.6 3.6",
  places: "M2.5 7.2 8 2.5l5.5 4.7M4 6.5V13.5h8V6.5",
  events: "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8Z",
  things: "M8.5 2.5h5v5L7.5 13.5l-5-5ZM11 5h.01",
  organisations: "M3 13.5V3h6v10.5M9 6.5h4v7M2 13.5h12M5 5.5h2M5 8h2M5 10.5h2M11 9h.01M11 11h.01",
  save: "M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.5h11",
  bell: "M8 2.2a3.8 3.8 0 0 0-3.8 3.8c0 3.6-1.4 4.6-1.4 4.6h10.4S11.8 9.6 11.8 6A3.8 3.8 0 0 0 8 2.2ZM6.7 12.9a1.4 1.4 0 0 0 2.6 0",
  area: "M2.5 4.5 8 2.5l5.5 2v8l-5.5 1-5.5-2Z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The needle of the compass, turned against the map. */
export function Needle({ bearing }: { bearing: number }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" style={{ transform: `rotate(${-bearing}deg)` }}>
      <path class="north" d="M8 1.5 10.6 8H5.4Z" />
      <path d="M8 14.5 5.4 8h5.2Z" />
    </svg>
  );
}

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M2 5 9 2v7.5L2 11Z" />
      <path class="lit" d="M9 2l11 2.5L18.5 12 9 9.5Z" />
      <path d="M2 11l7-1.5 1.5 10.5L3 18.5Z" />
      <path d="M9 9.5l9.5 2.5 1 7-9 1Z" />
    </svg>
  );
}
