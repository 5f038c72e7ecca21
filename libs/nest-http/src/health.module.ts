import { Controller, Get, Inject, Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, ModuleMetadata } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { withoutTracing } from '#telemetry';
import { problemTypes } from '#contracts';
import { ProblemException } from './problem.exception.js';

/** Resolves when the service can do its work, rejects with the reason why it cannot. */
export type ReadinessCheck = () => Promise<void>;

const READINESS_CHECK = Symbol('READINESS_CHECK');
const READINESS_TIMEOUT_MS = 1000;
const RETRY_AFTER_SEC = 1;

@ApiExcludeController()
@Controller('health')
class HealthController {
  constructor(@Inject(READINESS_CHECK) private readonly check: ReadinessCheck) {}

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await withTimeout(withoutTracing(() => this.check()));
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new ProblemException(
        {
          type: problemTypes.notReady,
          status: 503,
          title: 'Not ready',
          detail,
          retryAfterSec: RETRY_AFTER_SEC,
        },
        { cause: error },
      );
    }
    return { status: 'ok' };
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
