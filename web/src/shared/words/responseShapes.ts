/** The sentences of choosing the shape of a response on the map: Chinese, then English. */

import { inBook } from "./book";

export const RESPONSE_SHAPES = inBook({
  "response.centre": ["圆心（经度, 纬度）", "Centre (longitude, latitude)"],
  "response.radius": ["半径（m）", "Radius (m)"],
  "response.pick_centre": ["在地图上点选圆心", "Click the centre on the map"],
  "response.use_middle": ["用地图中心", "Use the middle of the map"],
  "response.draw": ["在地图上画", "Draw on the map"],
  "response.draw_more": ["继续画", "Go on drawing"],
  "response.draw_anew": ["重画", "Draw anew"],
  "response.points": ["{n} 个顶点", "{n} vertices"],
  "response.points_open": ["{n} 个顶点，尚未闭合", "{n} vertices, not closed yet"],
  "response.drawing": ["点击地图加顶点（{n}）", "Click the map to add a vertex ({n})"],
  "response.drawing_circle": ["点击地图定圆心", "Click the map to set the centre"],
  "response.undo_point": ["撤销一点", "Undo one"],
  "response.finish": ["闭合", "Close it"],
  "response.leave": ["退出", "Leave"],
  "response.here": ["在地图中心加点", "Add at the middle"],
  "response.here_centre": ["以地图中心为圆心", "Centre at the middle"],
});
