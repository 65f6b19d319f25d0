import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, emptyBindings} from '../../../src/plan/plan.ts';
import type {Finding} from '../../../src/report/rehearsal/finding.ts';
import {findingsOf} from '../../../src/report/rehearsal/findings.ts';
import {findingsJson, findingsJunit} from '../../../src/report/rehearsal/findings-data.ts';
import {findingsExit, findingsPage} from '../../../src/report/rehearsal/findings-page.ts';
import {forecastOf} from '../../../src/report/rehearsal/forecast.ts';
import type {Round, TargetFact} from '../../../src/report/rehearsal/played.ts';
import type {Event, Recorded, RollbackVerdict} from '../../../src/run/event.ts';
import {evolve, initialState} from '../../../src/run/evolve.ts';
import {runOpened} from '../../helpers/plan-parts.ts';

const good = readFileSync(new URL('good-release.md', import.meta.url), 'utf8');
const plan = parsePlan(good, emptyBindings);
const host = 'deploy@shop.internal';
const lineOf = (text: string) => good.split('\n').findLastIndex(line => line.includes(text)) + 1;
const rollbackStep = plan.steps.find(({id}) => plan.rollback?.steps[0] === id)?.id ?? '';
const deployStep = plan.steps.find(step => commandsOf(step).some(({text}) => text.startsWith('alembic')))?.id ?? '';

const opened = runOpened({
  title: plan.title,
  checklist: 'good-release.md',
  yes: ['all'],
  watch: 'none',
  unattended: true,
});

type More = Partial<Pick<Round, 'faultAt' | 'before' | 'deployed' | 'after'>> & {verdict?: RollbackVerdict};

function round(events: readonly Event[], {verdict = 'verified', ...more}: More = {}): Round {
  const result = verdict === 'verified' ? 'rolled-back' : 'rollback-failed';
  const all: readonly Event[] = [
    opened,
    ...events,
    {type: 'rollback-requested', because: 'the rehearsal', startsAt: 10},
    {type: 'rollback-finished', result, verdict, because: '', left: []},
  ];
  const recorded = all.map((event, index): Recorded => ({...event, seq: index + 1, at: index, by: 'ana'}));
  const state = recorded.reduce((now, event) => evolve(plan, now, event), initialState);
  return {state, events: recorded, before: [], deployed: [], after: [], output: {}, ...more};
}

function failed(stepId: string, line: number, text: string, output: string): Event {
  return {
    type: 'step-finished',
    stepId,
    attempt: 1,
    outcome: {kind: 'exited', code: 1, durationMs: 5, commands: [{line, text, code: 1, durationMs: 5}], output},
    verdict: {kind: 'failed', because: `exit 1 from line ${line}`, checks: []},
  };
}

function found(...rounds: readonly Round[]): readonly Finding[] {
  return findingsOf({plan, rounds, notPlayed: [], usualMs: {}});
}

const risks = (all: readonly Finding[]) =>
  all.filter(({weight}) => weight === 'risk').map(({line, kind, basis}) => `${line} ${kind} ${basis}`);

const fact = (kind: TargetFact['kind'], name: string, value: string): TargetFact => ({place: host, kind, name, value});

