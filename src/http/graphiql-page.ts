/**
 * What the GraphiQL page may load: this server's files and nothing else. Monaco, its editor, writes style
 * elements and attributes of its own and keeps cursors and fonts in data: addresses. `'self'` in connect-src
 * covers the WebSocket of the same host too.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The HTML that stands in for a page whose files were not built. */
export function notBuiltPage(title: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="color-scheme" content="light dark" />
  <title>Okulo · ${title}</title>
  <p>This page was not built. Run <code>npm run build</code> and load it again; the API itself works without it.</p>
</html>
`;
}
