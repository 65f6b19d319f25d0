import {describe, expect, test} from 'vitest';
import {needsTerminal} from '../../../src/plan/hazards/command-hazards.ts';
import {carriedCommands, withProgramFirst} from '../../../src/plan/shell/carried-commands.ts';

describe('a command may carry others', () => {
  test.each([
    ["ssh web 'a b; c'", ['ssh', 'a', 'c']],
    ['sudo bash -c "a $X"', ['bash', 'a']],
    ['docker exec -u app web a b', ['docker', 'a']],
    ['kubectl -n x exec web -c y -- a b', ['kubectl', 'a']],
    ['find . -name x -exec a {} ;', ['find', 'a']],
    ['ls | xargs -n 1 a', ['ls', 'xargs', 'a']],
    ['watch -n 5 a b', ['watch', 'a']],
    ['echo $(a)', ['echo', 'a']],
    ['ssh web <<EOF\na\nb\nEOF', ['ssh', 'a', 'b']],
    ['cat <<EOF\na\nEOF', ['cat']],
  ])('%j', (text, programs) => {
    expect(carriedCommands(text).map(({words}) => words[0])).toEqual(programs);
  });

  test('a line of a here-document is known by its own place', () => {
    const text = "ssh web <<'EOF'\nls\nrm -rf x\nEOF";
    const last = carriedCommands(text).at(-1);
    expect(text.slice(last?.start, last?.end)).toBe('rm -rf x');
  });
});

test.each([
  [
    ['npx', 'prisma', 'db'],
    ['prisma', 'db'],
  ],
  [
    ['bundle', 'exec', 'rails', 'c'],
    ['rails', 'c'],
  ],
  [
    ['python3', 'manage.py', 'migrate'],
    ['manage.py', 'migrate'],
  ],
  [
    ['php', 'artisan', 'down'],
    ['artisan', 'down'],
  ],
  [
    ['docker', 'compose', '-f', 'x.yml', 'up'],
    ['docker-compose', 'up'],
  ],
  [
    ['kubectl', '-n', 'shop', 'delete', 'pod'],
    ['kubectl', 'delete', 'pod'],
  ],
  [
    ['/usr/bin/rm', '-rf', 'x'],
    ['rm', '-rf', 'x'],
  ],
  [
    ['npm', 'run', 'dev'],
    ['npm', 'run', 'dev'],
  ],
])('%j does what %j does', (words, expected) => {
  expect(withProgramFirst(words)).toEqual(expected);
});

test('a console inside a container asks nothing when its input comes from a pipe or a file around it', () => {
  expect(needsTerminal('gunzip -c a.gz | docker compose exec -T db psql -U wiki wiki')).toBeUndefined();
  expect(needsTerminal('docker exec -i db psql -U wiki < a.sql')).toBeUndefined();
  expect(needsTerminal('docker compose exec db psql -U wiki wiki')).toBe('opens a psql console');
});
