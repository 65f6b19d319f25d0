/** The few keys that are named in the last row, by the panel that is looked at. */
import {type ActionId, bindingOf, type KeyBinding} from '../view/keymap.ts';
import type {PanelName} from '../view/view-state.ts';

const HINTS: Readonly<Record<PanelName, readonly ActionId[]>> = {
  checklist: ['enter', 'tick', 'run-on', 'skip', 'note', 'next-panel', 'roll-back', 'help', 'leave'],
  output: ['search', 'follow', 'zoom', 'wrap', 'copy', 'next-panel', 'roll-back', 'help', 'leave'],
  logs: [
    'search',
    'keep',
    'error-next',
    'source-next',
    'follow',
    'zoom',
    'copy',
    'next-panel',
    'roll-back',
    'help',
    'leave',
  ],
  charts: [
    'right',
    'samples',
    'zoom-in',
    'zoom-out',
    'signals',
    'zoom',
    'run-on',
    'next-panel',
    'roll-back',
    'help',
    'leave',
  ],
};

/** For the hint row, most useful first. */
export function hintsFor(panel: PanelName): readonly KeyBinding[] {
  return HINTS[panel].map(id => {
    const binding = bindingOf(id);
    return panel === 'charts' && id === 'right' ? {...binding, hint: 'signal'} : binding;
  });
}

/** Keys that would be refused are no hints: who observes looks, and may take the baton. */
export function observerHints(panel: PanelName): readonly KeyBinding[] {
  const looking = hintsFor(panel).filter(({group}) => group !== 'Run');
  return [bindingOf('baton'), bindingOf('incident'), ...looking];
}
