/** Reads and writes `CHECKLIST.review.yaml`: what people have confirmed, small and made to be committed. */
import {Document, isMap, LineCounter, parseAllDocuments, type YAMLMap} from 'yaml';
import {z} from 'zod';
import {compact} from '../../text/compact.ts';
import {USES, type Use} from '../doubt.ts';

/**
 * `at`: ISO 8601. `reads`: what was read when it was confirmed, to show old against new. `text`, `reading`: digests.
 */
export type ReviewedSection = {
  title: string;
  use: Use;
  place?: string;
  text: string;
  reading: string;
  reads: readonly string[];
  settled: readonly SettledDoubt[];
  by: string;
  at: string;
  unseen?: true;
};

/**
 * `doubt`: its code and its distance in lines from the heading: `place-assumed +4`. `because`: the words that it was assumed
 * from; absent in files of before.
 */
export type SettledDoubt = {doubt: string; because?: string; how: string; as?: 'ignored' | 'by-hand'};

/**
 * The review of one procedure; the file has one YAML document for each. `begun`: sections that nobody has confirmed
 * yet, with their answers; `by` and `at` are those of the last answer.
 */
export type Review = {
  procedure?: string;
  places?: Places;
  sections: readonly ReviewedSection[];
  begun?: readonly ReviewedSection[];
};

/** By section title, or titles ("Step 2 > Option A"): the host where it runs, or `local`, where neither the document nor the bindings say it. */
export type Places = Readonly<Record<string, string>>;

/** Reads a review file. The problem is one line with the name `file`: what, where, what to do. */
export function parseReviews(text: string, file: string): {reviews: readonly Review[]} | {problem: string} {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {lineCounter: lines, prettyErrors: false});
  const reviews: Review[] = [];
  for (const document of 'empty' in documents ? [] : documents) {
    const [error] = document.errors;
    if (error !== undefined) {
      const {line} = lines.linePos(error.pos[0]);
      return {problem: `${file}:${line}: not valid YAML (${firstLine(error.message)}); ${ADVICE}`};
    }
    const read = FILE.safeParse(document.toJS({maxAliasCount: 0}));
    if (!read.success) {
      const [issue] = read.error.issues;
      const path = issue?.path ?? [];
      const {line} = lines.linePos(offsetOf(document, path));
      const where = path.length === 0 ? 'the file' : path.map(String).join('.');
      const why = firstLine(issue?.message ?? 'unknown');
      return {problem: `${file}:${line}: ${where} does not read as a review (${why}); ${ADVICE}`};
    }
    reviews.push(reviewIn(read.data));
  }
  return {reviews};
}

const ADVICE = 'correct it, take it back from version control, or delete it and review again';

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}

const digest = z.string().regex(/^[0-9a-f]{16}$/);
const SECTION = z.object({
  section: z.object({
    title: z.string(),
    use: z.enum(USES),
    place: z.optional(z.string()),
    text: digest,
    reading: digest,
    by: z.string(),
    at: z.string().refine(text => !Number.isNaN(Date.parse(text)), 'no time'),
    accepted: z.optional(z.literal('unseen')),
  }),
  settled: z.optional(
    z.array(
      z.object({
        doubt: z.string(),
        because: z.optional(z.string()),
        how: z.string(),
        as: z.optional(z.enum(['ignored', 'by-hand'])),
      }),
    ),
  ),
  reads: z.optional(z.array(z.string())),
});
const FILE = z.object({
  'tminus-review': z.literal(1),
  procedure: z.optional(z.string()),
  places: z.optional(z.record(z.string(), z.string())),
  sections: z.array(SECTION),
  begun: z.optional(z.array(SECTION)),
});

function reviewIn({procedure, places, sections, begun}: z.infer<typeof FILE>): Review {
  return compact({procedure, places, sections: sections.map(sectionIn), begun: begun?.map(sectionIn)});
}

function sectionIn({section: {accepted, ...section}, settled = [], reads = []}: z.infer<typeof SECTION>) {
  return compact({
    ...section,
    reads,
    settled: settled.map(one => compact(one)),
    unseen: accepted === undefined ? undefined : (true as const),
  });
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    if (Array.isArray(range)) return Number(range[0]);
  }
  return 0;
}

/** The text of the file: one line for each section, then its settled doubts and what was read. */
export function reviewsText(reviews: readonly Review[], checklist: string): string {
  const comment = [
    `# What people have confirmed of ${checklist}: T-Minus runs nothing else by itself.`,
    '# Written by `tminus review`; commit it beside the checklist, and review it like code.',
  ].join('\n');
  return `${comment}\n${reviews.map(reviewText).join('---\n')}`;
}

function reviewText({procedure, places, sections, begun}: Review): string {
  const document = new Document(
    compact({
      'tminus-review': 1,
      procedure,
      places,
      sections: sections.map(sectionText),
      begun: begun?.map(sectionText),
    }),
  );
  for (const item of [...items(document.get('sections')), ...items(document.get('begun'))]) {
    flow(item.get('section'));
    for (const one of items(item.get('settled'))) flow(one);
  }
  return document.toString({lineWidth: 0, flowCollectionPadding: false});
}

function sectionText({reads, settled, unseen, ...section}: ReviewedSection): object {
  return compact({
    section: compact({...section, accepted: unseen === undefined ? undefined : 'unseen'}),
    settled: settled.length === 0 ? undefined : settled.map(one => compact(one)),
    reads: reads.length === 0 ? undefined : reads,
  });
}

function items(node: unknown): readonly YAMLMap[] {
  const all = typeof node === 'object' && node !== null && 'items' in node ? node.items : [];
  return Array.isArray(all) ? all.filter(one => isMap(one)) : [];
}

function flow(node: unknown): void {
  if (isMap(node)) node.flow = true;
}
