/** Watches the parts of a pipeline whose exit status the shell forgets: in `pg_dump app | gzip` the first. */
import {carriedCommands} from './carried-commands.ts';
import {eachChild, parseExactly, type SyntaxNode} from './grammar.ts';
import {shellCommands, simpleCommands} from './words.ts';

/** `excused`: a part behind it may stop reading early; then it has not failed when it can no longer write. */
export type PipelinePart = {text: string; excused: boolean};

export type WatchedPipelines = {text: string; parts: readonly PipelinePart[]};

/**
 * Shell commands to insert. `part` runs before the part with this number, in the part's own subshell. `pipeline` runs
 * behind the pipeline with these part numbers, and ends with the status that it finds.
 */
export type PipelineWatch = {part(number: number): string; pipeline(numbers: readonly number[]): string};

/**
 * The text with each pipeline as `{ { PART; a; }
 * b; PIPELINE; }`, which does not change what the pipeline does. The last part is not watched, because its status is
 * the pipeline's. Pipelines in loops, conditions, functions and substitutions are watched too. Left alone: text that
 * uses `PIPESTATUS`, and `time`, which is grammar only in bash.
 */
export function watchPipelines(text: string, watch: PipelineWatch): WatchedPipelines {
  const untouched = {text, parts: []};
  if (!text.includes('|') || text.includes('PIPESTATUS')) return untouched;
  const tree = parseExactly(text);
  if (tree.error !== undefined) return untouched;
  const parts: PipelinePart[] = [];
  const insertions: {at: number; what: string}[] = [];
  const visit = (node: SyntaxNode) => {
    if (node.type === 'Pipeline' && node.commands.length > 1 && !node.prefixes.some(({type}) => type === 'Time')) {
      const written = node.commands.map(({pos, end}) => text.slice(pos, end));
      const numbers = written.slice(0, -1).map((_, index) => parts.length + index);
      insertions.push({at: node.commands[0]?.pos ?? 0, what: '{ '});
      for (const [index, {pos, end}] of node.commands.slice(0, -1).entries()) {
        insertions.push({at: pos, what: `{ ${watch.part(parts.length)}; `}, {at: end, what: '; }'});
        parts.push({text: oneLine(written[index] ?? ''), excused: written.slice(index + 1).some(stopsEarly)});
      }
      eachChild(node, visit);
      insertions.push({at: node.commands.at(-1)?.end ?? 0, what: `; ${watch.pipeline(numbers)}; }`});
    } else eachChild(node, visit);
  };
  visit(tree.script);
  const watched = withInsertions(text, insertions);
  return parseExactly(watched).error === undefined ? {text: watched, parts} : untouched;
}

/**
 * Whether the text passes a pipeline to another shell, where its parts cannot be watched: `ssh db "pg_dump app
 * gzip"`.
 */
export function handsOnPipeline(text: string): boolean {
  return carriedCommands(text).some(({by, command}) => by.length > 0 && /^\|&?$/.test(command.joined));
}

/**
 * Whether a part that ended with `status` has failed. A search that finds nothing ends with 1; a part that is stopped
 * by SIGPIPE has done its work.
 */
export function hasFailed({text, excused}: PipelinePart, status: number): boolean {
  if (status === 0 || excused || status === PIPE_STATUS) return false;
  const program = simpleCommands(text).at(-1)?.[0]?.replace(/^.*\//, '') ?? '';
  return !(status === 1 && ANSWERS_BY_ONE.has(program));
}

/** 128 + SIGPIPE (13). */
const PIPE_STATUS = 141;
const ANSWERS_BY_ONE: ReadonlySet<string> = new Set(
  'grep egrep fgrep zgrep rg ag ack pgrep diff cmp zdiff test [ expr git-grep jq'.split(' '),
);

function stopsEarly(part: string): boolean {
  return shellCommands(part).some(({words}) => {
    const [program = '', ...rest] = words.map(word => word.text);
    if (/^(?:head|read|less|more|true|:)$/.test(program)) return true;
    if (/^[efz]?grep$/.test(program))
      return rest.some(word => /^-[a-zA-Z]*[qmlL]|^--(?:quiet|silent|max-count)/.test(word));
    if (program === 'sed') return rest.some(word => /(?:^|[\d;{/])\s*q/.test(word));
    return program === 'awk' && rest.some(word => /\bexit\b/.test(word));
  });
}

function withInsertions(text: string, insertions: readonly {at: number; what: string}[]): string {
  let done = '';
  let from = 0;
  for (const {at, what} of insertions.toSorted((a, b) => a.at - b.at)) {
    done += text.slice(from, at) + what;
    from = at;
  }
  return done + text.slice(from);
}

const TEXT_CHARACTERS_MAX = 80;

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > TEXT_CHARACTERS_MAX ? `${line.slice(0, TEXT_CHARACTERS_MAX - 1)}…` : line;
}
