/** An item that is only the name of a host says where what is in it runs, and not where the items beside it do. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../../src/plan/plan.ts';

const doubtsOf = (items: string) => {
  const head =
    '# Dairy\n\nThe vat runs on `vat-01`, the books on `books-01`. Log in with `ssh ops@vat-01`, `ssh ops@books-01`.\n';
  const plan = parsePlan(`${head}\n## Deploy\n\n${items}`, emptyBindings);
  const lineOf = (text: string) => plan.source.findIndex(line => line.includes(text)) + 1;
  return (text: string) =>
    (plan.proposal?.doubts ?? [])
      .filter(({code, proposed, steps}) => code === 'place-assumed' && !proposed && steps.includes(`L${lineOf(text)}`))
      .map(({message}) => message)
      .join('\n');
};

test.each([
  ['a bare name', 'books-01'],
  ['a name in code', '`books-01`'],
  ['a name with a colon', 'books-01:'],
])('%s', (_, host) => {
  const asked = doubtsOf(
    `- D1. Save\n  - on vat-01\n    - \`tar cf a.tar x\`\n- D2. Books\n  - ${host}\n    - \`./convert.sh\`\n`,
  );
  expect(asked('convert.sh')).toContain('books-01');
  expect(asked('convert.sh')).not.toContain('vat-01');
});

test.each([
  ['- D3. All\n  - ```\n    ./all.sh\n    ```\n', './all.sh'],
  ['- D3. Alle\n  - `./alle.sh`\n', './alle.sh'],
  ['- D3. Tous\n  - `./tous.sh`\n', './tous.sh'],
])('what stands in the next item is not sent there: %s', (next, command) => {
  const asked = doubtsOf(`- D2. Books\n  - on books-01, as root\n    - \`./convert.sh\`\n${next}`);
  expect(asked(command)).not.toContain('but the text says "on books-01"');
});
