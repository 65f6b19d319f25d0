/** What the box of a run is built from: the plan's needs, and where the bindings say that its hosts and databases are. */
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {parseDestination} from '../../actions/ssh/ssh-config.ts';
import type {EngineOptions} from '../../engine/opening/options.ts';
import type {Redactor} from '../../journal/secrets/redact.ts';
import type {Bindings} from '../../plan/plan.ts';
import type {Place} from '../../plan/script.ts';
import {boxCommand} from '../../rehearsal/own/box/box-command.ts';
import {
  BOX_FILES,
  type BoxDatabase,
  type BoxHost,
  type BoxPlan,
  LOCAL,
  USER,
} from '../../rehearsal/own/box/box-plan.ts';
import {DATABASE_TOOLS} from '../../rehearsal/own/box/database-tools.ts';
import {realProgramsHere} from '../../rehearsal/own/box/real-programs.ts';
import type {Needs, ProgramNeed} from '../../rehearsal/own/needs.ts';
import {findPrograms} from '../../rehearsal/postgres.ts';
import type {RunSettings} from '../../run/event.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {compact} from '../../text/compact.ts';
import {CommandError} from '../command-error.ts';
import {engineFile} from '../start-engine-early.ts';

/** What a run has to know of the box that its engine works in. */
export type BoxOfRun = {
  /** Where local steps start in it. */
  directory: string;
  shown: NonNullable<RunSettings['box']>;
  /** The line whose command is to fail. */
  failAt?: number | undefined;
  /** Answers SQL that the bindings name no database for. */
  database?: EngineOptions['madeDatabase'] | undefined;
  /** Where the hosts are that no binding names. */
  hosts: Readonly<Record<string, string>>;
  /** The words in front of the engine's command. */
  within(runDirectory: string): readonly string[];
};

/** Nobody's: no account of a Debian has it, and nothing of this machine belongs to it. */
const OWNER = 64_131;
const SSH_PORT = 22;
/** `sun_path` of Linux, the closing zero left out. */
const SOCKET_PATH_BYTES_MAX = 107;
/** Who works where local steps run. */
const OPERATOR = 'operator';
/** A deploy of an hour is played in three minutes. */
const FASTER = 20;

/** Nothing in it is a secret: it is written into the run's directory, and shown. `hide` takes secrets out of data. */
export async function boxPlanOf(wanted: Needs, bindings: Bindings, hide: Redactor['plain']): Promise<BoxPlan> {
  const programs = realProgramsHere();
  // A client that is older than its server refuses it.
  for (const tool of DATABASE_TOOLS) delete programs[tool];
  // The values are made up here, also those of names such as `<DB_PASSWORD>`.
  const needs = {...hide(withoutMissing(wanted, programs)), values: wanted.values};

  const madeDatabase = databaseToMake(needs, bindings);
  const postgres =
    needs.databases.length + Object.keys(bindings.databases).length === 0 ? undefined : await findPrograms();
  return {
    needs,
    hosts: hostsOf(needs, bindings),
    databases: [
      ...Object.entries(bindings.databases).map(([name, {url}]) => ({name, url: withoutSecrets(url)})),
      ...(madeDatabase === undefined ? [] : [madeDatabase]),
    ],
    programs,
    operator: operatorHere(),
    faster: FASTER,
    ...compact({
      madeDatabase,
      postgres: postgres === undefined ? undefined : {initdb: postgres.initdb, postgres: postgres.postgres},
      owner: process.getuid?.() === 0 ? OWNER : undefined,
    }),
  };
}

