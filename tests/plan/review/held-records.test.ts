/** A section that is taken for a record, though it holds work, asks for its use. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const WORK = ['# Change', '## Deploy', '```bash', 'make install', '```', ''];

function askedOf(title: string, ...text: readonly string[]): boolean {
  const {proposal, sections} = planOf(...WORK, `## ${title}`, '', ...text);
  const own = sections.find(section => section.title === title);
  expect(own?.use).toBe('record');
  return (proposal?.doubts ?? []).some(({code, line, proposed}) => {
    return code === 'role-assumed' && line === own?.line && proposed === 'record';
  });
}

test.each([
  ['Sign-off', ['- [ ] Print one ticket at the gate and scan it']],
  ['Notes', ['- Response time of the gate < 4 seconds']],
  ['Acceptance sign-off', ['- Print a ticket with `gatectl print --test`']],
  ['C. Abnahme', ['- [ ] Am Drehkreuz anmelden, eine Karte drucken', '- [ ] Frau Kern zahlt 1 €']],
  ['Abnahme', ['- [ ] Auswertung unter 20 Sekunden']],
])('%s: %j', (title, text) => {
  expect(askedOf(title, ...text)).toBe(true);
});

test.each([
  ['Sign-off', ['- [ ] Name: ____________  Date: ________', '- Gate team: ____________']],
  ['Contacts', ['- Gate desk: +49 170 55 20 118', '- Night shift: 4411']],
  ['Notes', ['- The left gate was replaced in 2019.', '- Both gates share one key.']],
  ['Abnahme', ['- [ ] Leitung Einlass: ____________']],
])('%s asks nothing: %j', (title, text) => {
  expect(askedOf(title, ...text)).toBe(false);
});
