/** One task of Ansible on some hosts of a group: a text for `sh`, and what came of it on each of them. */
import {rmSync} from 'node:fs';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {GroupBinding} from '../../plan/plan.ts';
import {LinkError, serverWords} from '../link-error.ts';
import {ansibleWords, runAnsible} from './ansible.ts';
import {eventsPlugin, shellPlugin} from './group-text.ts';
import {inventoryWords} from './inventory.ts';

/** `directory`: from where the inventory is named. */
export type GroupPlace = {group: GroupBinding; directory: string};

/** `job`, `from` and `begun` are `$TMINUS_JOB`, `$TMINUS_FROM` and `$TMINUS_BEGUN` of the text there. */
export type PlayedOn = {host: string; job: string; from: number; begun: string};

/**
 * `ran`: the text did, to its end. `unreachable`: Ansible had no connection, or lost it. `failed`: it had one and could run
 * nothing (no Python there, a password for sudo is missing).
 */
export type Told =
  | {how: 'ran'; host: string; code: number; out: Buffer; err: string}
  | {how: 'unreachable' | 'failed'; host: string; detail: string};

type Play = {text: string; hosts: readonly PlayedOn[]; tell(told: Told): void; signal?: AbortSignal};

/** The hosts of the play, in an inventory of ours beside that of the operator. */
const HOSTS = 'tminus_hosts';

/** Each host is told of once, as soon as Ansible has its answer. Throws `LinkError` when Ansible could not begin. */
export async function playOn({group, directory}: GroupPlace, {text, hosts, tell, signal}: Play): Promise<void> {
  // The text holds values of the bindings: nobody else may read it, and it is gone with the play.
  const folder = await mkdtemp(join(tmpdir(), 'tminus-play-'));
  const at = (name: string) => join(folder, name);
  removeAtExit(folder);
  const untold = new Set(hosts.map(({host}) => host));
  const events = eventLines(told => {
    // Ansible has read it, and an engine that is killed now leaves nothing of it behind.
    if (untold.size === hosts.length) for (const name of ['play.yml', 'hosts.json']) rmSync(at(name), {force: true});
    if (untold.delete(told.host)) tell(told);
  });
  try {
    for (const name of ['told', 'done']) await mkdir(at(name));
    await writeFile(at('told/tminus_events.py'), eventsPlugin);
    await writeFile(at('done/tminus_sh.py'), shellPlugin);
    await writeFile(at('play.yml'), playText(text), {mode: 0o600});
    await writeFile(at('hosts.json'), hostsText(hosts), {mode: 0o600});
    const forks = group.forks === undefined ? [] : ['-f', String(group.forks)];
    const {code, errors} = await runAnsible('ansible-playbook', {
      words: [...inventoryWords(group.inventory, directory), '-i', at('hosts.json'), ...forks, at('play.yml')],
      directory,
      env: {
        ANSIBLE_STDOUT_CALLBACK: 'tminus_events',
        ANSIBLE_CALLBACK_PLUGINS: at('told'),
        ANSIBLE_ACTION_PLUGINS: at('done'),
      },
      out() {},
      events,
      ...(signal === undefined ? {} : {signal}),
    });
    const detail = ansibleWords(errors) || `ansible-playbook ended with ${code}`;
    if (untold.size === hosts.length && signal?.aborted !== true) throw new LinkError('unreachable', detail);
    const why = signal?.aborted === true ? 'no answer in time' : `Ansible said nothing of it: ${detail}`;
    for (const host of untold) tell({how: 'unreachable', host, detail: why});
  } finally {
    await rm(folder, {recursive: true, force: true});
    folders.delete(folder);
  }
}

/** Folders of the tasks that are under way: an engine that ends does not wait for a look at the hosts. */
const folders = new Set<string>();

function removeAtExit(folder: string): void {
  process.off('exit', removeFolders).once('exit', removeFolders);
  folders.add(folder);
}

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, {recursive: true, force: true});
}

/** JSON is YAML, except for what keeps Ansible from taking braces in the text for its own. */
function playText(text: string): string {
  return `- hosts: ${HOSTS}
  gather_facts: false
  tasks:
    - tminus_sh:
        text: !unsafe ${yamlText(`{\n${text}\n} </dev/null\n`)}
        tminus_job: "{{ tminus_job }}"
        tminus_from: "{{ tminus_from }}"
        tminus_begun: "{{ tminus_begun }}"
      check_mode: false
`;
}

/** Quoted as JSON; signs that YAML does not take as they are stand as their numbers. */
function yamlText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF]/g,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function hostsText(hosts: readonly PlayedOn[]): string {
  return JSON.stringify({
    [HOSTS]: {
      hosts: Object.fromEntries(
        hosts.map(({host, job, from, begun}) => [
          host,
          {tminus_job: job, tminus_from: String(from), tminus_begun: begun},
        ]),
      ),
    },
  });
}

type Event = {
  host: string;
  how: Told['how'];
  rc?: number;
  stdout?: string;
  stderr?: string;
  msg?: unknown;
  module_stdout?: string;
  module_stderr?: string;
};

function eventLines(tell: (told: Told) => void): (chunk: Buffer) => void {
  const held: Buffer[] = [];
  return chunk => {
    let rest = chunk;
    for (let end = rest.indexOf(LINE_FEED); end !== -1; end = rest.indexOf(LINE_FEED)) {
      const line = Buffer.concat([...held.splice(0), rest.subarray(0, end)]).toString('latin1');
      tell(toldBy(JSON.parse(line) as Event));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) held.push(rest);
  };
}

const LINE_FEED = 10;

function toldBy({host, how, rc = 0, stdout = '', stderr = '', msg, ...module}: Event): Told {
  if (how === 'ran') return {how, host, code: rc, out: bytesOf(stdout), err: bytesOf(stderr).toString('utf8')};
  const words = [String(msg ?? ''), module.module_stderr ?? '', module.module_stdout ?? ''];
  return {how, host, detail: serverWords(words.join(' ')) || 'no reason given'};
}

/** Bytes that are no UTF-8 come as half of a pair each, as Python writes them: `\udcff` is 0xff. */
function bytesOf(text: string): Buffer {
  const parts = text.split(/([\uDC80-\uDCFF])/u);
  if (parts.length === 1) return Buffer.from(text);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : Buffer.of(part.charCodeAt(0) & 0xff))),
  );
}
