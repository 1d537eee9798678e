/** Who works here: asked where the list would be. */

import { SignIn as Shared } from "../shared/ui/SignIn";
import * as live from "./live";

export function SignIn() {
  return <Shared onDone={live.start} />;
}
