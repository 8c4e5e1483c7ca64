import { onTestFinished } from 'vitest';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { File } from '../../kit/graphql-client.js';

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 375, height: 812 };

export interface StudioOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  /** Complaints of the browser that belong to what is tested. */
  readonly allow?: RegExp;
  /** The hosts that may be asked beside the page's own. */
  readonly hosts?: readonly string[];
  /** Whether it has a touch screen. */
  readonly hasTouch?: boolean;
  readonly permissions?: BrowserContextOptions['permissions'];
}

/** The page in a browser, by what a person does with it. */
export class Studio {
  private constructor(readonly page: Page) {}

  /**
   * Opens the page for the running test, and closes it after the test: which fails for anything that the browser
   * has complained of (an error of the console, the content security policy, an exception that nobody caught), and
   * for a request to a host that is none of the service's.
   */
  static async open(browser: Browser, url: string, options: StudioOptions = {}): Promise<Studio> {
    const {
      viewport = DESKTOP,
      colorScheme = 'light',
      hasTouch = false,
      allow,
      hosts = [],
      permissions,
    } = options;
    const context = await browser.newContext({
      viewport,
      colorScheme,
      hasTouch,
      ...(permissions && { permissions }),
    });
    // Shorter than a test may take, so that a failure names what was waited for.
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    const complain = (words: string): void => {
      if (allow?.test(words) !== true) complaints.push(words);
    };
    const mayAsk = new Set([new URL(url).host, ...hosts]);
    const watch = (address: string): void => {
      const { protocol, host } = new URL(address);
      if (!['data:', 'blob:'].includes(protocol) && !mayAsk.has(host))
        complain(`Asked another host: ${address}`);
    };
    page.on('console', (message) => {
      if (message.type() === 'error') complain(message.text());
    });
    page.on('pageerror', (error) => complain(error.message));
    page.on('request', (request) => watch(request.url()));
    page.on('websocket', (socket) => watch(socket.url()));
    onTestFinished(async () => {
      await context.close();
      if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join('\n')}`);
    });
    await page.goto(url);
    await page.getByRole('tab', { name: 'Classify' }).waitFor();
    return new Studio(page);
  }

  /** Brings a view to the front. */
  async show(tab: string): Promise<void> {
    await this.page.getByRole('tab', { name: tab, exact: true }).click();
    await this.panel.waitFor();
  }

  /** The view that is in front. */
  get panel(): Locator {
    return this.page.getByRole('tabpanel').filter({ visible: true });
  }

  /** Chooses a picture from the files, by a path or by its bytes. */
  async choose(file: string | File): Promise<void> {
    const first = this.button('Choose a file');
    const another = this.panel.getByRole('button', { name: /^(Change|Choose a) picture$/ });
    await first.or(another).first().waitFor();
    const isFirst = await first.isVisible();
    if (!isFirst) await another.click();
    const chooser = this.page.waitForEvent('filechooser');
    await first.click();
    await (
      await chooser
    ).setFiles(
      typeof file === 'string'
        ? file
        : { name: file.name, mimeType: file.type, buffer: Buffer.from(file.bytes) },
    );
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true }).filter({ visible: true });
  }

  /** The classes that stand in the view. */
  get classes(): Locator {
    return this.panel.getByRole('list', { name: 'Classes' }).getByRole('listitem');
  }

  /** The jobs of the list; of one, where its id is given. */
  jobs(id?: string): Locator {
    return this.panel.locator(id === undefined ? '[data-job]' : `[data-job="${id}"]`);
  }

  get problem(): Locator {
    return this.page.getByRole('alert').filter({ visible: true });
  }
}
