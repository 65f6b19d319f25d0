/** A doubt about a line that was not read, as plans of tests have it. */
import type {Doubt} from '../../src/plan/doubt.ts';

/** `section`: its id. */
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
