// Writes src/shared/api.gen.ts, the types of what the server sends, from its OpenAPI document.
//   npm run types                 from the server at GRIDSCAPE_SERVER (http://127.0.0.1:8000)
//   npm run types -- openapi.json from a file
//   npm run types -- … --check    changes nothing and fails where the file differs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const target = new URL("../src/shared/api.gen.ts", import.meta.url);
const words = process.argv.slice(2);
const file = words.find((word) => !word.startsWith("--"));
const server = process.env["GRIDSCAPE_SERVER"] ?? "http://127.0.0.1:8000";

// Its own folder, because it needs an older TypeScript than the screens are checked with.
const tools = createRequire(new URL("./api-types/package.json", import.meta.url));
const { default: openapi, astToString } = tools("openapi-typescript");

const document = file
  ? JSON.parse(readFileSync(file, "utf8"))
  : await (
      await fetch(`${server}/api`, {
        headers: { Accept: "application/vnd.oai.openapi+json;version=3.1, application/json" },
      })
    ).json();
const types = `// Made by \`npm run types\` from the server's OpenAPI document; not edited by hand.\n\n${astToString(await openapi(document))}`;

if (!words.includes("--check")) {
  writeFileSync(target, types);
  console.log(`Wrote src/shared/api.gen.ts (${types.length} characters)`);
} else if (readFileSync(target, "utf8") !== types) {
  console.error("src/shared/api.gen.ts is not what the server declares: run `npm run types` and commit the result");
  process.exit(1);
}
