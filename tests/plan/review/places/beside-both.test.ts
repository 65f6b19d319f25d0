/** What one item or the brackets of a title say of the place: the next item is asked as well, and here is no answer. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

/** The messages of open doubts about the place of commands in these lines. */
function placesAt(line: number, ...work: readonly string[]): string[] {
  const {proposal} = planOf(...work);
  return (proposal?.doubts ?? []).flatMap(one =>
    one.code === 'place-assumed' && one.line === line && one.proposed === undefined ? [one.message] : [],
  );
}

test.each([
  ['- [ ] Clock: `chronyc tracking` on both recorders', '- [ ] Mailer on again: `sudo systemctl start mailer`'],
  ['1. Uhr: `chronyc tracking` auf beiden Servern', '2. Mailer wieder an: `sudo systemctl start mailer`'],
  ['- Horloge : `chronyc tracking` sur les deux serveurs', '- Relancer : `sudo systemctl start mailer`'],
])('an item behind "%s" is asked as well', (first, second) => {
  const found = placesAt(
    10,
    '# Weir',
    '',
    'On nvr-top:',
    '',
    '    systemctl stop cam',
    '',
    '## Look',
    '',
    first,
    second,
  );
  expect(found).toEqual([expect.stringContaining('lines 9, 10 run')]);
});

test.each([
  '## Deploy (rook, as ratings, in /srv/weir)',
  '## Mise à jour (rook, comptes ratings)',
  '## Einspielen (als ratings, rook)',
])('"%s": here is no answer', title => {
  const work = [
    '# Weir',
    '',
    'Connect to the bastion, then `ssh ops@rook`.',
    '',
    title,
    '',
    '1. `systemctl stop weir`',
  ];
  expect(placesAt(7, ...work)).toEqual([expect.stringContaining('the title in line 5 names rook')]);
});

test.each(['## Deploy (in /srv/weir)', '## Einspielen (rook, in `/srv/weir`)', '## Actualizar (ana, en /srv/weir)'])(
  '"%s": the directory is asked of what names files in it',
  title => {
    const found = placesAt(5, '# Weir', '', title, '', '1. `bin/weir check`', '', '## Then', '', '1. `bin/weir end`');
    expect(found.join()).toContain('/srv/weir');
    expect(placesAt(9, '# Weir', '', title, '', '1. `bin/weir check`', '', '## Then', '', '1. `bin/weir end`')).toEqual(
      [],
    );
  },
);
