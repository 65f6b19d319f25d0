/** What a stand-in answers to one call. */
import {operands, withoutPrefixes, withProgramFirst} from '../../../plan/script.ts';
import {standInFor} from './all-stand-ins.ts';
import type {Answer, Call, Deed, Kept, StandInRow} from './stand-in.ts';

/** Undefined for a program that nobody knows. The target plays those that carry others itself. */
export function answerOf(call: Call): Answer | undefined {
  const words = withProgramFirst(withoutPrefixes([call.program, ...call.args]));
  const [program = ''] = words;
  // `npx some-tool`: what it starts may be known by itself, else what starts it answers.
  const standIn = standInFor(program) ?? standInFor(call.program);
  if (standIn === undefined) return undefined;
  const name = standInFor(program) === undefined ? call.program : program;
  const rest = name === program ? words.slice(1) : call.args;
  const text = rest.join(' ');
  const row = standIn.rows.find(one => one.call.test(text));
  if (row === undefined) return {output: '', exit: 0, takesMs: 100, kept: call.kept, deeds: []};
  return answered(call, name, rest, row);
}

function answered(call: Call, name: string, rest: readonly string[], row: StandInRow): Answer {
  const text = rest.join(' ');
  const matched = row.call.exec(text)?.[0] ?? '';
  const behind = text.slice(matched.length + (row.call.exec(text)?.index ?? 0)).trim();
  const fill = (template: string, kept: Kept) => filled(template, {call, name, rest, behind, kept});
  let kept = call.kept;
  const deeds: Answer['deeds'][number][] = [];
  for (const deed of row.does ?? []) {
    if (deed.kind === 'keep' || deed.kind === 'back' || deed.kind === 'drop')
      kept = keptAfter(kept, `${name} ${fill(deed.key, kept)}`, deed, template => fill(template, kept));
    else if (deed.kind === 'serve') deeds.push({kind: 'serve', version: versionOf(deed.version, text, call.versions)});
    else deeds.push(filledDeed(deed, template => fill(template, kept)));
  }
  return {output: fill(row.says ?? '', kept), exit: row.exit ?? 0, takesMs: row.takesMs, kept, deeds};
}

function keptAfter(
  kept: Kept,
  key: string,
  deed: Extract<Deed, {kind: 'keep' | 'back' | 'drop'}>,
  fill: (template: string) => string,
): Kept {
  const known = kept[key] ?? [];
  if (deed.kind === 'keep') return {...kept, [key]: [...known, fill(deed.value)]};
  const left = deed.kind === 'back' ? known.slice(0, -1) : [];
  const {[key]: _, ...others} = kept;
  return left.length === 0 ? others : {...others, [key]: left};
}

type Named = Exclude<Deed, {kind: 'keep' | 'back' | 'drop' | 'serve'}>;

function filledDeed(deed: Named, fill: (template: string) => string): Named {
  if (deed.kind === 'unit') return {...deed, name: fill(deed.name).replace(/\.service$/, '')};
  const path = fill(deed.path);
  if (deed.kind === 'require') return {...deed, path, missing: fill(deed.missing)};
  return deed.kind === 'file' && deed.text !== undefined ? {...deed, path, text: fill(deed.text)} : {...deed, path};
}

function versionOf(
  wanted: Extract<Deed, {kind: 'serve'}>['version'],
  text: string,
  versions: Call['versions'],
): 'old' | 'new' | 'here' {
  if (wanted !== 'words') return wanted;
  const bareOf = (version: string) => version.replace(/^v/, '');
  if (text.includes(bareOf(versions.new))) return 'new';
  if (text.includes(bareOf(versions.old)) || /prev|old|rollback|backup|stable/i.test(text)) return 'old';
  return /:latest|:new/.test(text) ? 'new' : 'here';
}

type Filling = {call: Call; name: string; rest: readonly string[]; behind: string; kept: Kept};

function filled(template: string, {call, name, rest, behind, kept}: Filling): string {
  const words = behind === '' ? [] : behind.split(' ');
  const plain = operands(['', ...words]);
  const inner = template.replaceAll(/\{((?:\d|--?[\w-]+)(?:\|[^{}]*)?|\*|version|new|old)\}/g, (_, key: string) => {
    if (key === '*') return behind;
    if (key === 'version') return call.versions[call.serving];
    if (key === 'new' || key === 'old') return call.versions[key];
    const [option = '', fallback = ''] = key.split('|');
    if (/^\d$/.test(option)) return plain[Number(option) - 1] ?? fallback;
    return optionValue(rest, option) ?? fallback;
  });
  return inner.replaceAll(/\{=([^{}|]*)(?:\|([^{}]*))?\}/g, (_, key: string, fallback = '') => {
    const values = kept[`${name} ${key}`] ?? [];
    return values.at(-1) ?? String(fallback);
  });
}

function optionValue(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option);
  return at === -1 ? words.find(word => word.startsWith(`${option}=`))?.slice(option.length + 1) : words[at + 1];
}
