/** What `check --connect` proves of one thing each: that it answers, in words, within a deadline of its own. */
import {bindingsDirectory, type Login, type World} from '../actions/world.ts';
import type {Bindings, Plan} from '../plan/plan.ts';
import {bindText, findPlaceholders, type Lookup, type Place, quoteForShell, simpleCommands} from '../plan/script.ts';
import {measureOnce} from '../probes/kinds.ts';
import {bindProbes} from '../probes/reading.ts';
import type {ConnectionProof} from '../report/check/check-connections.ts';
import {fineQuantity, plural} from '../text/figures.ts';

/** `logins`: by host, once one has answered. `withinMs`: for what a person may be asked about. */
export type Proving = {
  bindings: Bindings;
  world: World;
  lookup: Lookup;
  logins: ReadonlyMap<string, Login>;
  withinMs: number;
  /** What feeds each signal, and in which unit. */
  units: NonNullable<Plan['signals']>;
};

const ANSWER_WITHIN_MS = 10_000;
/** For all hosts of a group together; Ansible waits ten seconds for each that does not answer. */
const GROUP_WITHIN_MS = 5 * 60_000;

type Proved = Omit<ConnectionProof, 'kind' | 'name'>;

export async function proveHost(
  {world, logins, withinMs}: Proving,
  host: string,
  destination: string,
): Promise<ConnectionProof> {
  const place: Place = {kind: 'host', host, destination};
  return await proof('host', host, withinMs, async () => {
    const [{code}, ms] = await timed(world.capture(place, 'true', withinMs));
    if (code !== 0) return {state: 'failed', detail: `exit ${code} from \`true\``};
    return {state: 'ok', detail: loginText(logins.get(host), destination), ms};
  });
}

/** Every host of the group: that Ansible reaches it, and that a command runs there. */
export async function proveGroup({bindings, withinMs}: Proving, name: string): Promise<ConnectionProof> {
  const {group} = bindings.hosts[name] ?? {};
  return await proof('host', name, Math.max(withinMs, GROUP_WITHIN_MS), async () => {
    if (group === undefined) return {state: 'failed', detail: 'it is no group'};
    const directory = bindingsDirectory(bindings, process.cwd());
    const {askGroup} = await import('../actions/group/groups.ts');
    const [{version, hosts}, ms] = await timed(askGroup(group, directory));
    const bad = hosts.flatMap(({host, trouble}) => (trouble === undefined ? [] : [`${host}: ${trouble}`]));
    const all = `ansible-core ${version} · ${plural(hosts.length, 'host')}`;
    if (bad.length === 0) return {state: 'ok', detail: `${all}, all answer`, ms};
    return {state: 'failed', detail: `${all}, of which ${bad.length} cannot be used: ${bad.join('; ')}`};
  });
}

/** Asked of the sudo that is there, which is never given a password here. */
export async function proveSudo({world, withinMs}: Proving, place: Place): Promise<ConnectionProof> {
  return await proof('sudo', place.kind === 'host' ? place.host : 'local', withinMs, async () => {
    const {code} = await world.capture(
      place,
      'command -v sudo >/dev/null 2>&1 || exit 9; sudo -n true </dev/null >/dev/null 2>&1',
      ANSWER_WITHIN_MS,
    );
    if (code === 0) return {state: 'ok', detail: 'without a password'};
    if (code === NO_SUDO) return {state: 'attention', detail: 'there is no sudo here, and steps of the plan use it'};
    return {state: 'attention', detail: 'wants a password: somebody has to be there when a step uses it'};
  });
}

export async function proveDatabase({world, withinMs}: Proving, name: string): Promise<ConnectionProof> {
  return await proof('database', name, withinMs, async () => {
    const [answer, ms] = await timed(world.query(name, 'select 1', ANSWER_WITHIN_MS));
    return 'error' in answer ? {state: 'failed', detail: answer.error} : {state: 'ok', detail: 'select 1', ms};
  });
}

/** A file, or a command that follows a log. */
export type FollowedLog = {file?: string | undefined; command?: string | undefined};

