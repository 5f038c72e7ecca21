import type { Account } from '../account.js';
import type { Principal } from '../gate/principal.js';
import { textElement } from '../protocol/xml.js';

/** The one operation of STS that tells a caller who it is; nobody needs a permission for it. */
export class StsService {
  constructor(private readonly account: Account) {}

  has(operation: string): boolean {
    return operation === 'GetCallerIdentity';
  }

  /** The XML inside the result element. */
  callerIdentity(principal: Principal): string {
    return (
      textElement('Arn', principal.arn) +
      textElement('UserId', principal.userId) +
      textElement('Account', this.account.accountId)
    );
  }
}
