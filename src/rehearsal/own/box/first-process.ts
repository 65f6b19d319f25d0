/** Builds the target of a box, starts the run's engine in it and ends with it: `box-init RUN_DIRECTORY PROGRAM ARGS...`. */
import {execFileSync, spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {PlaceNeeds} from '../needs.ts';
import {BOX_FILES, type BoxPlan, INSIDE, LOCAL} from './box-plan.ts';
import {openBroker} from './broker.ts';
import {makeCertificate, trustCertificate} from './certificate.ts';
import {openDatabase} from './database.ts';
import {type OpenHost, openHost} from './host.ts';
import {
  engineEnvironment,
  type Keys,
  leadConnections,
  leadLocalShells,
  nameOperatorMachine,
} from './operator-machine.ts';
import {openService} from './service.ts';
import {fetchedText, newVersionText, originsText, placeText} from './setup-text.ts';
import {serveState} from './state-server.ts';
import {openTarget} from './target.ts';

/** The descriptor on which whoever started the engine hears of it. */
const STARTER = 3;

const [runDirectory = '', program = '', ...args] = process.argv.slice(2);
build().catch(error => {
  console.error(`the box was not built: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(7);
});

async function build(): Promise<void> {
  const plan = JSON.parse(readFileSync(join(runDirectory, BOX_FILES.plan), 'utf8')) as BoxPlan;
  writeFileSync(INSIDE, '');
  nameOperatorMachine(plan);
  const keys = makeKeys();
  leadConnections(plan, keys);
  mkdirSync('/origin');
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128m,mode=777,nosuid,nodev', 'tmpfs', '/origin']);
  const certificate = makeCertificate(plan);
  if (certificate !== undefined) trustCertificate('/', certificate);
  const service = await openService(plan.needs, certificate);
  const opening = plan.hosts.map(host => openHost(host, plan, {...keys, certificate}, playedOn(plan, host.places)));
  const [rows, ...hosts] = await Promise.all([openDatabase(plan), ...opening]);
  setUp(plan, hosts);
  const target = await openTarget(plan, hosts, service, rows);
  await openBroker(join(runDirectory, BOX_FILES.calls), target.answer);
  await serveState(join(runDirectory, BOX_FILES.socket), target.state);
  const local = hosts.find(({host}) => host.places.includes(LOCAL));
  if (local === undefined) throw new Error('it has no host for local steps');
  leadLocalShells(local.enter);
  mkdirSync(local.host.home, {recursive: true});
  startEngine(local.host.home);
}

function makeKeys(): Keys {
  const directory = mkdtempSync('/tmp/keys-');
  const make = (name: string) => {
    const file = join(directory, name);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'rehearsal', '-f', file]);
    return [readFileSync(file, 'utf8'), readFileSync(`${file}.pub`, 'utf8').trim()] as const;
  };
  const [hostKey, hostPublic] = make('host');
  const [userKey, userPublic] = make('user');
  return {hostKey, hostPublic, userKey, userPublic: `${userPublic}\n`};
}

/** Also what nobody knows: its stand-in says that it did not run. */
function playedOn({needs}: BoxPlan, places: readonly string[]): string[] {
  const own = needs.places.filter(({name}) => places.includes(name)).flatMap(({programs}) => programs);
  return [...new Set(own.filter(({how}) => how !== 'real').map(({name}) => name))].filter(name =>
    /^[\w.+-]+$/.test(name),
  );
}

function setUp(plan: BoxPlan, hosts: readonly OpenHost[]): void {
  const {needs} = plan;
  const [first] = hosts;
  if (first === undefined) return;
  runOn(first, originsText(needs));
  const onEach = (textOf: (place: PlaceNeeds) => string) => {
    for (const open of hosts) {
      const own = needs.places.filter(({name}) => open.host.places.includes(name));
      for (const place of own) runOn(open, textOf(place));
    }
  };
  onEach(place => placeText(needs, place));
  runOn(first, newVersionText(needs));
  onEach(fetchedText);
}

function runOn({enter, host}: OpenHost, text: string): void {
  const [command = '', ...words] = [...enter, 'bash', '-c', `set -e\numask 022\n${text}`];
  try {
    execFileSync(command, words, {stdio: ['ignore', 'inherit', 'pipe'], cwd: '/'});
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`${host.hostname} could not be set up: ${said}`, {cause: error});
  }
}

function startEngine(directory: string): void {
  const stdio = ['ignore', 'inherit', 'inherit', STARTER] as const;
  const engine = spawn(program, args, {stdio: [...stdio], env: engineEnvironment(), cwd: directory});
  engine.once('error', error => {
    console.error(`the engine cannot be started: ${error.message}`);
    process.exit(1);
  });
  engine.once('exit', code => process.exit(code ?? 1));
}
