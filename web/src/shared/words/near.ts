/** The sentences about who and what is near an incident: Chinese, then English. */

import { inBook } from "./book";

export const NEAR = inBook({
  "near.title": ["谁在附近", "Who is near"],
  "near.how": ["怎么去", "How they go"],
  "near.walking": ["步行", "Walking"],
  "near.driving": ["驾车", "Driving"],
  "near.loading": ["正在查询附近", "Looking who is near"],
  "near.nobody_now": [
    "附近没有在岗人员，可派给主管部门或责任人。",
    "Nobody on duty is near. Send the department or the duty holder.",
  ],
  "near.more": ["另有 {n} 人在附近", "{n} more near"],
  "near.fewer": ["只看最近的", "Only the nearest"],
  "near.send": ["派往所选事件", "Send to the selected incident"],
  "near.select_first": ["先选一件事件，再派人前往", "Select an incident first, then send somebody there"],
  "near.also": ["或派给", "Or send"],
  "near.seen": ["{age}前", "{age} ago"],
  "near.seen_now": ["刚刚", "now"],
  "near.free": ["空闲", "free"],
  "near.busy": ["处置中 {n}", "{n} in hand"],
  "near.ageing": ["位置较旧", "position ageing"],
  "near.stale": ["位置陈旧", "old position"],
  "near.no_way": ["无路可达", "no way there"],
  "near.cameras": ["{n} 个监控点位可见", "Camera sites that see it: {n}"],
  "near.no_camera": ["没有监控点位可见", "No camera site sees it"],
  "near.dark": ["{n} 个离线", "{n} offline"],
  "near.camera_help": ["按方位、视场和距离；未计建筑遮挡", "By bearing, field and range; buildings not regarded"],
  "near.stations": ["最近的服务站点", "Nearest stations"],
});
