/** A command that asks back runs without a terminal: the text that says so leaves an open doubt on it. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const BLOCK = ['```bash', './convert.sh --all', '```', ''];

function asked(...lines: readonly string[]) {
  const {proposal, steps} = planOf('## Deploy', '', ...lines);
  const [first] = steps;
  return (proposal?.doubts ?? []).flatMap(({code, message, proposed, steps: own}) =>
    code === 'not-read' && message.includes('asks back') && proposed === undefined ? [own[0] === first?.id] : [],
  );
}

test.each([
  'The convert asks `Overwrite the templates? [y/N]`. Answer **N**.',
  'It wants to know (yes/no) twice.',
  'Auf die Frage "Weiter? (j/n)" mit n antworten.',
  'À la question [o/N], répondre N.',
  'Si pregunta (s/n), contestar n.',
  'Se perguntar (s/n), responder n.',
])('%s', text => {
  expect(asked(...BLOCK, text, '', '2. Start: `./start.sh`')).toEqual([true]);
});

test('in the text of an item, and in a comment too', () => {
  expect(asked('1. Run `./convert.sh` and say n at [y/N].', '2. `./start.sh`')).toEqual([true]);
  expect(asked('```bash', '# asks [y/N], say n', './convert.sh', '```')).toEqual([true]);
});

test.each(['Passed (ok/not ok)', 'See [1/2].', 'Ask the desk.'])('"%s" is no question of a command', text => {
  expect(asked(...BLOCK, text)).toEqual([]);
});
