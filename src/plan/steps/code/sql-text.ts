/** Splits the SQL of a code block into statements. */
import type {TextLine} from '../../document/blocks.ts';
import {withLists} from '../../phrases/expectation-phrases.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import type {SqlStatement} from '../../script.ts';

export type SqlText = {
  statements: readonly SqlStatement[];
  /** Comments without an expectation: what the query is for. */
  comments: readonly string[];
};

/**
 * Splits the SQL at semicolons. The expectation in a comment belongs to the statement above it, or else to the first.
 */
export function readSql(body: readonly TextLine[]): SqlText {
  const {chunks, comments} = scan(body);
  const statements = chunks.map(({line, text}): SqlStatement => ({line, text, expectations: []}));
  const notes: string[] = [];
  for (const comment of withLists(comments)) {
    const stated = readExpectations(`-- ${comment.text}`, comment.line);
    const index = Math.max(
      0,
      chunks.findLastIndex(chunk => chunk.line < comment.line),
    );
    const owner = statements[index];
    if (stated.length === 0 || owner === undefined) notes.push(comment.text);
    else statements[index] = {...owner, expectations: [...owner.expectations, ...stated]};
  }
  return {statements, comments: notes};
}

/** Whether text in a code block without a language is SQL. */
export function looksLikeSql(body: readonly TextLine[]): boolean {
  const first = body.find(({text}) => text.trim() !== '' && !text.trim().startsWith('--'))?.text ?? '';
  const opens =
    /^\s*(?:SELECT|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|CREATE\s+(?:TABLE|INDEX|UNIQUE|OR|VIEW|EXTENSION|ROLE|USER)|ALTER\s+TABLE|DROP\s+(?:TABLE|INDEX|VIEW)|WITH\s+\w+\s+AS|EXPLAIN|VACUUM|ANALYZE|BEGIN\s*;|SET\s+\w+\s*=)/i;
  return opens.test(first);
}

/** Commands of psql and shell lines in a SQL code block, which cannot be sent to a server. */
export function isForeign(statement: SqlStatement): boolean {
  return /^(?:\\|psql\b|pg_\w+\s|mysql\b|\$ )/.test(statement.text);
}

type Chunk = {line: number; text: string};

function scan(body: readonly TextLine[]): {chunks: Chunk[]; comments: TextLine[]} {
  const chunks: Chunk[] = [];
  const comments: TextLine[] = [];
  let lines: string[] = [];
  let start = 0;
  let quote = '';
  let empty = true;
  const close = () => {
    const text = lines.join('\n').trim();
    if (text !== '' && text !== ';') chunks.push({line: start, text});
    lines = [];
    empty = true;
  };
  for (const {line, text} of body) {
    let kept = '';
    for (let at = 0; at < text.length; ) {
      const step = tokenAt(text, at, quote);
      if (step.comment !== undefined && step.comment !== '') comments.push({line, text: step.comment});
      if (empty && step.kept.trim() !== '') {
        start = line;
        empty = false;
      }
      kept += step.kept;
      quote = step.quote;
      at = step.end;
      if (!step.ends) continue;
      lines.push(kept);
      kept = '';
      close();
    }
    if (kept.trim() !== '' || lines.length > 0) lines.push(kept.trimEnd());
  }
  close();
  return {chunks, comments};
}

type Token = {kept: string; quote: string; end: number; comment?: string; ends: boolean};

/** `quote`: what closes the current string or comment; '' outside. */
function tokenAt(text: string, at: number, quote: string): Token {
  if (quote !== '') {
    const close = text.indexOf(quote, at);
    const end = close === -1 ? text.length : close + quote.length;
    const inComment = quote === '*/';
    const part = text.slice(at, end);
    const still = close === -1 ? quote : '';
    return inComment
      ? {kept: '', quote: still, end, ends: false, comment: part.replace(/\*\/$/, '').trim()}
      : {kept: part, quote: still, end, ends: false};
  }
  if (text.startsWith('--', at)) {
    return {
      kept: '',
      quote,
      end: text.length,
      ends: false,
      comment: text
        .slice(at)
        .replace(/^-+\s*/, '')
        .trim(),
    };
  }
  if (text.startsWith('/*', at)) return {kept: '', quote: '*/', end: at + 2, ends: false};
  const dollar = /^\$\w*\$/.exec(text.slice(at, at + 40))?.[0];
  if (dollar !== undefined) return {kept: dollar, quote: dollar, end: at + dollar.length, ends: false};
  const character = text[at] ?? '';
  if (character === "'" || character === '"') return {kept: character, quote: character, end: at + 1, ends: false};
  return {kept: character, quote, end: at + 1, ends: character === ';'};
}
