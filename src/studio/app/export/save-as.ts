/** Saves a file where the browser puts downloads. */
export function saveAs(content: Blob | string, name: string): void {
  const url = typeof content === 'string' ? content : URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  if (typeof content !== 'string') setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
