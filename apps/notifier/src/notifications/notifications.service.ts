import type { SignupEvent } from '#contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { CLOCK } from '../timing/clock.js';
import type { Clock } from '../timing/clock.js';
import { toPublishError } from '../topic/publish-error.js';
import { REQUEST_TOPIC } from '../topic/signup.topic.js';
import type { SignupTopic } from '../topic/signup.topic.js';
import { NOTIFICATION_SETTINGS } from './notification.settings.js';
import type { NotificationSettings } from './notification.settings.js';
import { toPublishProblem } from './to-publish-problem.js';

/** What a request under way may still take when the application stops; most take a tenth of it. */
const STOP_GRACE_MS = 800;

/** Announces a sign-up while its request waits. */
@Injectable()
export class NotificationsService implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(REQUEST_TOPIC) private readonly topic: SignupTopic,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
  ) {}

  /**
   * @returns the message id
   * @throws {ProblemException} with a type of its own for each reason why it could not be announced
   */
  async announce(event: SignupEvent): Promise<string> {
    const limit = this.clock.timeout(this.settings.publishTimeoutMs);
    try {
      return await this.topic.publish(event, AbortSignal.any([limit, this.stopping.signal]));
    } catch (error) {
      throw toPublishProblem(toPublishError(error));
    }
  }

  onModuleDestroy(): void {
    const grace = this.clock.timeout(STOP_GRACE_MS);
    const stop = (): void => this.stopping.abort(new Error('the notifier is stopping'));
    grace.addEventListener('abort', stop, { once: true });
  }
}
