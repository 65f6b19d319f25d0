/** The groups of hosts of the bindings: what is done on all hosts of one, by Ansible. */
import type {GroupBinding} from '../../plan/plan.ts';
import {quoteForShell as quote} from '../../plan/script.ts';
import {type Outcome, refused} from '../../run/outcome.ts';
import type {HttpStep, Look, Proof, Request, ScriptRequest} from '../../run/request.ts';
import {compact} from '../../text/compact.ts';
import {type Raised, type Raising, readRaised} from '../jobs/fence.ts';
import {forgetText, raiseText} from '../jobs/job-control-text.ts';
import {LinkError, messageOf} from '../link-error.ts';
import {inDirectory, lookTexts, proofTexts} from '../short-command.ts';
import {bindingsDirectory, type Sink, type World, type WorldOptions} from '../world.ts';
import {agreedLine, whereProved} from './agreement.ts';
import {ansibleVersion} from './ansible.ts';
import {type GroupPlace, playOn, type Told} from './ansible-task.ts';
import {type GroupScript, performOnHosts} from './group-script.ts';
import {hostsOfGroup} from './inventory.ts';
import {askJointly, type JointAsking} from './joint-asking.ts';
import {type Looks, lookInTurn} from './look-at-hosts.ts';

/** As those of `World`, with the name of the group in the bindings. */
export type Groups = {
  perform(name: string, request: Request, sink: Sink, signal: AbortSignal): Promise<Outcome>;
  /** Says of each proof on which hosts it fails. What is begun next waits for those of the lane `main`. */
  prove(name: string, lane: 'main' | 'rollback', proofs: readonly Proof[]): ReturnType<World['prove']>;
  /** What hosts do not agree on is said as the numbers of hosts: `v1.2 on 3, v1.1 on 1`. */
  read(name: string, looks: readonly Look[]): ReturnType<World['read']>;
  capture(name: string, command: string, timeoutMs: number): ReturnType<World['capture']>;
  forget(name: string, prefix: string): Promise<void>;
  raiseFence(name: string, raising: Raising): ReturnType<World['raiseFence']>;
  hostsOf(name: string): Promise<readonly string[]>;
  forgetLooks(): void;
};

const ALL_HOSTS_WITHIN_MS = 60_000;

/** `directory`: from where inventories are named when the bindings are in no file. */
export function openGroups(
  {bindings, directory, fence, onHosts}: Pick<WorldOptions, 'bindings' | 'directory' | 'fence' | 'onHosts'>,
  lostAfterMs: number,
): Groups {
  const opened = new Map<string, Promise<Group>>();
  const groupOf = async (name: string): Promise<Group> => {
    const known = opened.get(name);
    if (known !== undefined) return await known;
    const binding = bindings.hosts[name];
    if (binding?.group === undefined) throw new LinkError('unbound', `${name} is no group`);
    const place = {group: binding.group, directory: bindingsDirectory(bindings, directory)};
    const opening = openGroup(place, binding.directory);
    opened.set(name, opening);
    // What was wrong may have been put right when it is asked for again.
    opening.catch(() => opened.delete(name));
    return await opening;
  };
  return {
    async perform(name, request, sink, signal) {
      const output = (text: string) => sink('output', text);
      try {
        return await performOn(await groupOf(name), {name, request}, {lostAfterMs, fence, output, signal, onHosts});
      } catch (error) {
        if (!(error instanceof LinkError)) throw error;
        sink('output', `${error.message}\n`);
        return refused(error.reason, error.message);
      }
    },
    async prove(name, lane, proofs) {
      if (proofs.length === 0) return {};
      const group = await groupOf(name);
      const ask = lane === 'main' ? group.askNow : group.ask;
      return whereProved(await group.looks.look(ask, proofs, proofTexts(group.home, proofs)), proofs);
    },
    async read(name, looks) {
      const group = await groupOf(name);
      const found = await group.looks.look(group.ask, looks, lookTexts(group.home, looks));
      return Object.fromEntries(
        looks.flatMap(({id}, index) => agreedLine([...found.values()], `${index} `).map(line => [id, line])),
      );
    },
    async capture(name, command, timeoutMs) {
      const {hosts, home, ask} = await groupOf(name);
      const withinS = Math.ceil(timeoutMs / 1000);
      const {answers} = await ask(hosts, {text: `( ${inDirectory(home, `eval ${quote(command)}`)} )`, withinS});
      const said = answers.map(one => {
        if ('silent' in one) throw new LinkError('unreachable', `${one.host}: ${one.silent}`);
        const {host, code, output} = one;
        if (code === undefined) throw new LinkError('unreachable', `${host}: no answer within ${withinS} s`);
        return {code, output};
      });
      return {
        code: said.find(({code}) => code !== 0)?.code ?? 0,
        output: said.map(({output}) => output).join(''),
      };
    },
    raiseFence: (name, raising) => raiseOn(name, groupOf(name), raising),
    hostsOf: async name => (await groupOf(name)).hosts,
    forgetLooks() {
      for (const opening of opened.values()) opening.then(group => group.looks.forget()).catch(() => {});
    },
    async forget(name, prefix) {
      const {place, hosts} = await groupOf(name);
      await askAll(
        place,
        hosts,
        forgetText(compact({id: prefix, fence: fence?.()})),
        AbortSignal.timeout(ALL_HOSTS_WITHIN_MS),
      );
    },
  };
}

