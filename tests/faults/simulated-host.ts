/** A host without a host: a job that goes on by itself, and a link to it that is as bad as it is told to be. */
import {setImmediate as turn} from 'node:timers/promises';
import {LinkError} from '../../src/actions/link-error.ts';
import {performScript, type ScriptOptions} from '../../src/actions/perform-script.ts';
import type {Ending, Listener, Running, Shell} from '../../src/actions/shell.ts';
import {judge} from '../../src/run/judging/judge.ts';
import {type Outcome, refused, type Verdict} from '../../src/run/outcome.ts';
import {commands, script} from '../helpers/real-world.ts';
import {seededRandom} from '../helpers/seeded-random.ts';
import {step} from '../helpers/small-plan.ts';
import {held} from './ledger.ts';
import {together} from './performer.ts';
import type {Problem, Result} from './tally.ts';

type Random = ReturnType<typeof seededRandom>;
/** `clears`: it was restarted, and kept nothing. */
type Fate = 'lets it end' | 'loses its process' | 'restarts' | 'clears';
/** One in so many turns. `lag`: bytes of output that get through a turn. */
type Weather = {dropsOneIn: number; refusesOneIn: number; lag: number; chunks: number; fates: readonly Fate[]};

/** Between two stays a second or more goes by, in which nothing is done. More would keep the thread from other classes. */
const AT_ONCE = 250;
const LOST_AFTER_MS = 60_000;
const CHUNK_BYTES = 40;

const calm: Weather = {dropsOneIn: 60, refusesOneIn: 4, lag: 400, chunks: 12, fates: ['lets it end']};

export const simulateLinks = (times: number) => simulate(times, {...calm, dropsOneIn: 25});
export const simulateSlowLinks = (times: number) => simulate(times, {...calm, lag: 60, chunks: 120, dropsOneIn: 400});
export const simulateHarms = (times: number) => simulate(times, {...calm, fates: ['lets it end', 'clears']});
export const simulateKills = (times: number) => simulate(times, {...calm, fates: ['loses its process']});
export const simulateRestarts = (times: number) => simulate(times, {...calm, fates: ['restarts', 'clears']});

async function simulate(times: number, weather: Weather): Promise<Result> {
  const seeds = Array.from({length: times}, (_, seed) => seed);
  const found = await together(seeds, AT_ONCE, seed => once(seededRandom(9000 + 7 * seed), weather, `seed ${seed}`));
  return {injected: times, problems: found.flat()};
}

async function once(random: Random, weather: Weather, what: string): Promise<readonly Problem[]> {
  const host = new SimulatedHost(random, weather);
  let printed = '';
  const request = script([commands(...host.codes.map((_, index) => `command ${index}`))]);
  const options: ScriptOptions = {
    shell: host,
    way: {shell: host} as unknown as ScriptOptions['way'],
    lostAfterMs: LOST_AFTER_MS,
    signal: new AbortController().signal,
    output: chunk => {
      printed += chunk.toString();
    },
  };
  const outcome = await performScript(request, options).catch(asRefused);
  const verdict = judge(step(1, 'Simulated', 'deploy', {kind: 'manual'}), outcome);
  const isJudged = verdict.kind === 'passed' || verdict.kind === 'failed';
  return held(what, {
    verdict,
    times: host.begun,
    may: host.truth(),
    whole: isJudged && host.begun > 0 ? printed === host.output : host.output.startsWith(printed),
  });
}

/** As whoever performs it says that it never began. */
function asRefused(error: unknown): Outcome {
  if (!(error instanceof LinkError)) throw error;
  return refused(error.reason, error.message);
}

/** What a job writes, one after the other. */
type Deed = {record: string} | {output: string};

class SimulatedHost implements Shell {
  readonly name = 'simulated';
  readonly codes: readonly number[];
  output = '';
  begun = 0;
  readonly #random: Random;
  readonly #weather: Weather;
  readonly #deeds: readonly Deed[];
  readonly #fate: Fate;
  /** After so many deeds the fate comes. */
  readonly #fateAt: number;
  #done = 0;
  #records: string[] = [];
  #isThere = false;
  #restarted = false;

  constructor(random: Random, weather: Weather) {
    this.#random = random;
    this.#weather = weather;
    const codes = Array.from({length: 1 + random.below(4)}, () => (random.below(6) === 0 ? 1 + random.below(3) : 0));
    const failedAt = codes.findIndex(code => code !== 0);
    this.codes = codes;
    this.#deeds = deedsOf(failedAt === -1 ? codes : codes.slice(0, failedAt + 1), weather.chunks);
    this.#fate = random.pick(weather.fates);
    this.#fateAt = this.#fate === 'lets it end' ? Number.POSITIVE_INFINITY : random.below(this.#deeds.length + 2);
  }

