import type { IncomingHttpHeaders } from 'node:http';

/** Values that JSON can hold, as a parsed request body holds them. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object with string keys, as every AWS JSON input must be. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member as text; one that is not a text must not be taken for one, so it becomes its JSON. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** An HTTP request as it came over the wire; a signature covers it byte by byte, so nothing is decoded. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly queryString: string;
  /** Name and value in turn, in the order and case of the wire, as Node's `rawHeaders`. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A whole answer; every emulated operation is small enough to hold in memory. */
export interface ApiResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The value of a header that may come only once; several are joined as HTTP allows. */
export function headerValue(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
