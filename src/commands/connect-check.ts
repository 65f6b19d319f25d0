import {openWorld} from '../actions/open-world.ts';
import type {World} from '../actions/world.ts';
import {proveReadiness} from '../engine/readiness-watch.ts';
import {initialState} from '../run/evolve.ts';
import {engineLookup} from '../run/lookups.ts';
import type {Named} from './load.ts';
import {terminalAsk} from './terminal-questions.ts';

type Line = {name: string; ok: boolean; detail: string};

const ANSWER_WITHIN_MS = 10_000;
/** With somebody at the terminal who may be asked. That nothing answers at all is seen sooner. */
const PERSON_WITHIN_MS = 5 * 60_000;

/** Proves hosts, databases and rollback readiness, all at once. False when one of them cannot be reached. */
export async function connectCheck({plan, bindings}: Named, out: NodeJS.WritableStream): Promise<boolean> {
  const ask = terminalAsk();
  const world = openWorld({bindings, directory: process.cwd(), onLink: () => {}, ...(ask === undefined ? {} : {ask})});
  const withinMs = ask === undefined ? ANSWER_WITHIN_MS : PERSON_WITHIN_MS;
  try {
    const hosts = Object.entries(bindings.hosts).map(([name, {destination}]) =>
      hostLine(world, name, destination, withinMs),
    );
    // First the hosts: a database behind one must not wait in vain while somebody is asked.
    const answers = await Promise.all(hosts);
    const databases = Object.keys(bindings.databases).map(name => databaseLine(world, name));
    const reached = [...answers, ...(await Promise.all(databases))];
    out.write('\nConnections\n');
    if (reached.length === 0) out.write('  no hosts or databases are bound\n');
    for (const line of reached) out.write(`  ${line.ok ? 'ok  ' : 'FAIL'} ${line.name}  ${line.detail}\n`);
    if (plan.rollback !== null) {
      out.write('\nRollback readiness\n');
      const found = await proveReadiness(plan, bindings, world, engineLookup(bindings, initialState));
      const items = found.type === 'readiness-reported' ? found.items : [];
      for (const {ready, title, detail} of items) out.write(`  ${ready ? 'ok  ' : 'not '} ${title}  ${detail}\n`);
    }
    return reached.every(line => line.ok);
  } finally {
    await world.close();
  }
}

async function hostLine(world: World, name: string, destination: string, withinMs: number): Promise<Line> {
  try {
    const {code} = await world.capture({kind: 'host', host: name, destination}, 'true', withinMs);
    return {name: `host ${name}`, ok: code === 0, detail: code === 0 ? destination : `exit ${code} from \`true\``};
  } catch (error) {
    return {name: `host ${name}`, ok: false, detail: error instanceof Error ? error.message : String(error)};
  }
}

async function databaseLine(world: World, name: string): Promise<Line> {
  const answer = await world.query(name, 'select 1', ANSWER_WITHIN_MS);
  return 'error' in answer
    ? {name: `database ${name}`, ok: false, detail: answer.error}
    : {name: `database ${name}`, ok: true, detail: 'select 1'};
}
