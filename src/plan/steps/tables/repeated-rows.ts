/** A table that sums up what the document tells in detail elsewhere: run with the details, everything would be done twice. */
import {traitsOf} from '../../action-traits.ts';
import {commandsOf, type Section, type Step} from '../../plan.ts';
import {type Draft, report} from '../draft.ts';

/** The rows of such a table become a note, and the detailed steps answer for their boxes. */
export function withoutRepeatedRows(draft: Draft, sections: readonly Section[]): void {
  const works = new Set(sections.filter(({role}) => role !== 'rollback').map(({id}) => id));
  const outside = draft.steps.filter(step => works.has(step.section) && !draft.rows.has(step.id));
  const details = new Map(outside.flatMap(step => keysOf(step).map(key => [key, step] as const)));
  const tables = Map.groupBy(
    draft.steps.filter(step => works.has(step.section) && draft.rows.has(step.id)),
    step => draft.rows.get(step.id) ?? 0,
  );
  for (const [line, rows] of tables) {
    const working = rows.filter(isWork);
    const told = working.map(row =>
      keysOf(row)
        .map(key => details.get(key))
        .find(found => found !== undefined),
    );
    if (working.length < ROWS_MIN || told.includes(undefined)) continue;
    const gone = new Set(working.map(({id}) => id));
    draft.steps.splice(0, draft.steps.length, ...draft.steps.filter(({id}) => !gone.has(id)));
    const lines = told.map(step => step?.line).join(', ');
    const message = `the commands of this table are told in detail on lines ${lines}; only those are run`;
    report(draft, 'info', 'reference-card', line, '', message, 'take the table out if it is to say nothing more');
  }
}

/** One row that is told elsewhere too may well be done twice. */
const ROWS_MIN = 2;

function isWork({action}: Step): boolean {
  return traitsOf(action).by === 'engine';
}

/** The same commands, whatever the steps are called. */
function keysOf(step: Step): string[] {
  const commands = commandsOf(step).map(({text}) => text.replaceAll(/\s+/g, ' ').trim());
  return commands.length === 0 ? [] : [commands.join('\n')];
}
