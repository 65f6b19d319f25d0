import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {type AfterReboot, cronLine, cronScript, unitName, unitText} from '../../../src/commands/reboot/unit.ts';

/** A program in a place that nobody quotes by accident; it prints what it was started with. */
function somewhere(): {directory: string; after: AfterReboot} {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-unit-'));
  onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
  const place = join(directory, `it's 100% "my" $HOME`);
  mkdirSync(place);
  const program = join(place, 'tminus');
  writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" "$@" "$TMINUS_HOME"\n', {mode: 0o755});
  const environment = {TMINUS_HOME: `${place}/home`, PATH: '/usr/bin:/bin'};
  const after = {runId: '20260102T030405Z-4f2a', title: '100% ready\n[Service]', program: [program], flags: []};
  return {directory, after: {...after, environment, script: join(place, 'boot.sh'), log: join(place, 'boot.log')}};
}

/** As systemd splits a value into words: double quotes, backslashes and doubled signs. */
function wordsOf(value: string, doubled: string): readonly string[] {
  const quoted = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word.replaceAll(/\\(.)/g, '$1'));
  return quoted.map(word => [...doubled].reduce((text, sign) => text.replaceAll(sign + sign, sign), word));
}

test('the unit calls the program that wrote it, for its run, with its state directory, once a boot', () => {
  const {after} = somewhere();
  const lines = unitText({...after, flags: ['--changed', 'accept']}).split('\n');
  const sections = lines.filter(line => line.startsWith('['));
  expect(sections).toEqual(['[Unit]', '[Service]', '[Install]']);
  const settings = lines.filter(line => /^\w+=/.test(line)).map(line => line.split(/=(.*)/s).slice(0, 2));
  const valuesOf = (name: string) => settings.flatMap(([key, value = '']) => (key === name ? [value] : []));
  const [start = ''] = valuesOf('ExecStart');
  expect(start).toMatch(/^\/bin\/sh -c "/);
  const [script = ''] = wordsOf(start, '%$');
  const said = execFileSync('/bin/sh', ['-c', script], {encoding: 'utf8', env: after.environment});
  expect(said.trimEnd().split('\n')).toEqual([
    ...['resume', after.runId, '--boot', '--changed', 'accept'],
    after.environment['TMINUS_HOME'],
  ]);
  expect(valuesOf('Environment').flatMap(value => wordsOf(value, '%'))).toEqual(
    Object.entries(after.environment).map(([name, value]) => `${name}=${value}`),
  );
  // What ends the unit leaves the engine alone, and that the run goes on is no failure.
  expect(valuesOf('KillMode')).toEqual(['process']);
  expect(valuesOf('SuccessExitStatus')).toEqual(['8']);
  expect(valuesOf('WantedBy')).toEqual(['default.target']);
  expect(valuesOf('Description')).toEqual([`T-Minus run ${after.runId}: 100%% ready [Service]`]);
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!hasSystemd)('systemd finds nothing wrong with the unit', () => {
  const {directory, after} = somewhere();
  const file = join(directory, unitName(after.runId));
  writeFileSync(file, unitText(after));
  const {status, stdout, stderr} = spawnSync('systemd-analyze', ['verify', '--user', '--man=no', file], {
    encoding: 'utf8',
    env: {...process.env, XDG_RUNTIME_DIR: directory},
  });
  expect({status, said: `${stdout}${stderr}`}).toEqual({status: 0, said: ''});
});

test('the line of a crontab does the same in a bare shell, however long the path for programs is', () => {
  const {after} = somewhere();
  const PATH = `${after.environment['PATH']}:${'/opt/some/tool/bin:'.repeat(100)}`;
  writeFileSync(after.script, cronScript({...after, environment: {...after.environment, PATH}}));
  const line = cronLine(after);
  expect(line).toMatch(/^@reboot /);
  expect(line).not.toContain('\n');
  expect(line.length).toBeLessThan(CRON_LINE_MAX);
  // Cron takes the backslashes away that keep a percent sign from being a new line.
  const command = line.replace('@reboot ', '').replaceAll('\\%', '%');
  expect(line.replaceAll('\\%', '')).not.toContain('%');
  execFileSync('/usr/bin/env', ['-i', 'sh', '-c', command]);
  const said = execFileSync('cat', [after.log], {encoding: 'utf8'}).trimEnd().split('\n');
  expect(said).toEqual(['resume', after.runId, '--boot', after.environment['TMINUS_HOME']]);
});

const CRON_LINE_MAX = 1000;
