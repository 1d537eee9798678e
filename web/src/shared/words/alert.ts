/** The sentences about sound and notifications: Chinese, then English. */

import { inBook } from "./book";

export const ALERT = inBook({
  "alerts.turn_on": ["新事件提示音与通知：关", "Sound and notification for new incidents: off"],
  "alerts.turn_off": ["新事件提示音与通知：开", "Sound and notification for new incidents: on"],
  "alerts.mute": [
    "新事件提示音与通知：开；点一下页面或按任意键后才会响",
    "Sound and notification for new incidents: on; it sounds after a click or a key in the page",
  ],
  "alerts.both": [
    "新事件会响提示音；页面在后台时弹出通知",
    "New incidents sound, and notify while the page is behind others",
  ],
  "alerts.sound_only": [
    "新事件会响提示音。浏览器未允许通知，可在网站设置中打开。",
    "New incidents sound. The browser allows no notification; its site settings can.",
  ],
});
