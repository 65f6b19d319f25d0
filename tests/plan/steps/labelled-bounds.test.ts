/** Bounds and triggers of documents in five languages, labelled by hand before the reader had seen them. */
import {describe, expect, test} from 'vitest';
import {labelledDocuments, misread} from '../../helpers/labelled-bounds.ts';

const folder = new URL('../../fixtures/bounds/', import.meta.url);

/** The words of the reader were tuned on the first; the second was measured before and after, and only then looked at. */
describe.each(['tuned.txt', 'blind.txt'])('%s', file => {
  test.each(labelledDocuments(new URL(file, folder)).map(document => [document.name, document] as const))(
    '%s: each line is read as labelled, or left with a doubt where the label allows it',
    (_, document) => {
      expect(misread(document)).toEqual([]);
    },
  );
});
