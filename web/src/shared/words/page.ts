/** The sentences that every page has: Chinese, then English. */

import { inBook } from "./book";

export const PAGE = inBook({
  "page.dispatch": ["调度", "Dispatch"],

  "error.refused": ["没有成功", "Not done"],

  "app.name": ["Gridscape", "Gridscape"],
  "app.skip_panel": ["跳到地点面板", "Skip to the place panel"],
  "app.skip_map": ["跳到地图", "Skip to the map"],
  "app.synthetic": ["合成数据", "Synthetic data"],
  "app.edition": ["版本 {edition} · {date} 发布", "Edition {edition} · published {date}"],

  "page.all": ["页面", "Pages"],
  "page.overview": ["总览", "Overview"],

  "scope.choose": ["切换区县", "Choose a district"],
  "scope.districts": ["五个区县", "The five districts"],

  "language.label": ["语言", "Language"],

  "theme.to_light": ["切换为浅色", "Switch to light"],
  "theme.to_dark": ["切换为深色", "Switch to dark"],

  "connection.online": ["已连接", "Connected"],
  "connection.offline": ["连接中断 {age}", "No connection for {age}"],
  "connection.retry": ["重试", "Retry"],

  "age.now": ["刚刚", "a moment"],
  "age.seconds": ["{n} 秒", "{n} s"],
  "age.minutes": ["{n} 分钟", "{n} min"],
  "age.hours": ["{n} 小时", "{n} h"],

  "search.label": ["搜索", "Search"],
  "search.placeholder": ["搜地点、小区、网格编码", "Place, compound, grid code"],
  "search.go_to": ["编码，或 经度, 纬度", "Code, or longitude, latitude"],
  "search.results": ["搜索结果", "Search results"],
  "search.count": ["{n} 条结果", "{n} results"],
  "search.none": ["没有找到“{q}”", "Nothing found for “{q}”"],
  "search.none_help": [
    "可以输入名称、编码的开头，或“经度, 纬度”。",
    "Type a name, the beginning of a code, or “longitude, latitude”.",
  ],
  "search.clear": ["清除搜索", "Clear the search"],
  "search.coordinates": ["前往坐标", "Go to coordinates"],
  "search.loading": ["正在搜索", "Searching"],

  "keys.title": ["全部按键", "All keys"],
  "keys.close": ["关闭按键列表", "Close the list of keys"],
  "keys.search": ["搜索", "Search"],
  "keys.escape": ["返回、取消选择", "Back, unselect"],
  "keys.layers": ["图层", "Layers"],
  "keys.view": ["视野内的要素", "Features in view"],
  "keys.theme": ["深色、浅色", "Dark, light"],
  "keys.go_to": ["前往编码或坐标", "Go to code or coordinates"],
  "keys.all": ["全部按键", "All keys"],
  "keys.zoom": ["放大、缩小", "Zoom in, out"],
  "keys.north": ["正北朝上", "North up"],
  "keys.tilt": ["三维、平面", "3D, flat"],
  "keys.walk": ["环视", "Look around"],
  "keys.language": ["中文、English", "中文, English"],
  "keys.results": ["上一条、下一条结果", "Previous, next result"],
  "keys.enter": [
    "打开；地图上查询中心点，已选中时缩放至它",
    "Open; on the map, ask about its centre, or zoom to what is selected",
  ],
  "keys.pan": ["平移地图", "Pan the map"],
  "keys.districts": ["第 1 至 5 个区县", "First to fifth district"],
  "keys.panels": ["收起左、右面板", "Fold the left, right panel"],
  "keys.single": ["启用单键快捷键", "Single-letter keys on"],

  "error.retry": ["重试", "Retry"],
  "error.title": ["没有读取成功", "Could not be read"],
  "error.network": ["连不上服务器", "The server cannot be reached"],
  "error.network_help": [
    "地图保留最后的画面；连接恢复后会自动重试。",
    "The map keeps its last picture; this is tried again once the connection is back.",
  ],
  "error.server": ["服务器回应了错误 {status}", "The server answered with error {status}"],
  "error.server_help": [
    "稍后重试；如一直如此，请联系管理员。",
    "Try again later; if it stays, tell your administrator.",
  ],

  "copy.do": ["复制编码 {code}", "Copy the code {code}"],
  "copy.done": ["已复制 {code}", "Copied {code}"],
  "copy.failed": ["无法复制，请手动选择 {code}", "Could not copy; select {code} by hand"],

  "page.report": ["上报", "Report"],
  "page.statistics": ["统计", "Statistics"],
});
