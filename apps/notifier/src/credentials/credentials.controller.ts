import { Controller, Get, Header } from '@nestjs/common';
import type { CredentialsReport } from '#contracts';
import { DescribeController } from '#nest-http';
import { DescribeCredentials } from './credentials.docs.js';
import { CredentialsService } from './credentials.service.js';

@DescribeController('credentials')
@Controller('credentials')
export class CredentialsController {
  constructor(private readonly credentials: CredentialsService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @DescribeCredentials()
  show(): Promise<CredentialsReport> {
    return this.credentials.report();
  }
}
