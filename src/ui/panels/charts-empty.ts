/** What stands where the charts would be while nothing is measured at all. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {wrapWords} from '../format.ts';
import type {Pen} from '../widgets/pen.ts';

/** What is missing, and the command that begins it, as it must be typed. */
export function nothingMeasured({rules, placeholders}: Plan, command: string, pen: Pen): string[] {
  const waiting = rules.filter(({person}) => !person).length;
  const open = placeholders.filter(({bound, capture}) => !bound && capture !== true).length;
  const asks =
    waiting === 0 ? '' : `: ${waiting} ${waiting === 1 ? 'rule' : 'rules'} of the checklist cannot be judged`;
  const names =
    open === 0
      ? ''
      : ` ${open} ${open === 1 ? 'name' : 'names'} it uses ${open === 1 ? 'is' : 'are'} not bound either.`;
  const [first = '', ...more] = wrapWords(pen.plain(`Nothing is measured${asks}.${names}`), pen.width);
  return [
    pen.write('text', first),
    ...more.map(row => pen.write('text', row)),
    ...wrapWords(pen.plain(command), pen.width).map(row => pen.write('command', row)),
    pen.write('muted', 'writes a bindings file to fill in.'),
  ];
}
