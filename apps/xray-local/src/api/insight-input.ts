import type { OperationInput } from './operation-input.js';
import { requireText } from './operation-input.js';
import { InvalidRequestError } from './api-error.js';

const INSIGHT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_INSIGHT_ID_CHARACTERS = 36;

export function requireInsightId(input: OperationInput): string {
  const id = requireText(input, 'InsightId', MAX_INSIGHT_ID_CHARACTERS);
  if (!INSIGHT_ID.test(id)) throw new InvalidRequestError('InsightId must be a UUID');
  return id;
}
