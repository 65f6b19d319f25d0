/** Finds alternatives in a code block of commands: `# OR`, "Option A". */
import {compact} from '../../text/compact.ts';
import {readCommentCondition} from '../phrases/marks.ts';
import {UNSPACED_OR} from '../words/other-languages.ts';
import {phrase, piece} from '../words/vocabulary.ts';
import {looksLikeCommand} from './command-likeness.ts';
import type {ShellLine} from './shell-lines.ts';

/** A command with the comment lines above it. Other fields are as in `ShellLine`. */
export type Line = {
  line: number;
  text: string;
  comment?: string;
  trailing?: string;
  condition?: string;
  broken?: string;
  prompt?: string;
  directory?: string;
  opens?: true;
};

export type Arm = {label: string; line: number; lines: readonly Line[]};

/** Commands that all run, or arms of which one is taken. */
export type Part = {kind: 'lines'; lines: readonly Line[]} | {kind: 'arms'; arms: Arm[]};

/**
 * Finds the alternatives of a code block. `# OR` separates the commands directly above it from those below it, up to the
 * next blank line. At the start of a paragraph it makes the whole paragraph before it the other arm.
 */
export function readArms(lines: readonly ShellLine[]): Part[] {
  const parts: Part[] = [];
  for (const paragraph of paragraphs(lines)) addParagraph(parts, paragraph);
  return parts.map(withoutLoneArm);
}

/** Begins a new paragraph at blank lines, named options, and around a command whose comment offers another one. */
function paragraphs(lines: readonly ShellLine[]): ShellLine[][] {
  const found: ShellLine[][] = [[]];
  for (const line of lines) {
    const other = line.kind === 'command' ? TRAILING.exec(line.trailing ?? '')?.[1] : undefined;
    if (line.kind === 'blank') found.push([]);
    else if (line.kind === 'command' && other !== undefined) {
      const {trailing: _, ...own} = line;
      const comment: ShellLine = {kind: 'comment', line: line.line, text: `or ${looksLikeCommand(other) ? '' : other}`};
      const command: ShellLine = {kind: 'command', line: line.line, text: other};
      found.push([own, comment, ...(looksLikeCommand(other) ? [command] : [])], []);
    } else if (line.kind === 'comment' && optionLabel(line.text) !== undefined) found.push([line]);
    else found.at(-1)?.push(line);
  }
  return grouped(found.filter(paragraph => paragraph.length > 0));
}

/** Between the first and the last named option, a paragraph without a name belongs to the option above it. */
function grouped(found: readonly ShellLine[][]): ShellLine[][] {
  const last = found.findLastIndex(isOptionStart);
  const first = found.findIndex(isOptionStart);
  const joined: ShellLine[][] = [];
  found.forEach((paragraph, index) => {
    const above = joined.at(-1);
    if (index > first && index < last && !isOptionStart(paragraph) && above !== undefined) above.push(...paragraph);
    else joined.push([...paragraph]);
  });
  return joined;
}

type Draft = {label: string | undefined; line: number; own: ShellLine[]};

function addParagraph(parts: Part[], paragraph: readonly ShellLine[]): void {
  const [head, ...others] = split(paragraph);
  if (head === undefined) return;
  const open = parts.at(-1);
  if (waitsForArm(open) && head.own.some(line => line.kind === 'command')) {
    addArm(parts, {...head, label: ''});
  } else if (isOptionStart(paragraph)) {
    startOption(parts, head, open);
  } else {
    const lines = linesOf(head.own);
    if (others.length > 0 && lines.length > 0) {
      const cut = firstOfLastGroup(head.own);
      const before = lines.filter(line => line.line < cut);
      const arm = lines.filter(line => line.line >= cut);
      if (before.length > 0) parts.push({kind: 'lines', lines: before});
      parts.push({kind: 'lines', lines: arm});
    } else if (lines.length > 0) parts.push({kind: 'lines', lines});
  }
  for (const arm of others) addArm(parts, arm);
}

/** The commands before the first `# OR`, then one arm after each. */
function split(paragraph: readonly ShellLine[]): Draft[] {
  const found: Draft[] = [{label: undefined, line: paragraph[0]?.line ?? 0, own: []}];
  for (const line of paragraph) {
    const label = line.kind === 'comment' ? alternativeLabel(line.text) : undefined;
    if (label !== undefined) found.push({label, line: line.line, own: []});
    else found.at(-1)?.own.push(line);
  }
  return found;
}

/** The part ends with a bare `# OR`, so the next paragraph is its arm. */
function waitsForArm(part: Part | undefined): boolean {
  const last = part?.kind === 'arms' ? part.arms.at(-1) : undefined;
  return last !== undefined && last.lines.length === 0 && last.label === '';
}

function addArm(parts: Part[], draft: Draft): void {
  const open = parts.at(-1);
  const arm = armOf(draft);
  if (open === undefined) {
    if (arm.lines.length > 0) parts.push({kind: 'lines', lines: arm.lines});
  } else if (open.kind === 'lines') {
    parts[parts.length - 1] = {kind: 'arms', arms: [firstArm(open.lines), arm]};
  } else {
    if (waitsForArm(open)) open.arms.pop();
    open.arms.push(arm);
  }
}

function isOptionStart(paragraph: readonly ShellLine[]): boolean {
  const [first] = paragraph;
  return first?.kind === 'comment' && optionLabel(first.text) !== undefined;
}

