/** Repeats told in words, and two orders in one title: neither is done once or left out without a question. */
import {describe, expect, test} from 'vitest';
import {questions} from '../../helpers/doubts.ts';

describe('what is to be done more than once, told in words', () => {
  test.each([
    ['Stay for 20 minutes. Every five or so: `pumpctl errors --since 5m`'],
    ['Three times in a row, ten minutes apart: `pumpctl probe --west`'],
    ['For the first hour look every ten minutes: `pumpctl flow --west`'],
    ['Fünfmal hintereinander, je zehn Minuten Abstand: `pumpctl probe --west`'],
    ['Cinco veces seguidas, con diez minutos entre cada una: `pumpctl probe --west`'],
  ])('%s', item => {
    expect(questions('# Pumps', '', '## Steps', '', '1. Fill it: `pumpctl stop west`', `2. ${item}`)).toContain(
      'is to be done more than once',
    );
  });
});

describe('two orders in a title', () => {
  test.each([
    ['Say so in `#crew` and stop the west pump: `pumpctl stop west`', 'Say so in #crew'],
    ['Bescheid in `#crew` and stop the west pump: `pumpctl stop west`', 'Bescheid in #crew'],
  ])('%s', (item, words) => {
    expect(questions('# Pumps', '', '## Steps', '', `1. ${item}`)).toMatch(
      new RegExp(`^open .*no trace of what their title asks for as well: "${words}"`, 'm'),
    );
  });

  test('a condition at the end may be for the last one only', () => {
    const said = questions(
      '# Pumps',
      '',
      '## Steps',
      '',
      'Post it in `#crew` and flush the line if the line was dirty:',
      '',
      '```sh',
      'pumpctl flush west',
      '```',
    );
    expect(said).toMatch(/^open .*though "Post it in #crew" may be asked for in every case/m);
  });
});
