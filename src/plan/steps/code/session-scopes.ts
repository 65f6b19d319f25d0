/** Ends a login where its section ends, or asks whether it goes on: in the sections beside it, and in a new outermost one. */

import {isNameIn} from '../../../text/name-in.ts';
import type {Context} from '../../script.ts';
import {areOneEnvironment} from '../../words/variant-titles.ts';
import {LOCAL, type SectionAround, type Where} from './where.ts';

/** `isOnHost`: the commands of the outermost section are for the one host to which the document logged in. */
type Entered = {section: SectionAround; top: string; isOnHost: boolean};

/** Enters a section. A login holds for its own section and for those in it. */
export function enteringSection(given: Where, {section, top, isOnHost}: Entered): Where {
  const isOne = isOneEnvironment(given, section);
  const where = {...inTopSection(given, top, isOnHost && isOne), section};
  const {login, entered, lastLogin} = where;
  if (where.top !== given.top && isOnHost && !isOne) return {...where, unleft: unleftAt(entered, lastLogin)};
  const [own = ''] = entered?.section.ids ?? [];
  if (login?.place.kind !== 'host' || entered === undefined || section.ids.includes(own)) return where;
  const isNext = areParts(entered.section, section);
  if (isNext && isOnlyHost(login.place.destination, where)) return where;
  const unleft = {line: entered.line, destination: login.place.destination, isNext};
  const isWayBack = section.role === 'rollback' && entered.section.role !== 'rollback';
  if (isOne && !isWayBack) return {...where, unleft};
  return {...where, lastLogin: login, login: undefined, unleft};
}

function unleftAt(entered: Where['entered'], login: Context | undefined): Where['unleft'] {
  if (entered === undefined || login?.place.kind !== 'host') return undefined;
  return {line: entered.line, destination: login.place.destination};
}

function isOnlyHost(destination: string, {names, destinations}: Where): boolean {
  const own = destination.toLowerCase();
  return destinations.length === 1 && [...names].every(name => isNameIn(name, own));
}

function inTopSection(where: Where, top: string, isOnHost: boolean): Where {
  if (where.top === top) return where;
  const lastLogin = where.login ?? where.lastLogin;
  const loginBefore = isOnHost && where.destinations.length === 1 ? lastLogin : undefined;
  // Only this machine's context and that of the last login can continue in another section.
  const isLeft = ([id]: readonly [string, unknown]) => id === LOCAL.id || id === lastLogin?.id;
  const directories = new Map([...where.directories].filter(isLeft));
  const values = new Map([...where.values].filter(isLeft));
  return {...where, top, lastLogin, login: undefined, loginBefore, unleft: undefined, directories, values};
}

/** "Staging" and "Production" are two; a rollback without either word is in none of them. */
function isOneEnvironment({entered}: Where, {titles}: SectionAround): boolean {
  return entered === undefined || areOneEnvironment(entered.section.titles, titles);
}

/** "### 2. Migrate" behind "### 1. Log in" is the next part of one course; so is what lies in them. */
function areParts(one: SectionAround, other: SectionAround): boolean {
  return isPart(one, other.ids) && isPart(other, one.ids);
}

/** `others`: of another section. The title below the first section that is around both has a number. */
function isPart({ids, titles}: SectionAround, others: readonly string[]): boolean {
  const shared = ids.findIndex(id => others.includes(id));
  return shared > 0 && COUNTED.test(titles[shared - 1] ?? '');
}

const COUNTED = /^\W*(?:\p{L}+\s+)?\d+(?:\.\d+)*(?![\p{L}\d-])/u;
