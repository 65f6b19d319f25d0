/** What stands around an item, a table or a fence and holds for all of it. */
import type {Hours} from '../phrases/first-hours.ts';
import type {RuleRole} from '../plan.ts';
import type {Directives} from './apply-directives.ts';

/** What the item or heading around says about all it holds. */
export type Around = {
  everyMs?: number;
  hours?: Hours;
  condition?: string;
  scope?: string;
  role?: RuleRole;
  judged?: true;
  directives: Directives;
};
