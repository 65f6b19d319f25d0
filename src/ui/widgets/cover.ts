/** Where a dialog lies, so that the titles of the panels below it end where it begins. */
import type {DOMElement} from 'ink';
import {createContext, type RefObject, useContext, useLayoutEffect} from 'react';
import {useStore} from 'zustand';
import {createStore, type StoreApi} from 'zustand/vanilla';

/** Cells of the screen, counted from 0. */
export type Cover = {left: number; top: number; width: number; height: number};

/** Columns `from … to-1` of a row. */
export type Hidden = {from: number; to: number};

type Covers = StoreApi<{cover: Cover | null}>;

export function newCovers(): Covers {
  return createStore(() => ({cover: null}));
}

export const CoversHere = createContext<Covers>(newCovers());

/** Says where a dialog lies for as long as it is shown. */
export function useCovering(cover: Cover): void {
  const covers = useContext(CoversHere);
  // Each time it is drawn: panels may have moved below it.
  useLayoutEffect(() => covers.setState({cover}));
  useLayoutEffect(() => () => covers.setState({cover: null}), [covers]);
}

/** The columns of the first row of a box that a dialog hides; null while it hides none. */
export function useHidden(box: RefObject<DOMElement | null>): Hidden | null {
  const covers = useContext(CoversHere);
  const hidden = useStore(covers, ({cover}) => (cover === null ? '' : hiddenText(box.current, cover)));
  const [from, to] = hidden.split(' ').map(Number);
  return from === undefined || to === undefined ? null : {from, to};
}

/** `12 40`: as a text it stays the same value for as long as nothing moves. */
function hiddenText(box: DOMElement | null, {left, top, width, height}: Cover): string {
  if (box === null) return '';
  const place = placeOf(box);
  if (place.top < top || place.top >= top + height) return '';
  const from = Math.max(0, left - place.left);
  const to = Math.min(place.width, left + width - place.left);
  return from < to ? `${from} ${to}` : '';
}

function placeOf(box: DOMElement): Pick<Cover, 'left' | 'top' | 'width'> {
  const {width} = box.yogaNode?.getComputedLayout() ?? {width: 0};
  let [left, top] = [0, 0];
  for (let node: DOMElement | undefined = box; node?.yogaNode !== undefined; node = node.parentNode) {
    left += node.yogaNode.getComputedLeft();
    top += node.yogaNode.getComputedTop();
  }
  return {left, top, width};
}
