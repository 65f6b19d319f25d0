/** What stands where the charts would be while nothing is measured at all. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {wrap} from '../../text/width.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {Pen} from '../widgets/pen.ts';

/** A run means the bindings that it was opened with. */
const TIES = 'and tie rules: to them; they count from the next run on.';

/** `bindings`: the file there is already; otherwise `command` writes one, as it must be typed. */
export type Remedy = {command: string; bindings?: string | undefined};

/** What is missing, and what begins to change that. */
export function nothingMeasured({rules, placeholders}: Plan, {command, bindings}: Remedy, pen: Pen): string[] {
  const waiting = rules.filter(({person}) => !person).length;
  const open = placeholders.filter(({bound, capture}) => !bound && capture !== true).length;
  const asks =
    waiting === 0 ? '' : `: ${waiting} ${waiting === 1 ? 'rule' : 'rules'} of the checklist cannot be judged`;
  const names =
    open === 0
      ? ''
      : ` ${open} ${open === 1 ? 'name' : 'names'} it uses ${open === 1 ? 'is' : 'are'} not bound either.`;
  const [first = '', ...more] = wrap(pen.plain(`Nothing is measured${asks}.${names}`), pen.width);
  const rows = (text: string, token: ThemeToken) => wrap(pen.plain(text), pen.width).map(row => pen.write(token, row));
  const remedy =
    bindings === undefined
      ? [...rows(command, 'command'), ...rows('writes a bindings file to fill in.', 'muted')]
      : [...rows('Add probes: to', 'muted'), ...rows(bindings, 'command'), ...rows(TIES, 'muted')];
  return [pen.write('text', first), ...more.map(row => pen.write('text', row)), ...remedy];
}
