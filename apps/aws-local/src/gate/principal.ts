import { createHash } from 'node:crypto';
import { toIamArn, type Account } from '../account.js';
import type { Session } from '../sessions/session.js';

/** Who makes a request, as IAM sees it. */
export interface Principal {
  /** ARN that `sts:GetCallerIdentity` and a denial show. */
  readonly arn: string;
  /** Unique id, of a role session with the session's name behind a colon. */
  readonly userId: string;
  /** ARN that the condition key `aws:PrincipalArn` holds: the role's, not the session's. */
  readonly principalArn: string;
  readonly type: 'AssumedRole' | 'User';
  /** The role whose inline policies apply; the administrator has none and may do everything. */
  readonly roleName: string | undefined;
}

/** The principal behind a task's session. */
export function toRolePrincipal(account: Account, session: Session): Principal {
  const { roleName, sessionName } = session;
  return {
    arn: `arn:aws:sts::${account.accountId}:assumed-role/${roleName}/${sessionName}`,
    userId: `${toUniqueId('AROA', roleName)}:${sessionName}`,
    principalArn: toIamArn(account, `role/${roleName}`),
    type: 'AssumedRole',
    roleName,
  };
}

/** The laptop's own administrator, who is no service role. */
export function createAdministrator(account: Account): Principal {
  const arn = toIamArn(account, 'user/administrator');
  return {
    arn,
    userId: toUniqueId('AIDA', 'administrator'),
    principalArn: arn,
    type: 'User',
    roleName: undefined,
  };
}

/** A unique id in IAM's form, the same for the same name in every run. */
function toUniqueId(prefix: string, name: string): string {
  const digest = createHash('sha256').update(`${prefix}/${name}`).digest('hex').toUpperCase();
  return `${prefix}${digest.slice(0, 17)}`;
}
