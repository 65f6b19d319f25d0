/** Lists that lie over the review: the lines that ask the same, and the places where a section can run. */
import {useStore} from 'zustand';
import {sectionById} from '../../run/plan-index.ts';
import {plural} from '../../text/figures.ts';
import {cut, fitTo} from '../../text/width.ts';
import {titleOf} from '../review/document-position.ts';
import {placeLabel, placesFor} from '../review/place-choices.ts';
import {alikeTo, focusedQuestion} from '../review/review-questions.ts';
import type {Session} from '../session.ts';
import type {ReviewOverlay, ReviewView} from '../view/review-view.ts';
import {type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {chosenRow, Frame, innerHeight, innerWidth, type OverlayStyle, scrolled, windowTop} from './frame.tsx';
import {editorRow} from './prompt.tsx';

const WIDTH = 100;
const NUMBER_WIDTH = 6;
const SECTION_SHARE = 0.3;

type ReviewOverlayProps = OverlayStyle & {review: ReviewView; session: Session};

/** Every line that one answer would cover, with its section and its text. */
export function AlikeOverlay({top, review, session, ...style}: ReviewOverlayProps & {top: number}) {
  const {columns, glyphs, theme} = style;
  const {plan} = session;
  const state = useStore(session.run);
  const writer = textWriter(theme, glyphs, innerWidth(columns, WIDTH));
  const question = focusedQuestion(plan, state, review);
  const alike = question === undefined ? [] : alikeTo(plan, state, question);
  const nameWidth = Math.floor(writer.width * SECTION_SHARE);
  const rows = alike.map(({line, section}) => {
    const title = fitTo(writer.plain(titleOf(plan, section, glyphs)), nameWidth, glyphs.ellipsis);
    const text = writer.plain((plan.source[line - 1] ?? '').trim());
    const room = writer.width - NUMBER_WIDTH - nameWidth - 2;
    const number = String(line).padStart(NUMBER_WIDTH - 1);
    return `${writer.write('key', number)}  ${writer.write('muted', title)} ${writer.write('text', cut(text, room, glyphs.ellipsis))}`;
  });
  const withoutFigures = question === undefined ? [] : writer.rows('warn', question.message).slice(0, 2);
  const canLeaveOut = alike.every(({steps}) => steps.length > 0);
  const proposed = question?.proposed;
  const keys: [string, string][] = [
    ['y', proposed === undefined ? 'I have looked at all of them' : `yes to all: ${proposed}`],
    ...(canLeaveOut
      ? ([
          ['h', 'a person does all of them'],
          ['m', 'leave all of them out'],
        ] as [string, string][])
      : []),
    ['Esc', 'back, and answer them one by one'],
  ];
  const foot = keys.map(
    ([key, does]) =>
      writer.write('key', fitTo(key, 5)) +
      writer.write('text', cut(writer.plain(does), writer.width - 5, glyphs.ellipsis)),
  );
  const height = Math.max(1, innerHeight(style) - withoutFigures.length - foot.length - 2);
  const {shown, right} = scrolled(rows, top, height);
  return (
    <Frame title={`${plural(alike.length, 'line')} that ask the same`} right={right} width={WIDTH} {...style}>
      {[...withoutFigures, '', ...shown, '', ...foot]}
    </Frame>
  );
}

const PLACE_WIDTH = 64;
const PLACE_ROWS_MAX = 14;

/** The known places, narrowed by what is typed. */
export function PlaceOverlay({
  over,
  review,
  session,
  ...style
}: ReviewOverlayProps & {over: Extract<ReviewOverlay, {kind: 'place'}>}) {
  const {columns, glyphs, theme} = style;
  const {plan, placing} = session;
  const state = useStore(session.run);
  const width = innerWidth(columns, PLACE_WIDTH);
  const writer = textWriter(theme, glyphs, width);
  const places = placesFor(plan, review.section, {
    names: placing?.names ?? [],
    typed: over.editor.text,
    set: state.review?.places?.[review.section],
  });
  const title = sectionById(plan, review.section)?.title ?? review.section;
  const foot = placeFoot(writer, placing === undefined, plan.sections.filter(each => each.title === title).length);
  const height = Math.max(1, Math.min(PLACE_ROWS_MAX, innerHeight(style) - foot.length - 3));
  const top = windowTop(over.selected, places.length, height);
  const rows = places.slice(top, top + height).map(({name, now, isNear}, index) => {
    const told = now === undefined ? (isNear ? 'named in this section' : '') : now === 'all' ? 'now' : 'some of it now';
    const label = fitTo(writer.plain(placeLabel(name)), width - 26, glyphs.ellipsis);
    return chosenRow(
      `${writer.write('text', label)} ${writer.write('muted', told)}`,
      top + index === over.selected,
      writer,
    );
  });
  if (places.length === 0)
    rows.push(...writer.rows('warn', 'no known place has that name: hosts stand under hosts: in the bindings'));
  const right = places.length > height ? `${over.selected + 1} of ${places.length}` : '';
  return (
    <Frame title={`Where does "${writer.plain(title)}" run?`} right={right} width={PLACE_WIDTH} {...style}>
      {[editorRow(over.editor, writer), '', ...rows, '', ...foot]}
    </Frame>
  );
}

/** What Enter does. `alike`: how many sections have this title, because a place is kept by it. */
function placeFoot(writer: TextWriter, isInRun: boolean, alike: number): readonly string[] {
  const told = isInRun
    ? 'kept for the next run: this one does not run the section'
    : 'Enter sets it; the document is read again, and nothing runs';
  return [
    ...(alike > 1 ? writer.rows('warn', `it holds for all ${alike} sections with this title`) : []),
    ...writer.rows('muted', told),
  ];
}
