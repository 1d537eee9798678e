/** How large it all is: a round length. */

const LONGEST_PX = 100;

/** A round length and its pixels at the middle of the map. */
function scale(metresPerPixel: number): { label: string; pixels: number } {
  const most = metresPerPixel * LONGEST_PX;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((each) => each <= most) ?? power;
  const label = metres >= 1000 ? `${metres / 1000} km` : metres >= 1 ? `${metres} m` : `${Math.round(metres * 100)} cm`;
  return { label, pixels: metres / metresPerPixel };
}

export function ScaleBar({ metresPerPixel: metres }: { metresPerPixel: number | null }) {
  if (metres === null) return null;
  const { label, pixels } = scale(metres);
  return (
    <span class="scale">
      <i style={{ width: `${pixels}px` }} />
      {label}
    </span>
  );
}
