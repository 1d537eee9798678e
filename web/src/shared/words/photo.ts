/** The sentences about photos of an incident: Chinese, then English. */

import { inBook } from "./book";

export const PHOTO = inBook({
  "history.stated": ["报告人称在 {area}", "said to be in {area}"],

  "photo.title": ["照片", "Photos"],
  "photo.added": ["添加照片", "Photo added"],
  "photo.erased": ["照片已到期清除", "erased when due"],
  "photo.open": ["放大照片 {n}", "Enlarge photo {n}"],
  "photo.alt": ["事件 {code} 的照片 {n}", "Photo {n} of the incident {code}"],
  "photo.close": ["关闭照片", "Close the photo"],
  "photo.failed": ["照片没有载入", "The photo did not load"],
});
