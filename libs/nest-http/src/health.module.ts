import { Controller, Get, Inject, Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, ModuleMetadata } from '@nestjs/common';
import { z } from 'zod';
import { withoutTracing } from '#telemetry';
import { problemTypes } from '#contracts';
import { DescribeController, DescribeOperation, jsonContent } from './open-api/describe-operation.js';
import { ProblemException } from './problem.exception.js';

/** Resolves when the service can do its work, rejects with the reason why it cannot. */
export type ReadinessCheck = () => Promise<void>;

const READINESS_CHECK = Symbol('READINESS_CHECK');
const READINESS_TIMEOUT_MS = 1000;
const healthySchema = z.object({ status: z.literal('ok') });
const healthy = { status: 'ok' } as const;

@DescribeController('health')
@Controller('health')
class HealthController {
  constructor(@Inject(READINESS_CHECK) private readonly check: ReadinessCheck) {}

  @Get('live')
  @DescribeOperation({
    operationId: 'isLive',
    summary: 'Says that the process answers',
    description: 'Never traced. A process that does not answer has to be started again.',
    path: '/health/live',
    isUntraced: true,
    answers: [{ status: 200, description: 'It does.', content: jsonContent(healthySchema, healthy) }],
  })
  live(): z.infer<typeof healthySchema> {
    return healthy;
  }

  @Get('ready')
  @DescribeOperation({
    operationId: 'isReady',
    summary: 'Says whether the service can do its work',
    description: 'Never traced. A load balancer sends nothing to a service that is not ready.',
    path: '/health/ready',
    isUntraced: true,
    answers: [{ status: 200, description: 'It can.', content: jsonContent(healthySchema, healthy) }],
    problems: [{ type: problemTypes.notReady, detail: 'it cannot be reached' }],
  })
  async ready(): Promise<z.infer<typeof healthySchema>> {
    try {
      await withTimeout(withoutTracing(() => this.check()));
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new ProblemException({ type: problemTypes.notReady, detail }, { cause: error });
    }
    return healthy;
  }
}

async function withTimeout(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new Error(`no answer within ${READINESS_TIMEOUT_MS} ms`);
    timer = setTimeout(() => reject(error), READINESS_TIMEOUT_MS);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** `GET /health/live`: the process answers. `GET /health/ready`: it can do its work. Neither is ever traced. */
@Module({})
export class HealthModule {
  static forRoot(
    check: Pick<FactoryProvider<ReadinessCheck>, 'inject' | 'useFactory'> & Pick<ModuleMetadata, 'imports'>,
  ): DynamicModule {
    return {
      module: HealthModule,
      imports: check.imports ?? [],
      controllers: [HealthController],
      providers: [{ provide: READINESS_CHECK, useFactory: check.useFactory, inject: check.inject ?? [] }],
    };
  }
}
