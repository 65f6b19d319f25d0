import {describe, expect, test} from 'vitest';
import {commandsLeft} from '../../../src/run/deciding/commands-left.ts';
import type {CommandResult, Outcome} from '../../../src/run/outcome.ts';
import type {BoundCommand, BoundStage, Request} from '../../../src/run/request.ts';
import {step} from '../../helpers/small-plan.ts';

const command = (line: number, text: string, more: Partial<BoundCommand> = {}): BoundCommand => ({
  ...{line, text, captures: [], requires: [], optional: false},
  ...more,
});
const request = (line: number, method = 'GET') => ({
  ...{line, method, url: 'http://127.0.0.1/health', headers: {}, insecure: false},
});
const ran = (line: number, text: string, code?: number, arm?: string): CommandResult => ({
  ...{line, text, durationMs: 1},
  ...(code === undefined ? {} : {code}),
  ...(arm === undefined ? {} : {arm}),
});
const ended = (commands: readonly CommandResult[], kind: 'exited' | 'lost' = 'exited'): Outcome =>
  kind === 'exited'
    ? {kind, code: 1, durationMs: 1, commands, output: ''}
    : {kind, detail: 'the link was lost', durationMs: 1, commands};

function left(stages: readonly BoundStage[], outcome?: Outcome, directory?: string): readonly string[] {
  const place = {kind: 'host', host: 'vps', destination: 'vps'} as const;
  const where = directory === undefined ? {} : {directory};
  const script: Request = {kind: 'script', jobId: 'j', place, lane: 'main', exports: {}, stages, ...where};
  return commandsLeft({kind: 'request', request: script}, step(3, 'Back', 'rollback'), outcome);
}

const three: BoundStage = {
  kind: 'commands',
  commands: [
    command(4, 'systemctl stop app'),
    command(5, 'rm -rf app', {requires: [{id: 'b', sh: '[ -d app.backup ]', missing: ''}], destroys: true}),
    command(5, 'mv app.backup app'),
  ],
};
const health: BoundStage = {kind: 'http', request: request(9)};
const arms: BoundStage = {
  kind: 'alternatives',
  arms: [
    {id: 'tag', label: 'by tag', commands: [command(6, 'git checkout v1')]},
    {id: 'backup', label: 'by backup', commands: [command(7, 'rm -rf app'), command(8, 'cp -r backup app')]},
  ],
};

describe('of a script', () => {
  test('that did not begin, everything is left', () => {
    expect(left([three, health])).toEqual([
      '# on host vps:\n[ -d app.backup ] &&\nsystemctl stop app &&\nrm -rf app &&\nmv app.backup app',
      '# on host vps:\ncurl -fsS http://127.0.0.1/health',
    ]);
  });

  test.each([
    ['~/app', '~/app'],
    ['~/my app', "~/'my app'"],
    ['/srv/my app', "'/srv/my app'"],
  ])('it is done in %s, as a shell is to read it', (directory, word) => {
    expect(left([{kind: 'commands', commands: [command(4, 'make')]}], undefined, directory)).toEqual([
      `# on host vps:\ncd ${word}\nmake`,
    ]);
  });

  test('what ran is not; what failed is, and what stands behind it', () => {
    const outcome = ended([ran(4, 'systemctl stop app', 0), ran(5, 'rm -rf app', 0), ran(5, 'mv app.backup app', 1)]);
    expect(left([three, health], outcome)).toEqual([
      '# on host vps:\nmv app.backup app',
      '# on host vps:\ncurl -fsS http://127.0.0.1/health',
    ]);
  });

  test('whose last request failed, only that is left', () => {
    const commands = [ran(4, '', 0), ran(5, 'rm -rf app', 0), ran(5, 'mv app.backup app', 0), ran(9, 'GET', 7)];
    expect(left([three, health], ended(commands))).toEqual(['# on host vps:\ncurl -fsS http://127.0.0.1/health']);
  });

  test('whose link was lost, the command that nobody saw end is named apart', () => {
    const outcome = ended([ran(4, 'systemctl stop app', 0), ran(5, 'rm -rf app')], 'lost');
    expect(left([three], outcome)).toEqual([
      '# on host vps:\n# nobody saw how this ended, look first:\n# rm -rf app\nmv app.backup app',
    ]);
  });

  test('of which one way failed and the other one in its middle, both are named without what ran', () => {
    const outcome = ended([
      ran(6, 'git checkout v1', 1, 'tag'),
      ran(7, 'rm -rf app', 0, 'backup'),
      ran(8, '', 1, 'backup'),
    ]);
    expect(left([arms, three], outcome).slice(0, 2)).toEqual([
      '# on host vps:\ngit checkout v1',
      '# on host vps:\ncp -r backup app',
    ]);
  });

  test('of which one way went through, no other way is left', () => {
    const outcome = ended([ran(6, 'git checkout v1', 0, 'tag'), ran(4, 'systemctl stop app', 1)]);
    expect(left([arms, three], outcome)).toEqual([
      '# on host vps:\n[ -d app.backup ] &&\nsystemctl stop app &&\nrm -rf app &&\nmv app.backup app',
    ]);
  });

  test('a command that was not needed and passed over is not left', () => {
    const stages: readonly BoundStage[] = [
      {kind: 'commands', commands: [command(4, 'drop', {optional: true}), command(5, 'b'), command(6, 'c')]},
    ];
    expect(left(stages, ended([ran(5, 'b', 2)]))).toEqual(['# on host vps:\nb\nc']);
  });
});

test('of statements and requests those that were answered are not left', () => {
  const back = step(3, 'Back', 'rollback');
  const statements = [
    {line: 4, text: 'delete from a;'},
    {line: 5, text: 'delete from b;'},
    {line: 6, text: 'delete from c;'},
  ];
  const sql: Request = {kind: 'sql', database: 'main', statements, timeoutMs: 1};
  const lost = ended([ran(4, 'delete from a;', 0), ran(5, 'delete from b;')], 'lost');
  expect(commandsLeft({kind: 'request', request: sql}, back, lost)).toEqual([
    '# sql on main:\n# nobody saw how this ended, look first:\n# delete from b;\ndelete from c;',
  ]);
  const http: Request = {kind: 'http', requests: [request(7, 'POST'), request(8)], timeoutMs: 1};
  const answers = [{line: 7, status: 200, body: '', timing: {firstByteMs: 1, totalMs: 1}}];
  const bad = [...answers, {...answers[0], line: 8, status: 503} as (typeof answers)[number]];
  expect(commandsLeft({kind: 'request', request: http}, back, {kind: 'answered', answers: bad, durationMs: 1})).toEqual(
    ['curl -fsS http://127.0.0.1/health'],
  );
});
