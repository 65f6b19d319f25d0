/** Orders in the fields at the head of a document and in short sections of prose: none is lost without a question. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const codeBlock = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];

function headDoubts(...head: readonly string[]): number[] {
  const {proposal} = planOf(
    '# Change',
    '',
    ...head,
    '',
    '## Deploy',
    ...codeBlock('make it'),
    '## Rollback',
    ...codeBlock('make old'),
  );
  return (proposal?.doubts ?? []).flatMap(({code, line, proposed}) =>
    code === 'not-read' && proposed === undefined && line < head.length + 4 ? [line] : [],
  );
}

test.each([
  ['a laboratory', 'Before you begin: ring the duty scientist and switch the analysers to manual.'],
  ['a bank', 'Note: tell the branch managers before the first step.'],
  ['a port', 'Important: lock the crane first.'],
  [
    'a radio station, in German',
    'Achtung: Vor Beginn die Redaktion anrufen und den Havariesender auf Kanal B schalten.',
  ],
  ['a dairy, in German', 'Vorab: Die Milchwagen anhalten.'],
  ['a school, in French', 'Important : prévenez les professeurs avant de commencer.'],
  ['a farm, in Spanish', 'Atención: avise al encargado y cierre la válvula.'],
  ['a clinic, in Portuguese', 'Atenção: avise a enfermagem antes de começar.'],
])('%s: %s', (_, field) => {
  expect(headDoubts('Owner: Priya Nair', field, 'Window: Sunday 02:00–04:30')).toEqual([4]);
});

test.each([
  ['Change: Upgrade the till to 5.1'],
  ['Owner: Mark Reed, till team'],
  ['Zweck: Die Kasse aktualisieren'],
  ['Objetivo: Actualizar la caja'],
  ['Window: Sunday 02:00–04:30'],
  ['Approved by: Will Cook'],
])('a field that describes the work asks for nothing: %s', field => {
  expect(headDoubts(field, 'Ticket: CHG-20881')).toEqual([]);
});

const EARLIER = ['## Deploy', ...codeBlock('make it'), '## Rollback', ...codeBlock('make old')];

function sectionDoubts(title: string, ...text: readonly string[]): string[] {
  const {proposal, sections} = planOf('# Change', ...EARLIER, `## ${title}`, '', ...text);
  const own = sections.find(section => section.title === title);
  expect(own?.use).toBe('reference');
  return (proposal?.doubts ?? []).flatMap(({code, line}) => (line === own?.line ? [code] : []));
}

test.each([
  ['The ward', 'Ring the sister on duty. Tell her that the forms are back in use.'],
  ['The hall lights', 'Switch them off at the panel.'],
  ['Die Halle', 'Das Licht am Pult ausschalten.'],
  ['Le quai', 'Prévenez le chef de quai.'],
  ['El almacén', 'Avise al encargado del turno.'],
])('a short section with an order, which is read as reference, asks: %s', (title, text) => {
  expect(sectionDoubts(title, text)).toEqual(['role-assumed']);
});

test.each([
  ['The hall', 'The hall has two panels. Both were replaced in 2019.'],
  ['Phone list', 'Move manager: ____________'],
])('a section that only tells asks nothing: %s', (title, text) => {
  expect(sectionDoubts(title, text)).toEqual([]);
});
