/** Looks for the name of a host in a text, as a whole name: "web1" is in "deploy@web1.example", and not in "web10". */

/** Both in the same case. */
export function isNameIn(name: string, text: string): boolean {
  if (name === '') return false;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!PART.test(text[at - 1] ?? '') && !PART.test(text[at + name.length] ?? '')) return true;
  }
  return false;
}

const PART = /[\w-]/;