describe('what a play has proved', () => {
  test('is nothing where all of it went well', () => {
    expect(risks(found(round([])))).toEqual([]);
  });

  test.each([
    ["cp: cannot stat 'config.bak': No such file or directory", 'never-made'],
    ['bash: line 3: /srv/shop/.env.bak: No such file or directory', 'never-made'],
    ["error: pathspec 'before-2.4' did not match any file(s) known to git", 'never-made'],
    ['fatal: not a git repository (or any of the parent directories): .git', 'another-session'],
    ['bash: line 2: OLD: unbound variable', 'another-session'],
    ['ERROR:  relation "orders" already exists', 'restores-over'],
    ['error: commit 3f1c is a merge but no -m option was given.', 'refused-by-tool'],
    [' ! [rejected]        main -> main (non-fast-forward)', 'refused-by-tool'],
  ] as const)('has the line and the cause: %s', (output, kind) => {
    const line = lineOf('cp -r config.bak config');
    expect(risks(found(round([failed(rollbackStep, line, 'cp', output)])))).toEqual([`${line} ${kind} proved`]);
  });

  test('refutes what check has feared of a line that found what it needs', () => {
    const text = good.replace('git tag before-2.4\n', '').replace('git checkout before-2.4', 'git checkout v2.3.9');
    const own = parsePlan(text, emptyBindings);
    const line = text.split('\n').indexOf('git checkout v2.3.9') + 1;
    const stepId = own.steps.find(({id}) => own.rollback?.steps[0] === id)?.id ?? '';
    const told = (code: number) => {
      const {outcome} = failed(stepId, line, 'git checkout v2.3.9', '') as Extract<Event, {type: 'step-finished'}>;
      const commands = [{line, text: 'git checkout v2.3.9', code, durationMs: 5}];
      const event: Event = {
        type: 'step-finished',
        stepId,
        attempt: 1,
        outcome: {...outcome, commands} as typeof outcome,
        verdict: {kind: 'passed', because: 'exit 0', checks: []},
      };
      return findingsOf({plan: own, rounds: [round([event])], notPlayed: [], usualMs: {}}).filter(
        finding => finding.line === line,
      );
    };
    expect(told(1).map(({kind}) => kind)).toEqual(['never-made']);
    expect(told(0)).toEqual([]);
  });

  test('leaves out the fault that was asked for, and what only looked', () => {
    const line = lineOf('alembic upgrade head');
    const output = "cp: cannot stat 'x': No such file or directory";
    expect(risks(found(round([failed(deployStep, line, 'alembic', output)], {faultAt: line})))).toEqual([]);
    expect(
      found(round([failed(deployStep, line, 'grep ready log', '')])).some(({kind}) => kind === 'step-failed'),
    ).toBe(false);
  });

  test('is what a rollback looked for in vain, and ended there', () => {
    const line = lineOf('cp .env.bak .env');
    const looked = (text: string) => risks(found(round([failed(rollbackStep, line, text, '')], {verdict: 'failed'})));
    expect(looked('test -s /srv/shop/.env')).toEqual([`${line} step-failed proved`]);
    // Who answers is played.
    expect(looked('curl -f http://localhost:8000/health')).toEqual([]);
  });

  test('is a unit that stays stopped after a deploy that failed in the middle', () => {
    const before = [fact('unit', 'shop-worker', 'running 1')];
    const after = [fact('unit', 'shop-worker', 'stopped')];
    const all = found(round([], {faultAt: 24, before, deployed: after, after}));
    expect(risks(all)).toEqual([
      `${good.split('\n').findIndex(line => line.includes('start shop-worker')) + 1} left-stopped proved`,
    ]);
    expect(all[0]?.evidence.join('\n')).toContain('after a deploy that failed at line 24');
  });

  test('is a service that still answers as the new version, told by what is left of its code where there is something', () => {
    const [service, head] = ['http://localhost:8000/health', '/srv/shop HEAD'];
    const risksOf = (before: readonly TargetFact[], after: readonly TargetFact[]) =>
      found(round([], {before, deployed: after, after})).filter(({weight}) => weight === 'risk');
    const alone = risksOf([fact('service', service, 'old')], [fact('service', service, 'new')]);
    expect(alone.map(({kind, about}) => [kind, about])).toEqual([['brings-back-the-new', service]]);
    const both = risksOf(
      [fact('service', service, 'old'), fact('ref', head, '1a main')],
      [fact('service', service, 'new'), fact('ref', head, '2b HEAD')],
    );
    expect(both.map(({kind, about}) => [kind, about])).toEqual([['brings-back-the-new', head]]);
  });

  test('is a file that the deploy has changed, its rights, and what it has put in force', () => {
    const text = good.replace(
      'alembic upgrade head\n',
      [
        'sed -i s/a/b/ /etc/shop.conf',
        'chmod 600 /etc/shop.key',
        'ln -s /srv/shop.cron /etc/cron.d/shop',
        'cp -r config /srv/seen',
        '',
      ].join('\n'),
    );
    const own = parsePlan(text, emptyBindings);
    const at = (piece: string) => text.split('\n').findIndex(line => line.includes(piece)) + 1;
    const before = [fact('file', '/etc/shop.conf', '1a'), fact('mode', '/etc/shop.key', '644')];
    const after = [
      fact('file', '/etc/shop.conf', '2b'),
      fact('mode', '/etc/shop.key', '600'),
      fact('file', '/etc/cron.d/shop', '-> /srv/shop.cron'),
      fact('file', '/srv/seen/a', '3c'),
    ];
    const rounds = [round([], {before, deployed: after, after})];
    expect(risks(findingsOf({plan: own, rounds, notPlayed: [], usualMs: {}}))).toEqual([
      `${at('sed -i')} left-changed proved`,
      `${at('chmod 600')} left-changed proved`,
      `${at('ln -s')} left-changed proved`,
    ]);
  });

  test('is not what the rollback has set anew, nor a unit that was started again', () => {
    const before = [fact('unit', 'shop', 'running 1'), fact('ref', '/srv/shop HEAD', '1a main')];
    const after = [
      fact('unit', 'shop', 'running 3'),
      fact('ref', '/srv/shop HEAD', '1a HEAD'),
      fact('stand-in', 'terraform state', 'applied old'),
    ];
    const deployed = [fact('stand-in', 'terraform state', 'applied new')];
    expect(risks(found(round([], {before, deployed, after})))).toEqual([]);
  });

  test('is no risk where a clone goes on that the rollback does not touch', () => {
    const own = (value: string): TargetFact => ({place: 'local', kind: 'ref', name: '/home/operator/work HEAD', value});
    expect(
      risks(found(round([], {before: [own('1a main')], deployed: [own('2b main')], after: [own('2b main')]}))),
    ).toEqual([]);
  });

  test('is nothing that a rollback which failed has left: why it failed is what counts', () => {
    const before = [fact('unit', 'shop', 'running 1')];
    const after = [fact('unit', 'shop', 'stopped')];
    expect(risks(found(round([], {before, deployed: after, after, verdict: 'failed'})))).toEqual([]);
  });

  test('joins what the document tells and the play proves', () => {
    const text = good.replace('cp -r config config.bak\n', '');
    const missing = parsePlan(text, emptyBindings);
    const line = text.split('\n').findIndex(one => one.includes('cp -r config.bak')) + 1;
    const step = missing.steps.find(({id}) => missing.rollback?.steps[0] === id)?.id ?? '';
    const output = "cp: cannot stat 'config.bak': No such file or directory";
    const all = findingsOf({
      plan: missing,
      rounds: [round([failed(step, line, 'cp', output)])],
      notPlayed: [],
      usualMs: {},
    });
    expect(risks(all)).toEqual([`${line} never-made proved`]);
  });
});

