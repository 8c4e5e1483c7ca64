/**
 * What a page of the service may load: this server's files, and pictures from where results lie. `'self'` in
 * connect-src covers the WebSocket of the same host too.
 * @param images the origin that results are shown from
 */
export function pagePolicy(images: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Monaco, the editor of GraphiQL, writes style elements and attributes of its own.
    "style-src 'self' 'unsafe-inline'",
    // It keeps cursors and fonts in data: addresses; a picture that was just chosen has a blob: address.
    `img-src 'self' data: blob: ${images}`,
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
