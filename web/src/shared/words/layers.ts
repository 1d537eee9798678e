/** The sentences of the overview's map, its layers and the walk among buildings: Chinese, then English. */

import { inBook } from "./book";

export const LAYERS = inBook({
  "panel.close": ["收起左侧面板", "Fold the left panel"],
  "panel.open": ["打开左侧面板", "Open the left panel"],

  "layers.open": ["打开图层面板", "Open the layers"],
  "layers.close": ["收起图层面板", "Collapse the layers"],
  "layers.base": ["底图", "Base map"],
  "layers.reset": ["恢复默认", "Back to default"],
  "layers.at_zoom": ["放大后可见", "Zoom in to see it"],
  "layers.none_here": ["本区没有", "none here"],
  "layers.buildings": ["按栋统计，{n} 栋", "In {n} buildings"],
  "layers.legend": ["{layer}图例", "Legend of {layer}"],

  "view.title": ["视野内", "In view"],
  "view.label": ["视野内的要素", "Features in view"],
  "view.empty": ["视野内没有可列的要素。", "Nothing to list in view."],
  "view.empty_help": ["放大地图，或打开更多图层。", "Zoom in, or switch more layers on."],
  "view.reset_layers": ["恢复默认图层", "Default layers"],
  "view.more": ["另有 {n} 项，放大后列出", "{n} more; zoom in to list them"],
  "view.merged": ["{n} 项合并显示", "{n} shown as one"],
  "view.all": ["视野内全部", "All in view"],
  "view.gathered": ["{n} 项在同一点", "{n} at one point"],

  "map.label": [
    "地图：方向键平移，加减键缩放，回车查询中心点的归属，已选中时缩放至它",
    "Map: arrow keys pan, plus and minus zoom, Enter asks who owns the centre, or zooms to what is selected",
  ],
  "map.loading": ["正在载入地图", "Loading the map"],
  "map.north": ["正北朝上", "North up"],
  "map.tilt": ["三维", "3D"],
  "map.flat": ["平面", "Flat"],
  "map.first_person": ["环视", "Look around"],
  "map.pick": ["点击要站立的地点，Esc 取消", "Click where to stand; Esc cancels"],
  "map.settled": ["{owner}，视野内 {n} 项", "{owner}, {n} features in view"],
  "map.owner_none": ["此处无归属", "No owner here"],

  "walk.title": ["环视", "Look around"],
  "walk.loading": ["正在搭建街景", "Building the street scene"],
  "walk.back": ["回到地图", "Back to the map"],
  "walk.keys": [
    "行走 W A S D · 转动 ← → ↑ ↓ 或拖动 · 快走 Shift",
    "Walk W A S D · turn ← → ↑ ↓ or drag · faster Shift",
  ],
  "walk.heading": ["朝向 {degrees}°", "Heading {degrees}°"],
  "walk.buildings": ["{n} 栋建筑", "{n} buildings"],
  "walk.roof": ["站在屋顶，离地 {height} m", "On a roof, {height} m up"],
  "walk.ground": ["站在地面", "On the ground"],
  "walk.empty": ["附近没有建筑数据", "No building data near here"],
  "walk.canvas": [
    "环视画面：WASD 行走，方向键转动，Esc 回到地图",
    "First-person view: WASD walk, arrow keys turn, Esc goes back to the map",
  ],

  "sheet.place": ["地点", "Place"],
  "sheet.layers": ["图层", "Layers"],
  "sheet.view": ["视野内", "In view"],
  "sheet.map": ["地图", "Map"],
});
