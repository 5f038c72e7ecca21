import { randomBytes, randomUUID } from 'node:crypto';

/** What the environment says about one task. */
export interface TaskSettings {
  readonly service: string;
  readonly role: string;
  /** Secret: whoever knows it gets the role's credentials. */
  readonly credentialsId: string;
  readonly authorizationToken?: string | undefined;
}

/** One service as ECS would run it: a task with one container and a task role. */
export interface LocalTask extends TaskSettings {
  /** 32 hexadecimal digits; also the name of the role's sessions, as on ECS. */
  readonly taskId: string;
  readonly containerId: string;
  readonly startedAt: string;
}

/** Gives a configured task the identity that ECS would give it. */
export function createLocalTask(settings: TaskSettings, startedAtMs: number): LocalTask {
  return {
    ...settings,
    taskId: randomBytes(16).toString('hex'),
    containerId: randomUUID(),
    startedAt: new Date(startedAtMs).toISOString(),
  };
}
