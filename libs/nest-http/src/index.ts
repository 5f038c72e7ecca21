export { HealthModule, type ReadinessCheck } from './health.module.js';
export { ProblemException, type ProblemInit } from './problem.exception.js';
export { ProblemFilter } from './problem.filter.js';
export { SchemaValidationPipe } from './schema-validation.pipe.js';
export {
  configureHttpApplication,
  createHttpApplication,
  startHttpService,
  type HttpService,
  type HttpServiceOptions,
} from './start-http-service.js';
