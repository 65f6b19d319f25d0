/** Objects by their fields: leaves out those without a value, and tells whether a value has any. */

/** The same object without the fields that are `undefined`. */
export function compact<const Fields extends object>(fields: Fields): Compact<Fields> {
  const kept: Record<string, unknown> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept as Compact<Fields>;
}

/** Whether it has fields by name, as an object of JSON or YAML has. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Compact<Fields> = Flat<
  {[Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name]} & {
    [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>;
  }
>;
type Flat<Fields> = {[Name in keyof Fields]: Fields[Name]};
