import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {readShell} from '../../../../src/plan/shell/shell-lines.ts';
import {readScript} from '../../../../src/plan/steps/code/scripts.ts';
import type {Segment} from '../../../../src/plan/steps/code/segments.ts';
import {startingWhere} from '../../../../src/plan/steps/code/where.ts';

function segments(...lines: readonly string[]) {
  const body = lines.map((text, index) => ({line: index + 1, text}));
  return readScript(readShell(body), startingWhere(emptyBindings, []), {
    titles: ['Deploy'],
    host: undefined,
    isMixed: false,
  }).segments.map(told);
}

/** Place and text of each, as a person would tell it. */
function told(segment: Segment): string {
  const {place} = segment.context;
  const where = place.kind === 'local' ? 'here' : place.destination;
  if (segment.kind === 'manual') return `by hand ${where}: ${segment.lines.join(' / ')}`;
  if (segment.kind === 'endless') return `follow ${where}: ${segment.command}`;
  const texts = segment.stages.flatMap(stage =>
    stage.kind === 'commands' ? stage.commands.map(({text, line}) => `${line} ${text}`) : [stage.kind],
  );
  return `${where}: ${texts.join(' / ')}`;
}

describe('where a command runs', () => {
  test.each([
    [
      ['ssh -i key.pem app@web', 'ls a', 'exit', 'ls b'],
      ['app@web: 2 ls a', 'here: 4 ls b'],
    ],
    [
      ["ssh app@web 'make build'", 'ls'],
      ['app@web: 1 make build', 'here: 2 ls'],
    ],
    [
      ["ssh app@web 'cd /srv && make'", 'ls'],
      ['app@web: 1 make', 'here: 2 ls'],
    ],
    [['ssh app@web uptime -p'], ['app@web: 1 uptime -p']],
    [
      ["ssh app@web << 'EOF'", 'cd /srv', 'make $X', 'EOF', 'ls'],
      ['app@web: 3 make $X', 'here: 5 ls'],
    ],
    [['ssh app@web bash -s <<EOF', 'make', 'EOF'], ['app@web: 2 make']],
    // What this side would put into the text first, only this side can run.
    [['ssh app@web "echo $HOME"'], ['here: 1 ssh app@web "echo $HOME"']],
    [['ssh app@web <<EOF', 'echo $HOME', 'EOF'], ['here: 1 ssh app@web <<EOF\necho $HOME\nEOF']],
    [["ssh app@web 'pg_dump x' > x.sql"], ["here: 1 ssh app@web 'pg_dump x' > x.sql"]],
    [["ssh -J jump app@web 'ls x'"], ["here: 1 ssh -J jump app@web 'ls x'"]],
    [['scp a app@web:/srv', 'kubectl exec web -- ls x'], ['here: 1 scp a app@web:/srv / 2 kubectl exec web -- ls x']],
  ])('%j', (lines, expected) => {
    expect(segments(...lines)).toEqual(expected);
  });

  test('a session for one line leaves the one around it where it was', () => {
    const body = ['ssh a@web', 'cd /srv', "ssh b@db 'cd /data && ls x'", 'make'];
    const lines = readShell(body.map((text, index) => ({line: index + 1, text})));
    const {segments: read} = readScript(lines, startingWhere(emptyBindings, []), {
      titles: ['Deploy'],
      host: undefined,
      isMixed: false,
    });
    const [visited, last] = read;
    expect(visited?.context.id).not.toBe(last?.context.id);
    expect(read.map(segment => (segment.kind === 'stages' ? segment.stages[0] : undefined))).toMatchObject([
      {commands: [{text: 'ls x', directory: '/data'}]},
      {commands: [{text: 'make', directory: '/srv'}]},
    ]);
  });
});

describe('what a person types', () => {
  test.each([
    [
      ['make', 'vim .env', 'make up'],
      ['here: 1 make', 'by hand here: vim .env', 'here: 3 make up'],
    ],
    [
      ['docker exec -it web bash', 'ls', 'exit', 'make'],
      ['by hand here: docker exec -it web bash / ls / exit', 'here: 4 make'],
    ],
    [['sudo -u app -i', 'make', 'exit'], ['by hand here: sudo -u app -i / make / exit']],
    [['sudo su - postgres', 'psql -c "select 1"'], ['by hand here: sudo su - postgres / psql -c "select 1"']],
    [
      ['psql mydb', 'SELECT 1;', '\\q', 'ls x'],
      ['by hand here: psql mydb / SELECT 1; / \\q', 'here: 4 ls x'],
    ],
    [
      ['oc debug node/n1', 'chroot /host', 'exit', 'oc get nodes'],
      ['by hand here: oc debug node/n1 / chroot /host / exit', 'here: 4 oc get nodes'],
    ],
    [
      ['apt install nginx', 'nginx -t'],
      ['by hand here: apt install nginx', 'here: 2 nginx -t'],
    ],
    [
      ['make', 'Wait until (really) done', 'make up'],
      ['here: 1 make', 'by hand here: Wait until (really) done', 'here: 3 make up'],
    ],
  ])('%j', (lines, expected) => {
    expect(segments(...lines)).toEqual(expected);
  });
});

test('a command that never ends holds nothing up', () => {
  expect(segments('make', 'tail -f /var/log/x.log', 'ls y')).toEqual([
    'here: 1 make',
    'follow here: tail -f /var/log/x.log',
    'here: 3 ls y',
  ]);
});
