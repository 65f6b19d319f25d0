/** Reads the answer to one text of SQL into a table, keeping no more of it than can be shown. */
import type pg from 'pg';
import type {Table} from '../../run/outcome.ts';

const ROWS_MAX = 1000;
/** For all rows that are kept; each cell counts with the memory that it takes besides its text. */
const KEPT_BYTES_MAX = 8 * 1024 * 1024;
const CELL_BYTES = 16;

const EMPTY: Table = {columns: [], rows: [], rowCount: 0};

type Row = (string | null)[];
/** What the driver calls as the messages come in. What is thrown here ends the connection. */
type Reader = pg.Submittable & {
  handleRowDescription(message: {fields: readonly {name: string}[]}): void;
  handleDataRow(message: {fields: Row}): void;
  handleCommandComplete(message: {text: string}): void;
  handleEmptyQuery(): void;
  handlePortalSuspended(): void;
  handleReadyForQuery(): void;
  handleCopyInResponse(connection: {sendCopyFail(why: string): void}): void;
  handleCopyData(): void;
  handleError(error: Error): void;
};

/** Rows beyond the caps are counted, not kept. Text of several statements returns the last one's rows. */
export function readAnswer(client: pg.Client, text: string): Promise<Table> {
  const {promise, resolve, reject} = Promise.withResolvers<Table>();
  let answer: Table | undefined;
  let columns: string[] | undefined;
  let rows: Row[] = [];
  let rowCount = 0;
  let bytes = 0;
  const reader: Reader = {
    submit: connection => (connection as unknown as {query(text: string): void}).query(text),
    handleRowDescription({fields}) {
      columns = fields.map(({name}) => name);
      [rows, rowCount, bytes] = [[], 0, 0];
    },
    handleDataRow({fields}) {
      if (fields.length !== columns?.length) throw new Error(`a row of ${fields.length} columns`);
      rowCount += 1;
      bytes += fields.reduce((sum, cell) => sum + CELL_BYTES + (cell?.length ?? 0), 0);
      // A first row that is longer than all of it is kept, and is the only one.
      if (rows.length < ROWS_MAX && (bytes <= KEPT_BYTES_MAX || rowCount === 1)) rows.push(fields);
    },
    handleCommandComplete({text: tag}) {
      answer =
        columns === undefined ? {...EMPTY, rowCount: Number(/ (\d+)$/.exec(tag)?.[1] ?? 0)} : {columns, rows, rowCount};
      columns = undefined;
      rows = [];
    },
    handleEmptyQuery() {
      answer = EMPTY;
    },
    handlePortalSuspended() {},
    handleReadyForQuery() {
      if (answer === undefined) reject(new Error('the server gave no answer to the statement'));
      else resolve(answer);
    },
    handleCopyInResponse: connection => connection.sendCopyFail('there is nothing to copy from'),
    handleCopyData() {},
    handleError: reject,
  };
  client.query(reader);
  return promise;
}
