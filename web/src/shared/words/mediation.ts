/** Who mediates a dispute: Chinese, then English. A test holds the kinds to the server's. */

import { inBook } from "./book";

export const MEDIATION = inBook({
  "mediator.title": ["调解人", "Who mediates"],
  "mediator.none": ["尚未选择", "Not chosen yet"],
  "mediator.community_judge": ["社区法官", "Community judge"],
  "mediator.legal_adviser": ["法律顾问", "Legal adviser"],
  "mediator.peoples_mediator": ["人民调解员", "People's mediator"],
});
