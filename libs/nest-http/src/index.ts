export { HealthModule, type ReadinessCheck } from './health.module.js';
export type { OpenApiHead } from './open-api/build-open-api-document.js';
export {
  DescribeController,
  DescribeOperation,
  jsonContent,
  textContent,
  type OperationDescription,
} from './open-api/describe-operation.js';
export type { ProblemExample } from './open-api/describe-problems.js';
export { ProblemException, type ProblemInit } from './problem.exception.js';
export { ProblemFilter } from './problem.filter.js';
export { SchemaValidationPipe } from './schema-validation.pipe.js';
export {
  configureHttpApplication,
  createHttpAdapter,
  startHttpService,
  type HttpService,
  type HttpServiceOptions,
} from './start-http-service.js';
