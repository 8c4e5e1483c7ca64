import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { GLYPH, glyphsOf } from '../../src/imaging/glyphs.js';

const [QUESTION_MARK] = glyphsOf('?');

describe('glyphs', () => {
  it('all fit their grid', () => {
    for (const rows of glyphsOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%.,-_/'()& ?")) {
      expect(rows).toHaveLength(GLYPH.height);
      for (const bits of rows) expect(bits >> GLYPH.width).toBe(0);
    }
  });

  it('all look different', () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%.,-_/'()& ?";

    expect(new Set(glyphsOf(letters).map(String)).size).toBe(letters.length);
  });

  it('are the same for small letters as for capitals', () => {
    expect(glyphsOf('dog 7%')).toEqual(glyphsOf('DOG 7%'));
  });

  it('drop accents', () => {
    expect(glyphsOf('é')).toEqual(glyphsOf('E'));
  });

  it('stand one for each character, with a question mark for what is unknown', () => {
    expect(glyphsOf('a漢😀')).toEqual([...glyphsOf('A'), QUESTION_MARK, QUESTION_MARK]);
  });

  it.each(['models/labels/coco.txt', 'models/labels/voc.txt', 'models/builtin/detector/labels.txt'])(
    'exist for every character of %s',
    async (path) => {
      const labels = (await readFile(path, 'utf8')).replaceAll('\n', ' ');

      expect(glyphsOf(labels)).not.toContainEqual(QUESTION_MARK);
    },
  );
});
