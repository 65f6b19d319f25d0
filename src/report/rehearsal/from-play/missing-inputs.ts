/** Found by the play: what the rollback needed, and what was not there when it was to begin. */
import {commandsOf, type Step} from '../../../plan/plan.ts';
import type {Recorded} from '../../../run/event.ts';
import type {Finding} from '../finding.ts';
import type {Played} from '../played.ts';

/** The last look at what the rollback needs before it began: it begins with one. */
export function readinessFindings({plan, rounds, notPlayed}: Played): Finding[] {
  const unknown = new Set(notPlayed.map(({name}) => name));
  return rounds.flatMap(({events}) => {
    const begun = events.findLastIndex(({type}) => type === 'rollback-finished');
    const before = begun === -1 ? [] : events.slice(0, begun);
    const last = before.findLast(
      (event): event is Extract<Recorded, {type: 'readiness-changed'}> => event.type === 'readiness-changed',
    );
    // One item may lack several things: each has its line.
    const missing = (last?.items ?? []).flatMap(item => item.detail.split('; ').map(detail => ({...item, detail})));
    return missing.flatMap(({stepId, ready, optional, detail}): Finding[] => {
      const step = plan.steps.find(({id}) => id === stepId);
      if (step === undefined || ready || optional || UNPROVED.test(detail)) return [];
      const {name, line} = lackingOf(step, detail) ?? {line: step.line};
      // A program that nobody knows is told by its own finding.
      if (name !== undefined && unknown.has(name)) return [];
      const isTooLate = /^\S+ is the commit that was deployed/.test(detail);
      return [
        {
          kind: isTooLate ? 'made-too-late' : 'never-made',
          ...(name === undefined ? {} : {about: name}),
          weight: 'risk',
          line,
          title: `when the rollback was to begin: ${detail}`,
          evidence: [`line ${line}: ${(plan.source[line - 1] ?? '').trim()}`, 'the deploy had been played before it'],
          mend: 'Let a step before the deploy make it, on the host and in the directory where the rollback looks.',
          basis: 'proved',
        },
      ];
    });
  });
}

/** The command whose input the words name; of several the one that is named most exactly. */
function lackingOf(step: Step, detail: string): {name: string; line: number} | undefined {
  const named = commandsOf(step).flatMap(({inputs, line, destructive}) =>
    inputs
      .flatMap(namesOf)
      .flatMap(name =>
        undated(detail).includes(undated(name)) ? [{name, line, deletes: destructive !== undefined}] : [],
      ),
  );
  // A deletion only repeats what the line that copies needs.
  return named.toSorted(
    (one, other) => Number(one.deletes) - Number(other.deletes) || other.name.length - one.name.length,
  )[0];
}

/** The document writes `YYYYMMDD`, and the target has the day. */
function undated(text: string): string {
  return text.replaceAll(/(?:YYYY|AAAA|JJJJ)\W?MM\W?(?:DD|JJ|TT)|\d{4}\W?\d{2}\W?\d{2}/g, '#');
}

/** Nobody has looked, or a value is missing: nothing is proved. */
const UNPROVED =
  /unbound|no value|not (?:yet )?(?:looked|probed|confirmed)|review|unknown|cannot be reached|no command can be started/i;

function namesOf(input: object): readonly string[] {
  return Object.entries(input).flatMap(([key, value]) =>
    /^(?:ref|path|name)$/.test(key) && typeof value === 'string' ? [value] : [],
  );
}
