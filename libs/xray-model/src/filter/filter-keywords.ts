import type { BooleanKeyword, NumberKeyword, StringKeyword } from './filter-expression.js';

/** What an expression speaks about: the trace, a segment or call in braces, or an element of a root cause. */
export type FilterPlace =
  'trace' | 'service' | 'edge' | 'rootcause service' | 'rootcause entity' | 'rootcause exception';

export type SimpleKeyword =
  | { type: 'boolean'; keyword: BooleanKeyword }
  | { type: 'number'; keyword: NumberKeyword }
  | { type: 'string'; keyword: StringKeyword };

const REQUEST: readonly FilterPlace[] = ['trace', 'service', 'edge'];
const NODE: readonly FilterPlace[] = ['service', 'edge'];
const ROOT_CAUSE: readonly FilterPlace[] = ['rootcause service', 'rootcause entity', 'rootcause exception'];

const BOOLEANS: Record<BooleanKeyword, readonly FilterPlace[]> = {
  ok: REQUEST,
  error: REQUEST,
  throttle: REQUEST,
  fault: REQUEST,
  partial: REQUEST,
  inferred: [...REQUEST, 'rootcause service'],
  root: NODE,
  first: ROOT_CAUSE,
  last: ROOT_CAUSE,
  remote: ['rootcause entity'],
};

const NUMBERS: Record<NumberKeyword, readonly FilterPlace[]> = {
  responsetime: REQUEST,
  duration: REQUEST,
  'http.status': REQUEST,
  index: ROOT_CAUSE,
  coverage: ['rootcause entity'],
};

const STRINGS: Record<StringKeyword, readonly FilterPlace[]> = {
  'http.url': REQUEST,
  'http.method': REQUEST,
  'http.useragent': REQUEST,
  'http.clientip': REQUEST,
  user: REQUEST,
  availabilityzone: REQUEST,
  'instance.id': REQUEST,
  'resource.arn': REQUEST,
  name: [...NODE, ...ROOT_CAUSE],
  type: [...NODE, 'rootcause service'],
  message: ['rootcause exception'],
};

/** Keywords with a syntax of their own; all of them speak about the trace as a whole. */
const COMPLEX_KEYWORDS = [
  'annotation.KEY',
  'annotation[KEY]',
  'service(…)',
  'edge(…, …)',
  'id(…)',
  'group.name',
  'group.arn',
  'rootcause.json',
  'rootcause.fault|error|responsetime.service|entity|exception { … }',
];

/** Looks a keyword up, whatever its case, with the places where it has a meaning. */
export function findSimpleKeyword(
  word: string,
): (SimpleKeyword & { places: readonly FilterPlace[] }) | undefined {
  const keyword = word.toLowerCase();
  if (Object.hasOwn(BOOLEANS, keyword)) {
    return {
      type: 'boolean',
      keyword: keyword as BooleanKeyword,
      places: BOOLEANS[keyword as BooleanKeyword],
    };
  }
  if (Object.hasOwn(NUMBERS, keyword)) {
    return { type: 'number', keyword: keyword as NumberKeyword, places: NUMBERS[keyword as NumberKeyword] };
  }
  if (Object.hasOwn(STRINGS, keyword)) {
    return { type: 'string', keyword: keyword as StringKeyword, places: STRINGS[keyword as StringKeyword] };
  }
  return undefined;
}

/** The keywords that may stand in a place, for the text of an error. */
export function listKeywords(place: FilterPlace): string[] {
  const simple = Object.entries({ ...BOOLEANS, ...NUMBERS, ...STRINGS })
    .filter(([, places]) => places.includes(place))
    .map(([keyword]) => keyword);
  return place === 'trace' ? [...simple, ...COMPLEX_KEYWORDS] : simple;
}

/** How a place is written, for the text of an error. */
export function describePlace(place: FilterPlace): string {
  switch (place) {
    case 'trace':
      return 'outside braces';
    case 'service':
      return 'inside service(…) { }';
    case 'edge':
      return 'inside edge(…) { }';
    case 'rootcause service':
      return 'inside rootcause.….service { }';
    case 'rootcause entity':
      return 'inside rootcause.….entity { }';
    case 'rootcause exception':
      return 'inside rootcause.….exception { }';
  }
}
