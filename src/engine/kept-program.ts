/** Keeps in memory what the engine has not loaded yet: a run outlives its installation. */
import {readFileSync} from 'node:fs';
import module from 'node:module';

/** Of a bundle: `from "./chunks/a.js"`, `import "./a.js"`, and `import("./a.js")`, which is loaded when it is needed. */
const AT_ONCE = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"'\n]+\.js)["']/g;
const LATER = /\bimport\(\s*["'](\.{1,2}\/[^"'\n]+\.js)["']\s*\)/g;

/**
 * Reads the parts of the program that are loaded late, so that from now on none of its files is needed. An upgrade, a
 * rebuild or a deleted checkout would otherwise take from a run what it needs first in trouble. Text in memory costs less
 * than modules that are loaded and perhaps never used. Sources that are run as they are have no parts.
 */
export function keepProgram(entry: string): void {
  const loaded = new Map<string, string>();
  const kept = new Map<string, string>();
  follow(entry, loaded, [AT_ONCE]);
  for (const [url, text] of loaded) for (const late of linksIn(url, text, LATER)) follow(late, kept, [AT_ONCE, LATER]);
  for (const url of loaded.keys()) kept.delete(url);
  if (kept.size === 0) return;
  module.registerHooks({
    resolve(specifier, context, next) {
      const url = specifier.startsWith('.') ? new URL(specifier, context.parentURL).href : specifier;
      return kept.has(url) || loaded.has(url) ? {url, format: 'module', shortCircuit: true} : next(specifier, context);
    },
    load(url, context, next) {
      const source = kept.get(url);
      return source === undefined ? next(url, context) : {source, format: 'module', shortCircuit: true};
    },
  });
}

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
