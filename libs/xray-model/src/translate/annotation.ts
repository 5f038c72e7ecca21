import type { AnyValue } from '../otlp/otlp-span.js';
import type { AnnotationValue } from '../segment/segment-document.js';
import { toJsonDouble } from './json-value.js';
import type { TranslationFaults } from './json-value.js';

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const LOWER_A = 0x61;
const LOWER_Z = 0x7a;
const DOT = 0x2e;

/** A value that can be an annotation. */
export type ScalarValue = Extract<AnyValue, { kind: 'string' | 'bool' | 'int' | 'double' }>;

export function isAnnotationValue(value: AnyValue): value is ScalarValue {
  return value.kind === 'string' || value.kind === 'int' || value.kind === 'bool' || value.kind === 'double';
}

/** X-Ray's numbers are doubles, so a longer integer is rounded. */
export function toAnnotationValue(value: ScalarValue, faults: TranslationFaults): AnnotationValue {
  if (value.kind === 'int') return Number(value.value);
  return value.kind === 'double' ? toJsonDouble(value.value, faults) : value.value;
}

/** A key with `_` for every character but ASCII letters, digits and dots. */
export function toAnnotationKey(key: string): string {
  for (let index = 0; index < key.length; index++) {
    if (!isKeyCharacter(key.charCodeAt(index))) return key.replaceAll(/[^0-9A-Za-z.]/gu, '_');
  }
  return key;
}

function isKeyCharacter(code: number): boolean {
  return (
    (code >= LOWER_A && code <= LOWER_Z) ||
    (code >= UPPER_A && code <= UPPER_Z) ||
    (code >= DIGIT_0 && code <= DIGIT_9) ||
    code === DOT
  );
}
