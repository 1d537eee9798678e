/** The sentences of a demo that plays: Chinese, then English. */

import { inBook } from "./book";

export const DEMO = inBook({
  "demo.refused": ["演示没有改变：{why}", "The demo goes on as it was: {why}"],
  "demo.name": ["演示", "Demo"],
  "demo.speed": ["演示速度", "Speed of the demo"],
  "demo.pause": ["暂停演示", "Pause the demo"],
  "demo.go_on": ["继续演示", "Let the demo go on"],
  "demo.why": [
    "合成的一天，自动播放；时间为真实时间，速度只影响快慢",
    "A made-up day that plays by itself: times are real ones, the speed only makes things happen more often",
  ],
  "demo.over": ["已停止", "has stopped"],
  "demo.ended": ["演示已停止：存储不再是演示数据", "The demo has stopped: the store is a demo no more"],
});
