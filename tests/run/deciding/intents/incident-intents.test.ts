import {describe, expect, test} from 'vitest';
import type {IncidentEvent} from '../../../../src/run/events/incident-events.ts';
import {Run} from '../../build.ts';

const files = {report: 'incident.md', issue: 'incident-issue.md', message: 'incident-message.txt'};
const written = {type: 'incident-written', files, hasGh: true} as const satisfies IncidentEvent;
const asked = {type: 'issue-asked', file: files.issue} as const satisfies IncidentEvent;

const send = (run: Run) => run.intend({type: 'send-issue'});

describe('the drafts of an incident', () => {
  test('are asked for, and what was asked for is no fact yet', () => {
    const run = new Run().intend({type: 'write-incident'});
    expect(run.decided).toMatchObject({events: [], effects: [{type: 'write-incident', by: 'ana'}]});
  });

  test('can be sent once they are written; that it was asked for is on record before it is done', () => {
    expect(send(new Run()).refusal).toMatch(/no issue text is written yet/);
    const run = send(new Run().given(written));
    expect(run.decided).toMatchObject({
      events: [asked],
      effects: [{type: 'send-issue', by: 'ana', file: files.issue}],
    });
  });

  test('are not sent without gh, nor in practice', () => {
    expect(send(new Run().given({...written, hasGh: false})).refusal).toMatch(/gh is not installed here: copy/);
    expect(send(new Run(undefined, {rehearsal: true}).given(written)).refusal).toMatch(/practice/);
    expect(send(new Run(undefined, {dryRun: true}).given(written)).refusal).toMatch(/practice/);
  });

  test('are sent once: not again while nobody saw how it ended, nor when it is created, also after writing anew', () => {
    const run = new Run().given(written, asked);
    expect(send(run).refusal).toMatch(/or nobody saw whether it was/);
    run.given({type: 'issue-sent', created: true, detail: 'https://x/17'}, written);
    expect(send(run).refusal).toBe('the issue was created already: https://x/17');
  });

  test('are sent again when it is known that there is no issue', () => {
    const run = new Run().given(written, asked, {type: 'issue-sent', created: false, detail: 'gh: exit 4'});
    expect(send(run).refusal).toBeUndefined();
  });

  test('that could not be written leave those that are there', () => {
    const {state} = new Run().given(written, {type: 'incident-written', hasGh: true, problem: 'disk full'});
    expect(state.incident).toMatchObject({files, problem: 'disk full'});
    expect(state.timeline.at(-1)).toMatchObject({text: 'incident report NOT written: disk full', tone: 'warn'});
  });
});
