import {chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import xterm from '@xterm/headless';
import {HtmlValidate} from 'html-validate';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openPastSession} from '../../src/commands/replay/past-session.ts';
import {readSeal} from '../../src/report/record/seal.ts';
import {chromiumMissing, startChromium} from '../helpers/chromium.ts';
import {type Ending, type EndingName, EXITS, openStage, type Stage} from '../helpers/endings.ts';
import {differences, type Film, filmLive, filmReplay, marksOf} from '../helpers/film.ts';
import {barriers, clashes, overhang, spilled} from '../helpers/page-checks.ts';
import {addedTo, unfounded} from '../helpers/record-facts.ts';

const NAMES = Object.keys(EXITS) as EndingName[];

let directory: string;
let stage: Stage;
let bindings: string;
const endings = new Map<string, Ending>();
/** Of the console that watched the deploy, and of one that watched its rollback. */
const films: Film[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-endings-'));
  // PostgreSQL runs as an account of its own in there.
  chmodSync(directory, 0o755);
  stage = await openStage(directory);
  bindings = readFileSync(stage.rehearsal.bindings, 'utf8');
  const keep = (...all: readonly Ending[]) => all.forEach(one => void endings.set(one.name, one));
  keep(await stage.deployed(async connection => void films.push(await filmLive(connection))));
  keep(await stage.rolledBack(async connection => void films.push(await filmLive(connection))));
  const interrupted = await stage.unknown();
  keep(interrupted.before, interrupted.after);
  keep(await stage.aborted());
  const failed = await stage.failed();
  keep(failed.before, failed.after);
}, 1_200_000);

afterAll(async () => {
  await stage?.stop();
  rmSync(directory, {recursive: true, force: true, maxRetries: 5});
});

function ended(name: string): Ending {
  const ending = endings.get(name);
  if (ending === undefined) throw new Error(`no run has ended as ${name}`);
  return ending;
}

describe.each(NAMES)('the record of a run that is or has %s', name => {
  test('differs from the template in facts only, each of which is found in the journal', () => {
    const {exitCode, events, template, markdown, bounds, seal} = ended(name);
    expect(exitCode).toBe(EXITS[name]);
    const {added, wrong} = addedTo(template, markdown);
    expect(wrong).toEqual([]);
    const [last = '', ...rest] = added.toReversed().filter(line => line !== '');
    const {events: until, checksum} = seal;
    expect(readSeal(markdown)).toMatchObject({events: until, checksum, isIntact: true});
    expect(last).toMatch(/^Sealed: /);
    expect(unfounded(rest, {events, template, bindings, bounds})).toEqual([]);
  });

  test('is valid HTML', async () => {
    const checker = new HtmlValidate({extends: ['html-validate:standard', 'html-validate:a11y']});
    const {results} = await checker.validateString(ended(name).html);
    const said = results.flatMap(({messages}) => messages.map(({ruleId, line, message}) => [line, ruleId, message]));
    expect(said).toEqual([]);
  });
});

test('a figure, a time or a digest that nobody recorded is found', () => {
  const {events, template, bounds} = ended('succeeded');
  const invented = ['P95 7321.5 ms', 'at 2031-01-01T00:00:00Z', 'commit 0ddba11', 'T+99:00:00', 'took 31:07'];
  const found = unfounded(invented, {events, template, bindings, bounds});
  expect(found).toHaveLength(invented.length);
});

