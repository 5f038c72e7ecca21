import { randomUUID } from 'node:crypto';
import { portNumber } from '#config';
import { z } from 'zod';

/** A random id is known to nobody: such a task is there, but cannot get credentials. */
const DEFAULT_TASKS = ['signup-api', 'notifier'].map((name) => ({ service: name, role: name }));

const taskName = z.string().regex(/^[\w+=,.@-]{1,64}$/, 'a name of letters, digits and _+=,.@- is expected');

const taskSchema = z.object({
  service: taskName,
  role: taskName,
  credentialsId: z.string().regex(/^[\w.~-]{8,}$/, 'at least 8 characters that a URL takes are expected'),
  authorizationToken: z.string().min(1).optional(),
});

const tasksSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'a JSON array is expected' });
      return z.NEVER;
    }
  })
  .pipe(z.array(taskSchema))
  .refine(
    (tasks) => new Set(tasks.map((task) => task.credentialsId)).size === tasks.length,
    'every task needs a credentialsId of its own',
  );

const hostList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
  );

/** The environment of `aws-local`. */
export const awsLocalEnvSchema = z.object({
  AWS_LOCAL_HOST: z.string().default('127.0.0.1'),
  AWS_LOCAL_PORT: portNumber(4566),
  /** A second listener for credentials and task metadata alone, where compose gives us 169.254.170.2. */
  AWS_LOCAL_ECS_PORT: portNumber(0).unwrap().optional(),
  AWS_LOCAL_TASKS: tasksSchema.optional(),
  AWS_LOCAL_SESSION_SEC: z.coerce.number().int().min(1).max(43_200).default(120),
  AWS_LOCAL_ADMIN_ACCESS_KEY_ID: z.string().default('test'),
  AWS_LOCAL_ADMIN_SECRET_ACCESS_KEY: z.string().default('test'),
  AWS_LOCAL_POLICIES_DIR: z.string().optional(),
  AWS_LOCAL_DATA_DIR: z.string().optional(),
  /** Comma separated. */
  AWS_LOCAL_ALLOWED_HOSTS: hostList,
  /** Not AWS_REGION, which the person at the keyboard may have set for AWS itself. */
  AWS_LOCAL_REGION: z.string().default('us-east-1'),
});

/** The tasks to emulate: those of the environment, else one for each service. */
export function toTasks(env: z.infer<typeof awsLocalEnvSchema>): z.infer<typeof taskSchema>[] {
  return env.AWS_LOCAL_TASKS ?? DEFAULT_TASKS.map((task) => ({ ...task, credentialsId: randomUUID() }));
}
