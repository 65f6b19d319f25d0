/**
 * An esbuild plugin that replaces three modules inside Ink while dist/ is bundled. Tests run on Ink as it is.
 *
 * Made for: Ink 8.0.0.
 * What: `./output.js` by output.mjs (a row of the screen is made again only when something else is written to it);
 * `./sanitize-ansi.js` and `widest-line` by copies that remember their answers for the texts of the last frames.
 * Why: Ink makes every row of every frame anew, cell by cell, though a tick of the clock changes one row of 45.
 * Figures of the console at 160x45, medians of three runs in turn with and without, on a machine busy with other work:
 *   idle (clock, 3 probes), share of a core: 1.5 % with all three, 3.5 % with plain Ink (2.3 times as much);
 *   with output.mjs alone 1.9 %, against 1.1 % with all three in the same minutes (1.7 times as much);
 *   key to changed screen while 50 000 lines/s flow in: p50 8 ms, p99 52 ms; with plain Ink 27 ms and 103 ms.
 *   The budgets are 1.5 % for engine and console together, and 50 ms p99 on a quiet machine.
 * What would end it: an Ink whose Output keeps rows (or its caches) between frames; then delete this folder, its test
 * (tests/tools/ink-output.test.ts) and the plugin's line in build.mjs, and run `npm run bench -- idle keys-in-flood`.
 * When the build fails here after an update of Ink: compare the module that it names with the one before, run the test
 * and the two measurements, then write the new checksum below.
 */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {fileURLToPath} from 'node:url';

const INK = new URL('../../node_modules/ink/', import.meta.url);

/** What is replaced, by the name under which Ink imports it. `sha256`: of Ink's own module that ours extends. */
const REPLACED = {
  './output.js': {by: 'output.mjs', sha256: '5e6c511c0a573f48cd5765d7f1f16583d2595f7b05775608382bdb990b63f225'},
  './sanitize-ansi.js': {
    by: 'sanitize-ansi.mjs',
    sha256: 'd1f9783713dc610e01188ae37e339ce151abb922c4ea4e119deb55f90c50659e',
  },
  'widest-line': {by: 'widest-line.mjs'},
};

export function inkWithRowsKept() {
  return {
    name: 'ink-with-rows-kept',
    setup({onStart, onResolve, onEnd}) {
      const found = new Set();
      onStart(() => {
        for (const [name, {sha256}] of Object.entries(REPLACED)) if (sha256 !== undefined) expectModule(name, sha256);
      });
      onResolve({filter: /^(\.\/output\.js|\.\/sanitize-ansi\.js|widest-line)$/}, ({path, importer}) => {
        if (!/\/node_modules\/ink\/build\/[^/]*$/.test(importer)) return undefined;
        found.add(path);
        return {path: fileURLToPath(new URL(REPLACED[path].by, import.meta.url))};
      });
      onEnd(() => {
        const missing = Object.keys(REPLACED).filter(name => !found.has(name));
        if (missing.length > 0)
          throw new Error(`Ink no longer imports ${missing.join(', ')}; see .tools/ink/plugin.mjs`);
      });
    },
  };
}

function expectModule(name, sha256) {
  const text = readFileSync(new URL(`build/${basename(name)}`, INK));
  const actual = createHash('sha256').update(text).digest('hex');
  if (actual === sha256) return;
  const {version} = JSON.parse(readFileSync(new URL('package.json', INK), 'utf8'));
  throw new Error(
    `build/${basename(name)} of Ink ${version} is not the one that .tools/ink/ was made for (${actual}); see .tools/ink/plugin.mjs`,
  );
}