describe('what a record says', () => {
  const line = (name: string, text: string) =>
    ended(name)
      .markdown.split('\n')
      .find(one => one.includes(text));

  test('of a rollback: that it was needed, and that it is back only where that was verified', () => {
    expect(line('rolled back', 'Major (rollback required)')).toMatch(/^- \[x\] .* — engine, rolled-back \d\d:\d\d$/);
    expect(line('rolled back', 'Failed - Rolled Back')).toMatch(/^- \[x\] /);
    expect(line('rollback failed', 'Major (rollback required)')).toMatch(/^- \[x\] .* — engine, rollback-failed/);
    expect(line('rollback failed', 'Failed - Rolled Back')).toBe('- [ ] ❌ Deployment Failed - Rolled Back');
    for (const name of ['succeeded', 'failed', 'aborted', 'unknown', 'running'])
      expect(line(name, 'Failed - Rolled Back')).toBe('- [ ] ❌ Deployment Failed - Rolled Back');
  });

  test('of what is left to do after a rollback that failed: every command, whole', () => {
    const [finished] = ended('rollback failed').events.filter(event => event.type === 'rollback-finished');
    const left = finished?.type === 'rollback-finished' ? finished.left : [];
    expect(left.length).toBeGreaterThan(5);
    for (const text of left.filter(one => !one.startsWith('by hand: ')))
      expect(ended('rollback failed').markdown).toContain(text);
  });

  test('of a run that is not over: where it is, and up to when it tells', () => {
    expect(line('running', '- Result:')).toBe('- Result: running: Final review of PR #3');
    expect(line('running', '- So far:')).toMatch(/as of \S+Z, event \d+; the run is not closed$/);
    expect(line('unknown', '- Result:')).toMatch(/^- Result: unknown: Final review of PR #3: /);
    expect(line('aborted', '- Result:')).toBe('- Result: aborted: the team lead called');
  });
});

describe.skipIf(chromiumMissing)('the page of each record, in Chromium', () => {
  let chromium: Awaited<ReturnType<typeof startChromium>>;
  const asked: string[] = [];

  beforeAll(async () => {
    chromium = await startChromium();
    chromium.page.on('request', request => asked.push(request.url()));
    // Only the checker is a script here: the page itself has none.
    await chromium.page.setBypassCSP(true);
  });
  afterAll(() => chromium?.stop());

  test.each(NAMES)(
    '%s: nothing lies on or leaves anything, on a desk and on a phone, and nothing is loaded',
    async name => {
      const {page} = chromium;
      const path = join(directory, 'record.html');
      writeFileSync(path, ended(name).html);
      for (const [width, scheme] of [
        [390, 'dark'],
        [1280, 'light'],
      ] as const) {
        await page.setViewport({width, height: 900});
        await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
        await page.goto(pathToFileURL(path).href);
        expect(await overhang(page)).toBeLessThanOrEqual(0);
        expect(await spilled(page)).toEqual([]);
        expect(await clashes(page)).toEqual([]);
      }
      expect(await barriers(page)).toEqual([]);
      expect(asked.filter(url => url !== pathToFileURL(path).href)).toEqual([]);
    },
  );
});

describe('the replay of the run that was rolled back', () => {
  test('shows at ten marks what the live consoles showed, cell for cell', async () => {
    const {runDirectory, events} = ended('rolled back');
    const late = marksOf(films[1]?.frames ?? [], 4);
    const early = marksOf(films[0]?.frames ?? [], 10 - late.length);
    expect(late.length).toBeGreaterThan(0);
    expect(early.length + late.length).toBe(10);
    // The second console was opened for the rollback, and so is the second replay.
    for (const [index, marks] of [early, late].entries()) {
      const past = await openPastSession(runDirectory, {speed: 1, isPaused: true});
      const openedAt = events.find(({seq}) => seq === films[index]?.opened)?.at ?? 0;
      const played = await filmReplay(past, marks, openedAt);
      past.close();
      const wrong = marks.flatMap((mark, at) => {
        const own = played[at];
        if (own?.seq !== mark.seq) return [`event ${mark.seq}: the replay stands at event ${own?.seq}`];
        return differences(mark, own).map(text => `event ${mark.seq}: ${text}`);
      });
      expect(wrong).toEqual([]);
      // A line is shown with those of its second, never before it, and none is left out.
      for (const [at, {lines}] of marks.entries())
        for (const [id, count] of Object.entries(lines)) expect(played[at]?.lines[id]).toBeGreaterThanOrEqual(count);
    }
  });

  test('as a film is a valid asciicast that ends where the run ended, and performs nothing', async () => {
    const {runDirectory, events} = ended('rolled back');
    const before = filesIn(runDirectory);
    const [film, report] = [join(directory, 'film.cast'), join(directory, 'performed')];
    const guard = fileURLToPath(new URL('../helpers/performs-nothing.mjs', import.meta.url));
    stage.operator.environment['NODE_OPTIONS'] = `--import ${guard}`;
    stage.operator.environment['TMINUS_TEST_PERFORMED'] = report;
    const id = runDirectory.split('/').at(-1) ?? '';
    const {code} = await stage.operator.run('replay', id, '--cast', film, '--speed', '30x');
    delete stage.operator.environment['NODE_OPTIONS'];
    expect(code).toBe(0);
    expect(existsSync(report) ? readFileSync(report, 'utf8') : '').toBe('');
    expect(filesIn(runDirectory)).toEqual(before);

    const [head, ...pictures] = readFileSync(film, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(head).toMatchObject({
      version: 2,
      width: 160,
      height: 45,
      timestamp: Math.floor((events[0]?.at ?? 0) / 1000),
    });
    expect(
      pictures.every(
        ([at, kind, text], index) => kind === 'o' && typeof text === 'string' && at >= (pictures[index - 1]?.[0] ?? 0),
      ),
    ).toBe(true);
    const shown = await lastPicture(pictures.map(([, , text]) => text).join(''));
    expect(shown).toMatch(/^ T-MINUS .*CLOSED: ROLLED-BACK/);
    expect(shown).toContain('✓ Users can book normally');
  });
});

/** Size and text of every file of a run. */
function filesIn(runDirectory: string): readonly (readonly [string, string])[] {
  const names = readdirSync(runDirectory, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile());
  return names.map(({parentPath, name}) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')]);
}

/** What stands on the screen when the film is over. */
async function lastPicture(written: string): Promise<string> {
  const terminal = new xterm.Terminal({cols: 160, rows: 45, allowProposedApi: true});
  await new Promise<void>(done => terminal.write(written, done));
  const {active} = terminal.buffer;
  return Array.from({length: 45}, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join('\n');
}
