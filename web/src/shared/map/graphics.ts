/** What this browser draws maps with. */

import "./worker";

export type Graphics = "none" | "software" | "hardware";

/** How this browser draws: without WebGL 2, on the processor, or on a graphics card. */
export function graphics(): Graphics {
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) return "none";
  const told = context.getExtension("WEBGL_debug_renderer_info");
  const renderer = told ? String(context.getParameter(told.UNMASKED_RENDERER_WEBGL)) : "";
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software/i.test(renderer) ? "software" : "hardware";
}
