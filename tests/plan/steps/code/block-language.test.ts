import {describe, expect, test} from 'vitest';
import {contentOf} from '../../../../src/plan/steps/code/block-language.ts';

function content(language: string, ...lines: readonly string[]) {
  return contentOf(
    language,
    lines.map((text, index) => ({line: index + 1, text})),
  );
}

describe('a code block is read by its content', () => {
  test.each([
    [['kubectl get pods'], 'shell'],
    [['$ make', 'done'], 'shell'],
    [['SELECT 1;'], 'sql'],
    [['sql', 'SELECT 1;'], 'sql'],
    [['Get-Service W3SVC | Restart-Service'], 'foreign'],
    [['C:\\> iisreset'], 'foreign'],
    [['net stop Spooler'], 'foreign'],
    [['db.users.createIndex({a: 1})', 'use admin'], 'foreign'],
    [['irb(main):001:0> User.count', '=> 12'], 'foreign'],
    [['pgbouncer=# RELOAD;'], 'foreign'],
    [['postgres=# \\d+ users'], 'foreign'],
    [['#!/usr/bin/env python3', 'print(1)'], 'foreign'],
    [['https://example.org/status'], 'address'],
    [['/runner run deploy'], 'text'],
    [['Deploy of v2 starts now.', 'Please do not merge.'], 'text'],
    [['NAME   READY   STATUS', 'web-1  1/1     Running'], 'text'],
    [['make sure the cache is warm'], 'text'],
    [['/var/log/app.log'], 'text'],
    [['DB_HOST=db1', 'DB_PORT=5432'], 'text'],
    [['src/app.py', 'src/db.py'], 'text'],
    [['_________'], 'text'],
    [['├── a', '└── b'], 'text'],
  ])('untagged %j is %s', (lines, kind) => {
    expect(content('', ...lines).kind).toBe(kind);
  });

  test.each([
    ['bash', ['SELECT count(*) FROM users;'], 'sql'],
    ['bash', ['my-own-tool web'], 'shell'],
    ['bash', ['https://example.org/login'], 'address'],
    ['bash', ['DB_HOST=db1', '# comment'], 'settings'],
    ['bash', ['export DB_HOST=db1'], 'shell'],
    ['bash', ['NOW=$(date +%s)'], 'shell'],
    ['bash', ['db.users.drop()'], 'foreign'],
    ['sh', ['Stop-WebAppPool -Name "Portal"'], 'foreign'],
    ['sql', ['psql $URL < backup.sql'], 'shell'],
    ['sql', ['\\d+ users'], 'foreign'],
    ['sql', ['-- Expected: 1', 'SELECT 1;'], 'sql'],
    ['powershell', ['dir'], 'foreign'],
    ['cmd', ['dir'], 'foreign'],
    ['console', ['Server started', 'listening'], 'text'],
    ['yaml', ['a: 1'], 'text'],
  ])('%s %j is %s', (language, lines, kind) => {
    expect(content(language, ...lines).kind).toBe(kind);
  });
});

test('a console of a database gives its statements and what they printed', () => {
  expect(content('', 'shop=# SELECT a', 'shop-# FROM b;', ' a', '---', ' 1', 'shop=# SELECT 2;')).toEqual({
    kind: 'sql',
    body: [
      {line: 1, text: 'SELECT a'},
      {line: 2, text: 'FROM b;'},
      {line: 6, text: 'SELECT 2;'},
    ],
    output: [
      {line: 3, text: ' a'},
      {line: 4, text: '---'},
      {line: 5, text: ' 1'},
    ],
  });
});

test('what an untagged command printed without a prompt stands behind it', () => {
  expect(content('', 'kubectl get pods', 'NAME   READY', 'web-1  1/1')).toMatchObject({
    kind: 'shell',
    lines: [{text: 'kubectl get pods', output: [{line: 2}, {line: 3}]}],
  });
});

test('a program that nobody knows keeps an untagged code block from being run', () => {
  expect(content('', 'kubectl get pods', 'promote web').kind).toBe('text');
});

test('a script that asks on its way stays whole, and is for a person', () => {
  const script = ['#!/bin/bash', 'check() { test -d $1; }', 'read -p "Go on?" answer', 'check /srv'];
  expect(content('bash', ...script)).toEqual({
    kind: 'shell',
    lines: [{kind: 'command', line: 2, text: script.join('\n'), broken: 'a program that asks on its way'}],
  });
  expect(content('bash', '#!/bin/bash', 'set -e', 'make')).toMatchObject({
    lines: [{kind: 'comment'}, {text: 'set -e'}, {text: 'make'}],
  });
});
