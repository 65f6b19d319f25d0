/** Makes one doubt of two with the same code and line. */
import type {Doubt} from '../doubt.ts';

/** Without steps, a doubt holds its whole section. */
export function stepsOfBoth(one: Doubt, other: Doubt): readonly string[] {
  return one.steps.length === 0 || other.steps.length === 0 ? [] : [...new Set([...one.steps, ...other.steps])];
}

/** Of two with the same code and line, the one without a proposal is kept, because a person must answer it. */
export function joined(before: Doubt, one: Doubt): Doubt {
  const isAnswered = before.proposed === undefined || one.proposed !== undefined;
  const rules = [...new Set([...(before.rules ?? []), ...(one.rules ?? [])])];
  const kept = {...(isAnswered ? before : one), ...(rules.length === 0 ? {} : {rules})};
  const steps = stepsOfBoth(before, one);
  // Whoever reads the whole sentence in one question need not read it twice.
  const isTold =
    before.because === one.because || [one.message, `"${one.because}"`].some(text => before.message.includes(text));
  if (isTold || !areBesideEachOther(before, one)) return {...kept, steps};
  const isFull = before.message.length > MESSAGE_MAX;
  if (isFull) return {...kept, steps, message: before.message.endsWith(MORE) ? before.message : before.message + MORE};
  return {...kept, steps, message: `${before.message}; ${one.message}`};
}

/** Nobody reads more in one question. */
const MESSAGE_MAX = 1500;
const MORE = '; and more';

/**
 * Two open questions: an answer to one would hide the other. So would it of two about the place of one line or when it is
 * done ("Next working day: `a`, and if it is sane `b`"), and of two answered ones about the bounds of one, of which one was
 * read into a rule. Ways are counted by several readers, who ask the same.
 */
function areBesideEachOther(before: Doubt, {code, proposed, rules, steps}: Doubt): boolean {
  if (code === 'alternatives-assumed') return false;
  if (code === 'condition-assumed' || (before.rules !== undefined && rules !== undefined)) return true;
  // Who answers the open one has not read the other.
  if (code === 'not-read' && (before.proposed === undefined) !== (proposed === undefined)) return true;
  if (before.proposed === undefined) return proposed === undefined || code === 'place-assumed';
  // The open one does not speak of the other steps: "on both" in one item, and nothing in the next.
  if (code === 'place-assumed') return proposed !== undefined || before.steps.some(id => !steps.includes(id));
  return (
    code === 'expectation-assumed' && proposed !== undefined && (before.rules === undefined) !== (rules === undefined)
  );
}