export async function proveLog(
  {world, lookup, withinMs}: Proving,
  name: string,
  place: Place,
  {file, command = ''}: FollowedLog,
): Promise<ConnectionProof> {
  return await proof('log', name, withinMs, async () => {
    if (file === undefined) {
      const program = simpleCommands(command)[0]?.[0] ?? '';
      const {code} = await world.capture(place, `command -v ${quoteForShell(program)}`, ANSWER_WITHIN_MS);
      return code === 0
        ? {state: 'ok', detail: `${program} is there`}
        : {state: 'attention', detail: `${program} is not there`};
    }
    const bound = bindText(file, lookup, 'shell');
    if (bound.missing.length > 0)
      return {state: 'attention', detail: `waits for ${bound.missing.map(({name}) => name).join(', ')}`};
    const shown = bindText(file, lookup, 'plain').text;
    const {output} = await world.capture(place, `f=${bound.text}; ${LOOK_AT_LOG}`, ANSWER_WITHIN_MS);
    const said = output.trim();
    return {state: /^\d+ bytes$/.test(said) ? 'ok' : 'attention', detail: `${shown} · ${said}`};
  });
}

/** Undefined for a probe that only a run can measure. */
export async function proveProbe(proving: Proving, name: string): Promise<ConnectionProof | undefined> {
  const {bindings, world, lookup, withinMs, units} = proving;
  const probe = bindings.probes[name];
  if (probe === undefined) return undefined;
  const url = probe.kind === 'http' ? bindText(probe.http.url, lookup, 'url').text : '';
  const open = findPlaceholders(url).map(({text}) => text);
  if (open.length > 0) return {kind: 'probe', name, state: 'attention', detail: `waits for ${open.join(', ')}`};
  let isMeasured = true;
  const proved = await proof('probe', name, Math.max(withinMs, probe.timeoutMs * 2), async () => {
    const reading = await measureOnce(name, {bindings, world, bind: bindProbes(() => lookup)});
    isMeasured = reading !== undefined;
    switch (reading?.kind) {
      case 'value':
        return {state: 'ok', detail: fineQuantity(reading.value, units[name]?.unit ?? 'count')};
      case 'error':
        return {state: 'attention', detail: reading.error};
      case 'unasked':
        return {state: 'failed', detail: reading.why};
      default:
        return {state: 'ok', detail: 'nothing to measure yet'};
    }
  });
  return isMeasured ? proved : undefined;
}

/** With the whole milliseconds that it took. */
async function timed<T>(work: Promise<T>): Promise<readonly [T, number]> {
  const startedAt = performance.now();
  return [await work, Math.round(performance.now() - startedAt)];
}

/** Answers in any case, and in time: what hangs has not been proved. */
async function proof(
  kind: ConnectionProof['kind'],
  name: string,
  withinMs: number,
  prove: () => Promise<Proved>,
): Promise<ConnectionProof> {
  const {promise: late, resolve} = Promise.withResolvers<Proved>();
  const seconds = Math.round(withinMs / 1000);
  const timer = setTimeout(
    () => resolve({state: 'failed', detail: `no answer within ${seconds} s`}),
    withinMs + GRACE_MS,
  );
  try {
    return {kind, name, ...(await Promise.race([prove(), late]))};
  } catch (error) {
    return {kind, name, state: 'failed', detail: error instanceof Error ? error.message : String(error)};
  } finally {
    clearTimeout(timer);
  }
}

/** What is proved has limits of its own, whose words are better. */
const GRACE_MS = 2000;
const NO_SUDO = 9;
const LOOK_AT_LOG =
  'if [ ! -e "$f" ]; then echo "is not there yet"; elif [ ! -r "$f" ]; then echo "cannot be read"; elif [ -d "$f" ]; then echo "is a directory"; else echo "$(($(wc -c <"$f"))) bytes"; fi';

function loginText(login: Login | undefined, destination: string): string {
  if (login === undefined) return destination === 'local' ? 'this machine' : destination;
  const {user, address, means, hostKey} = login;
  return [`${user}@${address}`, means, ...(hostKey === '' ? [] : [`host key ${hostKey} known`])].join(' · ');
}
