import { ConversionError } from '../conversion-error.js';
import { IR_TYPES, isIrType, type IrType } from './element-type.js';
import { describe, type Layer } from './layer.js';

/** Reads a layer's attributes; each that is missing or has no meaning is an error that names the layer. */
export class Attributes {
  readonly #layer: Layer;

  constructor(layer: Layer) {
    this.#layer = layer;
  }

  /** A word of a known few. Without a fallback it has to be there. */
  word<Word extends string>(name: string, words: readonly Word[], fallback?: Word): Word {
    const value = this.#layer.attributes[name];
    if (value === undefined && fallback !== undefined) return fallback;
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw this.#fault(name, words.join(' or '), value);
    return word;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#layer.attributes[name]?.toLowerCase();
    if (value === undefined) return fallback;
    if (value === 'true' || value === '1') return true;
    if (value === 'false' || value === '0') return false;
    throw this.#fault(name, 'true or false', value);
  }

  number(name: string): number {
    const value = this.#layer.attributes[name];
    const number = Number(value);
    if (!value || Number.isNaN(number)) throw this.#fault(name, 'a number', value);
    return number;
  }

  /** A whole number, possibly negative. */
  whole(name: string, fallback?: number): number {
    const value = this.#layer.attributes[name];
    if (value === undefined && fallback !== undefined) return fallback;
    if (value === undefined || !/^-?\d{1,15}$/.test(value)) throw this.#fault(name, 'a whole number', value);
    return Number(value);
  }

  /** A whole number that is not negative. */
  size(name: string): number {
    const size = this.whole(name);
    if (size < 0) throw this.#fault(name, 'a number of bytes', String(size));
    return size;
  }

  /** A list of whole numbers that are not negative; empty text is an empty list. */
  sizes(name: string, fallback?: readonly number[]): number[] {
    const value = this.#layer.attributes[name];
    if (value === undefined && fallback) return [...fallback];
    const items = value?.trim() === '' ? [] : value?.split(',').map((item) => item.trim());
    if (!items?.every((item) => /^\d{1,10}$/.test(item))) {
      throw this.#fault(name, 'a list of whole numbers', value);
    }
    return items.map(Number);
  }

  /** A shape, in which a size may be open (`?` or `-1`): then it is -1. */
  shape(name: string): number[] {
    const value = this.#layer.attributes[name];
    const items = value?.trim() === '' ? [] : value?.split(',').map((item) => item.trim());
    if (!items?.every((item) => /^(\d{1,10}|\?|-1)$/.test(item))) {
      throw this.#fault(name, 'a shape, without ranges', value);
    }
    return items.map((item) => (item === '?' ? -1 : Number(item)));
  }

  elementType(name: string): IrType {
    const value = this.#layer.attributes[name];
    if (value === undefined || !isIrType(value)) throw this.#fault(name, IR_TYPES.join(', '), value);
    return value;
  }

  #fault(name: string, expected: string, actual: string | undefined): ConversionError {
    return new ConversionError(
      `Expected attribute ${name} of ${describe(this.#layer)} to be ${expected}, and it ${actual === undefined ? 'is missing' : `is '${actual}'`}`,
    );
  }
}
