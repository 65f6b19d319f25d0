/** Files that a command copies from one place to another. */
import type {Doing} from '../../plan/parse-plan.ts';
import {operands} from '../../plan/script.ts';

/** One end of a copy between places; `path` as the command writes it. */
type End = {place: string; path: string};

/** `scp build.tgz deploy@web:/tmp/`: the file is needed here, and there it is `/tmp/build.tgz` afterwards. */
export function carriedFiles({words, place}: Doing): {from: readonly End[]; to: readonly End[]} {
  if (!/^(?:scp|rsync)$/.test(words[0] ?? '')) return {from: [], to: []};
  const all = operands(words.filter((_, index) => !/^-\w*[PiFeo]$/.test(words[index - 1] ?? ''))).map(word =>
    endOf(word, place),
  );
  const target = all.at(-1);
  const from = all.slice(0, -1);
  if (target === undefined || from.length === 0 || all.every(end => end.place === place)) return {from: [], to: []};
  const inside = from.map(({path}) => ({...target, path: `${target.path.replace(/\/+$/, '')}/${lastName(path)}`}));
  // A directory that it copies into is there; what else is in it comes from elsewhere.
  const isInto = target.path.endsWith('/') || /^(?:\.|~)$/.test(target.path) || from.length > 1;
  return {from, to: isInto ? inside : [target, ...inside]};
}

function endOf(word: string, place: string): End {
  const [, host, path = ''] = /^([\w.<>@-]+):(.*)$/.exec(word) ?? [];
  return host === undefined ? {place, path: word} : {place: host, path: path === '' ? '.' : path};
}

function lastName(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//, '');
}
