import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {Plan} from '../../src/plan/plan.ts';
import {rollbackPage} from '../../src/report/rollback-page.ts';
import {guardedText} from '../../src/text/command-text.ts';
import {lineOf, opened, plan, recorded, stateAfter, steps} from './builder.ts';

const captured = {type: 'value-captured', name: 'YYYYMMDD', value: '20251102', on: 'vps'} as const;

function proved(...arms: string[]) {
  const item = {stepId: steps.restore.id, title: '', ready: true, detail: '', arms, optional: false};
  return {type: 'readiness-changed', ready: true, items: [item], link: {up: true, detail: ''}} as const;
}

function page(events: Parameters<typeof recorded>, of: Plan = plan): readonly string[] {
  return rollbackPage(of, stateAfter(recorded(...events), of)).split('\n');
}

/** What a shell would be given: everything that is not a comment. */
const pasted = (lines: readonly string[]) => lines.filter(line => line !== '' && !line.startsWith('#'));

test('the commands come in order, bound, under a comment that says on which host', () => {
  const lines = page([opened, captured, proved('restore-1')]);
  expect(lines).toContain('# on host vps (deploy@203.0.113.7):');
  expect(pasted(lines)).toEqual([
    'cd /srv/app',
    'git checkout v1.0',
    "[ -f '.env.20251102' ] &&",
    "[ -s '.env.20251102' ] &&",
    'cp .env.20251102 .env',
    "curl -fsS 'https://shop.example.net/health'",
  ]);
  expect(lines.at(-3)).toBe('# 2. Users can order · line 43');
  expect(lines.at(-2)).toBe('# by hand');
});

test('only one of several ways can be pasted: the first that is proved', () => {
  const lines = page([opened, captured, proved('restore-2')]);
  expect(lines).toContain('# way 1 of 2, NOT proved: only if the others fail');
  expect(lines).toContain('# way 2 of 2, PROVED: take this one');
  expect(pasted(lines)).not.toContain('git checkout v1.0');
  expect(pasted(lines)).toContain('rm -rf app &&');
});

test('without a run nothing is proved, and what was never captured cannot be pasted', () => {
  const lines = rollbackPage(plan, null).split('\n');
  expect(lines).toContain('# no run: nothing captured, nothing proved');
  expect(lines).toContain('# way 1 of 2, not proved: take this one');
  expect(lines).toContain('# !! NOT BOUND: YYYYMMDD');
  expect(lines.slice(0, 8).join('\n')).toMatch(/NOT BOUND.*\n# +YYYYMMDD +\(line \d+\)/);
  expect(pasted(lines).join('\n')).not.toContain('YYYYMMDD');
});

test('a name without a value never stands outside a comment', () => {
  const unbound = {...plan, placeholders: plan.placeholders.map(({text, lines}) => ({text, lines, bound: false}))};
  const lines = page([opened, captured, proved('restore-1')], unbound);
  expect(lines).toContain('# !! NOT BOUND: cd /path/to/app');
  expect(pasted(lines).join('\n')).not.toMatch(/path\/to|your-/);
});

test('a secret is neither printed nor replaced by a word that a shell would take for it', () => {
  const secret = {...plan, placeholders: plan.placeholders.map(({value: _, ...one}) => ({...one, bound: true}))};
  const lines = page([opened, captured, proved('restore-1')], secret);
  expect(pasted(lines).join('\n')).not.toContain('redacted');
  expect(lines.slice(0, 8).join('\n')).toContain('a secret value');
});

test('what it does not undo is said before the first command', () => {
  const lines = page([opened]);
  const said = lines.findIndex(line => line.includes('git stash (line 20)'));
  expect(said).toBeGreaterThan(0);
  expect(said).toBeLessThan(lines.findIndex(line => line.startsWith('cd ')));
});

test('pasted into a shell, the removal happens only when the backup is there', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollback-'));
  const here = {
    ...plan,
    placeholders: plan.placeholders.map(one => (one.text === '/path/to/app' ? {...one, value: directory} : one)),
  };
  const script = pasted(page([opened, captured, proved('restore-2')], here)).filter(line => !line.startsWith('curl'));
  const run = () => execFileSync('/bin/sh', ['-c', `${script.join('\n')}\ntrue`]);

  mkdirSync(join(directory, 'app'));
  writeFileSync(join(directory, 'app/version'), 'new');
  run();
  expect(readFileSync(join(directory, 'app/version'), 'utf8')).toBe('new');

  mkdirSync(join(directory, 'app.20251102'));
  writeFileSync(join(directory, 'app.20251102/version'), 'old');
  run();
  expect(readFileSync(join(directory, 'app/version'), 'utf8')).toBe('old');
});

test('a checklist without a rollback section says so', () => {
  expect(rollbackPage({...plan, rollback: null}, null)).toBe('# This checklist has no rollback section.\n');
});

test('the line of an unbound name leads back to the document', () => {
  expect(rollbackPage(plan, null)).toContain(`(line ${lineOf('app.YYYYMMDD')})`);
});

test('a host is named with the destination of the bindings, and not as the document wrote it', () => {
  const text = rollbackPage(plan, stateAfter(recorded(opened)), undefined, {vps: {destination: 'ops@box'}});
  expect(text).toContain('# on host vps (ops@box):');
});

test('guards stay in front of a command of several lines, whose end must stand alone', () => {
  expect(guardedText(['[ -f a ]'], ['cat <<E\nx\nE'])).toEqual(['[ -f a ] &&', '{', 'cat <<E\nx\nE', '}']);
});
