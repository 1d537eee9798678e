/** The sentences of every map, of asking who owns a place, and the winds: Chinese, then English. */

import { inBook } from "./book";

export const MAP = inBook({
  "map.name": ["地图", "Map"],

  "layers.title": ["图层", "Layers"],
  "layers.none": ["这个区县还没有图层。", "This district has no layers yet."],

  "map.failed": ["地图没有载入", "The map did not load"],
  "map.no_webgl": ["浏览器没有开启 WebGL 2", "WebGL 2 is off in this browser"],
  "map.no_webgl_help": [
    "请更新浏览器或开启硬件加速后重试。",
    "Update the browser or switch hardware acceleration on, then try again.",
  ],
  "map.zoom_in": ["放大", "Zoom in"],
  "map.zoom_out": ["缩小", "Zoom out"],
  "map.centre": ["中心", "Centre"],

  "place.loading": ["正在查询归属", "Looking up who owns this place"],
  "place.outside": ["不在任何区县内", "Outside every district"],

  "walk.north": ["北", "N"],
  "walk.north_east": ["东北", "NE"],
  "walk.east": ["东", "E"],
  "walk.south_east": ["东南", "SE"],
  "walk.south": ["南", "S"],
  "walk.south_west": ["西南", "SW"],
  "walk.west": ["西", "W"],
  "walk.north_west": ["西北", "NW"],
});
