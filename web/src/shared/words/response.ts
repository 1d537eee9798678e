/** The sentences about graded responses that the map, the list and the bar show: Chinese, then English. */

import { inBook } from "./book";

export const RESPONSE = inBook({
  "response.title": ["分级响应", "Graded response"],
  "response.chip_none": ["分级响应", "Response"],
  "response.day": ["第 {n} 天", "day {n}"],
  "response.chip_many": ["{n} 项响应", "{n} responses on"],
  "response.n_days": ["{n} 天", "{n} d"],
  "response.kind.area": ["整个区域", "whole area"],
  "response.kind.circle": ["圆形范围", "circle"],
  "response.kind.drawn": ["手绘范围", "drawn shape"],
  "response.in": ["{kind} · {name}", "{kind} · {name}"],
  "response.incident": ["在{level}范围内 · {day}", "Inside the {level} · {day}"],
  "response.incident_mark": ["在{level}范围内", "Inside the {level}"],
  "response.said_on": ["已启动{level}：{name}", "{level} switched on: {name}"],
  "response.said_off": ["已结束{level}：{name}", "{level} switched off: {name}"],

  "keys.responses": ["分级响应", "Graded response"],
});
