/** Tells which commands are only shown, by the label above them or by their section. */
import type {CodeBlock} from '../../document/blocks.ts';
import {roleOf} from '../../outline/section-role.ts';
import {problemAt} from '../../problem.ts';
import {phrase, piece} from '../../words/vocabulary.ts';
import {problemsFound, type Setting, type Thing} from '../found.ts';
import {holdsCommands} from './commands.ts';

/** "Never do this in production:", "Example:", "Previously we used:": the commands are shown and must not be run. */
const BANNED = piece`${'do-not-run'}\>`;
const NOT_MEANT = phrase`^\W*(?:${BANNED}(?!.*\<${'never-but'}\>)|${'as-example'})`;

/** A label such as "Useful tools:" or "Häufige Fehler:" means the same as in a title. */
export function isNotMeant(label: Setting['label']): boolean {
  const text = label?.text ?? '';
  return NOT_MEANT.test(text) || (text.split(/\s+/).length <= LABEL_WORDS_MAX && roleOf(text) === 'reference');
}

const LABEL_WORDS_MAX = 4;
export const NOT_RUN = /^(?:contacts|reference|triggers|criteria|notes)$/;

/** Reports commands for reference, which are shown and never run. */
export function notRun({label, node, lines}: Setting, codeBlock: CodeBlock): Thing[] {
  if (!holdsCommands(codeBlock)) return [];
  const title = label !== undefined && isNotMeant(label) ? label.text : node.section.title;
  const message = `these commands are not run: "${title}" is for reference`;
  const hint = 'copy what the deployment needs into one of its steps';
  return problemsFound([problemAt(lines, 'info', 'reference-card', codeBlock.line, '', message, hint)]);
}
