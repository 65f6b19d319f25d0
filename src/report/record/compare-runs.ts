/** Two runs side by side: how they ended, how long each part took, and which steps and rules differ. */
import type {Plan} from '../../plan/plan.ts';
import {bare} from '../../run/history/earlier-run.ts';
import {type Spent, spentIn} from '../../run/history/section-durations.ts';
import {sectionById} from '../../run/plan-index.ts';
import {stepState} from '../../run/selectors.ts';
import {fineQuantity} from '../../text/figures.ts';
import {durationText, utcTime} from '../../text/times.ts';
import {measuredText, ruleVerdicts, standingWord} from '../rule-text.ts';
import {statusText} from '../run-status.ts';
import {markdownTable} from './markdown-text.ts';
import type {RecordSource} from './record-source.ts';

/**
 * As Markdown. Sections, steps and rules are matched by what they are called, without capitals, marks and durations, so
 * that a later edition compares, too.
 */
export function compareRuns(a: RecordSource, b: RecordSource): string {
  const head = ['', a.state.run.id, b.state.run.id];
  const parts: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ['Runs', runRows(a, b)],
    ['Sections: how long they took', pairs(sectionTimes(a), sectionTimes(b), () => true)],
    ['Steps: how long they took', pairs(stepTimes(a), stepTimes(b), () => true)],
    ['Steps that ended otherwise', pairs(stepEnds(a), stepEnds(b), (one, other) => one !== other)],
    ['Rules', pairs(ruleValues(a), ruleValues(b), () => true)],
  ];
  const text = parts
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `## ${title}\n\n${markdownTable(head, rows).join('\n')}\n`);
  return `# ${a.state.run.id} and ${b.state.run.id}\n\n${text.join('\n')}`;
}

function runRows(a: RecordSource, b: RecordSource): readonly (readonly string[])[] {
  const row = (name: string, of: (source: RecordSource) => string) => [name, of(a), of(b)];
  return [
    row('checklist', ({plan}) => plan.title),
    row('result', ({state}) => statusText(state)),
    row('opened', ({state}) => utcTime(state.run.openedAt)),
    row('by', ({state}) => state.run.user),
    row('deploy took', deployTook),
    row('rollback took', rollbackTook),
    row('triggers fired', ({events}) => String(events.filter(({type}) => type === 'trigger-fired').length)),
  ];
}

function deployTook({state: {deployStartedAt, deployEndedAt}}: RecordSource): string {
  if (deployStartedAt === undefined || deployEndedAt === undefined) return '';
  return durationText(deployEndedAt - deployStartedAt);
}

function rollbackTook({state: {rollback}, events}: RecordSource): string {
  const asked = events.findLast(({type}) => type === 'rollback-requested');
  return rollback.status !== 'finished' || asked === undefined ? '' : durationText(rollback.at - asked.at);
}

/** What each stands for, in the order of the document, by its bare name. Of two that are called the same the first counts. */
type Named = ReadonlyMap<string, {title: string; value: string}>;

function pairs(a: Named, b: Named, isShown: (one: string, other: string) => boolean): readonly (readonly string[])[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .map(name => [a.get(name), b.get(name)] as const)
    .map(
      ([one, other]) =>
        [one?.title ?? other?.title ?? '', one?.value ?? 'not there', other?.value ?? 'not there'] as const,
    )
    .filter(([, one, other]) => isShown(one, other));
}

function inOrder(entries: readonly (readonly [string, string])[]): Named {
  const known = new Map<string, {title: string; value: string}>();
  for (const [title, value] of entries) {
    const name = bare(title) || title;
    if (!known.has(name)) known.set(name, {title, value});
  }
  return known;
}

function sectionTimes({plan, events}: RecordSource): Named {
  const rows = spentIn(plan, events).map(
    ({section, from, to}: Spent) => [section.title, durationText(to - from)] as const,
  );
  return inOrder(rows);
}

/** The times of steps that ran; steps that took less than a second are left out. */
function stepTimes({plan, state}: RecordSource): Named {
  return inOrder(
    plan.steps.flatMap(({id, title, section}): [string, string][] => {
      const own = stepState(state, id);
      if (!('startedAt' in own) || own.startedAt === undefined || !('at' in own)) return [];
      const tookMs = own.at - own.startedAt;
      return tookMs < SHOWN_MS_MIN ? [] : [[`${sectionTitle(plan, section)}: ${title}`, durationText(tookMs)]];
    }),
  );
}

const SHOWN_MS_MIN = 1000;

function stepEnds({plan, state}: RecordSource): Named {
  return inOrder(
    plan.steps.map(({id, title, section}) => [`${sectionTitle(plan, section)}: ${title}`, stepState(state, id).status]),
  );
}

function ruleValues({plan, state}: RecordSource): Named {
  const rows = ruleVerdicts(plan, state).map(({rule, assessment: {value, standing}, tripped}) => {
    const measured = value === undefined ? '' : ` ${fineQuantity(value, rule.unit)}`;
    const before = tripped === undefined ? '' : ', had tripped';
    return [measuredText(rule), `${standingWord(standing)}${measured}${before}`] as const;
  });
  return inOrder(rows);
}

function sectionTitle(plan: Plan, id: string): string {
  return sectionById(plan, id)?.title ?? '';
}
