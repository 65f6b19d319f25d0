import {expect, test} from 'vitest';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

const files = {report: 'incident.md', issue: 'incident-issue.md', message: 'incident-message.txt'};
const URL = 'https://github.com/acme/shop/issues/17';

test.each([
  ['before the answer', true],
  ['after the answer', false],
])('what gh has created stays in the message, also when it is there %s of the engine', async (_, isEarly) => {
  const session = fakeSession();
  const send = session.send.bind(session);
  const ends = () =>
    session.tell({type: 'issue-asked', file: files.issue}, {type: 'issue-sent', created: true, detail: URL});
  session.send = async intent => {
    const answer = await send(intent);
    if (isEarly && intent.type === 'send-issue') ends();
    return answer;
  };
  session.drafts = {path: file => file, read: async () => '# Incident\n\nIt broke.\n'};
  session.tell({type: 'incident-written', files, hasGh: true});
  const screen = await show(session);
  for (const key of ['I', 'g', 'yes', '\r']) await screen.type(key);
  if (!isEarly) ends();
  expect(await screen.text()).toContain(`issue created: ${URL}`);
});
