import {expect, test} from 'vitest';
import {hostLine, hostOfLine, nameInLine} from '../../src/run/host-lines.ts';

test.each(['web1', 'web one', 'x | y', 'a:b', '::1', 'wéb'])('a line of %s is known as of it again', host => {
  expect(hostOfLine(hostLine(host, 9, 'ready | set'))).toBe(nameInLine(host));
});

test('a line of no host is of none', () => {
  expect(['$ make all | tail', 'plain', ' | '].map(hostOfLine)).toEqual([undefined, undefined, undefined]);
});
