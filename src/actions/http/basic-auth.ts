/** The name and password of an address, as a server is given them. */

/** A request must not carry them in its URL. */
export function basicAuth({username, password}: URL): {authorization?: string} {
  if (username === '' && password === '') return {};
  const credentials = `${decoded(username)}:${decoded(password)}`;
  return {authorization: `Basic ${Buffer.from(credentials).toString('base64')}`};
}

/** A percent sign that nobody has escaped stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
