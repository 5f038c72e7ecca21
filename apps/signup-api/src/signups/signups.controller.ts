import { Body, Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemTypes, signupRequestSchema } from '#contracts';
import type { SignupCreated, SignupRequest, SignupState } from '#contracts';
import { DescribeController, ProblemException } from '#nest-http';
import { currentTraceId } from '#telemetry';
import { PageRenderer } from '../page/page.renderer.js';
import { prefersHtml } from '../page/prefers-html.js';
import { SignupPageFilter } from './signup-page.filter.js';
import { toSignupProblem } from './signup-problems.js';
import { DescribeFind, DescribeSignUp, signupIdSchema } from './signups.docs.js';
import { SignupsService } from './signups.service.js';

@DescribeController('sign-ups')
@Controller()
export class SignupsController {
  constructor(
    private readonly signups: SignupsService,
    private readonly page: PageRenderer,
  ) {}

  @Post('signup')
  @UseFilters(SignupPageFilter)
  @DescribeSignUp()
  async signUp(
    @Body({ schema: signupRequestSchema }) body: SignupRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignupCreated | string> {
    const id = await this.signups.signUp(body).catch(failWithProblem);
    void reply.headers({ location: `/signups/${id}`, 'cache-control': 'no-store', vary: 'accept' });
    const traceId = currentTraceId();
    const created: SignupCreated = { id, status: 'pending', ...(traceId !== undefined && { traceId }) };
    if (!prefersHtml(request.headers.accept)) return created;
    return this.page.render({ outcome: { kind: 'created', created }, input: {} }, reply);
  }

  @Get('signups/:id')
  @DescribeFind()
  async find(
    @Param('id', { schema: signupIdSchema }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignupState> {
    const state = await this.signups.find(id).catch(failWithProblem);
    if (!state) {
      const detail = 'No sign-up has this id, or it was made a moment ago: then it is there in a second.';
      throw new ProblemException({ type: problemTypes.notFound, detail });
    }
    void reply.header('cache-control', 'no-store');
    return state;
  }
}

function failWithProblem(error: unknown): never {
  throw toSignupProblem(error);
}
