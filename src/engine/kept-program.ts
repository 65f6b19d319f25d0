/** Keeps the program in memory that an engine runs, so that it needs none of its files any more. */
import {readFileSync} from 'node:fs';
import module from 'node:module';
import {promisify} from 'node:util';
import {deflateRaw, inflateRawSync} from 'node:zlib';

/** Of a bundle: `from "./chunks/a.js"`, `import "./a.js"`, and `import("./a.js")`, which is loaded when it is needed. */
const AT_ONCE = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"'\n]+\.js)["']/g;
const LATER = /\bimport\(\s*["'](\.{1,2}\/[^"'\n]+\.js)["']\s*\)/g;

/**
 * Reads the parts of the program that are loaded late, so that from now on none of its files is needed. An upgrade, a
 * rebuild or a deleted checkout would otherwise take from a run what it needs first in trouble. Packed text in memory costs
 * less than modules that are loaded and perhaps never used. Sources that are run as they are have no parts.
 */
export async function keepProgram(entry: string): Promise<void> {
  const loaded = new Map<string, string>();
  const texts = new Map<string, string>();
  follow(entry, loaded, [AT_ONCE]);
  for (const [url, text] of loaded) for (const late of linksIn(url, text, LATER)) follow(late, texts, [AT_ONCE, LATER]);
  const known = new Set(loaded.keys());
  const kept = new Map<string, string | Buffer>([...texts].filter(([url]) => !known.has(url)));
  if (kept.size === 0) return;
  module.registerHooks({
    resolve(specifier, context, next) {
      const url = specifier.startsWith('.') ? new URL(specifier, context.parentURL).href : specifier;
      return kept.has(url) || known.has(url) ? {url, format: 'module', shortCircuit: true} : next(specifier, context);
    },
    load(url, context, next) {
      const source = kept.get(url);
      if (source === undefined) return next(url, context);
      const text = typeof source === 'string' ? source : inflateRawSync(source).toString('utf8');
      return {source: text, format: 'module', shortCircuit: true};
    },
  });
  // Several megabytes, most of which no run ever needs: a sixth of them is enough.
  for (const [url, text] of kept) if (typeof text === 'string') kept.set(url, await pack(text));
}

const pack = promisify(deflateRaw) as (text: string) => Promise<Buffer>;

function follow(url: string, found: Map<string, string>, patterns: readonly RegExp[]): void {
  if (found.has(url)) return;
  const text = readIfThere(url);
  if (text === undefined) return;
  found.set(url, text);
  for (const pattern of patterns) for (const next of linksIn(url, text, pattern)) follow(next, found, patterns);
}

/** A part that has gone already is not worth ending the run for. */
function readIfThere(url: string): string | undefined {
  try {
    return readFileSync(new URL(url), 'utf8');
  } catch {
    return undefined;
  }
}

function linksIn(url: string, text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, path = '']) => new URL(path, url).href);
}
