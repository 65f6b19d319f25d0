/** Directories and files that must be there before the deploy, because nothing in the document makes them. */
import {posix} from 'node:path';
import type {Doing} from '../../plan/parse-plan.ts';
import {copyOf, type Input} from '../../plan/script.ts';
import {carriedFiles} from './carried-files.ts';
import type {FileNeed, PathNeed} from './needs.ts';
import type {Reader} from './place-texts.ts';
import type {Layers} from './read-layers.ts';

export type Paths = {directories: readonly PathNeed[]; files: readonly FileNeed[]};

/** By place. */
export function pathsOf(course: readonly Doing[], reader: Reader, layers: Layers): ReadonlyMap<string, Paths> {
  const all = makersOf(course, reader);
  const found = new Map<string, {directories: Map<string, number>; files: Map<string, FileNeed>}>();
  const at = (place: string) => {
    const links = () => new Map(layers.links(place).map(link => [link.path, link]));
    const known = found.get(place) ?? {directories: new Map(), files: links()};
    found.set(place, known);
    return known;
  };
  course.forEach((doing, index) => {
    const {line} = doing.command;
    const isMade = (place: string, path: string) => isMadeBefore(all, place, path, index);
    const own = reader.path(doing, '.');
    if (own !== undefined && !isMade(doing.place, own)) {
      note(at(doing.place).directories, layers.before(doing.place, own), line);
    }
    for (const {place, path} of parentsOf(doing, reader)) {
      if (!isMade(place, path)) note(at(place).directories, layers.before(place, path), line);
    }
    const needs = needsOf(doing, reader).flatMap(need =>
      layers.origins(need.place, need.path, index).map(path => ({...need, path, isProgram: isCalled(doing, need)})),
    );
    for (const need of needs) {
      const {directories, files} = at(need.place);
      if (files.get(need.path)?.kind === 'link' || !belongsToTarget(need, doing, index, all)) continue;
      if (need.kind === 'directory') {
        note(directories, need.path, line);
        // A backup of an empty directory would prove nothing.
        const path = `${need.path}/settings.conf`;
        files.set(path, {path, line, kind: 'text', text: textFor(path)});
      }
      if (need.kind === 'file') files.set(need.path, holding(files.get(need.path), fileOf(need, doing), doing));
      note(directories, posix.dirname(need.path), line);
    }
  });
  return new Map(
    [...found].map(([place, {directories, files}]) => [
      place,
      {directories: withParents(directories, files), files: [...files.values()]},
    ]),
  );
}

type Need = {place: string; path: string; kind: 'file' | 'directory'};

/** Its path is what the command calls. */
function isCalled({words: [program = '']}: Doing, {path, kind}: Need): boolean {
  return kind === 'file' && path.endsWith(program.replace(/^(?:\.\/|~)/, ''));
}

/** `carried`: it comes from another place, where it was before. */
type Made = {place: string; path: string; carried: boolean; index: number; phase: Doing['phase']};

function note(lines: Map<string, number>, path: string, line: number): void {
  if (!lines.has(path)) lines.set(path, line);
}

function outputsOf(doing: Doing, reader: Reader): Pick<Made, 'place' | 'path' | 'carried'>[] {
  const own = makesRefs(doing) ? [] : doing.makes.map(path => ({place: doing.place, path, carried: false}));
  const brought = carriedFiles(doing).to.map(end => ({...end, carried: true}));
  return [...own, ...brought].flatMap(({place, path, carried}) => {
    const whole = reader.path(place === doing.place ? doing : {place, directory: undefined}, path);
    return whole === undefined ? [] : [{place, path: whole, carried}];
  });
}

/** Where it writes. The file's own name may be known only once it runs: `/backups/shop_$(date +%F).sql`. */
function parentsOf(doing: Doing, reader: Reader): {place: string; path: string}[] {
  const own = makesRefs(doing) ? [] : doing.makes.map(path => ({place: doing.place, path}));
  return [...own, ...carriedFiles(doing).to].flatMap(({place, path}) => {
    const at = place === doing.place ? doing : {place, directory: undefined};
    const parent = reader.path(at, posix.dirname(path));
    return parent === undefined ? [] : [{place, path: parent}];
  });
}