  /** Whoever could not see the end any more may say nothing else. */
  truth(): readonly Verdict['kind'][] {
    if (this.begun === 0) return ['failed'];
    const ended = this.codes.every(code => code === 0) ? 'passed' : 'failed';
    if (this.#done >= this.#deeds.length && this.#isThere) return [ended];
    return ['unknown'];
  }

  async start(text: string, listen: Listener): Promise<Running> {
    await turn();
    this.#goOn(this.#random.below(6));
    if (this.#oneIn(this.#weather.refusesOneIn)) throw new LinkError('unreachable', 'it does not answer');
    this.#begin(text);
    const {promise: ended, resolve} = Promise.withResolvers<Ending>();
    let released = false;
    void this.#stay(Number(/from=(\d+)/.exec(text)?.[1] ?? 1) - 1, listen, () => released, resolve);
    const release = () => {
      released = true;
    };
    return {ended, release, abandon: release};
  }

  /** Its directory is the guard, and what may be begun again says since when the host must have been up. */
  #begin(text: string): void {
    if (!text.includes('_tm_run=') || this.#isThere || (this.#restarted && text.includes('/proc/uptime'))) return;
    this.begun += 1;
    this.#isThere = true;
  }

  async #stay(offset: number, listen: Listener, released: () => boolean, end: (how: Ending) => void): Promise<void> {
    let [sentRecords, sentBytes] = [0, offset];
    for (;;) {
      await turn();
      if (released()) return end({kind: 'exited', code: 0});
      if (this.#oneIn(this.#weather.dropsOneIn)) return end({kind: 'dropped', detail: 'the link dropped'});
      if (!this.#isThere) {
        listen.err(Buffer.from(`@ missing${this.#restarted ? ' restarted' : ''}\n`));
        continue;
      }
      this.#goOn(1 + this.#random.below(3));
      const lines = this.#records.slice(sentRecords);
      sentRecords += lines.length;
      if (lines.length > 0) this.#inPieces(lines.map(line => `${line}\n`).join(''), listen.err);
      const bytes = this.output.slice(sentBytes, sentBytes + this.#random.below(this.#weather.lag));
      sentBytes += bytes.length;
      if (bytes !== '') listen.out(Buffer.from(bytes));
      // As soon as its process is gone, whatever is still on its way.
      if (this.#isOver() && this.#oneIn(5)) {
        const how = this.#restarted ? 'rebooted' : 'vanished';
        listen.err(Buffer.from(`@ gone ${how} ${this.output.length}\n`));
      }
    }
  }

  #isOver(): boolean {
    return this.#done >= this.#deeds.length || this.#done >= this.#fateAt;
  }

  #goOn(deeds: number): void {
    if (!this.#isThere) return;
    for (let left = deeds; left > 0 && !this.#isOver(); left -= 1) {
      const deed = this.#deeds[this.#done];
      this.#done += 1;
      if (deed !== undefined && 'output' in deed) this.output += deed.output;
      else if (deed !== undefined) this.#records.push(deed.record.replace('BYTES', String(this.output.length)));
    }
    if (this.#done < this.#fateAt || this.#fate === 'loses its process') return;
    this.#restarted = true;
    if (this.#fate === 'clears') {
      this.#isThere = false;
      this.#records = [];
    }
  }

  #inPieces(text: string, pass: (chunk: Buffer) => void): void {
    const at = this.#random.below(text.length);
    pass(Buffer.from(text.slice(0, at)));
    pass(Buffer.from(text.slice(at)));
  }

  #oneIn(many: number): boolean {
    return this.#random.below(many) === 0;
  }
}

function deedsOf(codes: readonly number[], chunks: number): readonly Deed[] {
  const status = codes.at(-1) ?? 0;
  let printed = 0;
  const ran = codes.flatMap((code, index): readonly Deed[] => [
    {record: `@ start ${index} 1.0`},
    ...Array.from({length: chunks}, (): Deed => {
      printed += 1;
      return {output: `${String(printed).padStart(CHUNK_BYTES - 1, '.')}\n`};
    }),
    {record: `@ end ${index} ${code} 2.0`},
  ]);
  return [{record: '@ pid 4711 1 boot'}, ...ran, {record: `@ over ${status}`}, {record: `@ done ${status} BYTES`}];
}
