import {mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readSettings, writeSetting} from '../../src/commands/settings/settings-file.ts';
import {settingsPath} from '../../src/commands/settings/settings-path.ts';

function configured(text?: string) {
  const home = mkdtempSync(join(tmpdir(), 'config-'));
  const env = {HOME: home};
  const path = settingsPath(env);
  mkdirSync(join(home, '.config/tminus'), {recursive: true});
  if (text !== undefined) writeFileSync(path, text);
  return {env, path, text: () => readFileSync(path, 'utf8')};
}

test('the file is where XDG says, and a relative path there counts for nothing', () => {
  expect(settingsPath({HOME: '/home/ana'})).toBe('/home/ana/.config/tminus/config.yaml');
  expect(settingsPath({HOME: '/home/ana', XDG_CONFIG_HOME: '/etc/x'})).toBe('/etc/x/tminus/config.yaml');
  expect(settingsPath({HOME: '/home/ana', XDG_CONFIG_HOME: 'x'})).toBe('/home/ana/.config/tminus/config.yaml');
});

test('without a file, or with an empty one, everything is as it is out of the box', () => {
  for (const text of [undefined, '', '# nothing yet\n', 'keys:\n']) {
    const {values, keys, problems} = readSettings(configured(text).env);
    expect([values.theme, values.mouse, keys, problems], text).toEqual(['midnight', 'off', {}, []]);
  }
});

test('values are words, and on and off as YAML writes them', () => {
  const {values, keys, problems} = readSettings(
    configured(
      'theme: daylight\nmouse: true\nalerts: off\ntitle: false\ntimes: delta\nkeys:\n  pause: [X, ctrl+p]\n  wrap: L\n',
    ).env,
  );
  expect(problems).toEqual([]);
  expect(values).toEqual({
    theme: 'daylight',
    mouse: 'on',
    'sign-key': '',
    alerts: 'off',
    title: 'off',
    times: 'delta',
    ascii: 'off',
  });
  expect(keys).toEqual({pause: ['X', 'ctrl+p'], wrap: ['L']});
});

test.each([
  ['muse: on', 'line 1: there is no setting "muse"; did you mean mouse?'],
  ['mouse: maybe', 'line 1: mouse: "maybe" is not one of on, off'],
  ['theme: daylight\ntimes: [clock]', 'line 2: times: "["clock"]" is not one of clock, deploy, delta, off'],
  ['theme: [daylight', 'line 1: not valid YAML: Flow sequence in block collection must be sufficiently indented'],
  ['- theme', 'line 1: no settings; write each as `theme: daylight`'],
  ['keys: x', 'line 1: keys: write an action and its key below it, as in `pause: ctrl+p`'],
  ['keys:\n  puase: x', 'line 2: keys: there is no action "puase"; did you mean pause?'],
  ['keys:\n  roll-back: x', 'line 2: keys.roll-back: stays on R Ctrl-R: it is the same in every console'],
  ['keys:\n  skip: x', 'line 2: keys.skip: stays on s: it is the same in every console'],
  ['keys:\n  pause: t', 'line 2: keys.pause: t is times already (the times of the log lines'],
  ['keys:\n  pause: R', 'line 2: keys.pause: R is roll-back already'],
  [
    'keys:\n  pause: tabulator',
    'line 2: keys.pause: "tabulator" is no key; write one sign (S), ctrl+x, alt+x, or enter, esc',
  ],
])('%j is one clear line, and the rest of the file holds', (text, said) => {
  const {env, path} = configured(text);
  const {values, keys, problems} = readSettings(env);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${path} ${said}`);
  expect([values.mouse, values.times, keys]).toEqual(['off', 'clock', {}]);
});

test('two actions may change places; where one of them stays, the other stays, too', () => {
  expect(readSettings(configured('keys: {pause: f, follow: p}').env).keys).toEqual({pause: ['f'], follow: ['p']});
  const {keys, problems} = readSettings(configured('keys: {pause: f, follow: R}').env);
  expect([keys, problems.length]).toEqual([{}, 2]);
});

test('a change keeps comments, order and a link; what is wrong changes nothing', () => {
  const {env, path, text} = configured();
  const kept = join(env.HOME, 'dotfiles.yaml');
  writeFileSync(kept, '# mine\ntheme: daylight # the bright one\nmouse: off\n');
  symlinkSync(kept, path);
  expect(writeSetting(env, 'mouse', ['on'])).toBeUndefined();
  expect(writeSetting(env, 'keys.pause', ['X', 'ctrl+p'])).toBeUndefined();
  expect(readFileSync(kept, 'utf8')).toBe(
    '# mine\ntheme: daylight # the bright one\nmouse: on\nkeys:\n  pause:\n    - X\n    - ctrl+p\n',
  );
  const before = text();
  expect(writeSetting(env, 'keys.follow', ['X'])).toContain('keys.follow: X is pause already');
  expect(writeSetting(env, 'muse', ['on'])).toContain('did you mean mouse?');
  expect(writeSetting(env, 'mouse', ['loud'])).toContain('is not one of on, off');
  expect(text()).toBe(before);
});

test('a file that is not valid is not written over', () => {
  const {env, path, text} = configured('theme: [x\n');
  expect(writeSetting(env, 'mouse', ['on'])).toContain(`${path} line`);
  expect(text()).toBe('theme: [x\n');
});
