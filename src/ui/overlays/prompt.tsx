/** A question that is answered with a line of text. */
import {asciiOnly} from '../../text/ascii.ts';
import {cut, displayWidth, fitTo, tame, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import type {Editor} from '../view/editor.ts';
import type {Overlay} from '../view/view-state.ts';
import {Frame, innerWidth, type OverlayStyle} from './frame.tsx';

const WIDTH = 76;

/** A question, the line being typed, and what was wrong with the last answer. */
export function PromptOverlay({overlay, ...style}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'prompt'}>}) {
  const {columns, glyphs, theme} = style;
  const width = innerWidth(columns, WIDTH);
  const {prompt, editor, problem} = overlay;
  const clean = (text: string) => (glyphs.ascii ? asciiOnly(tame(text)) : tame(text));
  const {purpose} = prompt;
  const asked = purpose.for === 'answer';
  const hint = asked
    ? 'Enter answers, Esc puts it off. Ctrl-R rolls back.'
    : 'Enter sends, Esc goes back. Ctrl-R rolls back.';
  const shown = asked && purpose.question.secret ? masked(editor, glyphs.ascii ? '*' : '•') : editor;
  const lines = [
    ...prompt.lines.flatMap(line => wrap(clean(line), width)).map(line => theme.paint('muted', line)),
    ...(prompt.lines.length > 0 ? [''] : []),
    editorRow(shown, width, glyphs, theme),
    '',
    problem === undefined
      ? theme.paint('muted', cut(hint, width, glyphs.ellipsis))
      : theme.paint('bad', cut(clean(problem), width, glyphs.ellipsis)),
  ];
  return (
    <Frame title={clean(prompt.title)} width={WIDTH} {...style}>
      {lines}
    </Frame>
  );
}

/** One sign for each that was typed, and nothing of what it was. */
function masked({text, at}: Editor, sign: string): Editor {
  return {text: sign.repeat(text.length), at};
}

/** The line with its cursor, moved along so that the cursor is always seen. */
export function editorRow({text, at}: Editor, width: number, glyphs: Glyphs, theme: Theme): string {
  const room = width - 2;
  const lead = theme.paint('key', '> ');
  const before = glyphs.ascii ? asciiOnly(tame(text.slice(0, at))) : tame(text.slice(0, at));
  const after = glyphs.ascii ? asciiOnly(tame(text.slice(at))) : tame(text.slice(at));
  const shownBefore = keepEnd(before, room - 2, glyphs.ellipsis);
  const [first = '', ...rest] = [...after];
  if (theme.depth === 'none') {
    return lead + fitTo(shownBefore + glyphs.textCursor + after, room, glyphs.ellipsis);
  }
  const tail = cut(
    rest.join(''),
    Math.max(0, room - displayWidth(shownBefore) - Math.max(1, displayWidth(first))),
    glyphs.ellipsis,
  );
  return lead + theme.paint('text', shownBefore) + theme.paint('cursor', first || ' ') + theme.paint('text', tail);
}

function keepEnd(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text;
  let kept = text;
  while (kept !== '' && displayWidth(kept) > width - ellipsis.length) kept = kept.slice(1);
  return ellipsis + kept;
}
