/** Sentences that ask for the steps above once more, or for more of the same behind a block. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {isUnread} from '../../../src/plan/doubt.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

const doubtsAt = (line: number, ...text: readonly string[]) => {
  const {proposal} = planOf('# Change', '', '## Deploy', '', '```bash', './drain.sh WEB1', '```', '', ...text);
  return (proposal?.doubts ?? [])
    .filter(doubt => doubt.line === line && isUnread(doubt))
    .filter(({message}) => !message.startsWith('this section says'))
    .map(({because}) => because);
};

test.each([
  ['Same for the standby.', 'Same for the standby.'],
  ['- [ ] Flush it: `./flush.sh pump1`. Then the same on pump 2.', 'Then the same on pump 2.'],
  ['Den Verteiler wieder öffnen. Ebenso auf web2.', 'Ebenso auf web2.'],
  ['On fait A. Même suite de commandes avec a.', 'Même suite de commandes avec a.'],
  ['Avisar a planta. Lo mismo en la caja 2.', 'Lo mismo en la caja 2.'],
])('"%s" is in no step, and asked', (text, because) => {
  expect(doubtsAt(9, text)).toEqual([because]);
});

test.each([
  '- [ ] Repeat with WEB2',
  'Enable it in the balancer again. Repeat with WEB2.',
  'It has the same version on both.',
  'The lamp is the same for all.',
])('"%s" asks for nothing that is lost', text => {
  expect(doubtsAt(9, text)).toEqual([]);
});

test('an order behind a block, whose verb stands in the block, is asked', () => {
  expect(doubtsAt(9, 'then the scale program on the weighbridge.')).toEqual([
    'then the scale program on the weighbridge.',
  ]);
  expect(doubtsAt(9, 'Danach das Waagenprogramm auf der Brücke.')).toEqual([
    'Danach das Waagenprogramm auf der Brücke.',
  ]);
});

test.each([
  ['Then run the job against the north ring and after that do the same on the south ring:'],
  ['First in hall A and then repeat the whole thing for hall B:'],
  ['Zuerst in Halle A und danach dasselbe in Halle B:'],
  ['Primero en la caja 1 y luego lo mismo en la caja 2:'],
])('"%s" leads to commands that run once, and nothing is proposed for the rest', lead => {
  const {proposal} = planOf('# Change', '', '## Deploy', '', lead, '', '```bash', 'helm upgrade a b', '```');
  const asked = proposal?.doubts.filter(
    ({code, line}) => line === 5 && (code === 'not-read' || code === 'place-assumed'),
  );
  expect(asked?.some(({proposed}) => proposed === undefined)).toBe(true);
});

test.each([
  ['1. `rabbitmqctl list_queues` - run it again until it says 0.'],
  ['1. `./sync.sh` twice, one minute apart'],
  ['1. Run this three times: `./warm.sh`'],
  ['1. `./abgleich.sh` zweimal, mit einer Minute Abstand'],
  ['1. `./vider.sh`, relancer jusqu’à zéro'],
])('commands that are to run more than once, and would run once: %s', line => {
  const {proposal} = parsePlan(`# Till\n\n## Deploy\n\n${line}\n`, emptyBindings);
  const found = (proposal?.doubts ?? []).filter(({message}) => message.includes('more than once'));
  expect(found.map(({line: at, proposed}) => [at, proposed])).toEqual([[5, undefined]]);
});

test.each([['1. `systemctl stop cron` first, or people get mails twice'], ['1. `./retry.sh --times 3`']])(
  'once: %s',
  line => {
    const {proposal} = parsePlan(`# Till\n\n## Deploy\n\n${line}\n`, emptyBindings);
    expect((proposal?.doubts ?? []).filter(({message}) => message.includes('more than once'))).toEqual([]);
  },
);
