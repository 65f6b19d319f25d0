import {Text} from 'ink';
import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import {type PaintRows, RowPainter, useClockRows} from '../../../src/ui/terminal/clock.ts';
import {eventually} from '../../helpers/eventually.ts';

const now = () => Date.now();

function clock(paint: PaintRows) {
  const painted: string[] = [];
  let draws = 0;
  function Clock() {
    draws += 1;
    return <Text>{useClockRows(now, 3, at => [`at ${Math.floor(at / 1000)}`]).join('')}</Text>;
  }
  const {unmount, lastFrame} = render(
    <RowPainter
      value={(top, drawn, rows) => {
        painted.push(`${top} ${rows.join()}`);
        expect(drawn).toEqual([lastFrame()]);
        return paint(top, drawn, rows);
      }}
    >
      <Clock />
    </RowPainter>,
  );
  return {painted, draws: () => draws, unmount};
}

test('a clock whose row can be painted is not drawn again', async () => {
  const {painted, draws, unmount} = clock(() => true);
  await eventually('two ticks', () => painted.length >= 2);
  unmount();
  expect(draws()).toBe(1);
  expect(painted[1]).toMatch(/^3 at \d+$/);
  expect(painted[1]).not.toBe(painted[0]);
});

test('a clock that something lies over is drawn with the page', async () => {
  const {painted, draws, unmount} = clock(() => false);
  await eventually('two ticks', () => painted.length >= 2);
  unmount();
  expect(draws()).toBeGreaterThanOrEqual(2);
});