async function raiseOn(name: string, group: Promise<Group>, raising: Raising): Promise<readonly Raised[]> {
  try {
    const {place, hosts} = await group;
    const told = await askAll(place, hosts, raiseText(raising, undefined), AbortSignal.timeout(ALL_HOSTS_WITHIN_MS));
    return told.map(one =>
      one.how === 'ran'
        ? readRaised(one.host, outputOf(one))
        : {host: one.host, how: 'unreachable', detail: one.detail},
    );
  } catch (error) {
    return [{host: name, how: 'unreachable', detail: messageOf(error)}];
  }
}

async function performOn(
  group: Group,
  {name, request}: {name: string; request: Request},
  setting: Pick<GroupScript, 'lostAfterMs' | 'fence' | 'output' | 'signal' | 'onHosts'>,
): Promise<Outcome> {
  const script = scriptOf(request);
  if (script === undefined) return refused('unsupported', `${name} is a group of hosts, and this is asked of one host`);
  const {place, hosts: known} = group;
  const {hosts = known} = script;
  if (hosts.length === 0) return refused('unreachable', `nobody knew the hosts of ${name} when this began: try again`);
  return await performOnHosts(script, {...setting, place, hosts, known}).finally(() => group.looks.forget(hosts));
}

/** For `check --connect`: the version of Ansible here, and what keeps each host from being used; undefined for one that can be. */
export async function askGroup(
  group: GroupBinding,
  directory: string,
): Promise<{version: string; hosts: readonly {host: string; trouble: string | undefined}[]}> {
  const version = await ansibleVersion();
  const place = {group, directory};
  const told = await askAll(place, await hostsOfGroup(group, directory), ':');
  return {version, hosts: told.map(one => ({host: one.host, trouble: one.how === 'ran' ? undefined : one.detail}))};
}

type Group = {
  place: GroupPlace;
  hosts: readonly string[];
  /** Where short commands start. */
  home: string | undefined;
  /** Each waits for what it has asked before. A step that is to begin does not wait for a look. */
  ask: JointAsking;
  askNow: JointAsking;
  looks: Looks;
};

async function openGroup(place: GroupPlace, home: string | undefined): Promise<Group> {
  await ansibleVersion();
  const hosts = await hostsOfGroup(place.group, place.directory);
  const [ask, askNow] = [askJointly(place, hosts), askJointly(place, hosts)];
  return {place, hosts, home, ask, askNow, looks: lookInTurn(hosts)};
}

/** One answer of each host, in the order of the hosts. */
async function askAll(
  place: GroupPlace,
  hosts: readonly string[],
  text: string,
  signal?: AbortSignal,
): Promise<readonly Told[]> {
  const told = new Map<string, Told>();
  const asked = hosts.map(host => ({host, job: '', from: 0, begun: ''}));
  await playOn(place, compact({text, hosts: asked, tell: (one: Told) => void told.set(one.host, one), signal}));
  return hosts.map(host => told.get(host) ?? {how: 'unreachable', host, detail: 'no answer in time'});
}

function outputOf(told: Told): string {
  return told.how === 'ran' ? told.out.toString('utf8') : '';
}

/** What can be done on many hosts at once. */
function scriptOf(request: Request): ScriptRequest | undefined {
  if (request.kind === 'script') return request;
  return request.kind === 'http' ? requestsAsScript(request) : undefined;
}

function requestsAsScript({requests, from, timeoutMs}: HttpStep): ScriptRequest | undefined {
  if (from === undefined) return undefined;
  return compact({
    kind: 'script',
    ...from,
    timeoutMs,
    stages: requests.map(request => ({kind: 'http', request}) as const),
  });
}

/** In words, for a command that ends because of it. */
export async function whyNoAnsible(): Promise<string | undefined> {
  try {
    await ansibleVersion();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
