/** How the time of reading and checking grows with the document, for each kind of text that a document may be full of. */
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {checkPage} from '../../src/report/check/check-page.ts';
import {lineMargin} from '../../src/run/wording/line-margin.ts';
import {type Growing, growing} from '../helpers/growing-documents.ts';
import {atMost, type Measured, type Row} from './row.ts';

const COUNT_FIRST = 500;
const COUNT_MAX = 64_000;
/** Less is mostly noise. */
const CPU_MS_MIN = 20;
const TIMES = 4;
const RUNS = 3;
/** A quadratic reader takes four times as long for each unit; sorting, memory and noise a little longer. */
const GROWTH_MAX = 1.7;

type Grown = {kind: string; perUnit: number; count: number; ms: readonly [number, number]};

export const growth: Row = ({full}) => {
  const kinds = Object.entries(growing).filter((_, at) => full || at % 3 === 0);
  const grown = kinds.map(([kind, text]) => grownOf(kind, text)).toSorted((a, b) => b.perUnit - a.perUnit);
  const [worst] = grown;
  const measured: Measured[] = worst === undefined ? [] : [shown(worst, kinds.length)];
  return Promise.resolve(measured);
};

function shown({kind, perUnit, count, ms}: Grown, kinds: number): Measured {
  const [less, more] = ms.map(Math.round);
  const detail = `${kind}: ${count} of them ${less} ms of CPU, ${TIMES * count} ${more} ms`;
  return atMost(`the worst of ${kinds} kinds of text: time per unit, ${TIMES} times as many`, perUnit, GROWTH_MAX, {
    unit: 'x',
    detail,
  });
}

function grownOf(kind: string, text: Growing): Grown {
  let count = COUNT_FIRST;
  let less = cpuMs(text(count));
  while (less < CPU_MS_MIN && count < COUNT_MAX) {
    count *= 2;
    less = cpuMs(text(count));
  }
  const more = cpuMs(text(TIMES * count));
  return {kind, perUnit: more / less / TIMES, count, ms: [less, more]};
}

/** The least of several, which a collection of garbage has not met. */
function cpuMs(text: string): number {
  return Math.min(...Array.from({length: RUNS}, () => cpuOnce(text)));
}

function cpuOnce(text: string): number {
  const before = process.cpuUsage();
  const plan = parsePlan(text, emptyBindings);
  checkPage(plan, {width: 100, colour: false, ascii: false, file: 'checklist.md'});
  lineMargin(plan);
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1000;
}
