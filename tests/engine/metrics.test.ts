import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {serveMetrics} from '../../src/engine/metrics.ts';
import {evolve, initialState} from '../../src/run/evolve.ts';
import type {RunState} from '../../src/run/state.ts';
import {freePort} from '../helpers/ports.ts';
import {opened, plan, recorded, rules, started, steps} from '../report/builder.ts';

const host = '127.0.0.1';
let stop: (() => void) | undefined;

afterEach(() => stop?.());

test('Prometheus reads where the run, its steps, its rules and its way back stand, as they are at each scrape', async () => {
  const port = await freePort();
  let state: RunState = initialState;
  stop = await serveMetrics({host, port}, plan, () => state);
  const scrape = async () => await (await fetch(`http://${host}:${port}/metrics`)).text();

  expect(await scrape()).toContain('tminus_phase{run="",phase="ready"} 1');
  for (const event of recorded(opened, started(steps.restart.id))) state = evolve(plan, state, event);
  const text = await scrape();
  const ofStep = text.split('\n').filter(line => line.startsWith(`tminus_step{run="${state.run.id}"`));
  expect(ofStep).toHaveLength(plan.steps.length);
  expect(ofStep.filter(line => line.includes('status="running"'))).toHaveLength(1);
  expect(text.split('\n').filter(line => /^tminus_rule\{.*standing="blind"\} 1$/.test(line))).toHaveLength(
    plan.rules.length,
  );
  expect(text).not.toContain('tminus_rollback_ready{');
  expect(Object.keys(rules).length).toBeGreaterThan(0);
});

test('only that page is there', async () => {
  const port = await freePort();
  stop = await serveMetrics({host, port}, plan, () => initialState);
  expect((await fetch(`http://${host}:${port}/`)).status).toBe(404);
  expect((await fetch(`http://${host}:${port}/metrics`, {method: 'POST'})).status).toBe(404);
});

test('an address that is taken is refused', async () => {
  const other = createServer();
  await new Promise<void>(resolve => other.listen(0, host, resolve));
  const {port} = other.address() as AddressInfo;
  await expect(serveMetrics({host, port}, plan, () => initialState)).rejects.toThrow(/EADDRINUSE/);
  other.close();
});
