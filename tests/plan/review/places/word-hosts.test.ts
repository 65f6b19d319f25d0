/** Machines that are named by ordinary words (`ssh old`): where they are named, and where only something is said of other machines. */
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {contextOf} from '../../../../src/plan/plan.ts';

/** Where each step with commands runs: its host, `here?` if that is asked, `here` if it is not. */
function placesOf(...lines: readonly string[]): string[] {
  const {steps, proposal} = parsePlan(lines.join('\n'), emptyBindings);
  const asked = (proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed').flatMap(one => one.steps);
  return steps.flatMap(step => {
    const place = contextOf(step)?.place;
    if (place === undefined) return [];
    if (place.kind === 'host') return [place.destination.toLowerCase()];
    return [asked.includes(step.id) ? 'here?' : 'here'];
  });
}

describe('a name that is an ordinary word', () => {
  const open = ['# Move the till server', '', 'Root on both: `ssh old` and `ssh new`.', '', '## Deploy', ''];

  test.each([
    ['as a label', '- [ ] new: `systemctl enable --now tilld`', '<new>'],
    ['behind "on" in a title', '- [ ] copy them, on new, in tmux: `tar xf /srv/a.tgz -C /srv`', '<new>'],
    ['behind the command', '- [ ] `systemctl stop tilld` on old', '<old>'],
    ['before what is done there', '- [ ] On old stop the till: `systemctl stop tilld`', '<old>'],
  ])('%s', (_, line, place) => {
    expect(placesOf(...open, line)).toEqual([place]);
  });

  test('before something that carries the word, it is no host', () => {
    expect(placesOf(...open, '- [ ] Mount it on new hardware: `mount /dev/sdb1 /srv`')).toEqual(['here?']);
  });

  test('above a block that fetches from the other one', () => {
    expect(placesOf(...open, 'On new:', '', '```', 'rsync -a old:/srv/till/ /srv/till/', '```')).toEqual(['<new>']);
  });

  test('below a block, in the rest of its sentence', () => {
    const code = ['Sync it back:', '', '    rsync -a new:/srv/till/ /srv/till/', '', 'run on old (as root).'];
    expect(placesOf(...open, ...code)).toEqual(['here?']);
  });

  test('in a legend of addresses', () => {
    const legend = ['# Alte Kasse ablösen', '', 'Alt: `kasse.a.example.net`', 'Neu: 10.20.0.9', '', '## Ablauf', ''];
    expect(placesOf(...legend, '1. Auf alt: `systemctl stop kasse`', '2. Neu: `systemctl start kasse`')).toEqual([
      '<alt>',
      '<neu>',
    ]);
  });

  test('keys with values are no legend', () => {
    const keys = ['# Change', '', 'Ticket: OPS-12', 'Domain: shop.a.example.net', '', '## Deploy', ''];
    expect(placesOf(...keys, '1. Domain: `systemctl reload nginx`')).toEqual(['here']);
  });
});

describe('a command that changes something, beside which nothing says where', () => {
  test.each([
    ['a login somewhere', 'If in doubt have a look (`ssh -J gate web`).'],
    ['a user on a host', 'Files come from `deploy@store`.'],
    ['words for a machine', 'There is a second copy on the backup server.'],
    ['words for a machine in French', 'Une copie se trouve sur le serveur de secours.'],
  ])('is asked about where the document has %s', (_, line) => {
    const document = ['# Change', '', line, '', '## Deploy', '', '- [ ] Restart: `systemctl restart shop`'];
    expect(placesOf(...document)).toEqual(['here?']);
  });

  test('is not where it has none, and neither is one that only looks', () => {
    expect(placesOf('# Change', '', '## Deploy', '', '- [ ] Restart: `systemctl restart shop`')).toEqual(['here']);
    const look = ['# Change', '', 'A copy is on the backup server.', '', '## Deploy', '', '- [ ] Look: `df -h`'];
    expect(placesOf(...look)).toEqual(['here']);
  });
});
