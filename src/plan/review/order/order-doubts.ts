/** Collects the doubts about when commands run: at another moment, later, once more, or before what must hold. */
import type {Plan} from '../../plan.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';
import {betweenCommandDoubts} from './between-commands.ts';
import {noteDoubts} from './detailed-elsewhere.ts';
import {doneAlreadyDoubts} from './done-already.ts';
import {gateWithinDoubts} from './gates-within.ts';
import {hourDoubts} from './hours.ts';
import {inlineOrderDoubts} from './inline-order.ts';
import {lateGateDoubts} from './late-gates.ts';
import {laterWorkDoubts} from './later-work.ts';
import {momentDoubts} from './moments.ts';
import {monthDoubts} from './months.ts';
import {scheduleDoubts} from './schedules.ts';
import {singleLineDoubts} from './single-lines.ts';
import {titleOrderDoubts} from './title-orders.ts';
import {toldCellDoubts} from './told-cells.ts';
import {toldTooLateDoubts} from './told-too-late.ts';

export function orderDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const done = doneAlreadyDoubts(plan, lines);
  return [
    ...momentDoubts(plan, lines, leadsOf),
    ...hourDoubts(plan, lines, leadsOf),
    ...noteDoubts(plan, lines, leadsOf),
    ...monthDoubts(plan, lines, leadsOf),
    ...scheduleDoubts(plan, lines),
    ...titleOrderDoubts(plan, lines),
    ...laterWorkDoubts(plan, lines),
    ...done,
    ...toldCellDoubts(plan, lines, new Set(done.map(({line}) => line))),
    ...gateWithinDoubts(plan, lines),
    ...lateGateDoubts(plan, lines),
    ...toldTooLateDoubts(plan, lines, leadsOf),
    ...betweenCommandDoubts(plan, lines),
    ...inlineOrderDoubts(plan, lines),
    ...singleLineDoubts(plan, lines, leadsOf),
  ];
}
