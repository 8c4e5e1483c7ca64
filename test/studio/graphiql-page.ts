import { basename } from 'node:path';
import { type Browser, type Page } from 'playwright-core';

/** GraphiQL in a browser, by what a person does with it. */
export class GraphiqlPage {
  /** Errors of the console (those of the content security policy too), and exceptions nobody caught. */
  readonly complaints: string[] = [];
  /** Hosts that were asked for anything, WebSockets included. */
  readonly hosts = new Set<string>();

  private constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => this.note(request.url()));
    page.on('websocket', (socket) => this.note(socket.url()));
  }

  static async open(browser: Browser, address: string): Promise<GraphiqlPage> {
    const graphiql = new GraphiqlPage(await browser.newPage({ viewport: { width: 1280, height: 800 } }));
    await graphiql.page.goto(`${address}/graphql`);
    await graphiql.page.locator('.graphiql-editor .monaco-editor').first().waitFor();
    return graphiql;
  }

  tabTitles(): Promise<string[]> {
    return this.page.locator('button.graphiql-tab-button').allInnerTexts();
  }

  /** Opens a tab of its own with this operation in it, and waits until GraphiQL has taken notice of its name. */
  async newTab(name: string, operation: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New tab' }).click();
    await this.type('.graphiql-query-editor', operation);
    await this.page.locator('.graphiql-tab-active').getByText(name, { exact: true }).waitFor();
  }

  /** Brings the tab of an example to the front. */
  async openTab(title: string): Promise<void> {
    const tab = this.page.locator('button.graphiql-tab-button').getByText(title, { exact: true });
    await tab.click();
    await this.page.locator('.graphiql-tab-active').getByText(title, { exact: true }).waitFor();
  }

  /** Adds a file to those that variables can name. */
  async chooseFile(path: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Show Files' }).click();
    await this.page.getByLabel('Choose files').setInputFiles(path);
    await this.page.getByText(`@${basename(path)}`, { exact: true }).waitFor();
  }

  /** @param variables what the variable editor of this tab shall hold, as JSON */
  async setVariables(variables: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Variables', exact: true }).click();
    await this.type('.graphiql-editor-tool .graphiql-editor:not(.hidden)', variables);
  }

  /** @param headers what the header editor of this tab shall hold, as JSON */
  async setHeaders(headers: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Headers', exact: true }).click();
    await this.type('.graphiql-editor-tool .graphiql-editor:not(.hidden)', headers);
  }

  async run(): Promise<void> {
    await this.page.getByRole('button', { name: /^Execute query/ }).click();
  }

  /** What stands in the response pane: as many lines as fit. */
  response(): Promise<string> {
    return this.textOf('.graphiql-response .view-lines');
  }

  /** What stands in the variables editor, `''` while it is closed. */
  async variables(): Promise<string> {
    const editor = '.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines';
    return (await this.page.locator(editor).isVisible()) ? this.textOf(editor) : '';
  }

  private async textOf(editor: string): Promise<string> {
    // The editor shows a space as one that does not break.
    return (await this.page.locator(editor).innerText()).replaceAll('\u00a0', ' ');
  }

  private async type(editor: string, text: string): Promise<void> {
    await this.page.locator(`${editor} .monaco-editor .view-lines`).first().click();
    // Inserted whole: typed key by key, the editor would close each bracket a second time.
    await this.page.keyboard.insertText(text);
  }

  private note(address: string): void {
    const { protocol, host } = new URL(address);
    if (protocol !== 'data:' && protocol !== 'blob:') this.hosts.add(host);
  }
}
