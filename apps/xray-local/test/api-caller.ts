import type { XrayForTest } from './start-for-test.js';

export interface Answer {
  status: number;
  /** `x-amzn-errortype` of the answer. */
  errorType: string | null;
  body: Record<string, unknown> & { Message?: string };
}

/** Calls an operation by its path, without an SDK that would check or reshape anything. */
export async function callApi({ url }: XrayForTest, path: string, input: unknown = {}): Promise<Answer> {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(input) });
  return {
    status: response.status,
    errorType: response.headers.get('x-amzn-errortype'),
    body: (await response.json()) as Answer['body'],
  };
}
