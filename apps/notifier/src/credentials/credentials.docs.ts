import { credentialsReportSchema } from '#contracts';
import type { CredentialsReport } from '#contracts';
import { DescribeOperation, jsonContent } from '#nest-http';

const report: CredentialsReport = {
  source: 'container',
  role: 'arn:aws:sts::000000000000:assumed-role/notifier/task',
  expiresAt: '2026-01-31T13:00:00.000Z',
  lastRefreshedAt: '2026-01-31T12:00:00.000Z',
  state: 'valid',
  lastError: null,
};

export function DescribeCredentials(): MethodDecorator {
  return DescribeOperation({
    operationId: 'showCredentials',
    summary: 'Tells which credentials the notifier publishes with',
    description:
      'Source, role, expiry and last refresh; never a secret. That there are none is an answer too.',
    path: '/credentials',
    answers: [
      { status: 200, description: 'The report.', content: jsonContent(credentialsReportSchema, report) },
    ],
  });
}
