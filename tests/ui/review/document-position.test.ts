/** Where lines and sections stand in the document, also after an edit. Pure. */
import {expect, test} from 'vitest';
import {linesAfter, titleOf} from '../../../src/ui/review/document-position.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {planOf} from '../../helpers/plan-view.ts';

const BEFORE = ['# Deploy', '', 'stop', 'copy', 'start', '', '# Rollback', 'back'];

test('after an edit a line is found by where it stands, and inside the edit by its words', () => {
  const at = (after: readonly string[], ...lines: number[]) => lines.map(linesAfter(BEFORE, after));
  expect(at(BEFORE, 1, 8)).toEqual([1, 8]);
  expect(at(['# Deploy', '', 'look', 'stop', 'copy', 'start', '', '# Rollback', 'back'], 2, 3, 8)).toEqual([2, 4, 9]);
  expect(at(['# Deploy', '', 'stop', '', '# Rollback', 'back'], 3, 5, 7)).toEqual([3, 3, 5]);
  expect(at(['# Deploy', 'look', '', 'stop', 'copy', 'start', '', '# Rollback', 'back', 'look'], 4, 8)).toEqual([5, 9]);
  expect(at([], 5)).toEqual([1]);
});

test('a title that several sections have is told with the one around it', () => {
  const plan = planOf(
    ...['# Move', '', '## adverts (16 min)', '', '### Way A', '', '```', './a.sh', '```', ''],
    ...['## catalogue', '', '### Way A', '', '```', './b.sh', '```', ''],
  );
  const titles = (ascii: boolean) => plan.sections.map(({id}) => titleOf(plan, id, glyphsFor(ascii)));
  expect(titles(false).filter(title => title.includes('Way A'))).toEqual(['adverts › Way A', 'catalogue › Way A']);
  expect(titles(true).filter(title => title.includes('Way A'))).toEqual(['adverts > Way A', 'catalogue > Way A']);
  expect(titles(false)).toContain('catalogue');
});
