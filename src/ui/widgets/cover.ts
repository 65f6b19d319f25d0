/** Where a dialog lies, so that nothing of the panels below it is seen in half. */
import type {DOMElement} from 'ink';
import {createContext, type RefObject, useContext, useLayoutEffect} from 'react';
import {useStore} from 'zustand';
import {createStore, type StoreApi} from 'zustand/vanilla';

/** Cells of the screen, counted from 0. */
export type Cover = {left: number; top: number; width: number; height: number};

/** Columns `from … to-1` of the rows `top … bottom-1` of a box. */
export type Hidden = {from: number; to: number; top: number; bottom: number};

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

/** The part of a box that a dialog hides; null while it hides none. */
export function useHidden(box: RefObject<DOMElement | null>): Hidden | null {
  const covers = useContext(CoversHere);
  const hidden = useStore(covers, ({cover}) => (cover === null ? '' : hiddenText(box.current, cover)));
  if (hidden === '') return null;
  const [from = 0, to = 0, top = 0, bottom = 0] = hidden.split(' ').map(Number);
  return {from, to, top, bottom};
}

/** `12 40 0 9`: as a text it stays the same value for as long as nothing moves. */
function hiddenText(box: DOMElement | null, {left, top, width, height}: Cover): string {
  if (box === null) return '';
  const place = placeOf(box);
  const [from, to] = [Math.max(0, left - place.left), Math.min(place.width, left + width - place.left)];
  const [first, end] = [Math.max(0, top - place.top), Math.min(place.height, top + height - place.top)];
  return from < to && first < end ? `${from} ${to} ${first} ${end}` : '';
}

function placeOf(box: DOMElement): Cover {
  const {width, height} = box.yogaNode?.getComputedLayout() ?? {width: 0, height: 0};
  let [left, top] = [0, 0];
  for (let node: DOMElement | undefined = box; node?.yogaNode !== undefined; node = node.parentNode) {
    left += node.yogaNode.getComputedLeft();
    top += node.yogaNode.getComputedTop();
  }
  return {left, top, width, height};
}
