import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import xterm from '@xterm/headless';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {createPlayer} from '../../src/commands/replay/player.ts';
import {evolve, initialState} from '../../src/run/evolve.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {exited, finished, opened, plan, recorded, started, startedAt, stateAfter, steps} from '../report/builder.ts';

const events = recorded(
  {...opened},
  {type: 'step-ticked', stepId: steps.review.id, at: startedAt - 5000},
  {...started(steps.restart.id), at: startedAt},
  {...finished(steps.restart.id, {}, exited('x', 0)), at: startedAt + 60_000},
  ...Array.from({length: 700}, (_, index) => ({
    type: 'sample-taken' as const,
    samples: [{signal: 'store_message', at: startedAt + 60_000 + index * 1000, value: index}],
    at: startedAt + 60_000 + index * 1000,
  })),
  {type: 'run-closed', status: 'succeeded', exitCode: 0, because: 'done', at: startedAt + 800_000},
);

describe('the player', () => {
  let clock = 0;
  const player = createPlayer(plan, events, {isPaused: true, clock: () => clock});
  afterAll(() => player.close());

  test('shows at each moment the run as it stood then, also when it goes back', () => {
    for (const at of [0, 700_000, 64_000, 5000, 810_000, 300_000, 61_000, -9000, 810_000, 0]) {
      player.seek(startedAt + at);
      const until = events.filter(event => event.at <= Math.max(events[0]?.at ?? 0, startedAt + at));
      expect(player.run.getState()).toEqual(stateAfter(until));
      expect(until.reduce((state, event) => evolve(plan, state, event), initialState).seq).toBe(
        player.run.getState().seq,
      );
    }
  });

  test('goes from event to event, readings of signals left out', () => {
    player.seek(startedAt);
    player.jump(1);
    expect(player.now()).toBe(startedAt + 60_000);
    player.jump(1);
    expect(player.now()).toBe(startedAt + 800_000);
    player.jump(-1);
    player.jump(-1);
    expect(player.now()).toBe(startedAt);
  });

  test('stops at the end, and begins again from there', () => {
    player.seek(startedAt + 900_000);
    expect(player.now()).toBe(player.span.to);
    player.toggle();
    expect(player.now()).toBe(player.span.from);
    expect(player.status.getState()).toMatchObject({isPlaying: true, at: 0, length: 810_000});
  });

  test('plays by its speed', async () => {
    player.seek(startedAt);
    player.changeSpeed(1);
    player.changeSpeed(1);
    player.changeSpeed(1);
    clock += 3000;
    await expect.poll(player.now).toBe(startedAt + 30_000);
  });
});

/** The last picture. Only cells that changed are written. */
async function onTerminal(written: string): Promise<string> {
  const terminal = new xterm.Terminal({cols: 160, rows: 45, allowProposedApi: true});
  await new Promise<void>(resolve => terminal.write(written, resolve));
  const {active} = terminal.buffer;
  return Array.from({length: 45}, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join('\n');
}

describe('the command', () => {
  let directory: string;
  let operator: Operator;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-replay-'));
    operator = newOperator(directory);
    const path = join(directory, 'deploy.md');
    writeFileSync(
      path,
      '# Release\n\n## Deployment\n\n- [ ] Say it: `echo first word`\n- [ ] Again: `echo second word`\n',
    );
    await operator.run('review', path, '--accept');
    expect((await operator.run('run', path, '--auto')).code).toBe(0);
    await operator.idle();
  });

  afterAll(() => {
    operator.stop();
    rmSync(directory, {recursive: true, force: true});
  });

  test('writes a film that players can show, with what was printed in it, and performs nothing', async () => {
    const [id = ''] = readdirSync(join(operator.home, 'runs'));
    const journal = join(operator.home, 'runs', id, 'journal.ndjson');
    const before = readFileSync(journal);
    const film = join(directory, 'film.cast');
    expect((await operator.run('replay', '--cast', film, '--speed', '10x')).code).toBe(0);
    const [head = '', ...pictures] = readFileSync(film, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(head)).toMatchObject({version: 2, width: 160, height: 45, title: `Release, run ${id}`});
    const shown = pictures.map(line => JSON.parse(line) as [number, string, string]);
    expect(shown.every(([at, kind], index) => kind === 'o' && at >= (shown[index - 1]?.[0] ?? 0))).toBe(true);
    expect(await onTerminal(shown.map(([, , text]) => text).join(''))).toContain('first word');
    expect(readFileSync(journal)).toEqual(before);
  });

  test('says what is wrong in one line', async () => {
    const ended = [
      await operator.run('replay'),
      await operator.run('replay', '--speed', 'fast', '--cast', 'x'),
      await operator.run('replay', 'nowhere', '--cast', 'x'),
      await operator.run('replay', '--cast', join(directory, 'no', 'place')),
    ];
    expect(ended.map(({code}) => code)).toEqual([2, 2, 2, 2]);
    for (const {said} of ended) expect(said).toMatch(/^tminus: (?!internal error).+\n$/);
  });
});
