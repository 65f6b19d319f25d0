/** What is proposed may be confirmed with one key: where that would be false, nothing is proposed, and one question is asked. */
import {describe, expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** Of each doubt with that code: its line, and what is proposed. */
function asked(code: string, ...lines: readonly string[]): string[] {
  const {proposal} = planOf(...lines);
  return (proposal?.doubts ?? []).flatMap(one => (one.code === code ? [`${one.line} ${one.proposed ?? 'open'}`] : []));
}

function messages(code: string, ...lines: readonly string[]): string[] {
  return (planOf(...lines).proposal?.doubts ?? []).flatMap(one => (one.code === code ? [one.message] : []));
}

describe('where nothing says where, while the document works on a host', () => {
  const mill = (command: string) => [
    '# Mill',
    '',
    '## Stop',
    '',
    '```bash',
    'ssh miller@grind-1 sudo systemctl stop grindd',
    '```',
    '',
    '## Deploy',
    '',
    '```bash',
    command,
    '```',
  ];

  test.each(['git tag v7', 'make dist', 'kubectl apply -f /srv/charts/grind.yaml', 'tar xf /tmp/grind.tar', 'npm ci'])(
    'what a person does at a desk is here: %s',
    command => {
      expect(asked('place-assumed', ...mill(command))).toEqual(['11 it is here']);
    },
  );
});

describe('a file that the rollback needs, and that is made elsewhere', () => {
  const ferry = (place: string) => [
    '# Fähre',
    '',
    '## Sicherung',
    '',
    '```bash',
    'ssh deck@faehre-1 "pg_dump -Fc deck > /sicherung/deck.dump"',
    '```',
    '',
    '## Rückweg',
    '',
    `${place}:`,
    '',
    '```bash',
    'pg_restore -d deck /sicherung/deck.dump',
    '```',
  ];

  test('is not said to be there by then', () => {
    const {proposal} = planOf(...ferry('Zurückspielen'));
    expect(JSON.stringify(proposal?.doubts)).not.toContain('will be there');
  });

  test('is a reason of the question where its command runs, and no further one', () => {
    expect(asked('rollback-assumed', ...ferry('Zurückspielen'))).toEqual([]);
    expect(asked('place-assumed', ...ferry('Zurückspielen'))).toEqual(['11 open']);
  });
});

describe('the parts of one block are one way back', () => {
  const back = (...ways: readonly string[]) => ['# Kiosk', '', '## Rollback', '', ...ways];
  const block = (...commands: readonly string[]) => ['', '```bash', ...commands, '```', ''];
  const parted = ['systemctl stop kiosk', 'vi /etc/kiosk.conf', 'systemctl start kiosk'];

  test('beside another way they are counted once', () => {
    const doubts = messages(
      'rollback-assumed',
      ...back('Until the first ticket is sold:', ...block(...parted)),
      'After the first ticket is sold:',
      ...block('kioskctl downgrade'),
    ).filter(message => message.includes('ways back'));
    expect(doubts).toEqual([
      '"Until the first ticket is sold:" may be one of 2 ways back, of which only one is run',
      '"After the first ticket is sold:" may be one of 2 ways back, of which only one is run',
    ]);
  });

  test.each([
    ['If the vendor does not answer:', 'if the vendor does not answer'],
    ["Si l'hébergeur ne répond pas :", "si l'hébergeur ne répond pas"],
  ])('alone they are for a case: %s', (lead, shown) => {
    const lines = back('Usual way: the vendor puts the snapshot back.', '', lead, ...block(...parted));
    expect(messages('rollback-assumed', ...lines).filter(message => message.includes('ways back'))).toEqual([]);
    expect(
      messages('condition-assumed', ...lines)
        .join()
        .toLowerCase(),
    ).toContain(shown);
  });
});

describe('what is wanted again, for several, or for a time', () => {
  const doubtsBeside = (lead: string) =>
    asked('condition-assumed', '# Baths', '', '## Deploy', '', lead, '', '```bash', 'pumpctl flush', '```');

  test.each([
    'Each time the same:',
    'Flush, same as above:',
    'Flush until the board is dark:',
    'Jedes Mal dasselbe:',
    'Vider, chaque fois de la même façon :',
    'Vaciar, lo mismo que arriba:',
  ])('is not proposed to run once, as it stands: %s', lead => {
    expect(doubtsBeside(lead).filter(one => !one.endsWith('open'))).toEqual([]);
  });

  test('a warning beside it is confirmed', () => {
    expect(doubtsBeside('Flush, the valve is not heated:')).toEqual(['5 they run once, as they stand']);
  });
});
