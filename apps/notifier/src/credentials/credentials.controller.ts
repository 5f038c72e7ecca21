import type { CredentialsReport } from '#contracts';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DescribeCredentials } from './credentials.docs.js';
import { CredentialsService } from './credentials.service.js';

@ApiTags('credentials')
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
