import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {HtmlValidate} from 'html-validate';
import type {Page} from 'puppeteer-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {recordHtml} from '../../src/report/record/record-html.ts';
import {chromiumMissing, startChromium} from '../helpers/chromium.ts';
import {barriers, clashes, overhang, spilled} from '../helpers/page-checks.ts';
import {
  exited,
  finished,
  opened,
  plan,
  recorded,
  rules,
  started,
  startedAt,
  stateAfter,
  steps,
} from '../report/builder.ts';

/** A deploy that fails and is rolled back, with a hole and failures in what was measured. */
const samples = Array.from({length: 90}, (_, index) => {
  const at = startedAt - 60_000 + index * 4000 + (index > 40 ? 40_000 : 0);
  const signal = 'store_message';
  return index % 17 === 9 ? {signal, at, error: 'status 503'} : {signal, at, value: 600 + 13 * index};
});
const events = recorded(
  {...opened, rehearsal: true} as typeof opened,
  {type: 'step-ticked', stepId: steps.review.id, note: `a long word ${'x'.repeat(300)}`},
  {...started(steps.restart.id), at: startedAt, on: 'vps', outputFrom: 3},
  {
    ...finished(
      steps.restart.id,
      {kind: 'failed', because: 'exit 1 from line 20'},
      exited('sudo systemctl restart shop', 1, `${'wide '.repeat(80)}\n`.repeat(50)),
    ),
    at: startedAt + 60_000,
  },
  {type: 'sample-taken', samples, at: startedAt + 61_000},
  {type: 'trigger-fired', ruleId: rules.p95.id, evidence: 'P95 1612 ms', samples: [], at: startedAt + 200_000},
  {type: 'rollback-requested', because: 'trigger', startsAt: startedAt + 201_000, at: startedAt + 201_000},
  {type: 'rollback-finished', result: 'rolled-back', because: 'verified', left: ['tell'], at: startedAt + 260_000},
  {type: 'run-closed', status: 'rolled-back', exitCode: 4, because: 'verified', at: startedAt + 261_000},
);
const html = recordHtml({plan, state: stateAfter(events), events});

test('the page is valid HTML', async () => {
  const checker = new HtmlValidate({extends: ['html-validate:standard', 'html-validate:a11y']});
  const {results} = await checker.validateString(html);
  const said = results.flatMap(({messages}) =>
    messages.map(({ruleId, line, message}) => `${line} ${ruleId}: ${message}`),
  );
  expect(said).toEqual([]);
});

describe.skipIf(chromiumMissing)('in Chromium', () => {
  let directory: string;
  let chromium: Awaited<ReturnType<typeof startChromium>>;
  let page: Page;
  const asked: string[] = [];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-page-'));
    writeFileSync(join(directory, 'record.html'), html);
    chromium = await startChromium();
    page = chromium.page;
    page.on('request', request => asked.push(request.url()));
    // Only the checker is a script here: the page itself has none.
    await page.setBypassCSP(true);
  });

  afterAll(async () => {
    await chromium.stop();
    rmSync(directory, {recursive: true, force: true});
  });

  async function open(width: number, scheme: 'light' | 'dark'): Promise<void> {
    await page.setViewport({width, height: 900});
    await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
    await page.goto(pathToFileURL(join(directory, 'record.html')).href);
  }

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('%i wide and %s: nothing sticks out, and axe finds nothing to mend', async (width, scheme) => {
    await open(width, scheme);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    expect(await spilled(page)).toEqual([]);
    expect(await barriers(page)).toEqual([]);
  });

  test('no two labels of a chart lie on each other, and none leaves it', async () => {
    await open(1280, 'light');
    expect(await clashes(page)).toEqual([]);
  });

  test('printed, all of it is there', async () => {
    await open(1280, 'light');
    await page.emulateMediaType('print');
    const hidden = await page.evaluate(
      `[...document.querySelectorAll('.wide, pre')].filter(one => one.scrollHeight > one.clientHeight + 2).length`,
    );
    await page.emulateMediaType('screen');
    expect(hidden).toBe(0);
  });

  test('it asks for nothing but itself', () => {
    expect(asked.filter(url => !url.startsWith('file:') || !url.endsWith('record.html'))).toEqual([]);
  });
});
