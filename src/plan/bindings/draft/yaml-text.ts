/** A bindings file as text: every entry goes through the YAML library, so that no document can break out of it. */
import {Document, isCollection, isMap, isScalar, isSeq, visit} from 'yaml';

/** One name, step, probe or rule of a file that is being drafted. */
export type Entry = {
  /** Absent in a list. */
  key?: string;
  /** `null`, also as a field, is what a person has to fill in. */
  value: unknown;
  /** Above it: where it comes from. */
  above: readonly string[];
  /** Behind a field of the value, by its name; behind the value itself under ''. */
  aside?: Readonly<Record<string, string>>;
  /** Further fields, each as a proposal. */
  more?: Readonly<Record<string, unknown>>;
  /** A proposal: written as a comment, in effect once its `#` is taken away. */
  isProposal?: boolean;
};

/** What stands under one key of the file. */
export type Part = {name: string; about: readonly string[]; entries: readonly Entry[]};

export function partText({name, about, entries}: Part): string {
  return [...about.map(remark), `${name}:`, ...entries.flatMap(entryLines)].map(line => `${line}\n`).join('');
}

/** One line of text as a comment, whatever is in the text. */
export function remark(text: string): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  const characters = [...line];
  const isLong = characters.length > REMARK_WIDTH;
  return `# ${isLong ? `${characters.slice(0, REMARK_WIDTH - 1).join('')}…` : line}`.trimEnd();
}

/** `${NAME}` in a document is the shell's; in bindings it would be taken from the environment of T-Minus. */
export function literal(text: string): string {
  return text.replaceAll(/\$\{(?=[A-Za-z_])/g, '$${');
}

const REMARK_WIDTH = 110;
const INDENT = '  ';
/** What nobody would put in quotes; the library does where it would be read as something else. */
const NAME = /^[A-Za-z][\w./@-]*$/;
const PROPOSAL = '#';

function entryLines(entry: Entry): readonly string[] {
  const {above, isProposal = false, more = {}} = entry;
  const own = yamlLines(entry).map(line => (isProposal ? PROPOSAL + line : line));
  const further = Object.entries(more).flatMap(([name, value]) =>
    yamlLines({key: name, value, above: []}).map(line => `${PROPOSAL}${INDENT}${line}`),
  );
  return [...above.map(remark), ...own, ...further].map(line => INDENT + line);
}

function yamlLines({key, value, aside = {}}: Entry): readonly string[] {
  const document = new Document(key === undefined ? [value] : {[key]: value});
  const top = document.contents;
  const node = isMap(top) ? top.items[0]?.value : isSeq(top) ? top.items[0] : undefined;
  for (const [field, said] of Object.entries(aside)) {
    const noted = isMap(node) && field !== '' ? node.get(field, true) : node;
    if (isScalar(noted)) noted.comment = remark(said).slice(1);
  }
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'string' && NAME.test(scalar.value)) scalar.type = 'PLAIN';
    },
  });
  // A list or a mapping inside an entry stands on one line.
  const inner = isMap(node) ? node.items.map(item => item.value) : [node];
  for (const one of inner) if (isCollection(one)) one.flow = true;
  return document.toString(STYLE).trimEnd().split('\n');
}

/** One line per field: what is long is not folded, what is open is left blank. */
const STYLE = {
  lineWidth: 0,
  nullStr: '',
  defaultStringType: 'QUOTE_DOUBLE',
  defaultKeyType: 'PLAIN',
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;
