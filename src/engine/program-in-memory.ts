/** Keeps the program in memory that an engine runs, so that it needs none of its files any more. */
import {readFile} from 'node:fs/promises';
import module from 'node:module';
import {inflateRawSync} from 'node:zlib';

/** Paths from the engine; `late`: where a part begins and ends behind the first line of the file. */
type Head = {loaded: readonly string[]; late: Readonly<Record<string, readonly [number, number]>>};

const LINE_FEED = 10;

/**
 * Takes the parts of the program that are loaded late into memory, so that from now on none of its files is needed. An
 * upgrade, a rebuild or a deleted checkout would otherwise take from a run what it needs first in trouble. Packed text in
 * memory costs less than modules that are loaded and perhaps never used, and the build has packed it
 * (.tools/late-parts.mjs), so that the first step of a run has the processor. Sources that are run as they are have none.
 */
export async function keepProgram(entry: string): Promise<void> {
  const build = process.env['TMINUS_BUILD'];
  if (build === undefined) return;
  // A program that has gone already is not worth ending the run for.
  const file = await readFile(new URL(`./chunks/late-${build}.parts`, entry)).catch(() => undefined);
  if (file === undefined) return;
  const from = file.indexOf(LINE_FEED) + 1;
  const {loaded, late} = JSON.parse(file.toString('utf8', 0, from)) as Head;
  const urlOf = (path: string) => new URL(path, entry).href;
  const known = new Set(loaded.map(urlOf));
  const kept = new Map(
    Object.entries(late).map(([path, [start, end]]) => [urlOf(path), file.subarray(from + start, from + end)]),
  );
  module.registerHooks({
    resolve(specifier, context, next) {
      const url = specifier.startsWith('.') ? new URL(specifier, context.parentURL).href : specifier;
      return kept.has(url) || known.has(url) ? {url, format: 'module', shortCircuit: true} : next(specifier, context);
    },
    load(url, context, next) {
      const packed = kept.get(url);
      if (packed === undefined) return next(url, context);
      return {source: inflateRawSync(packed).toString('utf8'), format: 'module', shortCircuit: true};
    },
  });
}
