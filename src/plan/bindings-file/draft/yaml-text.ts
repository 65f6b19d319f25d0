/** Writes the drafted bindings through the YAML library, so that no document can break out of an entry. */
import {Document, isCollection, isMap, isScalar, isSeq, visit} from 'yaml';

/** One entry of the drafted file: a name, step, probe or rule. */
export type Entry = {
  /** Absent for an item of a list. */
  key?: string;
  /** `null`, also inside the value, is what a person must fill in. */
  value: unknown;
  /** Comments above the entry: where it comes from. */
  above: readonly string[];
  /** Comments behind fields of the value, by field; behind the value itself under ''. */
  aside?: Readonly<Record<string, string>>;
  /** More fields, each as a proposal. */
  more?: Readonly<Record<string, unknown>>;
  /** Written as a comment; it takes effect when the `#` is removed. */
  isProposal?: boolean;
};

/** Everything under one key of the file. */
export type Part = {name: string; about: readonly string[]; entries: readonly Entry[]};

export function partText({name, about, entries}: Part): string {
  return [...about.map(remark), `${name}:`, ...entries.flatMap(entryLines)].map(line => `${line}\n`).join('');
}

/** One line of comment, whatever the text holds. */
export function remark(text: string): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  const characters = [...line];
  const isLong = characters.length > REMARK_WIDTH;
  return `# ${isLong ? `${characters.slice(0, REMARK_WIDTH - 1).join('')}…` : line}`.trimEnd();
}

/** Escapes `${NAME}`: in a document it belongs to the shell, but in bindings T-Minus would expand it. */
export function literal(text: string): string {
  return text.replaceAll(/\$\{(?=[A-Za-z_])/g, '$${');
}

const REMARK_WIDTH = 110;
const INDENT = '  ';
/** Text that needs no quotes; the library still adds them where it would be read as another type. */
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
  // A list or mapping inside an entry is written on one line.
  const inner = isMap(node) ? node.items.map(item => item.value) : [node];
  for (const one of inner) if (isCollection(one)) one.flow = true;
  return document.toString(STYLE).trimEnd().split('\n');
}

/** One line for each field: long text is not folded, and an open value is blank. */
const STYLE = {
  lineWidth: 0,
  nullStr: '',
  defaultStringType: 'QUOTE_DOUBLE',
  defaultKeyType: 'PLAIN',
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;
