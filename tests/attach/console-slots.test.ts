import {expect, test} from 'vitest';
import {createConsoleSlots, type Guest} from '../../src/attach/console-slots.ts';

type Visitor = Guest & {name: string; refused?: string; silent: boolean; driving: boolean};

const OWN = {user: 'ana', uid: process.getuid?.() ?? 0};
const MEMBER = {user: 'bo', uid: 54_001};

function hall() {
  const slots = createConsoleSlots<Visitor>();
  const visitors: Visitor[] = [];
  const knock = (name: string, silent = true): Visitor => {
    const visitor: Visitor = {
      name,
      silent,
      driving: false,
      isSilent: () => visitor.silent,
      drives: () => visitor.driving,
      refuse(reason) {
        visitor.refused = reason;
        slots.leave(visitor);
      },
    };
    visitors.push(visitor);
    slots.wait(visitor);
    return visitor;
  };
  const enter = (name: string, account: typeof OWN): Visitor => {
    const visitor = knock(name, false);
    const refusal = visitor.refused ?? slots.comeIn(visitor, account);
    if (refusal !== undefined) visitor.refuse(refusal);
    return visitor;
  };
  const inside = () => [...slots.inside()].map(({name}) => name);
  return {slots, visitors, knock, enter, inside};
}

test('members of the group never take the last place, whatever is free', () => {
  const {enter, inside} = hall();
  const members = Array.from({length: 40}, (_, index) => enter(`member ${index}`, MEMBER));
  expect(inside()).toHaveLength(31);
  expect(members.at(-1)?.refused).toMatch(/^31 consoles are attached; the last place is kept for \w+, who runs this$/);
  expect(enter('owner', OWN).refused).toBeUndefined();
});

test('the owner comes in again and again, and the console that drives stays', () => {
  const {enter, inside} = hall();
  for (let count = 0; count < 31; count += 1) enter(`member ${count}`, MEMBER);
  const driver = enter('driver', OWN);
  driver.driving = true;
  for (let count = 0; count < 50; count += 1) expect(enter(`owner ${count}`, OWN).refused).toBeUndefined();
  expect(driver.refused).toBeUndefined();
  expect(inside()).toHaveLength(32);
  expect(inside()).toContain('driver');
  expect(inside()).toContain('owner 49');
  // Only one of the group had to go: after that it was always an older console of the owner.
  expect(inside().filter(name => name.startsWith('member'))).toHaveLength(30);
});

test('a console that proved nothing is presumed to be the owner’s, as the socket is closed to all others', () => {
  const {enter} = hall();
  for (let count = 0; count < 40; count += 1)
    expect(enter(`${count}`, {user: 'ana'} as typeof OWN).refused).toBeUndefined();
});

test('of those who wait the silent ones go first, whoever came first', () => {
  const {knock, visitors} = hall();
  const greeted = knock('greeted', false);
  for (let count = 0; count < 1000; count += 1) knock(`${count}`);
  expect(greeted.refused).toBeUndefined();
  expect(visitors.filter(({refused}) => refused === undefined)).toHaveLength(64);
});

test('among those who all greeted, the one that waits the longest goes', () => {
  const {knock} = hall();
  const [first] = Array.from({length: 65}, (_, index) => knock(`${index}`, false));
  expect(first?.refused).toBe('64 connections wait to be let in, which is the most');
});
