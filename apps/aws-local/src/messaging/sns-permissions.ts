import { toArn, type Account } from '../account.js';
import type { Permission } from '../gate/permission.js';
import type { Form } from '../protocol/identify-call.js';

/** What an SNS call needs: the action on its topic; listing and unsubscribing have no resource. */
export function snsPermissions(account: Account, operation: string, form: Form): Permission[] {
  // A batch is published with the permission for a single message.
  const action = operation === 'PublishBatch' ? 'Publish' : operation;
  const topicArns = snsTopicArns(account, form);
  // A denial names the service in capitals, and all the account's topics where a call has no one topic.
  const resources =
    topicArns.length > 0
      ? topicArns.map((resource) => ({ resource }))
      : [{ resource: '*', shownResource: toArn(account, 'sns', '*') }];
  return resources.map((resource) => ({
    ...resource,
    action: `sns:${action}`,
    shownAction: `SNS:${action}`,
    conditionKeys: snsConditionKeys(form),
  }));
}

function snsTopicArns(account: Account, form: Form): string[] {
  const named = [form['TopicArn'], form['TargetArn'], form['ResourceArn']].filter((arn) => arn !== undefined);
  const created = form['Name'];
  return created === undefined ? named : [...named, toArn(account, 'sns', created)];
}

function snsConditionKeys(form: Form): Record<string, string> {
  const { Protocol: protocol, Endpoint: endpoint } = form;
  return {
    ...(protocol === undefined ? {} : { 'sns:Protocol': protocol }),
    ...(endpoint === undefined ? {} : { 'sns:Endpoint': endpoint }),
  };
}
