/** Says of a step of a rehearsal what of it is real in the box, and what is played. */
import {commandsOf, type Step} from '../../plan/plan.ts';
import type {RunSettings} from '../event.ts';

/** `real: git · played: npm, systemctl · does not run: foo`; undefined outside of a box, and where nothing is performed. */
export function boxWords(box: RunSettings['box'], step: Step | undefined, separator = '·'): string | undefined {
  if (box === undefined || step === undefined) return undefined;
  switch (step.action.kind) {
    case 'script':
      return programWords(box, step, separator);
    case 'http':
      return 'real: the request · played: who answers it'.replace('·', separator);
    case 'sql':
      return 'real: PostgreSQL · played: what its tables hold'.replace('·', separator);
    case 'prometheus':
      return 'played: nobody answers it here';
    case 'manual':
    case 'input':
    case 'choice':
    case 'rule':
    case 'tail':
    case 'log':
      return undefined;
  }
}

const WORDS = {real: 'real', played: 'played', unknown: 'does not run'} as const;

function programWords({programs}: NonNullable<RunSettings['box']>, step: Step, separator: string): string | undefined {
  const lines = new Set(commandsOf(step).map(({line}) => line));
  const own = programs.filter(program => program.lines.some(line => lines.has(line)));
  const said = (['real', 'played', 'unknown'] as const).flatMap(how => {
    const names = own.filter(program => program.how === how).map(({name}) => name);
    return names.length === 0 ? [] : [`${WORDS[how]}: ${names.join(', ')}`];
  });
  return said.length === 0 ? undefined : said.join(` ${separator} `);
}
