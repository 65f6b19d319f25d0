/** Looks at the hosts of a group: at all of them at first, then at the first one and some others in turn. */
import {hostNames} from '../../run/host-lines.ts';
import {LinkError} from '../link-error.ts';
import {PROVE_TIMEOUT_MS} from '../short-command.ts';
import type {Said} from './agreement.ts';
import type {Answer, JointAsking} from './joint-asking.ts';

export type Looks = {
  /** What the texts print on each host: of those that were asked just now, and of the others what they said last. */
  look(ask: JointAsking, asked: readonly unknown[], texts: readonly string[]): Promise<ReadonlyMap<string, Said>>;
  /** Something has happened on these hosts, or on any of them: the next look is at them, too. */
  forget(hosts?: readonly string[]): void;
};

/** How many hosts are looked at between two steps, besides the first one: all of them get their turn. */
const HOSTS_AT_A_LOOK = 3;
/** Different sets of questions that are asked again and again. */
const LOOKS_KEPT = 8;
/** All questions of a look begin at the same time, so this is the time that each one has. */
const WITHIN_S = PROVE_TIMEOUT_MS / 1000;

export function lookInTurn(hosts: readonly string[]): Looks {
  const kept = new Map<string, {known: Map<string, Said>; turn: number}>();
  /** Since when nothing that was said before counts. */
  const forgottenAt = new Map<string, number>();

  function whomToAsk(known: ReadonlyMap<string, Said>, turn: number): readonly string[] {
    const [first, ...others] = hosts;
    const inTurn = new Set(
      Array.from({length: Math.min(HOSTS_AT_A_LOOK, others.length)}, (_, nth) => others[(turn + nth) % others.length]),
    );
    return hosts.filter(host => {
      const said = known.get(host);
      return host === first || inTurn.has(host) || said === undefined || said.silent !== undefined;
    });
  }

  return {
    async look(ask, asked, texts) {
      const key = JSON.stringify(asked);
      const looked = kept.get(key) ?? {known: new Map<string, Said>(), turn: 0};
      kept.delete(key);
      kept.set(key, looked);
      for (const old of [...kept.keys()].slice(0, -LOOKS_KEPT)) kept.delete(old);
      const found = new Map(looked.known);
      const whom = whomToAsk(found, looked.turn);
      looked.turn += HOSTS_AT_A_LOOK;
      const text = `${texts.map(one => `${one} &`).join('\n')}\nwait\n:`;
      const {at, answers} = await ask(whom, {text, withinS: WITHIN_S});
      const silent = answers.flatMap(one => ('silent' in one ? [one] : []));
      if (silent[0] !== undefined && silent.length === answers.length)
        throw new LinkError('unreachable', `${hostNames(silent.map(({host}) => host))}: ${silent[0].silent}`);
      for (const one of answers) {
        const said = saidBy(one, at);
        found.set(one.host, said);
        // What was asked before something happened there is not what is there now.
        if ((forgottenAt.get(one.host) ?? Number.NEGATIVE_INFINITY) < at) looked.known.set(one.host, said);
      }
      // In the order of the hosts, however often they were asked: the same findings read the same.
      return new Map(
        hosts.flatMap(host => {
          const said = found.get(host);
          return said === undefined ? [] : [[host, said] as const];
        }),
      );
    },
    forget(which = hosts) {
      const now = performance.now();
      for (const host of which) {
        forgottenAt.set(host, now);
        for (const {known} of kept.values()) known.delete(host);
      }
    },
  };
}

function saidBy(answer: Answer, at: number): Said {
  if ('silent' in answer) return {lines: [], at, silent: answer.silent};
  const lines = answer.output.split('\n');
  return answer.code === undefined ? {lines, at, silent: `no answer within ${WITHIN_S} s`} : {lines, at};
}
