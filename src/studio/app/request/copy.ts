/**
 * Puts text on the clipboard. A page that came over plain http from another machine has no clipboard API; there
 * the old way, by a selection, still works.
 * @returns whether it could be done
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // There is none, or it is not allowed here.
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'out-of-sight';
  document.body.append(area);
  area.select();
  // Out of date, and without an heir where there is no clipboard API.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
