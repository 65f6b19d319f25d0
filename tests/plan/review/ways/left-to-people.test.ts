/** Ways back that nobody would run: commands in the text of a step for a person, and titles that only say it was broken off. */
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';

const block = (...commands: readonly string[]) => ['', '```bash', ...commands, '```', ''];
const DEPLOY = ['# Shop', '## Deploy', ...block('systemctl stop shop', 'cp /srv/in/shop.war /opt/shop/')];

function asked(...lines: readonly string[]) {
  const {proposal} = parsePlan([...DEPLOY, ...lines].join('\n'), emptyBindings);
  return (proposal?.doubts ?? []).flatMap(({message, proposed}) =>
    message.startsWith('R runs nothing') ? [{message, isOpen: proposed === undefined}] : [],
  );
}

describe('a rollback without anything to run, whose commands stand in a sentence', () => {
  test.each([
    ['first', '## Rollback', '`helm -n learn rollback learn` (no revision means the previous one). Leave the schema.'],
    [
      'behind a place',
      '## Rollback',
      'On web1: `sudo cp /srv/old/shop.war /opt/shop/`; then `sudo systemctl start shop`.',
    ],
    [
      'in brackets, in German',
      '## Rückweg',
      'Dienst stoppen, alte Fassung holen (`sudo cp /srv/alt/shop.war /opt/shop/`).',
    ],
    [
      'at its end, in French',
      '## Retour arrière',
      "Si la base a changé, avec l'accord de la régie : `zcat /srv/b.sql.gz | mysql shop`",
    ],
    [
      'in Spanish',
      '## Marcha atrás',
      'La versión anterior vuelve con `sudo /opt/shop/anterior.sh --todo` y se avisa a todos.',
    ],
  ])('%s', (_, ...lines) => {
    const found = asked('', ...lines);
    expect(found).toHaveLength(1);
    expect(found[0]?.isOpen).toBe(true);
    expect(found[0]?.message).toMatch(/^R runs nothing of line 11, which stands in a text for a person: `/);
  });

  test('beside what R runs, a person is proposed', () => {
    const lines = [
      '## Rollback',
      '1. `systemctl stop shop`',
      '2. Ask Hans for a restore with `pg_restore -d shop x.dump`',
    ];
    expect(asked(...lines).every(({isOpen}) => !isOpen)).toBe(true);
  });

  test('what only looks, or is named without arguments, is no way back', () => {
    expect(asked('## Rollback', 'Ring Maria; she looks at it with `systemctl status shop` and `journalctl`.')).toEqual(
      [],
    );
  });
});

test.each([
  ['## 1 Sicherung (höchstens 20 min, sonst Abbruch)'],
  ['## Copy (at most 20 min, or else abort)'],
  ['## Sauvegarde (rollback au bout de 20 min)'],
])('a limit in brackets makes no rollback: %s', title => {
  const {sections, rollback} = parsePlan(['# Shop', title, ...block('pg_dump shop > x')].join('\n'), emptyBindings);
  expect(sections.map(({use}) => use)).not.toContain('rollback');
  expect(rollback).toBeNull();
});

test.each([['## Part E - when the archive is broken'], ['## Schritt 4: falls das Archiv defekt ist']])(
  'a numbered part with a condition is asked about: %s',
  title => {
    const {proposal, steps} = parsePlan(
      [...DEPLOY, title, ...block('cp /srv/index.db /opt/')].join('\n'),
      emptyBindings,
    );
    const isAsked =
      proposal?.doubts.some(
        ({code, line, proposed}) => code === 'role-assumed' && line > 7 && proposed === undefined,
      ) === true;
    expect(isAsked || steps.at(-1)?.condition !== undefined).toBe(true);
  },
);

describe('titles that say it was broken off', () => {
  test.each([
    ['## Part D: aborted to the old release'],
    ['## In case of abort'],
    ['## Restoring the old version'],
    ['## Vorgehen, wenn abgebrochen wird'],
    ["## En cas d'abandon"],
    ['## Si se aborta'],
    ['## Desistência'],
  ])('%s', title => {
    const {sections} = parsePlan([...DEPLOY, title, ...block('systemctl start shop')].join('\n'), emptyBindings);
    expect(sections.at(-1)?.use).toBe('rollback');
  });

  test('in a numbered part, an old copy in the place of the new one is asked about', () => {
    const lines = [
      '## Part A',
      ...block('cp /srv/in/shop.war /opt/shop/'),
      '## Part D',
      ...block('cp /srv/old/shop.war /opt/shop/'),
    ];
    const {proposal} = parsePlan(['# Shop', ...lines].join('\n'), emptyBindings);
    const found = proposal?.doubts.filter(({code, proposed}) => code === 'role-assumed' && proposed === undefined);
    expect(found?.map(({line}) => line)).toEqual([11]);
  });

  test('another file in the same directory is not', () => {
    const lines = [
      '## Part A',
      ...block('cp /srv/in/a.conf /etc/shop/'),
      '## Part D',
      ...block('cp /srv/last/b.conf /etc/shop/'),
    ];
    const {proposal} = parsePlan(['# Shop', ...lines].join('\n'), emptyBindings);
    expect(proposal?.doubts.filter(({code, proposed}) => code === 'role-assumed' && proposed === undefined)).toEqual(
      [],
    );
  });
});

describe('what the text forbids is proposed to nobody', () => {
  test.each([
    ['7.2. Do **not** run `steerctl purge --all now` to "fix" the cache.'],
    ['Niemals `kasse leeren --alles` aufrufen.'],
    ['Ne jamais lancer `caisse vider --tout` ici.'],
  ])('%s', text => {
    expect(asked('', '## Rollback', ...block('systemctl start shop'), text)).toEqual([]);
  });
});
