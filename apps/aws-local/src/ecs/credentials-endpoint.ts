import { createHash, timingSafeEqual } from 'node:crypto';
import { toIamArn, type Account } from '../account.js';
import type { JsonObject } from '../protocol/api-message.js';
import type { LocalTask } from '../sessions/local-task.js';
import type { SessionStore } from '../sessions/session-store.js';

/** Status and JSON body of an answer of the task endpoints. */
export interface EcsAnswer {
  readonly statusCode: number;
  readonly body: JsonObject;
}

/**
 * Hands out a task's role credentials to whoever knows the task's credentials id, as the ECS agent does.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export class CredentialsEndpoint {
  constructor(
    private readonly account: Account,
    private readonly tasks: readonly LocalTask[],
    private readonly sessions: SessionStore,
  ) {}

  /** @param authorization the request's `Authorization` header, which must be the task's token if it has one */
  answer(credentialsId: string, authorization: string | undefined): EcsAnswer {
    const task = this.tasks.find((candidate) => isSame(candidate.credentialsId, credentialsId));
    if (task === undefined) return refusal(400, 'InvalidIdInRequest', 'Credentials not found');
    const { authorizationToken } = task;
    if (authorizationToken !== undefined && !isSame(authorizationToken, authorization ?? '')) {
      return refusal(401, 'InvalidAuthorizationToken', 'Authorization token missing or not valid');
    }
    const session = this.sessions.issueFor(task);
    return {
      statusCode: 200,
      body: {
        RoleArn: toIamArn(this.account, `role/${task.role}`),
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        Token: session.token,
        Expiration: new Date(session.expiresAtMs).toISOString(),
      },
    };
  }
}

/** The agent's form of an error. */
function refusal(statusCode: number, code: string, message: string): EcsAnswer {
  return {
    statusCode,
    body: { code, message: `CredentialsV2Request: ${message}`, HTTPErrorCode: statusCode },
  };
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
