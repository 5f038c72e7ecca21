import { credentialsReportSchema } from '#contracts';
import type { CredentialsReport } from '#contracts';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../api-problem.js';
import { CredentialsService } from './credentials.service.js';

@ApiTags('credentials')
@Controller('credentials')
export class CredentialsController {
  constructor(private readonly credentials: CredentialsService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Which credentials the notifier publishes with',
    description:
      'Source, role, expiry and last refresh; never a secret. That there are none is an answer too.',
  })
  @ApiResponse({ status: 200, description: 'The report', standardSchema: credentialsReportSchema })
  @ApiProblem(500, 'internal: the service failed')
  show(): Promise<CredentialsReport> {
    return this.credentials.report();
  }
}
