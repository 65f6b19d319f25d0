/** `tminus check --connect`: everything that a run would reach, proved at once. */
import {openWorld} from '../actions/open-world.ts';
import {type Login, placeOf} from '../actions/world.ts';
import type {Loaded} from '../engine/opening/load-plan.ts';
import {proveReadiness} from '../engine/readiness-watch.ts';
import {type Bindings, commandsOf, contextOf, type Plan} from '../plan/plan.ts';
import type {Place} from '../plan/script.ts';
import {type ConnectionProof, type Connections, sortedProofs} from '../report/check/check-connections.ts';
import {initialState} from '../run/evolve.ts';
import {unboundPlace} from '../run/requests/bind-parts.ts';
import {engineLookup} from '../run/requests/lookups.ts';
import {
  type FollowedLog,
  type Proving,
  proveDatabase,
  proveGroup,
  proveHost,
  proveLog,
  proveProbe,
  proveSudo,
} from './connect-proofs.ts';
import {progressLine} from './terminal/progress-line.ts';
import {terminalAsk} from './terminal/terminal-questions.ts';

const ANSWER_WITHIN_MS = 10_000;
/** With somebody at the terminal who may be asked. That nothing answers at all is seen sooner. */
const PERSON_WITHIN_MS = 5 * 60_000;

/** Proves hosts, sudo, databases, logs, probes and the rollback's readiness, everything as soon as what it needs answers. */
export async function connectCheck({plan, bindings}: Loaded): Promise<Connections> {
  const progress = progressLine();
  const asked = terminalAsk();
  const ask: typeof asked = asked === undefined ? undefined : (...question) => progress.away(() => asked(...question));
  const logins = new Map<string, Login>();
  const world = openWorld({
    bindings,
    directory: process.cwd(),
    onLink: () => {},
    onLogin: login => void logins.set(login.host, login),
    ...(ask === undefined ? {} : {ask}),
  });
  const lookup = engineLookup(bindings, initialState);
  const withinMs = ask === undefined ? ANSWER_WITHIN_MS : PERSON_WITHIN_MS;
  try {
    const proving = {bindings, world, lookup, logins, withinMs, units: plan.signals ?? {}};
    const hosts = hostsOf(plan, bindings).map(
      ([name, destination]) => [name, progress.of(`host ${name}`, proveOne(proving, name, destination))] as const,
    );
    const answered = new Map(hosts);
    const further = furtherProofs(plan, proving, answered).map(([name, proof]) => progress.of(name, proof));
    const everyHost = Promise.all(answered.values());
    const readiness = everyHost.then(async () => await readinessOf(plan, proving));
    const proofs = await Promise.all([...answered.values(), ...further]);
    const items = await progress.of('rollback readiness', readiness);
    return {proofs: sortedProofs(proofs.filter(proof => proof !== undefined)), readiness: items};
  } finally {
    progress.end();
    await world.close();
  }
}

function proveOne(proving: Proving, name: string, destination: string): Promise<ConnectionProof> {
  const isGroup = proving.bindings.hosts[name]?.group !== undefined;
  return isGroup ? proveGroup(proving, name) : proveHost(proving, name, destination);
}

/** Those of the bindings, and those that the document names well enough to be reached without. */
export function hostsOf({steps}: Plan, {hosts}: Bindings): readonly (readonly [name: string, destination: string])[] {
  const written = steps.flatMap(step => {
    const place = contextOf(step)?.place;
    return place?.kind === 'host' && unboundPlace(place).length === 0 ? [[place.host, place.destination] as const] : [];
  });
  const bound = Object.entries(hosts).map(([name, {destination}]) => [name, destination] as const);
  return [...new Map([...written, ...bound])];
}

type Answered = ReadonlyMap<string, Promise<ConnectionProof>>;
type Further = readonly [name: string, proof: Promise<ConnectionProof | undefined>];

/** What is on a host waits for that host, and is not asked for when the host does not answer. */
function furtherProofs(plan: Plan, proving: Proving, answered: Answered): readonly Further[] {
  const {bindings} = proving;
  const after = async <T>(host: string | undefined, prove: () => Promise<T>): Promise<T | undefined> => {
    const proof = host === undefined ? undefined : await answered.get(host);
    return proof?.state === 'failed' ? undefined : await prove();
  };
  const hostOf = (place: Place) => (place.kind === 'host' ? place.host : undefined);
  const databases = new Map(
    Object.entries(bindings.databases).map(([name, {via}]) => [name, after(via, () => proveDatabase(proving, name))]),
  );
  return [
    ...sudoPlaces(plan).map(
      place => [`sudo ${hostOf(place) ?? 'local'}`, after(hostOf(place), () => proveSudo(proving, place))] as const,
    ),
    ...[...databases].map(([name, proof]) => [`database ${name}`, proof] as const),
    ...logsOf(plan, bindings).map(
      ([name, place, what]) =>
        [`log ${name}`, after(hostOf(place), () => proveLog(proving, name, place, what))] as const,
    ),
    ...Object.entries(bindings.probes).map(([name, probe]) => {
      const on = 'on' in probe ? probe.on : undefined;
      const database = on === undefined ? undefined : databases.get(on);
      return [
        `probe ${name}`,
        Promise.resolve(database).then(async () => await after(on, () => proveProbe(proving, name))),
      ] as const;
    }),
  ];
}

/** Where steps use sudo; a place that the document has not named yet cannot be asked. */
function sudoPlaces({steps}: Plan): readonly Place[] {
  const places = steps.flatMap(step => {
    const place = contextOf(step)?.place;
    const isUsed = commandsOf(step).some(({text}) => /(?:^|[\s;&|(])sudo\s/.test(text));
    return place === undefined || !isUsed || (place.kind === 'host' && unboundPlace(place).length > 0) ? [] : [place];
  });
  return [...new Map(places.map(place => [place.kind === 'host' ? place.host : '', place])).values()];
}

type Log = readonly [name: string, place: Place, what: FollowedLog];

/** The logs of the bindings, and those that the document itself follows. */
function logsOf({steps}: Plan, {logs, hosts}: Bindings): readonly Log[] {
  const bound = Object.entries(logs).map(([name, {on, tail: file, run: command}]): [string, Log] => [
    name,
    [name, placeOf(on, hosts), {file, command}],
  ]);
  const followed = steps.flatMap(({action}): [string, Log][] => {
    if (action.kind !== 'tail' || action.file === undefined) return [];
    const {place} = action.context;
    if (place.kind === 'host' && unboundPlace(place).length > 0) return [];
    return [[action.source, [action.source, place, action]]];
  });
  return [...new Map([...followed, ...bound]).values()];
}

async function readinessOf(plan: Plan, {bindings, world, lookup}: Proving): Promise<Connections['readiness']> {
  if (plan.rollback === null) return [];
  const found = await proveReadiness(plan, bindings, world, lookup);
  return found.type === 'readiness-reported' ? found.items : [];
}
