/** What tests run inside of the page, whose names are strangers to this side. */
import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';

/** Pastes a file, as the browser does when a person presses the keys for it. */
export async function paste(page: Page, bytes: Uint8Array, name: string): Promise<void> {
  await page.evaluate(`{
    const data = new DataTransfer();
    const content = Uint8Array.from(atob('${Buffer.from(bytes).toString('base64')}'), (letter) => letter.charCodeAt(0));
    data.items.add(new File([content], '${name}', { type: 'image/png' }));
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }`);
}

/** The members of the page's elements that are asked for here. */
interface PageCanvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}
interface PageElement {
  readonly ownerDocument: {
    readonly defaultView: {
      getComputedStyle(element: PageElement): { getPropertyValue(name: string): string };
    };
  };
}

/** The share of a canvas that is painted, 0..1. */
export function paintedShare(canvas: Locator): Promise<number> {
  return canvas.evaluate((element: PageCanvas) => {
    const { width, height } = element;
    const { data } = element.getContext('2d').getImageData(0, 0, width, height);
    return data.filter((value, at) => at % 4 === 3 && value === 255).length / (width * height);
  });
}

/** A property of an element as it is shown. */
export function styleOf(element: Locator, property: string): Promise<string> {
  return element.evaluate(
    (shown: PageElement, name) =>
      shown.ownerDocument.defaultView.getComputedStyle(shown).getPropertyValue(name),
    property,
  );
}

export async function clipboardText(page: Page): Promise<string> {
  return z
    .string()
    .parse(await page.evaluate('(globalThis.keptClipboard ?? navigator.clipboard).readText()'));
}

/** Takes the clipboard API away from the page, as a browser does at an address that is not secure. */
export async function hideClipboard(page: Page): Promise<void> {
  await page.evaluate(`{
    globalThis.keptClipboard = navigator.clipboard;
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  }`);
}

/** What stands in the element that has the focus. */
export async function focusedText(page: Page): Promise<string> {
  return z.string().parse(await page.evaluate("document.activeElement?.textContent?.trim() ?? ''"));
}
