import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { problemTypes } from '#contracts';
import { ProblemException } from './problem.exception.js';

/** The part of a Standard Schema issue that is told to the client. */
interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * Checks every parameter that names a schema (`@Body({ schema })`, `@Param('id', { schema })`) and answers 400
 * with one entry per refused field.
 *
 * @see https://standardschema.dev
 */
@Injectable()
export class SchemaValidationPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { schema } = metadata;
    if (!schema) return value;
    const result = await schema['~standard'].validate(value);
    if (!result.issues) return result.value;
    const whole = metadata.data ?? metadata.type;
    throw new ProblemException({
      type: problemTypes.invalidRequest,
      errors: result.issues.map((issue) => ({ field: fieldOf(issue, whole), reason: issue.message })),
    });
  }
}

function fieldOf(issue: SchemaIssue, whole: string): string {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return path.length > 0 ? path.join('.') : whole;
}
