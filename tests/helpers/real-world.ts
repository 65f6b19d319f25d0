/** The real world of a test, and the bindings and requests that it is given. */
import {openWorld} from '../../src/actions/open-world.ts';
import type {World, WorldOptions} from '../../src/actions/world.ts';
import {type Bindings, emptyBindings, type HostBinding} from '../../src/plan/bindings-file/types.ts';
import type {Place} from '../../src/plan/script.ts';
import type {Outcome} from '../../src/run/outcome.ts';
import type {BoundCommand, BoundStage, Proof, Request, ScriptRequest} from '../../src/run/request.ts';

export const here: Place = {kind: 'local'};
export const box: Place = {kind: 'host', host: 'vps', destination: 'user@your-vps-ip'};

let jobs = 0;

export function script(stages: readonly BoundStage[], more: Partial<ScriptRequest> = {}): ScriptRequest {
  jobs += 1;
  const jobId = `test-${process.pid}-${jobs}`;
  return {kind: 'script', jobId, place: here, lane: 'main', exports: {}, stages, ...more};
}

export function commands(...given: readonly (string | Partial<BoundCommand>)[]): BoundStage {
  return {kind: 'commands', commands: given.map(command)};
}

export function alternatives(...arms: readonly (readonly (string | Partial<BoundCommand>)[])[]): BoundStage {
  return {
    kind: 'alternatives',
    arms: arms.map((given, index) => ({
      id: `arm-${index + 1}`,
      label: `arm ${index + 1}`,
      commands: given.map(command),
    })),
  };
}

export function command(given: string | Partial<BoundCommand>, index = 0): BoundCommand {
  const plain = {line: index + 1, text: '', captures: [], requires: [], optional: false};
  return typeof given === 'string' ? {...plain, text: given} : {...plain, ...given};
}

export function directoryProof(path: string): Proof {
  return {id: `directory ${path}`, sh: `[ -d '${path}' ]`, missing: `directory ${path} missing`};
}

export function bindings(more: Partial<Bindings> = {}): Bindings {
  return {...emptyBindings, rollback: {auto: false, countdownMs: 0, requires: []}, ...more};
}

export function hostAt(destination: string, config?: string): HostBinding {
  return {matches: [], destination, line: 1, ...(config === undefined ? {} : {config})};
}

/** A world with what it printed and told. */
export function openTestWorld(options: Partial<WorldOptions> & {directory: string}) {
  const links: Parameters<WorldOptions['onLink']>[0][] = [];
  const world: World = openWorld({bindings: bindings(), onLink: link => links.push(link), ...options});
  return {world, links};
}

type HostWorld = Omit<Partial<WorldOptions>, 'bindings'> & {host?: Partial<HostBinding>};

/** A world in which `vps` is this server, as `box` of its own configuration. */
export function openHostWorld(
  {configFile, directory}: {configFile: string; directory: string},
  {host, ...options}: HostWorld = {},
) {
  const vps = {...hostAt('box', configFile), ...host};
  return openTestWorld({directory, bindings: bindings({hosts: {vps}}), ...options});
}

export async function performed(world: World, request: Request, signal = new AbortController().signal) {
  let printed = '';
  const outcome = await world.perform(
    request,
    (_source, chunk) => {
      printed += chunk.toString();
    },
    signal,
  );
  return {outcome, printed};
}

/** Narrows to the kind that is expected, and shows the whole outcome when it is another. */
export function expectKind<Kind extends Outcome['kind']>(outcome: Outcome, kind: Kind): Outcome & {kind: Kind} {
  if (outcome.kind !== kind) throw new Error(`expected ${kind}, got ${JSON.stringify(outcome, null, 2)}`);
  return outcome as Outcome & {kind: Kind};
}
