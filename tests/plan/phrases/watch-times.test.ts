/** How long somebody waits or watches, and what is no length of time. */
import {expect, test} from 'vitest';
import {readMarks} from '../../../src/plan/phrases/marks.ts';
import {planOf} from '../../helpers/plan-view.ts';

const MINUTE = 60_000;

test.each([
  ['Watch for one hour: match p95 below 800 ms, error rate below 0.5 %', 60],
  ['Watch for an hour', 60],
  ['Watch p95 < 800 ms for 30 minutes', 30],
  ['Watch that it stays below 2 s for 30 minutes', 30],
  ['Wait at least 10 minutes', 10],
  ['Wait: 5 minutes', 5],
  ['Wait half an hour', 30],
  ['7.4 Surveiller **45 minutes** : Grafana, p95 < 800 ms', 45],
  ['Surveiller pendant une heure : p95 < 800 ms', 60],
  ['45 Minuten beobachten: p95 unter 800 ms', 45],
  ['Eine Stunde lang beobachten', 60],
  ['Vigilar durante media hora: p95 < 800 ms', 30],
  ['Monitorar por uma hora: p95 < 800 ms', 60],
])('%s', (text, minutes) => {
  expect(readMarks(text).waitMs).toBe(minutes * MINUTE);
});

test.each(['Watch: p95 below 800 ms', 'Surveiller : p95 < 800 ms', 'Watch the logs'])('%s: no time', text => {
  expect(readMarks(text).waitMs).toBeUndefined();
});

test.each([
  ['Go (Tuesday 8 h 00)', undefined],
  ['Feu vert (mardi 8 h 00)', undefined],
  ['Le lendemain (mercredi 9 h 45)', undefined],
  ['Schritt 2 (um 8 Uhr)', undefined],
  ['Paso 3 (martes a las 8 h)', undefined],
  ['Passo 3 (às 9 h)', undefined],
  ['Bascule (à 9 h 45, 30 min)', 30],
  ['Migration (2 h 30)', 120],
  ['Deploy (15 minutes)', 15],
])('the estimate of "%s"', (title, minutes) => {
  const [section] = planOf(`## ${title}`, '', '- [ ] Deploy', '- [ ] Tell support').sections;
  expect(section?.estimate?.maxMs).toBe(minutes === undefined ? undefined : minutes * MINUTE);
});
