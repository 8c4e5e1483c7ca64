import { chromium, type Browser } from 'playwright-core';
import { inject } from 'vitest';

/**
 * Starts a headless Chromium that says nothing to the network of its own accord; the caller closes it.
 * @param more arguments beside the usual ones
 * @throws Error where there is none: `inject('chromium')` tells
 */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = inject('chromium');
  if (executablePath === null) return Promise.reject(new Error('There is no Chromium here'));
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      // Chromium's sandbox refuses to run as root, which is what containers run tests as.
      ...(isRoot ? ['--no-sandbox'] : []),
      ...more,
    ],
  });
}
