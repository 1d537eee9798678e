// Fails the build where a page uses a sentence that it does not carry, where two files give the same key, and where no
// page uses a sentence. A key is used where it stands as a text; where one is put together, all that begin alike are.

const PAIRS = /["'`]?([\w.]+)["'`]?:\s*\[\s*["'`]/g;
const BEGUN = /`([a-z_]+(?:\.[a-z_]+)*[._])\$\{/g;
const OF_A_SET = /\bword\(\s*["'`]([\w.]+)["'`]/g;
const OF_ANY_SET = /\bword\((?!["'`])/;
const TEXT = /["'`]([a-z_]+)["'`]/g;
const SETS = /\/(?:sets|things)\.ts$/;
const isWords = (/** @type {string} */ id) => /\/shared\/words\/\w+\.ts$/.test(id) && !id.endsWith("book.ts");

/** @param {string} code @param {RegExp} pattern */
const first = (code, pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? "");

/** @returns {import("vite").Plugin} */
export function everyPageHasItsWords() {
  return {
    name: "every-page-has-its-words",
    apply: "build",
    buildEnd(error) {
      if (error) return;
      const ids = [...this.getModuleIds()].filter((id) => id.includes("/src/"));
      const code = new Map(ids.map((id) => [id, this.getModuleInfo(id)?.code ?? ""]));
      const given = new Map(ids.filter(isWords).map((id) => [id, new Set(first(code.get(id) ?? "", PAIRS))]));
      const all = [...given.values()].flatMap((keys) => [...keys]);
      const closed = new Set([...given].filter(([id]) => SETS.test(id)).flatMap(([, keys]) => [...keys]));
      const twice = all.filter((key, at) => all.indexOf(key) !== at);
      if (twice.length > 0) this.error(`Given twice: ${twice.join(", ")}`);

      const uses = new Map(ids.filter((id) => !isWords(id)).map((id) => [id, keysIn(code.get(id) ?? "", all, closed)]));
      /** @param {string[]} from What they import without waiting, themselves included. */
      const closure = (from) => {
        const found = new Set(from);
        for (const id of found) for (const next of this.getModuleInfo(id)?.importedIds ?? []) found.add(next);
        return found;
      };
      const missing = [];
      for (const entry of ids.filter((id) => this.getModuleInfo(id)?.isEntry || id.endsWith("/main.tsx"))) {
        const atOnce = closure([entry]);
        const roots = new Set([entry]);
        for (const root of roots)
          for (const id of closure([root]))
            for (const next of this.getModuleInfo(id)?.dynamicallyImportedIds ?? []) roots.add(next);
        for (const root of roots) {
          const there = [...atOnce, ...closure([root])];
          const has = new Set(there.flatMap((id) => [...(given.get(id) ?? [])]));
          for (const id of closure([root]))
            for (const key of uses.get(id) ?? [])
              if (!has.has(key)) missing.push(`${short(entry)} uses ${key} in ${short(id)}`);
        }
      }
      if (missing.length > 0) this.error(`Import the sentences too:\n${missing.join("\n")}`);
      const used = new Set([...uses.values()].flatMap((keys) => [...keys]));
      const idle = all.filter((key) => !used.has(key));
      if (idle.length > 0) this.error(`No page uses: ${idle.join(", ")}`);
      if (all.length < 100 || used.size < 100) this.error("The sentences were not found; mend tools/words.mjs");
    },
  };
}

/** @param {string} code @param {string[]} all @param {Set<string>} closed Those of the closed sets. */
function keysIn(code, all, closed) {
  const begun = [...first(code, BEGUN), ...first(code, OF_A_SET).map((set) => `${set}.`)];
  const named = OF_ANY_SET.test(code) ? first(code, TEXT) : [];
  const isUsed = (/** @type {string} */ key) =>
    code.includes(`"${key}"`) ||
    code.includes(`\`${key}\``) ||
    begun.some((each) => key.startsWith(each)) ||
    (closed.has(key) && named.some((each) => key.startsWith(`${each}.`)));
  return all.filter(isUsed);
}

/** @param {string} id */
const short = (id) => id.slice(id.lastIndexOf("/src/") + 5);
