import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentTraceId, recordException } from '#telemetry';
import { problemKinds, problemTypes, type Problem } from '#contracts';
import { toProblem } from './to-problem.js';

/**
 * Answers every failed request with a problem document that carries the trace id.
 *
 * A fault (5xx) is logged once, here, and noted on the segment; an error (4xx) is the caller's and is neither.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = toProblem(error);
    this.report(problem, error);
    const { retryAfterSec } = problemKinds[problem.type];
    if (retryAfterSec !== undefined) void reply.header('retry-after', String(retryAfterSec));
    void reply.status(problem.status).header('cache-control', 'no-store');
    await this.send(withOrigin(problem, request), request, reply);
  }

  /** Sends the body; status and headers are set. A filter for people may send a page instead. */
  protected async send(problem: Problem, _request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await reply
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  }

  private report({ status, type }: Problem, error: unknown): void {
    // A service that is not ready yet is asked every second and says so in its answer.
    if (status < 500 || type === problemTypes.notReady) return;
    recordException(error);
    this.logger.error({ event: 'request failed', status, type, reason: String(error) });
  }
}

/** The problem with the path that was asked for (without its query) and the trace. */
function withOrigin(problem: Problem, request: FastifyRequest): Problem {
  const traceId = currentTraceId();
  return {
    ...problem,
    instance: request.url.split('?', 1)[0] ?? '/',
    ...(traceId === undefined ? {} : { traceId }),
  };
}
