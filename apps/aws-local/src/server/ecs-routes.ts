import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../account.js';
import type { CredentialsEndpoint, EcsAnswer } from '../ecs/credentials-endpoint.js';
import { toContainerMetadata, toTaskMetadata } from '../ecs/task-metadata.js';
import type { LocalTask } from '../sessions/local-task.js';
import { isAllowedHost } from './allowed-host.js';

/** What the task endpoints answer from. */
export interface EcsEndpoints {
  readonly account: Account;
  readonly credentials: CredentialsEndpoint;
  readonly tasks: readonly LocalTask[];
  readonly allowedHosts: readonly string[];
}

type Params<Name extends string> = { Params: Record<Name, string> };

/** Container credentials and task metadata, which on ECS are at 169.254.170.2. */
export function registerEcsRoutes(app: FastifyInstance, endpoints: EcsEndpoints): void {
  const { account, credentials, tasks, allowedHosts } = endpoints;
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (isAllowedHost(request.headers.host, allowedHosts)) return;
    await reply.code(403).send({ message: 'This host name is not allowed (AWS_LOCAL_ALLOWED_HOSTS).' });
  };
  const findTask = (service: string): LocalTask | undefined => tasks.find((task) => task.service === service);

  app.get<Params<'id'>>('/v2/credentials/:id', { onRequest }, (request, reply) =>
    send(reply, credentials.answer(request.params.id, request.headers.authorization)),
  );
  app.get<Params<'service'>>('/v4/:service', { onRequest }, (request, reply) => {
    const task = findTask(request.params.service);
    return send(reply, task === undefined ? noSuchTask() : ok(toContainerMetadata(account, task)));
  });
  app.get<Params<'service'>>('/v4/:service/task', { onRequest }, (request, reply) => {
    const task = findTask(request.params.service);
    return send(reply, task === undefined ? noSuchTask() : ok(toTaskMetadata(account, task)));
  });
}

function send(reply: FastifyReply, answer: EcsAnswer): FastifyReply {
  return reply.code(answer.statusCode).header('cache-control', 'no-store').send(answer.body);
}

function ok(body: EcsAnswer['body']): EcsAnswer {
  return { statusCode: 200, body };
}

function noSuchTask(): EcsAnswer {
  return { statusCode: 404, body: { message: 'no such task' } };
}
