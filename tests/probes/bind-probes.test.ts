import {expect, test} from 'vitest';
import {bindProbes} from '../../src/probes/reading.ts';

const bind = bindProbes(() => name => (name === '/path/to/app' ? '/srv/my app' : undefined));

test('a probe of the bindings is filled in like a command of the document', () => {
  expect(bind('du -sm /path/to/app', 'shell')).toBe("du -sm '/srv/my app'");
  expect(bind('python /path/to/app')).toBe('python /srv/my app');
});

test('a name without a value never gets to a shell', () => {
  expect(() => bind('du -sm /path/to/data', 'shell')).toThrow('unbound /path/to/data');
  expect(bind('select 1 -- [note]')).toBe('select 1 -- [note]');
});

test('nothing is sent to an address that is only an example', () => {
  expect(() => bind('https://your-api-domain.com/health', 'address')).toThrow('unbound your-api-domain.com');
  const named = bindProbes(() => name => (name === 'your-api-domain.com' ? 'api.test' : undefined));
  expect(named('https://your-api-domain.com/health', 'address')).toBe('https://api.test/health');
});
