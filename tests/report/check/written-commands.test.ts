import {expect, test} from 'vitest';
import {writtenCommand} from '../../../src/report/check/written-commands.ts';

const CURL = /\bcurl\s/;
const written = (text: string, part = 'http') => writtenCommand(text.split('\n'), 1, 1, CURL, part);

test('a command is given without its prompt, its back-ticks and its comment', () => {
  expect(written('$ curl -f http://a/health  # Expected: 200')).toBe('curl -f http://a/health');
  expect(written('- [ ] Health: `curl http://a/health` answers')).toBe('curl http://a/health');
  expect(written("  curl http://a -d 'a # b'")).toBe("curl http://a -d 'a # b'");
});

test('a command goes on over its continued lines and over an open quote, and ends with the code block', () => {
  expect(written('curl -X POST http://a \\\n  -H "A: b"\nnext')).toBe('curl -X POST http://a \\\n-H "A: b"');
  expect(written('curl http://a -d \'{\n  "a": 1\n}\'\nnext')).toBe('curl http://a -d \'{\n"a": 1\n}\'');
  expect(written("curl http://a -d 'never closed\n```\ntext")).toBe("curl http://a -d 'never closed");
});

test('a line without the program, or about another place, gives nothing', () => {
  expect(written('wget http://a')).toBeUndefined();
  expect(written('curl http://a', 'http://b')).toBeUndefined();
});

test('what a step follows is found on a later line of it', () => {
  const source = ['- [ ] Watch the log', '  ```bash', '  tail -n 50 -f /var/log/a.log', '  ```'];
  expect(writtenCommand(source, 1, 4, /\btail\s/, '/var/log/a.log')).toBe('tail -n 50 -f /var/log/a.log');
});
