import { Catch, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#contracts';
import { ProblemFilter } from '#nest-http';
import { PageRenderer } from '../page/page.renderer.js';
import { toFormInput } from '../page/page.view.js';
import { prefersHtml } from '../page/prefers-html.js';

/** Answers a browser's failed form with the page again, and everybody else with the problem document. */
@Injectable()
@Catch()
export class SignupPageFilter extends ProblemFilter {
  constructor(private readonly page: PageRenderer) {
    super();
  }

  protected override async send(
    problem: Problem,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    void reply.header('vary', 'accept');
    if (!prefersHtml(request.headers.accept)) {
      await super.send(problem, request, reply);
      return;
    }
    const markup = this.page.render(
      { outcome: { kind: 'failed', problem }, input: toFormInput(request.body) },
      reply,
    );
    await reply.send(markup);
  }
}
