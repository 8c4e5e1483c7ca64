/** What can be done with an answer: exported, and in detection, filtered and pointed at. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { seriousFindings } from './accessibility.js';
import { clipboardText } from './in-page.js';
import { street, things } from './pictures.js';
import { PHONE, Studio, type StudioOptions } from './studio.js';
import { eventually, studioSuite } from './suite.js';

studioSuite('Studio: answers to take along', (stage) => {
  const open = (options: StudioOptions = {}, hash = ''): Promise<Studio> =>
    Studio.open(stage().browser, `${stage().service.url}/${hash}`, options);
  /** The file that a button saves. */
  const saved = async (studio: Studio, button: string): Promise<{ name: string; bytes: Buffer }> => {
    const download = studio.page.waitForEvent('download');
    await studio.button(button).click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };

  it('copies and saves an answer as JSON', async () => {
    const studio = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await studio.choose(street());
    await eventually(() => studio.classes.count()).toBe(5);
    await studio.panel.getByRole('button', { name: /^Copy JSON/ }).click();
    await studio.panel.getByRole('button', { name: /^Copied/ }).waitFor();
    const copied: unknown = JSON.parse(await clipboardText(studio.page));
    expect(copied).toMatchObject({ model: { id: 'builtin-classifier' }, labels: { length: 5 } });
    const { name, bytes } = await saved(studio, 'Save JSON');
    expect(name).toBe('street.json');
    expect(JSON.parse(bytes.toString())).toEqual(copied);
  });

  it('saves the road: its mask as it came, and the picture painted as strongly as it is shown', async () => {
    const studio = await open({ viewport: PHONE, colorScheme: 'dark' }, '#road');
    await studio.choose(street());
    await studio.panel.locator('canvas').first().waitFor();
    const mask = await saved(studio, 'Save mask');
    expect(mask.name).toBe('street.mask.png');
    const { channels } = await sharp(mask.bytes).stats();
    expect(channels[0]?.max).toBe(1);
    const painted = await saved(studio, 'Save painted picture');
    expect(painted.name).toBe('street.road.jpg');
    expect(await sharp(painted.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 960, height: 540 });
    expect(await seriousFindings(studio.page)).toEqual([]);
  });

  it('says why a picture could not be made', async () => {
    const studio = await open({ allow: /ERR_FAILED/ }, '#road');
    await studio.choose(street());
    await studio.panel.locator('canvas').first().waitFor();
    await studio.page.route('**/graphql', (route) => route.abort());
    await studio.button('Save painted picture').click();
    await studio.problem.getByText('The service cannot be reached').waitFor();
  });

  it('saves the boxes that are shown', async () => {
    const studio = await open({}, '#detect');
    await studio.choose(things());
    await studio.panel.getByText('2 × car').waitFor();
    const { name, bytes } = await saved(studio, 'Save with boxes');
    expect(name).toBe('car-park.objects.jpg');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 960, height: 640 });
    const json = await saved(studio, 'Save JSON');
    expect(JSON.parse(json.bytes.toString())).toMatchObject({ objects: { length: 2 } });
  });

  it('lights a row and its box together, by pointer and by keyboard', async () => {
    const studio = await open({}, '#detect');
    const { panel } = studio;
    await studio.choose(things());
    const rows = panel.getByRole('listbox', { name: 'Objects' }).getByRole('option');
    const boxes = panel.getByRole('group', { name: 'Objects in the picture' }).getByRole('button');
    await rows.nth(1).hover();
    await eventually(() => panel.locator('.box.lit').textContent()).toBe('car 65 %');
    await boxes.filter({ hasText: '67 %' }).hover();
    await eventually(() => panel.locator('.object.lit').textContent()).toContain('67 %');
    await boxes.filter({ hasText: '65 %' }).focus();
    await eventually(() => panel.locator('.object.lit').textContent()).toContain('65 %');
  });

  it('shows the objects of one class alone', async () => {
    const studio = await open({}, '#detect');
    await studio.choose(street());
    const rows = studio.panel.getByRole('listbox', { name: 'Objects' }).getByRole('option');
    await rows.first().waitFor();
    // Everything that the model is at all sure of: several classes.
    await studio.panel.getByRole('slider').fill('0.1');
    const chips = studio.panel.getByRole('toolbar', { name: 'Show only' }).getByRole('button');
    await chips.filter({ hasText: 'person' }).first().click();
    await eventually(async () =>
      (await rows.allTextContents()).every((text) => text.startsWith('person')),
    ).toBe(true);
    expect(await rows.count()).toBeGreaterThan(0);
    expect(await seriousFindings(studio.page)).toEqual([]);
    await chips.filter({ hasText: 'person' }).first().click();
    await eventually(() => rows.filter({ hasText: 'car' }).count()).toBeGreaterThan(0);
  });
});
