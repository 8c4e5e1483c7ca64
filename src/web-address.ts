/** How browsers and proxies name a server: the origin of a page, and the host that a request asks for. */

// No path, no user, no list: the header of a browser holds nothing else.
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/\\?#@*,]+$/i;
const AUTHORITY = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d*)?$/i;

/**
 * An origin in the form that browsers send, `scheme://host[:port]` in lower case and without the scheme's own port.
 * @returns undefined for what is no origin, like `null`
 */
export function originOf(text: string): string | undefined {
  const lower = text.toLowerCase();
  if (!ORIGIN.test(lower) || !URL.canParse(lower)) return undefined;
  // Not its `origin`, which is `null` for the schemes of applications, like `capacitor://localhost`.
  const { protocol, host } = new URL(lower);
  return `${protocol}//${host}`;
}

/**
 * The name or address literal of an authority, `host[:port]` as in the Host header: in lower case, without a final
 * dot, IPv6 in brackets.
 * @returns undefined for what is no authority, or has a user in front
 */
export function hostnameOf(authority: string): string | undefined {
  const address = `http://${authority}`;
  if (!AUTHORITY.test(authority) || !URL.canParse(address)) return undefined;
  const name = new URL(address).hostname.replace(/\.$/, '');
  return name.split('.').includes('') ? undefined : name;
}
