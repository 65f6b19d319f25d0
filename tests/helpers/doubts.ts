/** Doubts as plans of tests have them, and the sections whose use is asked about. */
import type {Doubt} from '../../src/plan/doubt.ts';
import type {Plan, Section} from '../../src/plan/plan.ts';
import {planOf} from './plan-view.ts';

/** The sections whose use is asked about: by their own question, or by the one for all in a language without words. */
export function sectionsAsked({sections, proposal}: Plan): readonly Section[] {
  const doubts = (proposal?.doubts ?? []).filter(({code}) => code === 'role-assumed');
  return sections.filter(({id, title}) =>
    doubts.some(({section, message}) => section === id || message.includes(`"${title}"`)),
  );
}

/** About a line that was not read. `section`: its id. */
export function notRead(line: number, section = '', more: Partial<Doubt> = {}): Doubt {
  return {
    id: `not-read:${line}`,
    code: 'not-read',
    line,
    message: 'reads like an instruction, and nothing does it',
    because: 'Activate the environment',
    settle: 'a person does it, or it is left out',
    section,
    steps: [],
    ...more,
  };
}

/** Of a document in lines, each question as "open 5: …" or, where it can be accepted, "proposed 5: …"; 5 is the line of a step. */
export function questions(...lines: readonly string[]): string {
  const {proposal, steps} = planOf(...lines);
  const lineOf = new Map(steps.map(({id, line}) => [id, line]));
  return (proposal?.doubts ?? [])
    .map(
      ({message, proposed, steps: held}) =>
        `${proposed === undefined ? 'open' : 'proposed'} ${held.map(id => lineOf.get(id)).join()}: ${message}`,
    )
    .join('\n');
}
