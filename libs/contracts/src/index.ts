export { credentialsReportSchema, type CredentialsReport } from './credentials-report.js';
export { problemKinds, type ProblemKind } from './problem-kinds.js';
export { problemSchema, problemTypes, type Problem, type ProblemType } from './problem.js';
export {
  notificationAcceptedSchema,
  signupEventSchema,
  type NotificationAccepted,
  type SignupEvent,
} from './signup-event.js';
export {
  signupCreatedSchema,
  signupRequestSchema,
  signupStateSchema,
  signupStatusSchema,
  type SignupCreated,
  type SignupRequest,
  type SignupState,
  type SignupStatus,
} from './signup.js';
