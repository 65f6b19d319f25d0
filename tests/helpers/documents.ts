/** The documents that tests read: the seed, which is the checklist of the rehearsal, and the corpus of other people's. */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

export const seedPath = fileURLToPath(
  new URL('../../src/rehearsal/production-deployment-checklist.md', import.meta.url),
);

export const seedBytes = readFileSync(seedPath);

const corpus = new URL('../fixtures/corpus/', import.meta.url);

/** `airflow-pipeline.md` and its like. */
export const corpusNames = readdirSync(corpus)
  .filter(name => name.endsWith('.md'))
  .sort();

/** Of a document, or of what stands beside it: `airflow-pipeline.reading.txt`, `labels/airflow-pipeline.yaml`. */
export function corpusPath(name: string): string {
  return fileURLToPath(new URL(name, corpus));
}
