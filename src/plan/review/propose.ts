/** Builds the proposal that a person confirms: doubts and readings. */

import {compact} from '../../text/compact.ts';
import {onlyDatabase} from '../bindings/types.ts';
import type {Plan} from '../plan.ts';
import {doubtsIn, type Setting} from './doubts.ts';
import {readingsOf} from './readings.ts';
import type {Uses} from './uses.ts';

/** `plan`: bound, with its problems. */
export function withProposal(plan: Plan, {assumed, procedures, procedure}: Uses, setting: Setting): Plan {
  const doubts = doubtsIn(plan, assumed, setting);
  const readings = readingsOf(plan, {doubts, database: onlyDatabase(setting.bindings.databases)});
  return {...plan, proposal: compact({doubts, readings, procedures, procedure})};
}
