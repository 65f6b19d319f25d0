/** Tests that what the rollback needs, and what a step of the document makes, is not from before the run. */
import type {Input} from '../../plan/script.ts';
import {localDayMinute} from '../../text/times.ts';
import type {Test} from './content-tests.ts';
import {pathWord, quoted} from './path-words.ts';
import {leftFact, newestOf, type Stood} from './version-facts.ts';

type Where = Parameters<typeof leftFact>[1];

/** Clocks of a host and of this machine may differ by this much. */
const CLOCKS_DIFFER_S = 120;

/** What is not there at all passes: another test says that. */
export function leftTests(
  input: Input,
  {place, directory}: {place: Where['place'] | undefined; directory: string | undefined},
  {before, makers}: Stood,
  bind: (text: string) => string,
): readonly (Test & {madeBy: readonly string[]})[] {
  const madeBy = 'madeBy' in input ? input.madeBy : undefined;
  if (madeBy === undefined || makers === undefined || makers.isForced || place === undefined) return [];
  const courses = madeBy.steps.map(id => makers.steps[id]);
  if (courses.includes('made')) return [];
  const isBegun = courses.includes('begun');
  const why = isBegun
    ? `line ${madeBy.line} has not made it anew`
    : courses.every(course => course === 'skipped')
      ? `line ${madeBy.line}, which makes it, was skipped`
      : `line ${madeBy.line} has not made it yet`;
  if (input.kind === 'git-ref') {
    const ref = bind(input.ref);
    const sh = `! git rev-parse --verify --quiet ${quoted(`${ref}^{commit}`)} >/dev/null`;
    // The tag of a step that has begun is held against where it stood.
    return isBegun ? [] : [{sh, missing: `${ref} is from before this run: ${why}`, madeBy: madeBy.steps}];
  }
  if (!('path' in input)) return [];
  const path = bind(input.path);
  const seen = before[leftFact(path, {place, directory}).id]?.value;
  const [seconds] = /^\d+(?= \d+ \d+$)/.exec(seen ?? '') ?? [];
  const age = seconds === undefined ? '' : ` (${localDayMinute(Number(seconds) * 1000)})`;
  const missing = `${path} is from before this run${age}: ${why}`;
  const absent = `set -- ${pathWord(path, {matches: true})}; [ ! -e "$1" ]`;
  return [
    {
      sh: `{ ${absent}${isBegun ? ` || ${changedTest(path, seen, makers.openedAt)}` : ''}; }`,
      missing,
      madeBy: madeBy.steps,
    },
  ];
}

/** By what was seen there before a step began to make it; where nobody looked, or on many hosts, by its age. */
function changedTest(path: string, seen: string | undefined, openedAt: number): string {
  if (seen !== undefined && /^(?:\d+ \d+ \d+|nothing)$/.test(seen))
    return `[ "$(${newestOf(path)})" != ${quoted(seen)} ]`;
  const since = Math.floor(openedAt / 1000) - CLOCKS_DIFFER_S;
  return `[ "$(${newestOf(path)} | cut -d ' ' -f 1)" -ge ${since} ]`;
}
