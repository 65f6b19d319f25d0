/** What a command leaves in place that shows which version it is. */
import {simpleCommands} from '../words.ts';

/** `git checkout TAG -- app` brings files, and leaves HEAD where it is. */
export function movesHead(command: string): boolean {
  return simpleCommands(command).some(([program, sub = '', ...rest]) => {
    if (program !== 'git' || rest.includes('--')) return false;
    if (sub === 'reset') return rest.some(word => /^--(?:hard|keep|merge)$/.test(word));
    return /^(?:checkout|switch)$/.test(sub) && rest.filter(word => !word.startsWith('-') || word === '-').length === 1;
  });
}

/** Symbolic links whose names the command says. */
export function linksMade(command: string): readonly string[] {
  return simpleCommands(command).flatMap(words => {
    if (words[0] !== 'ln' || !words.some(word => /^-\w*s/.test(word))) return [];
    const [, link, ...more] = words.slice(1).filter(word => !word.startsWith('-'));
    return link === undefined || more.length > 0 || /\/$|[$`]/.test(link) ? [] : [link];
  });
}

/** A request that fails when the answer is an error, or whose answer is searched: `curl -f URL`, `curl URL | grep ok`. */
export function looksOnly(command: string): boolean {
  const all = simpleCommands(command);
  const isAsking = ([program = '', ...words]: readonly string[]) =>
    /^(?:curl|wget)$/.test(program) && !words.some(word => SENDS.test(word));
  const isSearch = ([program = '', ...words]: readonly string[]) =>
    /^e?grep$/.test(program) || (program === 'jq' && words.some(word => /^-\w*e|^--exit-status$/.test(word)));
  const fails = all.some(
    ([program, ...words]) => program === 'wget' || words.some(word => /^-\w*f|^--fail/.test(word)),
  );
  return all.some(isAsking) && all.every(words => isAsking(words) || isSearch(words)) && (fails || all.some(isSearch));
}

const SENDS = /^(?:-\w*[dFT]|--data.*|--form.*|--json|--upload-file|--post-.*|-X.*|--request.*|--method.*)$/;
