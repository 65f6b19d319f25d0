/** The dialog of the sign-off: its fields, the one that the keys act on, and what has been answered. Pure. */
import type {SignOffForm, SignOffOption} from '../../run/people/sign-off-form.ts';
import {type Editor, type EditorKey, editorOf, editText, proposed} from './line-editor.ts';

export type SignOffField = {id: string; label: string} & (
  | {kind: 'list'; options: readonly SignOffOption[]}
  /** `needed`: it may not stay empty. */
  | {kind: 'text'; needed?: true}
  /** Enter on it signs. */
  | {kind: 'sign'}
);

/** `second`: the signature of a second person, beside that of `of`. */
export type SignOffView = {
  fields: readonly SignOffField[];
  /** Index of the field that the keys act on. */
  at: number;
  /** The option taken in each list, by field. */
  taken: Readonly<Record<string, string>>;
  editors: Readonly<Record<string, Editor>>;
  of?: string;
  problem?: string;
};

export const STATUS = 'status';
export const ISSUES = 'issues';
export const NOTES = 'notes';
export const NAME = 'name';
const SIGN: SignOffField = {id: 'sign', label: 'Sign', kind: 'sign'};
/** A document that asks for more is filled in step by step. */
const BLANKS_MAX = 6;

/** `name`: who sits at the console. */
export function signOffView(form: SignOffForm, name: string): SignOffView {
  const {status, choices, blanks} = form;
  const lists = [{...status, id: STATUS}, ...choices];
  const fields: SignOffField[] = [
    ...lists.map(({id, title, options}) => ({id, label: title, kind: 'list' as const, options})),
    {id: ISSUES, label: 'Issues in words', kind: 'text'},
    {id: NOTES, label: 'Notes', kind: 'text'},
    ...blanks.slice(0, BLANKS_MAX).map(({id, label}) => ({id, label, kind: 'text' as const})),
    {id: NAME, label: 'Signed off by', kind: 'text', needed: true},
    SIGN,
  ];
  const known = lists.flatMap(list => (list.known === undefined ? [] : [[list.id, list.known] as const]));
  return {fields, at: 0, taken: Object.fromEntries(known), editors: {[NAME]: proposed(name)}};
}

export function countersignView(of: string, name: string): SignOffView {
  const fields: SignOffField[] = [
    {id: NAME, label: 'Second signature', kind: 'text', needed: true},
    {id: NOTES, label: 'Note', kind: 'text'},
    SIGN,
  ];
  return {fields, at: 0, taken: {}, editors: {[NAME]: proposed(name)}, of};
}

export function fieldOf({fields, at}: SignOffView): SignOffField {
  return fields[at] ?? SIGN;
}

/** The line that is being typed; undefined where the keys pick an option or sign. */
export function editorIn(view: SignOffView): Editor | undefined {
  const field = fieldOf(view);
  return field.kind === 'text' ? (view.editors[field.id] ?? editorOf('')) : undefined;
}

export function textIn({editors}: SignOffView, id: string): string {
  return editors[id]?.text.trim() ?? '';
}

export function typedIn(view: SignOffView, key: EditorKey): SignOffView {
  const editor = editorIn(view);
  if (editor === undefined) return view;
  return withoutProblem({...view, editors: {...view.editors, [fieldOf(view).id]: editText(editor, key)}});
}

export function movedBy(view: SignOffView, by: number): SignOffView {
  const last = view.fields.length - 1;
  return withoutProblem({...view, at: Math.max(0, Math.min(last, view.at + by))});
}

/** The next option of the list, or the one of that number. */
export function pickedBy(view: SignOffView, pick: {by: number} | {index: number}): SignOffView {
  const field = fieldOf(view);
  if (field.kind !== 'list') return view;
  const {options} = field;
  const now = options.findIndex(({id}) => id === view.taken[field.id]);
  const from = now < 0 && 'by' in pick && pick.by < 0 ? 0 : now;
  const next = 'index' in pick ? pick.index : (from + pick.by + options.length) % options.length;
  const option = options[next];
  return option === undefined ? view : withoutProblem({...view, taken: {...view.taken, [field.id]: option.id}});
}

/** What still has to be answered before it can be signed; undefined when nothing has. */
export function lackOf(view: SignOffView): {at: number; problem: string} | undefined {
  const at = view.fields.findIndex(field => {
    if (field.kind === 'list') return field.id === STATUS && view.taken[field.id] === undefined;
    return field.kind === 'text' && field.needed === true && textIn(view, field.id) === '';
  });
  const field = view.fields[at];
  if (field === undefined) return undefined;
  return {at, problem: field.kind === 'list' ? `choose the ${field.label.toLowerCase()}` : 'a signature needs a name'};
}

function withoutProblem({problem: _, ...view}: SignOffView): SignOffView {
  return view;
}
