/** Commands that somebody named in the text does are not run without a question. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

/** The lines of which a doubt says that somebody else does them. */
function asked(...lines: readonly string[]): number[] {
  const {proposal} = planOf('# X', ...lines);
  return (proposal?.doubts ?? []).flatMap(({message, line, proposed}) =>
    message.includes('as if somebody else did') && proposed === undefined ? [line] : [],
  );
}

test.each([
  ['Ask Ana to run `lims-admin reindex --all`.'],
  ['Marek runs `lims-admin license --renew`.'],
  ['Have Ana run `lims-admin tidy --all`.'],
  ['The DBA runs `lims-admin vacuum --all`.'],
  ['Dr. Halloran starts `pacs-ctl scan --all`.'],
  ['Then Ivo Petrov applies `tariff apply --all`.'],
  ['Frau Meier startet `melde-ctl sync --alle`.'],
  ['Lucie lance `paie-admin purge --all`.'],
  ['Ana ejecuta `riego-ctl abrir --todo`.'],
])('an item: %s', item => {
  expect(asked('## Deploy', '', `1. ${item}`)).toEqual([4]);
});

test.each([['Marek does this on the console:'], ['Ana führt aus:'], ['The DBA runs on db1:']])(
  'a lead, also in the rollback: %s',
  lead => {
    expect(asked('## Rollback', '', lead, '', '```bash', 'systemctl restart lims', '```')).toEqual([4]);
  },
);

test.each([
  ['Notify support with `lims-admin notify --all`.'],
  ['Tell Ana, then run `lims-admin go --all`.'],
  ['Ask Ana for the number and run `lims-admin num --all`.'],
  ['Restart with `lims-admin restart --now`.'],
  ['Install runs `lims-admin install --all` by itself.'],
  ['Stop the run: `lims-admin stop --all`.'],
])('done here: %s', item => {
  expect(asked('## Deploy', '', `1. ${item}`)).toEqual([]);
});

test.each([['No run may be active:'], ['Rollback triggers:'], ['Critérios para rollback:']])(
  'a lead that names nobody: %s',
  lead => {
    expect(asked('## Deploy', '', lead, '', '```bash', 'systemctl restart lims', '```')).toEqual([]);
  },
);
