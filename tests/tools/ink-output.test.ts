/** The frames of .tools/ink/output.mjs are those that Ink itself makes. */
import {expect, test} from 'vitest';
import {seeded} from '../helpers/seeded-random.ts';

type Frame = {
  write(x: number, y: number, text: string, options: {transformers: readonly ((text: string) => string)[]}): void;
  clip(clip: {x1?: number; x2?: number; y1?: number; y2?: number}): void;
  unclip(): void;
  get(): {output: string; height: number};
};
type FrameClass = new (size: {width: number; height: number}) => Frame;

const load = async (path: string): Promise<FrameClass> =>
  (await import(new URL(`../../${path}`, import.meta.url).href)).default;
const Whole = await load('node_modules/ink/build/output.js');
const Kept = await load('.tools/ink/output.mjs');

test('frames of which only the changed rows are made are the frames that Ink makes', () => {
  const random = seeded(7);
  let draw = pictureOf(random);
  for (let frame = 0; frame < 300; frame += 1) {
    if (random() < 0.7) draw = [...draw.slice(0, -1), writeOf(random)];
    else if (random() < 0.3) draw = pictureOf(random);
    const width = frame % 50 < 40 ? 40 : 36;
    expect(frameOf(Kept, width, draw)).toEqual(frameOf(Whole, width, draw));
  }
});

test('a row is made again when only its transformer is another', () => {
  const upper = (text: string) => text.toUpperCase();
  const same = (text: string) => text;
  const shown = (transformer: (text: string) => string) =>
    frameOf(Kept, 20, [frame => frame.write(0, 0, 'all is well', {transformers: [transformer]})]).output.trim();
  expect([shown(same), shown(upper), shown(same)]).toEqual(['all is well', 'ALL IS WELL', 'all is well']);
});

type Draw = (frame: Frame) => void;

function frameOf(Class: FrameClass, width: number, draw: readonly Draw[]): {output: string; height: number} {
  const frame = new Class({width, height: 10});
  for (const one of draw) one(frame);
  return frame.get();
}

function pictureOf(random: () => number): readonly Draw[] {
  return Array.from({length: 12}, () => writeOf(random));
}

const TEXTS = [
  'plain',
  '\u001B[31mred\u001B[39m and not',
  'wide 漢字 text',
  'two\n\u001B[1mlines\u001B[22m',
  '👩‍👩‍👧 x',
  'é',
];

function writeOf(random: () => number): Draw {
  const any = (limit: number) => Math.floor(random() * limit);
  const [x, y, text, outer, inner] = [any(38) - 2, any(12) - 1, TEXTS[any(TEXTS.length)] ?? '', any(3), any(2)];
  const [x1, y2] = [any(10), 4 + any(8)];
  return frame => {
    if (outer > 0) frame.clip({x1, x2: 30, y1: 0, y2});
    if (inner > 0) frame.clip({x1: 2, x2: 20});
    frame.write(x, y, text, {transformers: []});
    if (inner > 0) frame.unclip();
    if (outer > 0) frame.unclip();
  };
}
