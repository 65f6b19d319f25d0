/** What stands where the charts would be while nothing is measured at all. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {wrapWords} from '../format.ts';
import type {Pen} from '../widgets/pen.ts';

/** What is missing, and the command that begins it, as it must be typed. */
export function nothingMeasured({rules, placeholders}: Plan, command: string, pen: Pen): string[] {
  const waiting = rules.filter(({person}) => !person).length;
  const open = placeholders.filter(({bound, capture}) => !bound && capture !== true).length;
  const asks = waiting === 0 ? '' : ` for ${waiting} ${waiting === 1 ? 'rule' : 'rules'} of the checklist`;
  const names = open === 0 ? '' : ` and ${open} ${open === 1 ? 'name is' : 'names are'} not bound`;
  const [first = '', ...more] = wrapWords(
    pen.plain(`No probe is bound${asks}${names}: nothing is measured.`),
    pen.width,
  );
  return [
    pen.write('text', first),
    ...more.map(row => pen.write('text', row)),
    ...wrapWords(pen.plain(command), pen.width).map(row => pen.write('command', row)),
    pen.write('muted', 'writes a bindings file to fill in.'),
  ];
}
