/** Floors and windows on the sides of raised blocks, and haze with distance: a few lines of shader, no textures. */

import { LayerExtension } from "@deck.gl/core";

const HAZE_FROM_M = 500;
const HAZE_FULL_M = 1400;

type Colour = readonly [number, number, number];

function glsl(colour: Colour): string {
  return `vec3(${colour.map((each) => (each / 255).toFixed(4)).join(", ")})`;
}

interface Options {
  haze: Colour;
  window: Colour;
  lit: Colour;
  /** What roofs have of the facade's colour, channel by channel. */
  roof: readonly [number, number, number];
  /** The share of windows that are lit. */
  litShare: number;
  windows: boolean;
}

/** For layers whose positions are metres from a fixed origin. */
export class Facade extends LayerExtension<Options> {
  static override extensionName = "Facade";

  override getShaders(extension: this) {
    const { haze, window, lit, roof, litShare, windows } = extension.opts;
    return {
      inject: {
        "vs:#decl": "out vec3 facadePosition; out vec3 facadeNormal; flat out vec3 facadeEye;",
        // The hook of colours, because normals are not known before it.
        "vs:DECKGL_FILTER_COLOR": `
          facadePosition = geometry.position.xyz / project.commonUnitsPerMeter;
          facadeEye = project.cameraPosition / project.commonUnitsPerMeter;
          facadeNormal = geometry.normal;`,
        "fs:#decl": `
          in vec3 facadePosition; in vec3 facadeNormal; flat in vec3 facadeEye;
          float facadeChance(vec2 cell) { return fract(sin(dot(cell, vec2(12.9898, 78.233))) * 43758.5453); }`,
        "fs:DECKGL_FILTER_COLOR": `
          float away = distance(facadePosition, facadeEye);
          ${
            windows
              ? `
          if (facadeNormal.z > 0.5) color.rgb *= vec3(${roof.map((each) => each.toFixed(4)).join(", ")});
          else {
            vec2 side = normalize(vec2(-facadeNormal.y, facadeNormal.x) + vec2(1e-6));
            vec2 cell = vec2(dot(facadePosition.xy, side) / 2.9, facadePosition.z / 3.0);
            vec2 within = fract(cell);
            vec2 soft = fwidth(cell);
            float blur = clamp(1.0 - max(soft.x, soft.y) * 1.4, 0.0, 1.0);
            float pane = step(0.26, within.x) * step(within.x, 0.76) * step(0.34, within.y) * step(within.y, 0.82);
            float isLit = step(1.0 - ${litShare.toFixed(3)}, facadeChance(floor(cell)));
            vec3 glass = mix(${glsl(window)}, ${glsl(lit)}, isLit * 0.85);
            color.rgb = mix(color.rgb, glass, pane * blur * 0.8 + (1.0 - blur) * 0.18);
          }`
              : ""
          }
          color.rgb = mix(color.rgb, ${glsl(haze)}, 0.85 * smoothstep(${HAZE_FROM_M}.0, ${HAZE_FULL_M}.0, away));`,
      },
    };
  }
}
