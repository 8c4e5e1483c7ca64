import { bytesInWords, pixelsInWords } from '../../../size-words.js';
import { dimensions, percent } from '../ui/words.js';
import type { ServiceLimits } from '../service/use-limits.js';
import type { ModelInfo } from './use-models.js';

interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What there is to know of a model before it is asked. */
export function modelFacts(model: ModelInfo, limits: ServiceLimits | undefined): Fact[] {
  const { accuracy, license, precision, inputWidth, inputHeight, minScore, unsureBelow } = model;
  return [
    ...fact('Measured', accuracy),
    ...fact('Sees', inputWidth && inputHeight && `${dimensions({ width: inputWidth, height: inputHeight })} pixels`),
    ...fact('Takes', limits && limitWords(model, limits)),
    ...fact('Counts from', minScore && percent(minScore)),
    ...fact('Not sure', unsureBelow && `below ${percent(unsureBelow)}`),
    ...fact('Weights', PRECISION_WORDS[precision]),
    ...fact('Licence', license),
  ];
}

const PRECISION_WORDS: Readonly<Record<ModelInfo['precision'], string>> = {
  FP32: '32 bits',
  FP16: '16 bits',
  INT8: '8 bits',
};

function limitWords({ task }: ModelInfo, limits: ServiceLimits): string {
  const pixels = task === 'SUPER_RESOLVE' ? limits.superResolutionPixels : limits.imagePixels;
  const max = [pixelsInWords(pixels, Math.floor), bytesInWords(limits.uploadBytes, Math.floor)];
  // A number and its unit stay on one line.
  return `pictures of up to ${max.map((size) => size.replaceAll(' ', '\u00a0')).join(' and ')}`;
}

function fact(name: string, value: string | number | null | undefined): Fact[] {
  return typeof value === 'string' ? [{ name, value }] : [];
}
