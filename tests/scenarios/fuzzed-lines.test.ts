import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, test} from 'vitest';
import {displayWidth} from '../../src/text/width.ts';
import {eventually} from '../helpers/eventually.ts';
import {fuzzedLines} from '../helpers/fuzzed-lines.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

const LINES = 60;
/** By hand: `FUZZED_SEEDS=1,2,3`. */
const SEEDS = (process.env['FUZZED_SEEDS'] ?? '7').split(',').map(Number);
const WIDTHS = [
  [160, 45],
  [110, 35],
  [80, 24],
] as const;

const checklist = `# Release 🚀 部署

## Pre-deployment
- [ ] Print it 👩‍👩‍👧‍👦 データベース e\u0301 \u202Eabc: \`cat lines.bin; cat lines.bin >> app.log; echo "all"" printed"\`
- [ ] مرحبا بالعالم ✔️ 각 हिन्दी 1️⃣
`;

describe.skipIf(tmuxMissing)('lines of any text, in tmux', () => {
  let directory: string;
  let operator: Operator;
  let terminal: Terminal;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-fuzzed-'));
    operator = newOperator(directory);
    terminal = startTerminal(operator.environment, {cwd: directory});
  });
  afterEach(() => {
    terminal?.stop();
    operator?.stop();
    rmSync(directory, {recursive: true, force: true, maxRetries: 5});
  });

  test.each(SEEDS)('leave every border in its column at 160, 110 and 80 columns (seed %i)', async seed => {
    writeFileSync(join(directory, 'deploy.md'), checklist);
    writeFileSync(join(directory, 'app.log'), 'started\n');
    writeFileSync(join(directory, 'lines.bin'), fuzzedLines(seed, LINES));
    writeFileSync(
      join(directory, 'tminus.yaml'),
      `tminus: 1\nlogs: { app: { on: local, tail: ${directory}/app.log } }\n`,
    );
    const window = terminal.open('run', 'deploy.md', '-b', 'tminus.yaml');
    await window.shows('Print it');
    window.press('Enter');
    await operator.recorded('step-finished');
    for (const [columns, rows] of WIDTHS) {
      window.resize(columns, rows);
      for (const panel of ['2', '4']) {
        window.press(panel, 'G');
        await paged(window, columns, panel);
      }
      window.press('1');
    }
  });
});

/** From the end to the beginning, page by page. */
async function paged(window: Window, columns: number, panel: string): Promise<void> {
  await kept(window, {columns, panel}, numbers => numbers.includes(LINES - 1));
  for (let first = LINES; first > 0; ) {
    window.press('PageUp');
    const before = first;
    const numbers = await kept(window, {columns, panel}, shown => Math.min(...shown) < before);
    first = Math.min(...numbers);
  }
}

/** Waits until the screen shows these lines, each border in its column; returns the numbers of the lines that begin on it. */
async function kept(
  window: Window,
  {columns, panel}: {columns: number; panel: string},
  isShown: (numbers: readonly number[]) => boolean,
): Promise<number[]> {
  return await eventually(
    'the lines, with every border in its column',
    () => {
      const rows = window.cells().map(({text}) => text);
      const numbers = numbersIn(rows, panel);
      return isShown(numbers) && broken(rows, columns).length === 0 ? numbers : undefined;
    },
    {
      seen: () =>
        [
          ...broken(
            window.cells().map(({text}) => text),
            columns,
          ),
          window.screen(),
        ].join('\n'),
    },
  );
}

/** Of the lines in this panel, which ends where the next one below it begins. */
function numbersIn(rows: readonly string[], panel: string): number[] {
  const from = rows.findIndex(row => row.includes(`─ ${panel} `));
  const below = from < 0 ? [] : rows.slice(from + 1);
  const end = below.findIndex(row => row.includes('╭─'));
  const own = end < 0 ? below : below.slice(0, end);
  return [...own.join('\n').matchAll(/\bL(\d{4})\b/g)].map(([, digits]) => Number(digits));
}

const SIGNS = /[│╮╯┃║]/;

/** The rows that do not fill the screen, or whose borders do not stand below those of the title row above them. */
function broken(rows: readonly string[], columns: number): string[] {
  let corners: readonly number[] = [];
  return rows.flatMap((row, index) => {
    const cells = cellsOf(row);
    if (row.startsWith('╭')) corners = cells.flatMap((sign, at) => (sign === '╮' ? [at] : []));
    const isKept = !/^[│╰]/.test(row) || corners.every(at => SIGNS.test(cells[at] ?? ''));
    return isKept && displayWidth(row) === columns ? [] : [`row ${index}: ${row}`];
  });
}

const SEGMENTS = new Intl.Segmenter('en', {granularity: 'grapheme'});

function cellsOf(row: string): string[] {
  return [...SEGMENTS.segment(row)].flatMap(({segment}) => [
    segment,
    ...Array.from({length: Math.max(0, displayWidth(segment) - 1)}, () => ''),
  ]);
}
