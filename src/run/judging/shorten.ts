/** Cuts an outcome down to what the journal keeps of it. */
import {compact} from '../../text/compact.ts';
import type {Answer, Outcome, Table} from '../outcome.ts';

/** What the journal keeps of an outcome; the whole output is in the spool. */
const OUTPUT_CHARACTERS_MAX = 4096;
const ROWS_MAX = 50;

export function shorten(outcome: Outcome): Outcome {
  switch (outcome.kind) {
    case 'exited':
      return {
        ...outcome,
        output: tail(outcome.output),
        ...compact({answers: outcome.answers?.map(shortenAnswer)}),
      };
    case 'signalled':
      return {...outcome, output: tail(outcome.output)};
    case 'answered':
      return {...outcome, answers: outcome.answers.map(shortenAnswer)};
    case 'returned':
      return {...outcome, tables: outcome.tables.map(shortenTable)};
    default:
      return outcome;
  }
}

function shortenAnswer(answer: Answer): Answer {
  return {...answer, body: answer.body.slice(0, OUTPUT_CHARACTERS_MAX)};
}

function shortenTable(table: Table): Table {
  return {...table, rows: table.rows.slice(0, ROWS_MAX)};
}

function tail(text: string): string {
  return text.slice(-OUTPUT_CHARACTERS_MAX);
}