/** Whom it lets in, where and to which database: PostgreSQL of the box asks for no password and reads no options. */
function withoutSecrets(url: string): string {
  const {protocol = 'postgres:', username = '', host = '127.0.0.1', pathname = '/'} = URL.parse(url) ?? {};
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

/** SQL of a document that no database is bound to is asked of the box's own. */
function databaseToMake({databases}: Needs, {databases: bound}: Bindings): BoxDatabase | undefined {
  const asked = databases.find(({from}) => from.length === 0);
  if (asked === undefined || Object.keys(bound).length > 0) return undefined;
  return {name: asked.name, url: `postgres://postgres@127.0.0.1:5432/${encodeURIComponent(asked.name)}`};
}

/** A program that would be real and that this machine does not have is one that does not run. */
function withoutMissing(needs: Needs, programs: Readonly<Record<string, string>>): Needs {
  const isThere = ({name}: ProgramNeed) => programs[name] !== undefined || OWN.has(name);
  const places = needs.places.map(place => ({
    ...place,
    programs: place.programs.map(one => {
      if (one.how !== 'real' || isThere(one)) return one;
      const how = one.name === 'psql' || DATABASE_TOOLS.includes(one.name) ? 'stand-in' : 'unknown';
      return {...one, how} satisfies ProgramNeed;
    }),
  }));
  return {...needs, places};
}

/** What the shell does by itself, and what each host of the box has its own of. */
const OWN: ReadonlySet<string> = new Set(
  '[[ : . alias break cd command continue declare eval exec exit export getopts hash jobs let local popd pushd read readonly return set shift source trap type ulimit umask unset wait sudo doas su chown chgrp'.split(
    ' ',
  ),
);

/** An id without a name says nothing more. */
function operatorHere(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}

/** Writes what the box is built from, and says what stands in front of its engine's command. */
export function prepareBox(runDirectory: string, plan: BoxPlan): readonly string[] {
  refuseLongPath(runDirectory);
  mkdirSync(join(runDirectory, BOX_FILES.root));
  writeFileSync(join(runDirectory, BOX_FILES.plan), JSON.stringify(plan), {mode: 0o600});
  const {postgres} = plan;
  return boxCommand(runDirectory, [
    programRoot(),
    ...(postgres === undefined ? [] : [dirname(dirname(postgres.initdb))]),
  ]);
}

/** The box is asked over a socket in the run's directory. */
function refuseLongPath(runDirectory: string): void {
  if (Buffer.byteLength(join(runDirectory, BOX_FILES.socket)) <= SOCKET_PATH_BYTES_MAX) return;
  const words = `${runDirectory} is too long for the socket of a box: set TMINUS_HOME to a shorter path`;
  throw new CommandError(EXIT.refused, words);
}

/** The bundle; or the whole project, where its sources are run as they are. */
function programRoot(): string {
  const beside = dirname(engineFile());
  return existsSync(join(beside, 'cli.js')) ? beside : dirname(dirname(beside));
}

/** Every place of the plan and every host of the bindings. Those with the same destination are one host. */
function hostsOf(needs: Needs, {hosts: bound}: Bindings): readonly BoxHost[] {
  const places = needs.places.map(({name, place, start}) => ({name, destination: destinationOf(place, bound), start}));
  for (const [name, {destination}] of Object.entries(bound)) {
    if (!places.some(place => place.name === name)) places.push({name, destination, start: ''});
  }
  const groups = [...Map.groupBy(places, ({destination}) => keyOf(destination)).values()];
  groups.sort((a, b) => Number(isLocal(b[0]?.destination)) - Number(isLocal(a[0]?.destination)));
  return groups.map((group, index) => hostOf(group, index, needs.values));
}

type Reached = {name: string; destination: string; start: string};

function destinationOf(place: Place, bound: Bindings['hosts']): string {
  return place.kind === 'local' ? LOCAL : (bound[place.host]?.destination ?? place.destination);
}

function keyOf(destination: string): string {
  return isLocal(destination) ? LOCAL : parseDestination(destination).host;
}

function isLocal(destination: string | undefined): boolean {
  return destination === LOCAL;
}

function hostOf(group: readonly Reached[], index: number, values: Needs['values']): BoxHost {
  const reached = group
    .filter(({destination}) => !isLocal(destination))
    .map(({destination}) => parseDestination(destination));
  const [{name, start} = {name: LOCAL, start: ''}] = group;
  const users = reached.flatMap(({user}) => user ?? []);
  const first = users[0] ?? (index === 0 ? OPERATOR : USER);
  return {
    places: group.map(one => one.name),
    hostname: hostnameOf(name, index),
    address: `127.1.0.${index + 1}`,
    names: [...new Set(reached.flatMap(({host}) => [host, withValues(host, values)]))],
    ports: [...new Set([...reached.map(({port}) => port ?? SSH_PORT), ...(reached.length === 0 ? [SSH_PORT] : [])])],
    users: [...new Set([first, ...users, USER, 'root', 'postgres', 'www-data', 'git'])],
    home: start === '' ? `/home/${first}` : start,
  };
}

/** Commands name a host with the values that the rehearsal binds. */
function withValues(host: string, values: Needs['values']): string {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), host);
}

/** Hosts of the plan by the name of their box: whatever the document writes for them is a name that leads there. */
export function boxHosts({needs, hosts}: BoxPlan): Record<string, string> {
  const found = needs.places.flatMap(({name, place}) => {
    const own = hosts.find(({places}) => places.includes(name));
    if (place.kind === 'local' || place.host !== place.destination || own === undefined) return [];
    const {user = own.users[0], port} = parseDestination(place.destination);
    return [[place.host, `${user}@${own.hostname}${port === undefined ? '' : `:${port}`}`] as const];
  });
  return Object.fromEntries(found);
}

function hostnameOf(place: string, index: number): string {
  const plain = basename(place)
    .replace(/^.*@/, '')
    .replaceAll(/[^A-Za-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' || !/[A-Za-z]/.test(plain)
    ? `host-${index + 1}`
    : `${plain.slice(0, 50)}${index === 0 ? '' : `-${index + 1}`}`;
}
