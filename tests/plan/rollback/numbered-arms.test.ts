/** Arms within one numbered list: "2. Preferred: … Continue with step 5", "3. If not: …", "4. and on app1 …". */
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

const DEPLOY = ['# Change', '', '## Deploy', '', '1. `systemctl restart api`', ''];

function readingOf(...lines: string[]) {
  const document = [...DEPLOY, ...lines, ''].join('\n');
  const {steps, proposal} = parsePlan(document, emptyBindings);
  const condition = (line: number) => steps.find(step => step.line === line)?.condition;
  const asked = (proposal?.doubts ?? []).flatMap(({line, message, proposed}) =>
    proposed === undefined && message.includes('may send past line') ? [line] : [],
  );
  return {condition, asked};
}

describe('an item that goes on with "and" is done in the case of the item above', () => {
  test.each([
    ['If the snapshot is gone: `dropdb ward`', 'and on app1 `dnf -y downgrade ward`'],
    ['If the belt is torn: `make belt`', 'And then `make tension`'],
    ['Falls der Schnappschuss fehlt: `dropdb ward`', 'und auf app1 `dnf -y downgrade ward`'],
    ['Si le cliché manque : `dropdb ward`', 'et sur app1 `dnf -y downgrade ward`'],
    ['Si falta la copia: `dropdb ward`', 'y en app1 `dnf -y downgrade ward`'],
  ])('%s', (first, next) => {
    const {condition} = readingOf('## Rollback', '', '1. Tell the ward.', `2. ${first}`, `3. ${next}`, '4. `make up`');
    expect(condition(10)).toBeDefined();
    expect(condition(11)).toBe(condition(10));
    expect(condition(12)).toBeUndefined();
  });

  test('also over several items, and above code blocks', () => {
    const fence = (command: string) => ['', '   ```', `   ${command}`, '   ```', ''];
    const {condition} = readingOf(
      '## Rollback',
      '',
      '1. If the copy is bad: on db1',
      ...fence('dropdb ward'),
      '2. and on app1',
      ...fence('./back.sh'),
      '3. and on app2',
      ...fence('./back.sh'),
    );
    expect([9, 15, 21].map(condition)).toEqual(Array(3).fill('if the copy is bad'));
  });

  test('"En app1" is a place, and goes on with nothing', () => {
    const {condition} = readingOf('## Rollback', '', '1. Si falta la copia: `dropdb ward`', '2. En app1: `make up`');
    expect(condition(10)).toBeUndefined();
  });
});

describe('items that an earlier one sends past are asked about', () => {
  test.each([
    ['2. Preferred: the VM team reverts both. Continue with step 5.', [11, 12]],
    ['2. `./switch-back.sh`. If that works, skip to step 5.', [11, 12]],
    ['2. Bevorzugt: Weiche umlegen. Weiter mit Schritt 5.', [11, 12]],
    ['2. De préférence, rétablir le cliché, puis continuez directement à l’étape 5.', [11, 12]],
    ['2. Mejor: restaurar la copia. Siga con el paso 4.', [11]],
    ['2. Stop it. Continue with step 3.', []],
    ['2. Roll it out to 5 hosts.', []],
    ['2. Lay the track, then go to 5 sidings.', []],
  ])('%s', (second, lines) => {
    const {asked} = readingOf(
      '## Rollback',
      '',
      '1. Tell all.',
      second,
      '3. `make drop`',
      '4. `make load`',
      '5. `make up`',
    );
    expect(asked).toEqual(lines);
  });

  test('"go to section 5" names the rollback, and no item', () => {
    const items = [
      '1. Look.',
      '2. Check it; if it fails, go to section 5.',
      '3. `make a`',
      '4. `make b`',
      '5. `make c`',
    ];
    const {asked} = readingOf('## 4. Second part', '', ...items, '', '## 5. Rollback', '', '1. `make back`');
    expect(asked).toEqual([]);
  });

  test('sections with numbers', () => {
    const {asked} = readingOf(
      '## Rollback',
      '### 1. Stop',
      '`make stop`',
      '### 2. Revert the snapshot',
      'Ask the VM team. Continue with step 4.',
      '### 3. Reload',
      '```',
      'make reload',
      '```',
      '### 4. Start',
      '```',
      'make start',
      '```',
    );
    expect(asked).toEqual([12]);
  });
});
