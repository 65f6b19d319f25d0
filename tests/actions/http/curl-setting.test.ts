import {afterEach, expect, test} from 'vitest';
import {settingOf} from '../../../src/actions/http/curl-setting.ts';
import {localShell} from '../../../src/actions/shell.ts';

const url = new URL('http://shop.example.net/health');
const shell = () => localShell({directory: '/'});
const before = process.env['http_proxy'];
afterEach(() => {
  if (before === undefined) delete process.env['http_proxy'];
  else process.env['http_proxy'] = before;
});

test('a proxy that the environment of a place gets in the middle of a run is gone through from then on', async () => {
  delete process.env['http_proxy'];
  const setting = settingOf(shell(), 0);
  expect(await setting.isProxied(url)).toBe(false);
  process.env['http_proxy'] = 'http://127.0.0.1:1';
  expect(await setting.isProxied(url)).toBe(true);
});

test('it is looked for at most once in a while', async () => {
  delete process.env['http_proxy'];
  const setting = settingOf(shell());
  expect(await setting.isProxied(url)).toBe(false);
  process.env['http_proxy'] = 'http://127.0.0.1:1';
  expect(await setting.isProxied(url)).toBe(false);
});
