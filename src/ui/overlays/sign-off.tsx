/** The dialog of the sign-off: final status, issues, notes, what else the document asks, and the signature. */
import {cut, fitTo} from '../../text/width.ts';
import {editorOf} from '../view/line-editor.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {fieldOf, type SignOffField, type SignOffView} from '../view/sign-off-view.ts';
import {type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {chosenRow, Frame, innerHeight, innerWidth, type OverlayStyle, windowTop} from './frame.tsx';
import {editorRow} from './prompt.tsx';

const WIDTH = 92;
const LABEL_WIDTH_MAX = 22;
/** What may go wrong and the keys, with a blank row above them. */
const LAST_ROWS = 3;

export function SignOffOverlay({overlay, ...style}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'sign-off'}>}) {
  const {columns, glyphs, theme} = style;
  const {view} = overlay;
  const writer = textWriter(theme, glyphs, innerWidth(columns, WIDTH));
  const label = Math.min(LABEL_WIDTH_MAX, Math.max(...view.fields.map(field => field.label.length)));
  const blocks = view.fields.map((field, index) => fieldRows(field, view, {writer, label, isHere: index === view.at}));
  const rows = blocks.flat();
  const height = Math.max(1, Math.min(rows.length, innerHeight(style) - LAST_ROWS));
  const before = blocks.slice(0, view.at).flat().length;
  const top = windowTop(before + Math.floor((blocks[view.at]?.length ?? 1) / 2), rows.length, height);
  const {problem, of} = view;
  const last =
    problem === undefined
      ? theme.paint('muted', cut(hintOf(view), writer.width, glyphs.ellipsis))
      : writer.write('bad', problem);
  return (
    <Frame
      title={of === undefined ? 'Sign off' : writer.plain(`Second signature, beside ${of}`)}
      right={rows.length > height ? `${view.at + 1} of ${view.fields.length}` : ''}
      width={WIDTH}
      {...style}
    >
      {[...rows.slice(top, top + height), '', last]}
    </Frame>
  );
}

type FieldStyle = {writer: TextWriter; label: number; isHere: boolean};

function fieldRows(field: SignOffField, view: SignOffView, {writer, label, isHere}: FieldStyle): string[] {
  const {glyphs, theme} = writer;
  const name = theme.paint(isHere ? 'title' : 'muted', fitTo(writer.plain(field.label), label, glyphs.ellipsis));
  const lead = `${theme.paint('accent', isHere ? glyphs.cursor : ' ')} ${name}  `;
  const room = writer.width - label - 4;
  switch (field.kind) {
    case 'list':
      return field.options.map(({id, title}, index) => {
        const isTaken = view.taken[field.id] === id;
        const mark = isTaken ? `(${glyphs.ascii ? '*' : '●'})` : '( )';
        const text = `${mark} ${isHere ? `${index + 1} ` : ''}${writer.plain(title)}`;
        const painted = theme.paint(isTaken ? 'title' : 'text', cut(text, room, glyphs.ellipsis));
        return `${index === 0 ? lead : ' '.repeat(label + 4)}${painted}`;
      });
    case 'text': {
      const editor = view.editors[field.id] ?? editorOf('');
      if (isHere) return [lead + editorRow(editor, {...writer, width: room})];
      const empty = field.needed === true ? 'to be filled in' : glyphs.dash;
      const text =
        editor.text === ''
          ? theme.paint('muted', empty)
          : writer.write('text', cut(editor.text, room, glyphs.ellipsis));
      return [lead + text];
    }
    case 'sign':
      return ['', chosenRow(writer.write(isHere ? 'key' : 'text', 'Sign'), isHere, writer)];
  }
}

function hintOf(view: SignOffView): string {
  switch (fieldOf(view).kind) {
    case 'list':
      return 'Left Right or a number choose, Up Down go on, Esc leaves it unsigned';
    case 'text':
      return 'Enter goes on, an empty line is allowed, Esc leaves it unsigned';
    case 'sign':
      return 'Enter signs: it goes into the journal and the record, with who and when';
  }
}
