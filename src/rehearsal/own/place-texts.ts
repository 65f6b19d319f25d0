/** Texts of a document as they will stand at a place of the target: with values in, and absolute. */
import {posix} from 'node:path';
import type {Doing} from '../../plan/parse-plan.ts';
import type {Plan} from '../../plan/plan.ts';
import {bindText} from '../../plan/script.ts';

/** Puts values into the texts of the plan. Undefined where something in it is known only once it runs. */
export type Reader = {
  text(text: string): string | undefined;
  /** A path that a command names, absolute. */
  path(doing: Pick<Doing, 'place' | 'directory'>, path: string): string | undefined;
  start(place: string): string;
};

export function readerOf(plan: Plan, values: Readonly<Record<string, string>>): Reader {
  const all = {...plan.values, ...values};
  const lookup = {keys: Object.keys(all), get: (name: string) => all[name]};
  const text = (written: string) => {
    const {text: bound, missing} = bindText(written, lookup, 'plain');
    return missing.length > 0 || /[$`]/.test(bound) ? undefined : bound;
  };
  return {text, start: startOf, path};

  function path({place, directory}: Pick<Doing, 'place' | 'directory'>, written: string): string | undefined {
    const home = startOf(place);
    const base = directory === undefined ? home : text(directory);
    const own = text(written);
    if (base === undefined || own === undefined || own === '' || /^[a-z]+:\/\/|^[\w.@-]+:/i.test(own)) return undefined;
    const isOdd = /["'()|<>\n]|^-/.test(own);
    return isOdd ? undefined : trimmed(posix.resolve(tilde(home, '/'), tilde(base, home), tilde(own, home)));
  }
}

function tilde(path: string, home: string): string {
  return path.replace(/^~(?=\/|$)/, home);
}

function trimmed(path: string): string {
  return path === '/' ? path : path.replace(/\/+$/, '');
}

/** The home of the account that the destination names. */
function startOf(place: string): string {
  if (place === 'local') return '/home/operator/work';
  const account = /^([\w.-]+)@/.exec(place)?.[1] ?? 'deploy';
  return account === 'root' ? '/root' : `/home/${account}`;
}
