/** What lies over the panels: a question, a list, the review, the rollback. A part of the view's state. */
import {type Editor, type EditorKey, editorOf, editText, proposed} from './line-editor.ts';
import type {Menu, Prompt} from './prompt-types.ts';
import {edited, type ReviewView} from './review-view.ts';
import {type SignOffView, typedIn} from './sign-off-view.ts';

export type Overlay =
  | ({kind: 'review'} & ReviewView)
  /** The commands of a step that nobody has confirmed, and what T-Minus assumed about it. */
  | {kind: 'assumed'; stepId: string; top: number}
  /** `editor`: what the keys are filtered by; `isTyping`: letters go there. `selected`: index among the actions shown. */
  | {kind: 'help'; editor: Editor; isTyping: boolean; selected: number}
  | {kind: 'incident'; top: number}
  /** The newest one, and how things stand now. */
  | {kind: 'hand-over'; top: number}
  | {kind: 'sign-off'; view: SignOffView}
  /** The samples of a chart's signal. `at`: time of the one under the cursor; null: the newest. */
  | {kind: 'samples'; signal: string; at: number | null}
  /** The hosts of a step on a group. `shown`: the one whose output is shown; null: the list. */
  | {kind: 'hosts'; stepId: string; selected: number; shown: string | null; top: number}
  | {kind: 'palette'; editor: Editor; selected: number}
  /** `recalled`: index of the earlier answer that stands in the line. */
  | {kind: 'prompt'; prompt: Prompt; editor: Editor; problem?: string; recalled?: number}
  | {kind: 'menu'; menu: Menu; selected: number}
  /** `under`: the overlay before it, which comes back when the rollback is cancelled. */
  | {kind: 'rollback'; under: Exclude<Overlay, {kind: 'rollback'}> | null; top: number};

export type OverlayAction =
  | {type: 'open'; overlay: Overlay}
  | {type: 'close'}
  /** The prompt was answered and closes, also where it lies under a rollback. */
  | {type: 'answered'}
  /** The question was answered elsewhere, or is not needed any more. */
  | {type: 'question-gone'; id: string}
  /** The rollback began or was cancelled, by any console. */
  | {type: 'rollback-shown'}
  | {type: 'rollback-cancelled'}
  | {type: 'edit'; key: EditorKey}
  /** An earlier answer into the line: `by` 1 for the one before it. */
  | {type: 'recall'; by: 1 | -1}
  | {type: 'select'; index: number}
  | {type: 'overlay-scroll'; top: number}
  | {type: 'sample'; at: number | null}
  | {type: 'review'; to: Partial<ReviewView>}
  | {type: 'sign-off'; view: SignOffView}
  | {type: 'refuse'; problem: string};

export function reduceOverlay(overlay: Overlay | null, action: OverlayAction): Overlay | null {
  switch (action.type) {
    case 'open':
      return action.overlay;
    case 'close':
      return null;
    case 'answered':
      if (overlay?.kind === 'rollback') return {...overlay, under: null};
      return overlay?.kind === 'prompt' ? null : overlay;
    case 'question-gone':
      return overlay?.kind === 'rollback' ? {...overlay, under: null} : null;
    case 'rollback-shown':
      return overlay?.kind === 'rollback' ? overlay : {kind: 'rollback', under: overlay, top: 0};
    case 'rollback-cancelled':
      return overlay?.kind === 'rollback' ? overlay.under : overlay;
    case 'edit':
      if (overlay?.kind === 'palette' || overlay?.kind === 'help')
        return {...overlay, editor: editText(overlay.editor, action.key), selected: 0};
      if (overlay?.kind === 'review') return {...overlay, over: edited(overlay.over, action.key)};
      if (overlay?.kind === 'sign-off') return {...overlay, view: typedIn(overlay.view, action.key)};
      if (overlay?.kind !== 'prompt') return overlay;
      return {kind: 'prompt', prompt: overlay.prompt, editor: editText(overlay.editor, action.key)};
    case 'recall':
      return overlay?.kind === 'prompt' ? recalled(overlay, action.by) : overlay;
    case 'select':
      return overlay !== null && 'selected' in overlay ? {...overlay, selected: action.index} : overlay;
    case 'overlay-scroll':
      return overlay && 'top' in overlay ? {...overlay, top: Math.max(0, action.top)} : overlay;
    case 'sample':
      return overlay?.kind === 'samples' ? {...overlay, at: action.at} : overlay;
    case 'review':
      return overlay?.kind === 'review' ? {...overlay, ...action.to} : overlay;
    case 'sign-off':
      return overlay?.kind === 'sign-off' ? {...overlay, view: action.view} : overlay;
    case 'refuse':
      return overlay?.kind === 'prompt' ? {...overlay, problem: action.problem} : overlay;
  }
}

export function askFor(prompt: Prompt, text = prompt.proposal ?? ''): Overlay {
  return {kind: 'prompt', prompt, editor: proposed(text)};
}

/** After the newest answer comes the empty line. */
function recalled(overlay: Extract<Overlay, {kind: 'prompt'}>, by: 1 | -1): Overlay {
  const {prompt, recalled: before = -1} = overlay;
  const past = prompt.past ?? [];
  const at = Math.max(-1, Math.min(past.length - 1, before + by));
  return {kind: 'prompt', prompt, editor: editorOf(past[at] ?? ''), recalled: at};
}
