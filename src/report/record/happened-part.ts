/** What happened and who was there: people, timeline, looks at the hosts, notes. */
import type {Plan} from '../../plan/plan.ts';
import {personOf} from '../../run/console.ts';
import type {Recorded} from '../../run/event.ts';
import {type Evidence, evidenceText} from '../../run/evidence/evidence.ts';
import {stepById} from '../../run/plan-index.ts';
import type {RunState} from '../../run/state.ts';
import {createNews, timelineEntry} from '../../run/timeline.ts';
import {compact} from '../../text/compact.ts';
import {plural} from '../../text/figures.ts';
import {missionTime, utcTime} from '../../text/times.ts';
import {type Block, list, table} from './record-blocks.ts';
import type {RecordSource} from './record-source.ts';

/** Who was attached, from where, and how far the name is proved; and who drove when. */
export function peopleBlocks({events}: RecordSource): readonly Block[] {
  const consoles = events.flatMap(event => {
    if (event.type !== 'console-joined') return [];
    const {terminal = '', origin = '', observer} = event.console;
    const as = observer ? 'observer' : 'operator';
    return [[utcTime(event.at), personOf(event.console), as, terminal, origin, knownText(event.console.claimed)]];
  });
  const drivers = events.flatMap(event => {
    if (event.type !== 'baton-passed') return [];
    return [
      `${utcTime(event.at)} ${event.to === null ? 'nobody drives' : `${event.name ?? 'another console'} drives`}`,
    ];
  });
  return [table(['UTC', 'who', 'as', 'terminal', 'from', 'known'], consoles), list(drivers)];
}

function knownText(claimed: 'name' | 'account' | undefined): string {
  if (claimed === undefined) return 'account proved';
  return claimed === 'name' ? 'account proved, name only claimed' : 'only claimed';
}

/** Changes only: a link that was up before, or a rule that stands where it stood, is no entry. */
export function timeline(
  plan: Plan,
  events: readonly Recorded[],
): readonly NonNullable<ReturnType<typeof timelineEntry>>[] {
  const isNews = createNews();
  return events.flatMap(event => (isNews(event) ? (timelineEntry(plan, event) ?? []) : []));
}

export function timelineBlocks({plan, state, events}: RecordSource): readonly Block[] {
  const startedAt = state.deployStartedAt ?? state.run.openedAt;
  const entries = timeline(plan, events);
  const rows = entries.map(({at, by, text}) => [utcTime(at), missionTime(at - startedAt), by, text]);
  const tones = entries.map(({tone}) => tone);
  return [table(['UTC', 'T+', 'by', 'what'], rows, tones)];
}

export function captureBlocks({state: {captures}}: RecordSource): readonly Block[] {
  const rows = Object.entries(captures).map(([name, {value, on}]) => [name, value, on]);
  return [table(['name', 'value', 'on'], rows)];
}

/** What was looked at before a person decided, and after it. `at`: when the look began, epoch ms. */
type Seen = {stepId: string; line?: number; at: number; text: string; lines: readonly string[]} & Pick<
  Evidence,
  'about' | 'question' | 'on' | 'answer' | 'from' | 'to'
>;

export function evidenceSeen(plan: Plan, events: readonly Recorded[]): readonly Seen[] {
  return events.flatMap(event => {
    if (event.type !== 'evidence-seen') return [];
    const {stepId, about, question, on, answer, from, to, lines, asOf: at} = event;
    const {line} = stepById(plan, stepId) ?? {};
    return [compact({stepId, line, at, about, question, on, answer, from, to, text: evidenceText(event), lines})];
  });
}

/** Each look, in the order of time. */
export function evidenceBlocks({plan, events}: RecordSource): readonly Block[] {
  const items = evidenceSeen(plan, events).map(({at, line, text, lines}) => ({
    text: `${utcTime(at)}${line === undefined ? '' : ` line ${line}`}: ${text}`,
    under: lines,
  }));
  return [list(items)];
}

export function noteBlocks({state: {notes, complaints}}: RecordSource): readonly Block[] {
  const written = notes.map(({at, by, text}) => `${utcTime(at)} ${by}: ${text}`);
  return [list([...written, ...complaintItems(complaints)])];
}

function complaintItems(complaints: RunState['complaints']): readonly string[] {
  if (complaints.length === 0) return [];
  const counted = complaints.map(
    ({at, by, text}) => `${utcTime(at)} complaint counted by ${by}${text === undefined ? '' : `: ${text}`}`,
  );
  return [`${plural(complaints.length, 'complaint')} in all`, ...counted];
}
