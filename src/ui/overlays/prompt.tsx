/** A question that is answered with a line of text. */
import {cut, displayWidth, fitTo} from '../../text/width.ts';
import type {Editor} from '../view/line-editor.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {type Prompt, sendWord} from '../view/prompt-types.ts';
import {type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {Frame, innerWidth, type OverlayStyle} from './frame.tsx';

const WIDTH = 76;

/** A question, the line being typed, and what was wrong with the last answer. */
export function PromptOverlay({overlay, ...style}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'prompt'}>}) {
  const {glyphs, theme} = style;
  const writer = textWriter(theme, glyphs, innerWidth(style.columns, WIDTH));
  const {prompt, editor, problem} = overlay;
  const {purpose} = prompt;
  const asked = purpose.for === 'answer';
  const over = editor.isProposed === true ? ['typing replaces it'] : [];
  const hint = [...over, ...hintsOf(prompt)].join(` ${glyphs.separator} `);
  const shown = asked && purpose.question.secret ? masked(editor, glyphs.ascii ? '*' : '•') : editor;
  const lines = [
    ...prompt.lines.flatMap(line => writer.rows('muted', line)),
    ...(prompt.lines.length > 0 ? [''] : []),
    editorRow(shown, writer),
    '',
    theme.paint(
      problem === undefined ? 'muted' : 'bad',
      cut(writer.plain(problem ?? hint), writer.width, glyphs.ellipsis),
    ),
  ];
  return (
    <Frame title={writer.plain(prompt.title)} width={WIDTH} {...style}>
      {lines}
    </Frame>
  );
}

function hintsOf(prompt: Prompt): readonly string[] {
  const {purpose, past = []} = prompt;
  const earlier = past.length > 0 ? ['Up earlier ones'] : [];
  return [`Enter ${sendWord(prompt)}`, ...earlier, purpose.for === 'answer' ? 'Esc later' : 'Esc cancel'];
}

/** Shows one sign for each typed character and hides the text itself. */
function masked({text, at}: Editor, sign: string): Editor {
  return {text: sign.repeat(text.length), at};
}

/** The line with its cursor, scrolled so that the cursor is always visible. */
export function editorRow({text, at, isProposed}: Editor, {width, glyphs, theme, plain}: TextWriter): string {
  const room = width - 2;
  const lead = theme.paint('key', '> ');
  const after = plain(text.slice(at));
  const shownBefore = keepEnd(plain(text.slice(0, at)), room - 2, glyphs.ellipsis);
  const [first = '', ...rest] = [...after];
  if (theme.depth === 'none') {
    return lead + fitTo(shownBefore + glyphs.textCursor + after, room, glyphs.ellipsis);
  }
  const tail = cut(
    rest.join(''),
    Math.max(0, room - displayWidth(shownBefore) - Math.max(1, displayWidth(first))),
    glyphs.ellipsis,
  );
  return (
    lead +
    theme.paint(isProposed === true ? 'selection' : 'text', shownBefore) +
    theme.paint('cursor', first || ' ') +
    theme.paint('text', tail)
  );
}

function keepEnd(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text;
  let kept = text;
  while (kept !== '' && displayWidth(kept) > width - ellipsis.length) kept = kept.slice(1);
  return ellipsis + kept;
}