describe('a deploy that did not go through', () => {
  const at = commandsOf(plan.steps.find(({id}) => id === deployStep) ?? (plan.steps[0] as never))[0]?.line ?? 0;
  const skipped: Event = {type: 'step-skipped', stepId: deployStep, reason: 'it failed in the rehearsal'};
  const without = round([failed(deployStep, at, 'alembic upgrade head', 'what it says names no cause'), skipped]);
  const told = {plan, rounds: [without], notPlayed: [], usualMs: {}};

  test('is said with the step, and ends with 7', () => {
    const findings = findingsOf(told);
    const page = findingsPage(told, findings, forecastOf(plan, {}));
    expect(findings.filter(({weight}) => weight === 'risk')).toEqual([]);
    expect(page).toContain('The deploy did not go through in the play');
    expect(page).toMatch(new RegExp(`^  line \\d+  .*: exit 1 from line ${at}$`, 'm'));
    expect(page).not.toContain('Nothing was found');
    expect(findingsExit(told, findings)).toBe(7);
    expect(findingsJunit(told, findings, forecastOf(plan, {}))).toContain('classname="not-passed"');
  });

  test('makes no proof of a rollback that fails behind it', () => {
    const line = lineOf('cp -r config.bak config');
    const missing = "cp: cannot stat 'config.bak': No such file or directory";
    const events = [failed(deployStep, at, 'alembic', 'no cause'), skipped, failed(rollbackStep, line, 'cp', missing)];
    const all = {...told, rounds: [round(events, {verdict: 'failed'})]};
    const findings = findingsOf(all);
    expect(findings.filter(({weight}) => weight === 'risk')).toEqual([]);
    expect(findings.flatMap(({evidence}) => evidence).join('\n')).toContain('which did not go through in the play');
    expect(findingsExit(all, findings)).toBe(7);
  });

  test('is none where only the rollback was not verified, which is told', () => {
    const all = {...told, rounds: [round([], {verdict: 'unverified'})]};
    const findings = findingsOf(all);
    expect(findings.map(({kind}) => kind)).toContain('not-verified');
    expect(findingsPage(all, findings, forecastOf(plan, {}))).toContain(
      'nothing has shown that the old version answers',
    );
  });

  test('by a program that nobody knows is told by the program alone', () => {
    const gone = failed(deployStep, at, 'bin/x', 'bash: bin/x: No such file or directory') as Extract<
      Event,
      {type: 'step-finished'}
    >;
    const outcome = {...gone.outcome, commands: [{line: at, text: 'bin/x', code: 127, durationMs: 5}]};
    const event: Event = {...gone, outcome: outcome as typeof gone.outcome};
    const all = {...told, rounds: [round([event, skipped])], notPlayed: [{name: 'bin/x', lines: [at]}]};
    expect(
      findingsOf(all)
        .filter(({line}) => line === at)
        .map(({kind}) => kind),
    ).toEqual(['not-played']);
  });
});

