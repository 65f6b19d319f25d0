/** The record as Markdown: the checklist filled in, with an appendix. */
import type {Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import type {RunState} from '../../run/state.ts';
import {blankValues, fillBlanks, noteLines} from './fill-blanks.ts';
import {boxMarks, markBox} from './fill-boxes.ts';
import {appendix} from './record-appendix.ts';

/** The line that ends the checklist and begins what the run adds to it. */
export const RECORD_HEADING = '# T-Minus record';

/**
 * The checklist filled in by its run, and an appendix of what happened. Only lines that the run has something
 * to say about differ from the template, so that a diff of the two shows the run and nothing else.
 */
export function record(plan: Plan, state: RunState, events: readonly Recorded[]): string {
  const document = filledDocument(plan, state, events);
  return `${document.join('\n').trimEnd()}\n\n---\n\n${RECORD_HEADING}\n\n${appendix(plan, state, events)}`;
}

function filledDocument(plan: Plan, state: RunState, events: readonly Recorded[]): readonly string[] {
  const values = blankValues(plan, state);
  const marks = boxMarks(plan, state, events);
  return plan.source.flatMap((source, index) => {
    const line = index + 1;
    const notes = noteLines(plan, state, line);
    if (notes.length > 0) return notes;
    const filled = fillBlanks(source, values.get(line) ?? []);
    const mark = marks.get(line);
    return mark === undefined ? [filled] : [markBox(filled, mark)];
  });
}
