/** Leaves out the fields of an object that have no value. */

/** The same object without the fields that are `undefined`. */
export function compact<const Fields extends object>(fields: Fields): Compact<Fields> {
  const kept: Record<string, unknown> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept as Compact<Fields>;
}

type Compact<Fields> = Flat<
  {[Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name]} & {
    [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>;
  }
>;
type Flat<Fields> = {[Name in keyof Fields]: Fields[Name]};
