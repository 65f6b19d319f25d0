/** What a target must have so that a plan can be played against it, read from the plan alone. */
import {courseOf, type Doing} from '../../plan/parse-plan.ts';
import {contextOf, type Plan} from '../../plan/plan.ts';
import type {Input, Place} from '../../plan/script.ts';
import {carriedFiles} from './carried-files.ts';
import type {Needs, PlaceNeeds, ProgramNeed, UnitNeed} from './needs.ts';
import {type Reader, readerOf} from './place-texts.ts';
import {layersOf} from './read-layers.ts';
import {namesOf} from './read-names.ts';
import {type Paths, pathsOf} from './read-paths.ts';
import {repositoriesOf, withFiles} from './read-repositories.ts';
import {servicesOf} from './read-services.ts';
import {databasesOf} from './read-tables.ts';
import {standInFor} from './stand-ins/all-stand-ins.ts';
import {valuesOf, versionsOf} from './values.ts';

export function needsOf(plan: Plan): Needs {
  const course = courseOf(plan);
  const values = valuesOf(plan, course);
  const reader = readerOf(plan, values);
  const versions = versionsOf(course, plan.source);
  const paths = pathsOf(course, reader, layersOf(course, reader, versions));
  const repositories = repositoriesOf(course, reader);
  const places = placesOf(plan, course).map(({name, place}): PlaceNeeds => {
    const own = course.filter(doing => doing.place === name);
    const known: Paths = paths.get(name) ?? {directories: [], files: []};
    return {
      name,
      place,
      start: reader.start(name),
      directories: known.directories,
      ...withFiles(repositories.get(name) ?? [], known.files),
      units: unitsOf(own, reader),
      programs: programsOf(own),
    };
  });
  return {
    places,
    services: servicesOf(plan, course, reader),
    names: namesOf(plan, course, reader),
    databases: databasesOf(plan, course, reader),
    versions,
    values,
  };
}

/** `local` first, then those of steps, then those that only `ssh` and its like name. */
function placesOf({steps}: Plan, course: readonly Doing[]): readonly {name: string; place: Place}[] {
  const found = new Map<string, Place>([['local', {kind: 'local'}]]);
  for (const step of steps) {
    const place = contextOf(step)?.place;
    if (place?.kind === 'host' && !found.has(place.host)) found.set(place.host, place);
  }
  const named = course.flatMap(doing => {
    const {from, to} = carriedFiles(doing);
    return [doing, ...from, ...to].map(({place}) => place);
  });
  for (const place of named) if (!found.has(place)) found.set(place, {kind: 'host', host: place, destination: place});
  return [...found].map(([name, place]) => ({name, place}));
}

type Unit = Extract<Input, {kind: 'unit'}>;

/** A unit that is started before anything stops or restarts it does not run yet. */
function unitsOf(course: readonly Doing[], reader: Reader): UnitNeed[] {
  const found = new Map<string, UnitNeed>();
  for (const {needs, words, command} of course) {
    for (const unit of needs.filter((need): need is Unit => need.kind === 'unit')) {
      const name = reader.text(unit.name)?.replace(/\.service$/, '');
      if (name === undefined || found.has(name)) continue;
      const starts = words.includes('start') || words.includes('enable');
      found.set(name, {manager: unit.manager, name, line: command.line, before: starts ? 'stopped' : 'running'});
    }
  }
  for (const {words, command} of course) {
    const name = SERVERS[words[0] ?? ''];
    if (name === undefined || found.has(name)) continue;
    found.set(name, {manager: 'systemctl', name, line: command.line, before: 'running'});
  }
  return [...found.values()];
}

/** Servers that are told to reload by their own program. */
const SERVERS: Readonly<Record<string, string>> = {nginx: 'nginx', apachectl: 'apache2', apache2ctl: 'apache2'};

function programsOf(course: readonly Doing[]): ProgramNeed[] {
  const lines = new Map<string, Set<number>>();
  for (const {words, raw, command} of course) {
    // `bin/portal` is one program, by whatever name the reader knows it.
    const [own = '', called] = [words[0], calledBy(raw)];
    for (const name of new Set(called.endsWith(`/${own}`) ? [called] : [own, called])) {
      if (name === '' || /[$`=(){}]/.test(name)) continue;
      const known = lines.get(name) ?? new Set();
      known.add(command.line);
      lines.set(name, known);
    }
  }
  return [...lines].map(([name, at]) => ({name, lines: [...at], how: howPlayed(name)}));
}

/** `sudo` is a program too: what stands in front of it is an assignment. */
function calledBy(raw: readonly string[]): string {
  return raw.find(word => !/^[A-Za-z_]\w*=/.test(word))?.replace(/^(?:\/usr)?\/s?bin\//, '') ?? '';
}

/** Which programs really run in the box, which a stand-in plays, and which nobody knows. */
function howPlayed(program: string): ProgramNeed['how'] {
  if (REAL.has(program)) return 'real';
  return standInFor(program) === undefined ? 'unknown' : 'stand-in';
}

/** They touch nothing but what is in the box. */
const REAL: ReadonlySet<string> = new Set(
  `[ [[ : . alias awk basename bash break bunzip2 bzip2 cat cd chgrp chmod chown cksum cmp command comm continue cp curl
  cut date dd declare df diff dirname du echo egrep env eval exec exit export expr false fgrep file find fold getent getopts
  git grep groups gunzip gzip head hostname id install join jobs kill let link ln local ls md5sum mkdir mkfifo mktemp
  more mv nice nl nohup nproc numfmt od paste patch popd printenv printf ps pushd pwd read readlink readonly realpath return
  rev rm rmdir rsync scp sed seq set sh sha1sum sha256sum sha512sum shift shred shuf sleep sort source split ssh stat stdbuf sum
  sync tac tail tar tee test time timeout touch tr trap true truncate tsort type uname unexpand uniq unlink unset unxz
  unzip uptime wait wc wget which whoami xargs xz xzcat yes zcat zip zstd
  psql pg_dump pg_dumpall pg_restore createdb dropdb createuser dropuser vacuumdb reindexdb pg_isready`
    .split(/\s+/)
    .filter(word => word !== ''),
);
