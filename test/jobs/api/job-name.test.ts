import { describe, expect, test } from 'vitest';
import { folded, jobName, nameOfUpload, resultName } from '../../../src/jobs/api/job-name.js';

describe('the name of a job', () => {
  test.each([
    ['fruit.jpg', 'fruit.jpg'],
    ['  fruit.jpg\n', 'fruit.jpg'],
    ['/home/anna/fruit.jpg', 'fruit.jpg'],
    ['C:\\pictures\\fruit.jpg', 'fruit.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['a\u0000b\u202egnp.exe', 'abgnp.exe'],
    ['two\twords', 'two words'],
    ['A\u0308pfel 🍎.png', 'Äpfel 🍎.png'],
    ['.hidden', '.hidden'],
    ['x'.repeat(255), 'x'.repeat(255)],
  ])('%j is %j', (given, name) => {
    expect(jobName(given)).toBe(name);
  });

  test.each([
    '',
    ' ',
    '.',
    '..',
    'folder/',
    '\u0000\u202e',
    'x'.repeat(256),
    'x'.repeat(1_000_000),
    '\ud800',
  ])('is not %.20j', (given) => {
    expect(() => jobName(given)).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(/^Expected 'name' to be a file name .{1,250}\.$/) as string,
      }),
    );
  });
});

describe('the name of an upload', () => {
  test.each([
    ['fruit.jpg', 'fruit.jpg'],
    ['C:\\fakepath\\fruit.jpg', 'fruit.jpg'],
    ['blob', undefined],
    ['', undefined],
    ['..', undefined],
    [`${'🍎'.repeat(300)}.jpeg`, `${'🍎'.repeat(100)}.jpeg`],
  ])('%.20j is %j', (given, name) => {
    expect(nameOfUpload(given)).toBe(name);
  });
});

test('a result is called after its picture, as the command line calls it', () => {
  expect(resultName('fruit.jpg', 4, 'PNG')).toBe('fruit.x4.png');
  expect(resultName('my.holiday.tiff', 4, 'JPEG')).toBe('my.holiday.x4.jpg');
  expect(resultName('fruit', 4, 'WEBP')).toBe('fruit.x4.webp');
  expect(resultName('.hidden', 4, 'PNG')).toBe('.hidden.x4.png');
});

test('names are compared whatever their case and spelling', () => {
  expect(folded('A\u0308PFEL')).toBe(folded('äpfel'));
  expect(folded('ﬁsh')).toBe('fish');
});
