/** Where something really comes from that a link leads to, or that was unpacked where it is used. */
import {posix} from 'node:path';
import type {Doing} from '../../plan/parse-plan.ts';
import {archiveOf, copyOf} from '../../plan/script.ts';
import type {FileNeed} from './needs.ts';
import type {Reader} from './place-texts.ts';
import {gitDirectory} from './read-repositories.ts';
import type {versionsOf} from './values.ts';

/** `link`: `path` leads to `from`. `unpacked`: from then on `path` holds what is in the directory or archive `from`. */
type Layer = {
  kind: 'link' | 'unpacked';
  place: string;
  path: string;
  from: string;
  phase: Doing['phase'];
  index: number;
  line: number;
};

export type Layers = {
  /** The paths that have to hold it so that it is found at `path`; itself where no layer covers it. */
  origins(place: string, path: string, index: number): readonly string[];
  /** Where it is before the deploy. */
  before(place: string, path: string): string;
  /** Links that stand there before the deploy, because the document puts others in their place. */
  links(place: string): readonly FileNeed[];
};

const DEPTH_MAX = 4;

export function layersOf(course: readonly Doing[], reader: Reader, versions: ReturnType<typeof versionsOf>): Layers {
  const layers = course.flatMap((doing, index) => layersBy(doing, index, course, reader));
  const replaced = Map.groupBy(
    layers.filter(({kind}) => kind === 'link'),
    ({place, path}) => `${place} ${path}`,
  );
  const first = [...replaced.values()].flatMap(own => firstLink(own, versions) ?? []);
  const covering = (place: string, path: string) =>
    [...first, ...layers].filter(one => one.place === place && path.startsWith(`${one.path}/`));
  const origins = (place: string, path: string, index: number, depth = 0): readonly string[] => {
    const over = covering(place, path).filter(one => one.kind === 'link' || one.index < index);
    if (over.length === 0 || depth === DEPTH_MAX) return [path];
    const links = over.filter(({kind}) => kind === 'link');
    const used = links.length > 0 ? links : over.slice(-1);
    const all = used.flatMap(one => origins(place, one.from + path.slice(one.path.length), index, depth + 1));
    return [...new Set(all)];
  };
  return {
    origins: (place, path, index) => origins(place, path, index),
    before(place, path) {
      const link = first.find(one => one.place === place && (path === one.path || path.startsWith(`${one.path}/`)));
      return link === undefined ? path : link.from + path.slice(link.path.length);
    },
    links: place =>
      first
        .filter(one => one.place === place)
        .map(({path, from, line}) => ({path, line, kind: 'link', target: posix.relative(posix.dirname(path), from)})),
  };
}

function layersBy(doing: Doing, index: number, course: readonly Doing[], reader: Reader): Layer[] {
  const {place, phase, words, command} = doing;
  const layer = (kind: Layer['kind'], path: string | undefined, from: string | undefined): Layer[] =>
    path === undefined || from === undefined || path === from
      ? []
      : [{kind, place, path, from, phase, index, line: command.line}];
  switch (words[0]) {
    case 'ln': {
      const {sources: [source] = [], target} = copyOf(words) ?? {};
      const isLink = words.some(word => /^-\w*s|^--symbolic$/.test(word));
      if (source === undefined || target === undefined || target.endsWith('/') || !isLink) return [];
      const path = reader.path(doing, target);
      const from = path === undefined ? undefined : reader.path({place, directory: posix.dirname(path)}, source);
      return layer('link', path, from);
    }
    case 'tar': {
      const archive = archiveOf(words);
      if (archive?.reads !== true || archive.file !== undefined) return [];
      const fed = course[index - 1];
      if (fed?.command !== command || fed.words[0] !== 'git' || fed.words[1] !== 'archive') return [];
      const prefix = fed.words.find(word => word.startsWith('--prefix='))?.slice('--prefix='.length) ?? '.';
      return layer(
        'unpacked',
        reader.path(doing, posix.join(archive.directory ?? '.', prefix)),
        gitDirectory(fed, reader),
      );
    }
    case 'git': {
      const path = words[1] === 'worktree' && words[2] === 'add' ? words.slice(3).find(isOperand) : undefined;
      return path === undefined ? [] : layer('unpacked', reader.path(doing, path), gitDirectory(doing, reader));
    }
    default:
      return [];
  }
}

function isOperand(word: string): boolean {
  return !word.startsWith('-');
}

/** The rollback puts back what was there; else it led to the old version, beside the new one. */
function firstLink(all: readonly Layer[], {old, new: next}: ReturnType<typeof versionsOf>): Layer | undefined {
  const deploy = all.find(({phase}) => phase === 'deploy');
  const back = all.find(({phase, from}) => phase === 'rollback' && from !== deploy?.from);
  const known = deploy ?? back;
  if (known === undefined) return undefined;
  const bare = (version: string) => version.replace(/^v/, '');
  const {from} = known;
  const older = from.includes(bare(next))
    ? from.replaceAll(bare(next), bare(old))
    : posix.join(posix.dirname(from), 'previous');
  return {...known, from: back?.from ?? older};
}
