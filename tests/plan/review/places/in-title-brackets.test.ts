/** What the brackets of a title say of the place and the directory: here is no answer ahead, and the directory is asked about. */
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
