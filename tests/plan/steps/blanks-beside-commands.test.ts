/** Blanks beside commands: what is filled in is asked, and after the commands. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const inputsOf = (...text: readonly string[]) =>
  planOf('# Change', '', '## Deploy', '', ...text).steps.map(({action}) =>
    action.kind === 'input' ? action.blanks.map(({label}) => label).join(', ') : action.kind,
  );

test.each([
  [
    ['- [ ] Look at the slot:', '  ```bash', '  cat /etc/slot', '  ```', '', '  write it down: slot ___'],
    ['script', 'slot'],
  ],
  [
    ['- [ ] Stop and note the version: ________', '', '  ```bash', '  ./stop.sh', '  ```'],
    ['script', 'Stop and note the version'],
  ],
  [['- [ ] note what runs now: `REV=____`, from `helm history hall`'], ['script', 'REV']],
  [['- [ ] `uptime -p` – à noter : ______'], ['script', 'noter']],
  [['- [ ] Stand notieren: `git describe`, Version ________'], ['script', 'Version']],
  [['**4.6** Start. The witness notes the time: __:__'], ['The witness notes the time']],
  [['- [ ] Pump off at __:__'], ['Pump off at']],
  [['**3.6** Decision of the chair. ☐ Proceed ☐ Postpone Time: __:__'], ['choice', 'Time']],
])('%j', (text, steps) => {
  expect(inputsOf(...text)).toEqual(steps);
});

test.each([['- [ ] Import it: `python -c "import __main__"`'], ['- [ ] Set it: `export REV=__init__`']])(
  '%j has none',
  text => {
    expect(inputsOf(text)).toEqual(['script']);
  },
);