describe('the report of a rehearsal', () => {
  const line = lineOf('cp -r config.bak config');
  const bad = round([failed(rollbackStep, line, 'cp', "cp: cannot stat 'config.bak': No such file or directory")], {
    verdict: 'failed',
  });
  const played = {plan, rounds: [bad], notPlayed: [{name: 'frobnicate', lines: [7]}], usualMs: {}};
  const findings = findingsOf(played);
  const forecast = forecastOf(plan, {});

  test('ends with 0, 3, 5 or 7 by what was found', () => {
    expect(findingsExit({...played, rounds: [round([])]}, found(round([])))).toBe(0);
    expect(findingsExit({...played, rounds: [round([])]}, findings)).toBe(3);
    expect(findingsExit(played, findings)).toBe(5);
    // What a program that was not run does not print is no failure of the rollback.
    const unknown = {...played, notPlayed: [{name: 'frobnicate', lines: [line]}]};
    expect(findingsExit(unknown, [])).toBe(7);
    expect(findingsPage(unknown, [], forecast)).toContain('a program that is not known here');
    const begun = {...round([]), state: evolve(plan, initialState, {...opened, seq: 1, at: 0, by: 'ana'})};
    expect(findingsExit({...played, rounds: [begun]}, [])).toBe(7);
  });

  test('names line, evidence and the sentence that mends it, and the time of the decision', () => {
    const page = findingsPage(played, findings, forecast);
    expect(page).toContain(`line ${line}  line ${line} of the rollback fails: config.bak is not there`);
    expect(page).toContain('The play has proved it. To mend it: Let an earlier step make it there');
    expect(page).toMatch(/the window 60 min: decide by T\+00:5\d:\d\d/);
    expect(page).toContain('frobnicate is not known here and was not run');
  });

  test('is the same as JSON and as JUnit', () => {
    expect(JSON.parse(findingsJson(played, findings, forecast))).toMatchObject({
      exitCode: 5,
      rounds: [{rollback: 'failed'}],
      findings: [{line, kind: 'never-made', weight: 'risk', basis: 'proved'}, {kind: 'not-played'}],
    });
    const xml = findingsJunit(played, findings, forecast);
    expect(xml).toContain(
      `<testsuite name="rehearsal" tests="${findings.length + 1}" failures="2" errors="0" skipped="${findings.length - 1}">`,
    );
    expect(xml).toContain('cannot stat &#39;config.bak&#39;');
  });
});
