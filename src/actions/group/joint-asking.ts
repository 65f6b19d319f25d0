/** Short questions to the hosts of a group: those that come at the same time go there in one task of Ansible. */
import {randomUUID} from 'node:crypto';
import {setTimeout as pause} from 'node:timers/promises';
import {BROKEN_OFF} from '../short-command.ts';
import {type GroupPlace, playOn, type Told} from './ansible-task.ts';
import {jointText, type Part, type PartSaid, partsSaid} from './joint-text.ts';

/** `silent`: why there was no answer. */
export type Answer = (PartSaid & {host: string}) | {host: string; silent: string};

/** `at`: when it was asked, by `performance.now()`. Other hosts than those that were meant may have been asked as well. */
export type Answers = {at: number; answers: readonly Answer[]};

export type JointAsking = (hosts: readonly string[], part: Part) => Promise<Answers>;

/** What is due at one moment is not asked in one and the same turn of the loop. A task of Ansible takes seconds. */
const GATHER_MS = 50;
/** What is asked has a limit on its host. A host that has stalled must not keep what is asked next waiting for ever. */
const TASK_WITHIN_MS = 20_000;
/** Ansible asks a few of them at a time. */
const HOST_WITHIN_MS = 2000;

type Waiting = {hosts: readonly string[]; part: Part; resolve(answers: Answers): void; reject(error: unknown): void};

/** `all`: of the group, in its order. One task is under way at most: two take as long as one after the other. */
export function askJointly(place: GroupPlace, all: readonly string[]): JointAsking {
  let waiting: Waiting[] = [];
  let isAsking = false;

  async function askAll(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    while (waiting.length > 0) {
      await pause(GATHER_MS);
      const due = waiting;
      waiting = [];
      await askOnce(place, all, due);
    }
    isAsking = false;
  }

  return async (hosts, part) => {
    const {promise, resolve, reject} = Promise.withResolvers<Answers>();
    waiting.push({hosts, part, resolve, reject});
    void askAll();
    return await promise;
  };
}

async function askOnce(place: GroupPlace, all: readonly string[], due: readonly Waiting[]): Promise<void> {
  const meant = new Set(due.flatMap(({hosts}) => hosts));
  const hosts = all.filter(host => meant.has(host));
  const mark = `=${randomUUID()}=`;
  const at = performance.now();
  const longestMs = Math.max(...due.map(({part}) => part.withinS)) * 1000;
  const told = new Map<string, Told>();
  try {
    await playOn(place, {
      text: jointText(
        due.map(({part}) => part),
        mark,
      ),
      hosts: hosts.map(host => ({host, job: '', from: 0, begun: ''})),
      tell: one => void told.set(one.host, one),
      signal: AbortSignal.timeout(TASK_WITHIN_MS + longestMs + hosts.length * HOST_WITHIN_MS),
    });
    const said = hosts.map(host => [host, saidBy(told.get(host), mark, due.length)] as const);
    for (const [nth, {resolve}] of due.entries()) {
      const answers = said.map(([host, one]): Answer => {
        if (typeof one === 'string') return {host, silent: one};
        const part = one[nth];
        return part === undefined ? {host, silent: BROKEN_OFF} : {host, ...part};
      });
      resolve({at, answers});
    }
  } catch (error) {
    for (const {reject} of due) reject(error);
  }
}

/** Or why it said nothing. */
function saidBy(told: Told | undefined, mark: string, count: number): readonly (PartSaid | undefined)[] | string {
  if (told?.how !== 'ran') return told?.detail ?? 'no answer in time';
  return partsSaid(told.out.toString('utf8'), mark, count);
}