function startOption(parts: Part[], head: Draft, open: Part | undefined): void {
  const [first, ...rest] = head.own;
  const label = first?.kind === 'comment' ? (optionLabel(first.text) ?? '') : '';
  const arm = armOf({label, line: head.line, own: rest});
  if (open?.kind === 'arms' && optionLabel(open.arms[0]?.label ?? '') !== undefined) open.arms.push(arm);
  else parts.push({kind: 'arms', arms: [arm]});
}

function armOf(draft: Draft): Arm {
  const lines = linesOf(draft.own);
  const label = draft.label ?? '';
  if (lines.length > 0) return {label: label || nameOf(lines), line: lines[0]?.line ?? draft.line, lines};
  const comments = draft.own.flatMap(line => (line.kind === 'comment' ? [line.text] : []));
  return {label: [label, ...comments].filter(text => text !== '').join(': '), line: draft.line, lines};
}

function firstArm(lines: readonly Line[]): Arm {
  return {label: nameOf(lines), line: lines[0]?.line ?? 0, lines};
}

function nameOf(lines: readonly Line[]): string {
  const [only] = lines;
  return lines.length === 1 && only !== undefined ? only.text : lines.map(line => line.text).join('; ');
}

/** Line of the first command behind the last comment: an `# OR` below replaces the commands from there. */
function firstOfLastGroup(own: readonly ShellLine[]): number {
  const last = own.findLastIndex(isCommand);
  let first = last;
  while (first > 0 && own[first - 1]?.kind === 'command') first -= 1;
  return own[first]?.line ?? 0;
}

function isCommand(line: ShellLine): boolean {
  return line.kind === 'command';
}

function linesOf(own: readonly ShellLine[]): Line[] {
  const found: Line[] = [];
  let comments: string[] = [];
  let condition: string | undefined;
  let fresh = false;
  for (const line of own) {
    if (line.kind === 'comment') {
      if (!fresh) {
        comments = [];
        condition = undefined;
      }
      fresh = true;
      if (!EXPECTATION.test(line.text)) comments.push(line.text);
      condition ??= readCommentCondition(line.text);
    } else if (line.kind === 'command') {
      const comment = fresh && comments.length > 0 ? comments.join(' ') : undefined;
      const {line: at, text, trailing, broken, prompt, directory, opens} = line;
      found.push({line: at, text, ...compact({comment, trailing, broken, prompt, directory, opens, condition})});
      fresh = false;
    }
  }
  return found;
}

// A comment about expected output belongs to the command above it, not to the next one.
const EXPECTATION = phrase`^(?:${'comment-expects'}|${'output'}:|${'answers'}\>)`;

function withoutLoneArm(part: Part): Part {
  const [only, ...others] = part.kind === 'arms' ? part.arms : [];
  if (only === undefined || others.length > 0) return part;
  const [first, ...rest] = only.lines;
  if (first === undefined) return {kind: 'lines', lines: []};
  // A single named option is no alternative; its name is a comment like others, and may be a condition.
  const condition = first.condition ?? readCommentCondition(only.label);
  const named = {...first, comment: [only.label, first.comment].filter(text => text !== undefined).join(' ')};
  const given = condition === undefined ? {} : {condition};
  return {kind: 'lines', lines: [{...named, ...given}, ...rest.map(line => ({...given, ...line}))]};
}

/** `# OR`, `# Or via kubectl`, `# Alternative: …`: the label, empty for a bare `# OR`; undefined for other comments. */
function alternativeLabel(comment: string): string | undefined {
  const match = ALTERNATIVE.exec(comment);
  return match === null ? undefined : (match[1] ?? '').replace(/^[-–—=*\s]+$/, '');
}

/** `# Option A: Docker`, `# Using yarn`, `# If using systemd:`: every arm has a name, also the first. */
function optionLabel(comment: string): string | undefined {
  return OPTION.test(comment) || MEANS.test(comment) || CASE.test(comment)
    ? comment.replace(/\s*[:：]$/, '')
    : undefined;
}

/** "Or else" and "or later" offer no other way. */
const NO_OTHER = piece`(?!\s+${'or-not'}(?![\p{L}\d]))`;
const TRAILING = phrase`^${'or-comment'}:?${NO_OTHER}\s+(\S.*)$`;

const ALTERNATIVE = phrase`^[-=*\s]*(?:${'or-comment'}(?![\p{L}\d])|(?:${UNSPACED_OR}))${NO_OTHER}\s*[:,.–—=*-]*\s*(.*)$`;

const OPTION = phrase`^${'option'}\s+(?:\d+|[a-z])(?![\p{L}\d])`;

/** The same work done with a named product: "Using Docker". */
const MEANS = phrase`^${'with-tool'}\s+(?:${'case-filler'}\s+)?(?:aws|gcp|google cloud|azure|docker(?:[ -]compose)?|podman|kubernetes|k8s|openshift|helm|systemd|systemctl|supervisor(?:d|ctl)?|pm2|npm|yarn|pnpm|bun|pip|poetry|linux|mac(?:os)?|os x|windows|ubuntu|debian|centos|rhel|red hat|fedora|alpine|heroku|plesk|cpanel|nginx|apache|caddy|mysql|postgres(?:ql)?|mariadb|vercel|netlify|railway|render|fly(?:\.io)?)(?![\p{L}\d])[^.]{0,40}$`;

/** "For a small database" beside "For a large database": only people know which case it is. */
const CASE = phrase`^${'with-tool'}\s+(?:${'case-filler'}\s+)*${'case-kind'}\>[^.]{0,60}$`;
