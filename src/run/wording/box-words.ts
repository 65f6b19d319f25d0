/** Says of a step of a rehearsal what of it is real in the box, and what is played. */
import {commandsOf, type Step} from '../../plan/plan.ts';
import type {RunSettings} from '../event.ts';

/** `real: git · played: npm, systemctl · does not run: foo`; undefined outside of a box. Without a step: of all of them. */
export function boxWords(box: RunSettings['box'], step: Step | undefined, separator = '·'): string | undefined {
  if (box === undefined) return undefined;
  if (step === undefined)
    return [
      programWords(
        box.programs.filter(({how}) => how !== 'real'),
        separator,
      ),
      'all else is real',
    ]
      .filter(words => words !== undefined)
      .join(` ${separator} `);
  switch (step.action.kind) {
    case 'script': {
      const lines = new Set(commandsOf(step).map(({line}) => line));
      return programWords(
        box.programs.filter(program => program.lines.some(line => lines.has(line))),
        separator,
      );
    }
    case 'http':
      return 'real: the request · played: the answer'.replace('·', separator);
    case 'sql':
      return 'real: PostgreSQL · played: what its tables hold'.replace('·', separator);
    case 'prometheus':
      return 'played: nobody answers it here';
    case 'tail':
    case 'log':
      return 'real: the file · played: what is written to it'.replace('·', separator);
    case 'manual':
    case 'input':
    case 'choice':
      return 'by hand: nothing of it is played';
    case 'rule':
      return undefined;
  }
}

const WORDS = {real: 'real', played: 'played', unknown: 'does not run'} as const;

function programWords(own: NonNullable<RunSettings['box']>['programs'], separator: string): string | undefined {
  const said = (['real', 'played', 'unknown'] as const).flatMap(how => {
    const names = own.filter(program => program.how === how).map(({name}) => name);
    return names.length === 0 ? [] : [`${WORDS[how]}: ${names.join(', ')}`];
  });
  return said.length === 0 ? undefined : said.join(` ${separator} `);
}
