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
/**
 * What is asked has a limit on its host, and a host that has stalled keeps no other waiting for longer than a little more.
 * `beginMs`: to start Ansible, and to reach a host; that has a limit of 10 s of its own. `answerMs`: for the way back.
 */
export type AskLimits = {beginMs: number; answerMs: number};
const LIMITS: AskLimits = {beginMs: 20_000, answerMs: 5000};
/** How many hosts Ansible asks at a time where nobody says otherwise. */
const FORKS = 5;

type Waiting = {hosts: readonly string[]; part: Part; resolve(answers: Answers): void; reject(error: unknown): void};

/** `all`: of the group, in its order. One task is under way at most: two take as long as one after the other. */
export function askJointly(place: GroupPlace, all: readonly string[], limits = LIMITS): JointAsking {
  let waiting: Waiting[] = [];
  let isAsking = false;

  async function askAll(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    while (waiting.length > 0) {
      await pause(GATHER_MS);
      const due = waiting;
      waiting = [];
      await askOnce({place, all, limits}, due);
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

type Asked = {place: GroupPlace; all: readonly string[]; limits: AskLimits};

async function askOnce({place, all, limits}: Asked, due: readonly Waiting[]): Promise<void> {
  const meant = new Set(due.flatMap(({hosts}) => hosts));
  const hosts = all.filter(host => meant.has(host));
  const mark = `=${randomUUID()}=`;
  const at = performance.now();
  const longestMs = Math.max(...due.map(({part}) => part.withinS)) * 1000;
  const told = new Map<string, Told>();
  const patience = waitFor(hosts.length, {...limits, longestMs, forks: place.group.forks ?? FORKS});
  try {
    await playOn(place, {
      text: jointText(
        due.map(({part}) => part),
        mark,
      ),
      hosts: hosts.map(host => ({host, job: '', from: 0, begun: ''})),
      tell(one) {
        told.set(one.host, one);
        patience.heard(told.size);
      },
      signal: patience.signal,
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
  } finally {
    patience.end();
  }
}

/** Runs out when nothing is heard of any host for as long as a question may take there. */
function waitFor(count: number, {beginMs, answerMs, longestMs, forks}: AskLimits & {longestMs: number; forks: number}) {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const waitAgain = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => over.abort(), longestMs + ms).unref();
  };
  waitAgain(beginMs);
  return {
    signal: over.signal,
    /** Of so many hosts. When no more are left than are asked at a time, all of them are being asked by now. */
    heard: (told: number) => waitAgain(count - told <= forks ? answerMs : beginMs),
    end: () => clearTimeout(timer),
  };
}

/** Or why it said nothing. */
function saidBy(told: Told | undefined, mark: string, count: number): readonly (PartSaid | undefined)[] | string {
  if (told?.how !== 'ran') return told?.detail ?? 'no answer in time';
  return partsSaid(told.out.toString('utf8'), mark, count);
}