/** `git tag v1` makes a ref, and no file. */
function makesRefs({words}: Doing): boolean {
  return words[0] === 'git' && /^(?:tag|branch|checkout|switch)$/.test(words[1] ?? '');
}

function makersOf(course: readonly Doing[], reader: Reader): Made[] {
  return course.flatMap((doing, index) => outputsOf(doing, reader).map(one => ({...one, index, phase: doing.phase})));
}

function isMadeBefore(all: readonly Made[], place: string, path: string, index: number): boolean {
  return all.some(
    made => made.index < index && made.place === place && (made.path === path || path.startsWith(`${made.path}/`)),
  );
}

function needsOf(doing: Doing, reader: Reader): Need[] {
  const inputs = doing.needs.flatMap((input): Need[] => {
    if (!('path' in input) || !isFileInput(input)) return [];
    const path = reader.path({...doing, directory: input.directory ?? doing.directory}, input.path);
    const kind = input.kind === 'directory' || input.path.endsWith('/') ? 'directory' : 'file';
    return path === undefined ? [] : [{place: doing.place, path, kind}];
  });
  const read = READERS.test(doing.words[0] ?? '') ? doing.words.slice(1) : [];
  const named = read.filter(word => LOOKS_LIKE_FILE.test(word)).map(path => ({place: doing.place, path}));
  const carried = carriedFiles(doing).from;
  const measured = /^(?:df|du)$/.test(doing.words[0] ?? '') ? doing.words.filter(word => word.startsWith('/')) : [];
  return [
    ...inputs,
    ...replacedBy(doing, reader),
    ...measured.flatMap((path): Need[] => {
      const whole = reader.path(doing, path);
      return whole === undefined ? [] : [{place: doing.place, path: whole, kind: 'directory'}];
    }),
    ...[...named, ...carried].flatMap(({place, path}): Need[] => {
      const whole = reader.path(place === doing.place ? doing : {place, directory: undefined}, path);
      return whole === undefined ? [] : [{place, path: whole, kind: path.endsWith('/') ? 'directory' : 'file'}];
    }),
  ].filter(({path}) => !/[*?[{]/.test(path) && !SYSTEM.test(path));
}

/** What the way back puts a backup in place of is there. */
function replacedBy(doing: Doing, reader: Reader): Need[] {
  const {program, sources = [], target = ''} = copyOf(doing.words) ?? {};
  if (doing.phase !== 'rollback' || program !== 'cp') return [];
  if (!sources.some(source => isPutBack(doing, posix.basename(source)))) return [];
  const path = reader.path(doing, target);
  const isWhole = doing.words.some(word => /^-\w*[rRa]|^--(?:recursive|archive)/.test(word));
  return path === undefined ? [] : [{place: doing.place, path, kind: isWhole ? 'directory' : 'file'}];
}

/** Programs that read the files that are named behind them. */
const READERS =
  /^(?:cat|head|tail|less|grep|egrep|sed|awk|wc|ls|stat|diff|sha256sum|md5sum|jq|nginx|haproxy|chmod|chown)$/;
const LOOKS_LIKE_FILE =
  /^\.\w[\w.-]*$|^(?:~?\.{0,2}\/)?[\w.@-]+(?:\/[\w.@-]+)*\.[a-zA-Z]\w{0,9}$|^(?:~|\.{0,2})?\/[\w.@/-]+$/;
const SYSTEM = /^\/(?:dev|proc|sys|bin|usr\/bin|sbin|usr\/sbin)(?:\/|$)/;

type FileInput = Extract<Input, {kind: 'file' | 'directory' | 'path'}>;

function isFileInput(input: Input): input is FileInput {
  return input.kind === 'file' || input.kind === 'directory' || input.kind === 'path';
}

/**
 * What a command reads and nothing made before it is taken as there, unless its name or another line says that the
 * document itself has to make it: then the play must show whether it does.
 */
function belongsToTarget({place, path}: Need, doing: Doing, index: number, all: readonly Made[]): boolean {
  if (isMadeBefore(all, place, path, index)) return false;
  const name = posix.basename(path);
  const isProduct = PRODUCT.test(name);
  const elsewhere = all.some(made => made.phase === 'deploy' && !made.carried && posix.basename(made.path) === name);
  if (isProduct && elsewhere) return false;
  return !(doing.phase === 'rollback' && (BACKUP.test(path) || isPutBack(doing, name)));
}

/** `cp app.env.friday app.env`: whatever it is called, it was made of what it is to replace. */
function isPutBack({words}: Doing, source: string): boolean {
  const target = targetOf(words);
  return target !== undefined && source !== target && source.startsWith(target);
}

function targetOf(words: readonly string[]): string | undefined {
  const {program = '', target} = copyOf(words) ?? {};
  return target === undefined || !/^(?:cp|mv|install)$/.test(program) ? undefined : posix.basename(target);
}

const PRODUCT = /\.(?:tar|t?gz|tgz|zip|dump|sql|bak|jar|war|whl|deb|rpm)$|backup|\bbak\b/i;
const BACKUP = /backup|\bbak\b|\bold\b|\bprev|snapshot|dump/i;

function fileOf({path, isProgram}: Need & {isProgram: boolean}, {words, command, step}: Doing): FileNeed {
  const {line} = command;
  const name = posix.basename(path);
  if (isProgram || /\.sh$|\.run$/.test(name) || /\/bin\/[\w-]+$/.test(path)) {
    if (!/^(?:source|\.)$/.test(words[0] ?? '')) return {path, line, kind: 'executable'};
  }
  if (/\.(?:tar|tgz|tar\.\w+|zip)$/.test(name)) return {path, line, kind: 'archive', members: ['README']};
  if (/\.(?:dump|sql(?:\.gz)?|pgdump)$/.test(name)) return {path, line, kind: 'dump'};
  const wanted = step.expectations.flatMap(({check}) => (check?.kind === 'contains' ? [check.text] : []));
  return {path, line, kind: 'text', text: [...soughtBy(words), ...wanted, textFor(name)].join('\n')};
}

/** A file that is known already also holds what `sed` puts something else in place of. */
function holding(known: FileNeed | undefined, own: FileNeed, {words}: Doing): FileNeed {
  if (known === undefined) return own;
  const isEdited = words[0] === 'sed' && known.text !== undefined;
  return isEdited ? {...known, text: [...soughtBy(words), known.text].join('\n')} : known;
}

/** What it looks for, or puts something else in place of: `grep ready log`, `sed -i s/debug/info/ app.conf`. */
function soughtBy([program = '', ...rest]: readonly string[]): readonly string[] {
  const plain = rest.filter(word => !word.startsWith('-'));
  const sought = /grep$/.test(program)
    ? plain.slice(0, 1)
    : program === 'sed'
      ? plain.flatMap(word => /^\W?s([^\w\s])(.+?)\1/.exec(word)?.[2]?.replace(/^\^|\.?\*.*$|\$$/g, '') ?? [])
      : [];
  return sought.filter(text => /^[\w .:=-]+$/.test(text));
}

function textFor(name: string): string {
  if (/\.json$/.test(name)) return '{"name": "app"}\n';
  if (/^\.env/.test(name)) return 'APP_ENV=production\n';
  return /\.(?:conf|cfg|ini|ya?ml|toml|py|js|rb|php)$/.test(name) || /^activate$/.test(name)
    ? '# as it was before\n'
    : 'as it was before\n';
}

function withParents(lines: ReadonlyMap<string, number>, files: ReadonlyMap<string, FileNeed>): PathNeed[] {
  const all = new Map<string, number>();
  for (const [path, line] of lines) {
    for (let at = path; at !== '/' && !all.has(at); at = posix.dirname(at)) if (!files.has(at)) all.set(at, line);
  }
  return [...all]
    .map(([path, line]) => ({path, line}))
    .sort(
      (one, other) => one.path.split('/').length - other.path.split('/').length || one.path.localeCompare(other.path),
    );
}
