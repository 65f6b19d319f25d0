/** The columns and rows of a table, and what a column may mean. */
import type {Block} from '../../document/blocks.ts';

export type Table = Extract<Block, {kind: 'table'}>;
export type Row = Table['rows'][number];

export type ColumnKind =
  | 'step'
  | 'command'
  | 'expected'
  | 'status'
  | 'time'
  | 'owner'
  | 'metric'
  | 'target'
  | 'alert'
  | 'trigger'
  | 'contact'
  | 'case'
  | 'signature'
  | 'number'
  | 'rollback';

/** A heading may mean several things: "Checks" are steps beside a command and metrics beside a target. */
export type Column = {head: string; kinds: readonly ColumnKind[]};
