import type { Form } from '../protocol/identify-call.js';
import { escapeXml } from '../protocol/xml.js';
import type { SnsStore } from './fauxqs-parts.js';

/**
 * Hides the ARN of a subscription that nobody has confirmed, as SNS does.
 *
 * Nobody can confirm an e-mail subscription here (no mail is sent), so it stays pending.
 */
export function toPendingSubscriptions(form: Form, body: string, snsStore: SnsStore): string {
  const shown = shownInsteadOfArn(form);
  if (shown === undefined) return body;
  return body.replace(/<SubscriptionArn>([^<]*)<\/SubscriptionArn>/g, (element, arn: string) =>
    snsStore.getSubscription(arn)?.confirmed === false
      ? `<SubscriptionArn>${escapeXml(shown)}</SubscriptionArn>`
      : element,
  );
}

function shownInsteadOfArn(form: Form): string | undefined {
  switch (form['Action']) {
    case 'ListSubscriptions':
    case 'ListSubscriptionsByTopic':
      return 'PendingConfirmation';
    case 'Subscribe':
      return form['ReturnSubscriptionArn'] === 'true' ? undefined : 'pending confirmation';
    default:
      return undefined;
  }
}
