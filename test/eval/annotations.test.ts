import { describe, expect, it } from 'vitest';
import { cocoName, fromVoc, fromYolo } from '../../eval/annotations.js';

describe('a YOLO label file', () => {
  it('has a centre and a size for each object, in shares of the image', () => {
    const text = '1 0.5 0.5 0.2 0.4\n\n0 0.25 0.75 0.5 0.5\n';
    const boxes = fromYolo(text, ['person', 'bicycle'], { width: 100, height: 200 });
    expect(boxes.map(({ label }) => label)).toEqual(['bicycle', 'person']);
    expect(boxes.map(({ difficult }) => difficult)).toEqual([false, false]);
    expect(boxes[0]?.box.left).toBeCloseTo(40, 10);
    expect(boxes[0]?.box).toMatchObject({ top: 60, width: 20, height: 80 });
    expect(boxes[1]?.box).toEqual({ left: 0, top: 100, width: 50, height: 100 });
  });

  it('may be empty', () => {
    expect(fromYolo('\n', ['person'], { width: 10, height: 10 })).toEqual([]);
  });
});

describe('a VOC annotation', () => {
  const object = (name: string, rest: string) =>
    `<object><name>${name}</name>${rest}<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>10</xmax><ymax>4</ymax></bndbox></object>`;

  it('counts pixels from 1, with both corners in the box', () => {
    const [only] = fromVoc(`<annotation>${object('dog', '')}</annotation>`);
    expect(only).toEqual({
      label: 'dog',
      box: { left: 0, top: 1, width: 10, height: 3 },
      difficult: false,
    });
  });

  it("has several objects, difficult ones among them, by COCO's names", () => {
    const text = `<annotation>${object('sofa', '<difficult>1</difficult>')}${object('cat', '<difficult>0</difficult>')}</annotation>`;
    expect(fromVoc(text)).toMatchObject([
      { label: 'couch', difficult: true },
      { label: 'cat', difficult: false },
    ]);
  });

  it('may have none', () => {
    expect(fromVoc('<annotation><folder>VOC2012</folder></annotation>')).toEqual([]);
  });
});

it.each([
  ['tvmonitor', 'tv'],
  ['dog', 'dog'],
])('%s is %s to COCO', (name, expected) => {
  expect(cocoName(name)).toBe(expected);
});
