// `npm ci && npm run build`: bundles into src/seci/site/static/vendor, with the licences of all that
// went in. What is bundled is committed, so that nobody needs Node to run SECI; what it was made of is noted in
// bundled.sha256, so that tests/lints/test_bundle.py tells when one was changed without the other.
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const vendor = join(here, "../src/seci/site/static/vendor");

/** The packages (name -> package.json) whose files esbuild has put into the bundle. */
function packages(metafile) {
  const found = new Map();
  for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const name = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
      if (name && bytesInOutput) found.set(name, JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"))));
    }
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}

function licence(name) {
  const folder = join(here, "node_modules", name);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  return file ? readFileSync(join(folder, file), "utf8").trim() : "";
}

for (const name of ["editor", "graph"]) {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: [`${name}.js`],
    outfile: join(vendor, `${name}.min.js`),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const list = packages(metafile).map(([each, { version, license }]) => ({ name: each, version, license, text: licence(each) }));
  const same = new Map();
  for (const { name: each, version, license, text } of list) same.set(text, [...(same.get(text) ?? []), `${each} ${version} (${license})`]);
  const words = [...same].map(([text, names]) => `${names.join("\n")}\n\n${text || "No licence file; the licence named above."}`);
  writeFileSync(join(vendor, `${name}-LICENSES.txt`), words.join(`\n\n${"-".repeat(80)}\n\n`) + "\n");
}

const digest = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
const made = ["editor", "graph"].map((name) => join(vendor, `${name}.min.js`));
const sources = ["editor.js", "graph.js", "build.mjs", "package.json", "package-lock.json"].map((name) => join(here, name));
const lines = [...sources, ...made].map((path) => `${digest(path)}  ${path.split("/").at(-1)}`);
writeFileSync(join(here, "bundled.sha256"), lines.join("\n") + "\n");
