import type { Account } from '../account.js';
import { isJsonObject, type JsonObject } from '../protocol/api-message.js';
import type { Form } from '../protocol/identify-call.js';
import { createFauxqs, type FauxqsParts } from './fauxqs-parts.js';
import { receiveWithLongPoll } from './long-poll.js';
import { toAnsweredQueueUrls, toEngineQueueUrl } from './queue-url.js';
import { toPendingSubscriptions } from './pending-subscriptions.js';

/** Status and body of an answer in SQS's JSON protocol. */
export interface SqsAnswer {
  readonly statusCode: number;
  readonly body: JsonObject;
  /** Code of the older query protocol, for clients that know errors by it. */
  readonly queryError: string | undefined;
}

/** Status and XML document of an answer of SNS. */
export interface SnsAnswer {
  readonly statusCode: number;
  readonly body: string;
}

/** Who asks: the host that queue URLs are to show, and whether the client is still there. */
export interface Caller {
  readonly host: string;
  readonly signal: AbortSignal;
}

/** SNS and SQS by fauxqs, called in this process, with its answers corrected where AWS's differ. */
export class MessagingEngine {
  #isStopping = false;

  private constructor(
    private readonly account: Account,
    private readonly fauxqs: FauxqsParts,
  ) {}

  static async open(account: Account, dataDir: string | undefined): Promise<MessagingEngine> {
    return new MessagingEngine(account, await createFauxqs(account.region, dataDir));
  }

  /** Performs an SQS operation; `ReceiveMessage` waits for a message as long as the caller asks and is there. */
  async performSqs(operation: string, input: JsonObject, caller: Caller): Promise<SqsAnswer> {
    const engineInput = toEngineQueueUrl(this.account, input);
    const perform = (received: JsonObject): Promise<SqsAnswer> => this.#callSqs(operation, received);
    const isStopping = (): boolean => this.#isStopping;
    const answer =
      operation === 'ReceiveMessage'
        ? await receiveWithLongPoll(this.fauxqs.sqsStore, engineInput, {
            perform,
            signal: caller.signal,
            isStopping,
          })
        : await perform(engineInput);
    return { ...answer, body: toAnsweredQueueUrls(answer.body, caller.host) };
  }

  /** Performs an SNS operation with the form's fields, of which `Action` names it. */
  async performSns(form: Form): Promise<SnsAnswer> {
    // fauxqs knows a topic by this one name of the parameter.
    const topicArn = form['TopicArn'] ?? form['TargetArn'];
    const fields = { ...form, ...(topicArn === undefined ? {} : { TopicArn: topicArn }) };
    const response = await this.fauxqs.app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
    return {
      statusCode: response.statusCode,
      body: toPendingSubscriptions(form, response.body, this.fauxqs.snsStore),
    };
  }

  /** Answers every waiting `ReceiveMessage` now, and lets no later one wait. */
  stopWaiting(): void {
    this.#isStopping = true;
    this.fauxqs.sqsStore.shutdown();
  }

  async close(): Promise<void> {
    this.stopWaiting();
    await this.fauxqs.app.close();
    this.fauxqs.persistence?.close();
  }

  async #callSqs(operation: string, input: JsonObject): Promise<SqsAnswer> {
    const response = await this.fauxqs.app.inject({
      method: 'POST',
      url: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
      },
      payload: JSON.stringify(input),
    });
    const body: unknown = response.body === '' ? {} : JSON.parse(response.body);
    const queryError = response.headers['x-amzn-query-error'];
    return {
      statusCode: response.statusCode,
      body: isJsonObject(body) ? body : {},
      queryError: typeof queryError === 'string' ? queryError : undefined,
    };
  }
}
