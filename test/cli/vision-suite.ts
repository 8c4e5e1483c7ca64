import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { picture } from '../kit/service-pictures.js';
import { okulo } from './run-okulo.js';

/** Where the commands do their work. */
export interface CommandTarget {
  /** `--local`, or `--server` and an address. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const size = z.object({ width: z.number(), height: z.number() });
const common = { file: z.string(), files: z.array(z.string()), model: z.object({ id: z.string() }) };
const classified = z.object({
  ...common,
  labels: z.array(z.object({ name: z.string(), score: z.number() })),
  image: size,
});
const segmented = z.object({
  ...common,
  areas: z.array(z.object({ class: z.string(), fraction: z.number() })),
});
const detected = z.strictObject({
  ...common,
  objects: z.array(z.looseObject({ label: z.string(), score: z.number() })),
  image: size,
  timing: z.object({ total: z.number() }),
});
const analyzed = z.looseObject({
  file: z.string(),
  files: z.array(z.string()),
  classification: z.looseObject({ labels: z.array(z.unknown()) }),
  road: z.strictObject({ areas: z.array(z.unknown()), model: z.object({ id: z.string() }) }),
  detection: z.strictObject({ objects: z.array(z.unknown()), model: z.object({ id: z.string() }) }),
});
const superResolved = z.looseObject({
  ...common,
  id: z.string(),
  status: z.literal('COMPLETED'),
  result: z.looseObject({ width: z.number(), height: z.number() }),
});
const failed = z.strictObject({
  file: z.string(),
  error: z.strictObject({ code: z.string(), message: z.string() }),
});

/** What every service has to do for the commands, a server as well as the very process. */
export function visionSuite(name: string, target: () => CommandTarget): void {
  describe(name, () => {
    let cwd: string;
    const run = (args: readonly string[], input?: Uint8Array) => {
      const { args: more, env } = target();
      return okulo([...args, ...more], env, { cwd, ...(input && { input }) });
    };
    const written = async (folder = 'okulo-out') => (await readdir(join(cwd, folder))).sort();
    const opened = (file: string) => sharp(join(cwd, file)).metadata();

    beforeAll(async () => {
      cwd = await mkdtemp(join(tmpdir(), 'okulo-vision-'));
      const samples = {
        'orange.jpg': 'classification/orange.jpg',
        'road.jpg': 'road/street.jpg',
        'small.png': 'super-resolution/street-corner.png',
      };
      for (const [file, sample] of Object.entries(samples))
        await copyFile(resolve('images', sample), join(cwd, file));
      await mkdir(join(cwd, 'folder'));
      await writeFile(join(cwd, 'folder/small.png'), await picture({ width: 40, height: 30 }));
      await writeFile(join(cwd, 'notes.txt'), 'no picture');
    });
    beforeEach(() => rm(join(cwd, 'okulo-out'), { recursive: true, force: true }));
    afterAll(() => rm(cwd, { recursive: true, force: true }));

    test('classify tells labels in a table, and writes nothing unless a folder is named', async () => {
      const { code, stdout, stderr } = await run(['classify', 'orange.jpg', '--top', '2']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(
        /^file +label +score +model\norange\.jpg +orange +\d+\.\d % +\S+\n {12}\S.* %\n$/,
      );
      await expect(written()).rejects.toThrow('ENOENT');
      await run(['classify', 'orange.jpg', '--out', 'labels']);
      const text = await readFile(join(cwd, 'labels/orange.json'), 'utf8');
      expect(classified.parse(JSON.parse(text)).labels).toHaveLength(5);
    });

    test('segment writes a mask and an overlay', async () => {
      const { code, stdout, stderr } = await run(['segment', 'road.jpg', '--opacity', '1', '--json']);
      expect(code).toBe(0);
      const [found] = z.tuple([segmented]).parse(JSON.parse(stdout));
      expect(found.areas.find((area) => area.class === 'ROAD')?.fraction).toBeGreaterThan(0.1);
      const files = ['road.json', 'road.mask.png', 'road.overlay.jpg'];
      expect(await written()).toEqual(files);
      expect([...found.files].sort()).toEqual(files.map((file) => join('okulo-out', file)));
      expect(stderr).toBe('Written to okulo-out: road.mask.png, road.overlay.jpg, road.json\n');
      const { width, height } = await opened('road.jpg');
      expect(await opened('okulo-out/road.mask.png')).toMatchObject({ format: 'png', width, height });
      expect(await opened('okulo-out/road.overlay.jpg')).toMatchObject({ format: 'jpeg', width, height });
    });

    test('detect writes an annotated picture, and a crop of each object if asked', async () => {
      const options = ['--label', 'car', '--min-score', '0.3', '--crops', '--json'];
      const { code, stdout } = await run(['detect', 'road.jpg', ...options]);
      expect(code).toBe(0);
      const [{ objects, image, files }] = z.tuple([detected]).parse(JSON.parse(stdout));
      expect(objects.length).toBeGreaterThan(0);
      expect(new Set(objects.map(({ label }) => label))).toEqual(new Set(['car']));
      const crops = objects.map((_object, index) => `okulo-out/road.crop-${index + 1}.jpg`);
      expect(files).toEqual(['okulo-out/road.annotated.jpg', ...crops, 'okulo-out/road.json']);
      expect(await opened('okulo-out/road.annotated.jpg')).toMatchObject(image);
      for (const crop of crops) expect((await opened(crop)).format).toBe('jpeg');
    });

    test('analyze answers three questions at once', async () => {
      const { code, stdout, stderr } = await run(['analyze', 'road.jpg', '--top', '2']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^file +question +answer +model\nroad\.jpg +what is it +\S.* %, .* % +\S+\n/);
      expect(stdout).toMatch(/^ +where is the road +BACKGROUND .* %, ROAD \d+\.\d %.* +\S+$/m);
      expect(stdout).toMatch(/^ +what is where +.*car \d+\.\d %.* +\S+$/m);
      const made = ['road.mask.png', 'road.overlay.jpg', 'road.annotated.jpg', 'road.json'];
      expect(stderr).toBe(`Written to okulo-out: ${made.join(', ')}\n`);
      const { width, height } = await opened('road.jpg');
      for (const file of made.slice(0, 3))
        expect(await opened(`okulo-out/${file}`)).toMatchObject({ width, height });
      const [json] = z
        .tuple([analyzed])
        .parse(JSON.parse((await run(['analyze', 'road.jpg', '--json', '--no-out'])).stdout));
      expect(json.classification.labels).toHaveLength(3);
      expect(json.files).toEqual([]);
    });

    test('--csv tells what was found, and why there is no result', async () => {
      const names = ['orange.jpg', 'notes.txt', 'small.png'];
      const { code, stdout } = await run(['classify', ...names, '--csv', '--top', '1', '--min-score', '0.8']);
      expect(code).toBe(1);
      const [head, ...lines] = stdout.trimEnd().split('\n');
      expect(head).toBe('file,label,score,model,error');
      expect(lines[0]).toMatch(/^orange\.jpg,orange,0\.8\d+,[\w-]+,$/);
      expect(lines[1]).toMatch(/^notes\.txt,,,,"?BAD_IMAGE: /);
      expect(lines[2]).toMatch(/^small\.png,/);
      expect(lines).toHaveLength(3);
      const found = await run(['analyze', 'road.jpg', '--csv', '--no-out']);
      expect(found.stdout).toMatch(/^file,question,name,share,x,y,width,height,model\n/);
      expect(found.stdout).toMatch(/^road\.jpg,detection,car,0\.\d+,[\d.]+,[\d.]+,[\d.]+,[\d.]+,\S+$/m);
    });

    test('super-resolve writes the result of its job in the format that is asked for', async () => {
      const { code, stdout, stderr } = await run([
        'super-resolve',
        'small.png',
        '--format',
        'webp',
        '--json',
      ]);
      expect(code).toBe(0);
      const [{ id, result }] = z.tuple([superResolved]).parse(JSON.parse(stdout));
      expect(stderr).toMatch(`small.png: is job ${id}, 640x480 pixels\n`);
      expect(result).not.toHaveProperty('url');
      const made = await opened('okulo-out/small.x4.webp');
      expect(made).toMatchObject({ format: 'webp', width: 640, height: 480 });
    });

    test('a picture without a result has a line of its own and does not hold up the others', async () => {
      const names = ['orange.jpg', 'notes.txt', 'folder', 'none.jpg', 'small.png'];
      const { code, stdout } = await run(['detect', ...names, '--json']);
      expect(code).toBe(1);
      const outcomes = z.array(z.union([failed, detected])).parse(JSON.parse(stdout));
      expect(outcomes.map(({ file }) => file)).toEqual(names);
      const codes = outcomes.map((outcome) => ('error' in outcome ? outcome.error.code : null));
      expect(codes).toEqual([null, 'BAD_IMAGE', 'FILE_NOT_READ', 'FILE_NOT_READ', null]);
      expect(await written()).not.toContain('notes.json');
      const table = await run(['classify', ...names, '--top', '1']);
      expect(table.code).toBe(1);
      expect(table.stdout.split('\n').map((line) => line.split(' ', 1)[0])).toEqual(['file', ...names, '']);
      expect(table.stdout).toMatch(/^none\.jpg +FILE_NOT_READ: There is no such file\.$/m);
      expect(table.stdout).toMatch(/^notes\.txt +BAD_IMAGE: The image cannot be read/m);
    });

    test('pictures of the same name have results of different names', async () => {
      await run(['detect', 'small.png', 'folder/small.png', '--out', 'both']);
      const files = ['small-2.annotated.jpg', 'small-2.json', 'small.annotated.jpg', 'small.json'];
      expect(await written('both')).toEqual(files);
      expect(await opened('both/small.annotated.jpg')).toMatchObject({ width: 160 });
      expect(await opened('both/small-2.annotated.jpg')).toMatchObject({ width: 40 });
    });

    test('inputs are not written over, and no half-written file is left', async () => {
      await copyFile(join(cwd, 'small.png'), join(cwd, 'folder/road.annotated.jpg'));
      const before = await readFile(join(cwd, 'folder/road.annotated.jpg'));
      await run(['detect', 'road.jpg', 'folder/road.annotated.jpg', '--out', 'folder']);
      expect(before.equals(await readFile(join(cwd, 'folder/road.annotated.jpg')))).toBe(true);
      const files = await written('folder');
      expect(files).toEqual(expect.arrayContaining(['road-2.annotated.jpg', 'road.annotated.annotated.jpg']));
      expect(files.filter((file) => file.endsWith('.part'))).toEqual([]);
    });

    test('standard input and patterns are inputs too, and --no-out writes nothing', async () => {
      const args = ['segment', '*.png', '-', '--no-out', '--json', '--concurrency', '1'];
      const { code, stdout, stderr } = await run(args, await readFile(join(cwd, 'orange.jpg')));
      expect([code, stderr]).toEqual([0, '']);
      const outcomes = z.array(segmented).parse(JSON.parse(stdout));
      expect(outcomes.map(({ file, files }) => [file, files])).toEqual([
        ['small.png', []],
        ['-', []],
      ]);
      await expect(written()).rejects.toThrow('ENOENT');
    });

    test('an address that the service may not ask is a fault of that picture', async () => {
      const { code, stdout } = await run(['classify', 'http://127.0.0.1:1/a.jpg', '--json']);
      expect(code).toBe(1);
      const [{ error }] = z.tuple([failed]).parse(JSON.parse(stdout));
      expect(error.code).toBe('URL_FORBIDDEN');
    });

    test('an argument that the model does not know is told as the service tells it', async () => {
      const { code, stdout } = await run(['detect', 'road.jpg', '--label', 'unicorn']);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^road\.jpg +BAD_USER_INPUT: Model \S+ knows no label 'unicorn'\. It knows: /m);
    });

    test('a model that there is not, or that cannot be had, is one sentence', async () => {
      const none = await run(['classify', 'orange.jpg', '--model', 'none']);
      expect(none).toMatchObject({ code: 2, stdout: '' });
      expect(none.stderr).toMatch(
        /^There is no model 'none' for this\. There are: .*builtin-classifier\.\n$/,
      );
      const absent = await run(['classify', 'orange.jpg', '--model', 'mobilenet-v3-small']);
      expect(absent).toMatchObject({ code: 1, stdout: '' });
      expect(absent.stderr).toMatch(/^The model mobilenet-v3-small cannot be used: .*\n$/);
    });
  });
}
