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
